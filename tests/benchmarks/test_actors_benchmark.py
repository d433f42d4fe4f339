"""The scoring of parties is right."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Annotated, Document, EntityMention, Parse, Party, Span, Token

FOLDER = Path(__file__).parents[2] / "benchmarks"
TEXT = "Kenyan police arrived"


@pytest.fixture
def actors(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("actors")


def token(i: int, start: int, text: str, head: int) -> Token:
    return Token(i, start, start + len(text), text, text.lower(), "NOUN", "NN", "dep", head, 0, "")


@pytest.fixture
def doc() -> Annotated:
    words = ((0, "Kenyan", 1), (7, "police", 2), (14, "arrived", 2))
    tokens = tuple(token(i, start, text, head) for i, (start, text, head) in enumerate(words))
    whole = EntityMention(Span(0, 13), "x", 1, "people", Party("Kenyan police", "KEN", "COP"))
    part = EntityMention(Span(0, 6), "x", 0, "country", Party("Government of Kenya", "KEN", "GOV"))
    parsed = Annotated(Document(TEXT), Parse("none", tokens, ((0, 2),)))
    return parsed.with_layer(EntityMention, [part, whole])


@pytest.mark.parametrize(
    ("case", "country", "sectors"),
    [
        ({"country": "KEN", "code_1": ""}, "KEN", {"GOV"}),
        ({"country": "EUR", "code_1": "GOV", "code_2": "MIL"}, "INT", {"GOV", "MIL"}),
        ({"country": "", "code_1": ""}, "", set()),
        ({"code_1": "????"}, None, set()),
    ],
)
def test_what_a_case_asks(actors: Any, case: Any, country: Any, sectors: Any) -> None:
    phrase = actors.Phrase.of({"text": "x", **case})
    assert (phrase.country, phrase.sectors) == (country, frozenset(sectors))


def test_verdicts_on_a_phrase(actors: Any) -> None:
    phrase = actors.Phrase("x", "KEN", frozenset({"GOV", "MIL"}))
    right = [("country", True), ("sector", True)]
    assert list(phrase.verdicts(Party("y", "KEN", "MIL"))) == right
    assert list(phrase.verdicts(None)) == [("country", False), ("sector", False)]
    nowhere = actors.Phrase("x", "", frozenset())
    assert list(nowhere.verdicts(Party("y", None, "CVL"))) == [("country", True)]


def test_the_party_of_a_phrase_is_that_of_its_head(actors: Any, doc: Annotated) -> None:
    assert actors.of_phrase(doc).name == "Kenyan police"
    assert actors.of_phrase(Annotated(Document("x"))) is None


def test_the_mention_of_the_same_head_is_judged(actors: Any, doc: Annotated) -> None:
    gold = {"text": "police", "nth": 1, "name": "the Kenyan Police", "country": "KEN"}
    verdicts = dict(actors.judged(doc, gold | {"sector": "MIL"}))
    assert verdicts == {
        "found": True, "head": True, "name": True, "country": True, "sector": False,
    }  # fmt: skip


def test_a_party_without_a_mention_has_no_country_to_judge(actors: Any, doc: Annotated) -> None:
    verdicts = list(actors.judged(doc, {"text": "arrived", "nth": 1, "name": "x"}))
    assert verdicts == [("found", False), ("head", False), ("name", False)]
    assert list(actors.judged(doc, {"text": "elsewhere", "nth": 1})) == []


def test_shares_are_counted_by_field(actors: Any) -> None:
    shares = actors.Shares()
    shares.add([("country", True), ("country", False), ("sector", True)])
    assert shares.of("country") == "50.0 % of 2"
    assert shares.of("sector") == "100.0 % of 1"
    assert shares.of("name") == ""


def test_without_data_nothing_is_measured(
    actors: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = [str(tmp_path / "phrases.json"), "--gold", str(tmp_path / "gold")]
    assert actors.main(["--phrases", *missing]) == 0
    assert "left out: actors" in capsys.readouterr().out
