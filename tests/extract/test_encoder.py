"""The encoder's view of a sentence, and its verdicts beside the linear ones."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.extract import encoder
from dateline.extract.encoder import (
    END,
    LONGEST,
    NONE,
    START,
    Window,
    asked,
    batches,
    load,
    pieces_of,
    window,
)
from dateline.extract.judge import Judge
from dateline.extract.linear import load as load_linear
from dateline.extract.mentions import Events
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers
from dateline.knowledge import locate
from dateline.knowledge.triggers import load as load_rules
from dateline.model import Annotated, EventMention
from dateline.pipeline import annotation_steps

TEXT = "Rebels shelled Kidal on Monday. Soldiers later arrested two of the gunmen."


@pytest.fixture(scope="module")
def doc(parsed: Callable[..., Annotated]) -> Annotated:
    return parsed(TEXT, steps=annotation_steps())


def _at(doc: Annotated, word: str) -> int:
    return next(t.i for t in doc.parse.tokens if t.text == word)


def _pieces(doc: Annotated) -> list[list[int]]:
    return pieces_of(load().tokenizer, doc.parse, doc.text)


def test_every_token_keeps_its_word_pieces(doc: Annotated) -> None:
    pieces = _pieces(doc)
    assert len(pieces) == len(doc.parse.tokens)
    whole = load().tokenizer.encode(TEXT, add_special_tokens=False).ids
    assert [piece for found in pieces for piece in found] == whole


def test_a_window_is_the_sentence_of_its_trigger(doc: Annotated) -> None:
    told = window(doc.parse, _pieces(doc), _at(doc, "arrested"))
    assert told.pieces[0] == START
    assert told.pieces[-1] == END
    assert min(told.at) == _at(doc, "Soldiers")
    assert _at(doc, "Kidal") not in told.at


def test_a_long_sentence_is_cut_around_its_trigger(parsed: Callable[..., Annotated]) -> None:
    many = "in towns and villages and " * 30
    long = parsed(f"Troops {many} elsewhere attacked rebels {many} beyond.")
    at = next(t.i for t in long.parse.tokens if t.text == "attacked")
    told = window(long.parse, _pieces(long), at)
    assert len(told.pieces) <= LONGEST + 2
    assert at in told.at
    assert max(told.at) - min(told.at) == len(told.at) - 1


def test_triggers_of_one_sentence_share_its_window(doc: Annotated) -> None:
    pieces = _pieces(doc)
    triggers = [_at(doc, word) for word in ("shelled", "arrested", "later")]
    heads = [_at(doc, "gunmen")]
    found = list(batches({at: window(doc.parse, pieces, at) for at in triggers}, heads))
    assert sum(len(batch.windows) for batch in found) == 2
    assert sorted(at for batch in found for _, at in batch.triggers) == sorted(triggers)
    for batch in found:
        inputs = batch.inputs()
        assert inputs["marked"].shape == (len(batch.triggers), inputs["pieces"].shape[1])
        assert (inputs["marked"].sum(axis=1) >= 1).all()
        assert (inputs["asked"] < inputs["pieces"].shape[1]).all()
    wanted = [set(asked.at) for batch in found for asked in batch.asked]
    assert {*triggers[1:], *heads} in wanted
    assert {triggers[0]} in wanted


def test_each_piece_is_asked_for_once_and_the_start_always() -> None:
    told = Window([START, 7, 8, 9, END], {4: (1, 1), 5: (2, 3)})
    assert asked(told, [5, 4, 5]) == ([0, 1, 2, 3], {4: (1, 1), 5: (2, 3)})
    assert asked(told, [4]).pieces == [0, 1]


def test_verdicts_are_probabilities_and_rest_on_the_document_alone(doc: Annotated) -> None:
    reader = load()
    at = _at(doc, "shelled")
    heads = [_at(doc, "Rebels"), _at(doc, "gunmen")]
    alone = reader(doc.parse, doc.text, [at], heads)
    again = reader(doc.parse, doc.text, [at, _at(doc, "arrested")], heads).some([0])
    assert np.array_equal(alone.label("kind"), again.label("kind"))
    assert alone.label("status").sum() == pytest.approx(1, abs=1e-4)
    rows = alone.fillers("role", ["ASSAULT"], [(0, _at(doc, "Rebels")), (0, _at(doc, "gunmen"))])
    assert rows[0].sum() == pytest.approx(1, abs=1e-4)
    assert np.isnan(rows[1]).all()  # of another sentence


def test_the_linear_verdict_stands_where_the_encoder_saw_nothing(doc: Annotated) -> None:
    judge = Judge(load_linear(), load())
    scene = Scene(doc, Triggers(load_rules()))
    encoded = judge.encode(scene, [_at(doc, "shelled")])
    pairs = [(0, _at(doc, "Rebels")), (0, _at(doc, "gunmen"))]
    views = [["e=group"], ["e=group"]]
    rows = judge.fillers("role", views, ["ASSAULT"], pairs, encoded)
    linear = judge.linear("role", views)
    assert np.allclose(rows[1], linear[1])
    assert not np.allclose(rows[0], linear[0])


def test_without_an_encoder_the_linear_classifiers_decide(doc: Annotated) -> None:
    (plain,) = Events()([doc])
    assert {type(mention) for mention in plain} == {EventMention}
    assert Judge(load_linear()).encode(Scene(doc, Triggers(load_rules())), [0]) is None
    assert NONE in Judge(load_linear()).labels("trigger")


def test_a_model_file_that_is_not_the_one_trained_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in (encoder.MODEL, encoder.HEADS, encoder.WORDS):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(locate(name).read_bytes())
    with (tmp_path / encoder.MODEL).open("ab") as file:
        file.write(b"\0")
    monkeypatch.setattr(encoder, "locate", lambda name: tmp_path / name)
    with pytest.raises(ModelError, match=r"encoder\.onnx.*reinstall"):
        encoder.load.__wrapped__()
