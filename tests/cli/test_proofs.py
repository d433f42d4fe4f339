"""Examples of knowledge entries, whatever their format."""

from pathlib import Path

import pytest
from tests.made import assumed, stated

from dateline.cli.proofs import (
    Proof,
    data_files,
    failing,
    finds,
    loadable,
    matched,
    names,
    proofs,
    unmarked,
)
from dateline.model import (
    Annotated,
    Annotation,
    Attribution,
    Cue,
    Document,
    EventMention,
    Party,
    Place,
    PlaceMention,
    Quantity,
    Record,
    Sentence,
    Slots,
    Span,
    TimeExpression,
)

TEXT = "Twelve rebels did not leave Birko today."
PATH = "lexicons/en/made.yaml"


def doc(*found: Annotation) -> Annotated:
    told = Annotated(Document(TEXT))
    for annotation in found:
        told = told.with_layer(type(annotation), [annotation])
    return told


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


TODAY = TimeExpression(at("today"), "made#today", "DATE", "2022-08-17")
BIRKO = PlaceMention(at("Birko"), "gazetteer#name", 5, Place("Birko"))
TWELVE = Quantity(at("Twelve rebels"), "made#exact", 1, "rebels", 12, 12, 12)
NOT = Cue(at("not"), "made#not", "negated", at("leave Birko today"))

SAID = Attribution(
    at("did"), "made#say", at("Twelve rebels"), (at("leave Birko today"),), "reports"
)


@pytest.mark.parametrize(
    ("asked", "annotation", "expected"),
    [
        ({"marks": ((at("today"), "2022-08-17"),)}, TODAY, True),
        ({"marks": ((at("today"), "2022-08-18"),)}, TODAY, False),
        ({"marks": ((at("Birko today"), "2022-08-17"),)}, TODAY, False),
        ({"marks": ((at("Birko"), None),)}, BIRKO, True),
        ({"marks": ((at("Birko today"), None),)}, BIRKO, False),
        ({"told": (12, 12, 12)}, TWELVE, True),
        ({"told": (12, 12, None)}, TWELVE, False),
        ({"told": "leave"}, NOT, True),
        ({"told": "rebels"}, NOT, False),
        ({"told": "leave", "entry": "never"}, NOT, False),
        ({"told": ("Twelve rebels", "leave"), "entry": "say"}, SAID, True),
        ({"told": ("Birko", "leave"), "entry": "say"}, SAID, False),
        ({"told": ("Twelve rebels", "rebels"), "entry": "say"}, SAID, False),
        ({"told": (None, "leave"), "entry": "say"}, SAID, False),
        ({"entry": "exact"}, TWELVE, True),
        ({"entry": "range"}, TWELVE, False),
    ],
)
def test_what_a_proof_asks_for(
    asked: dict[str, object],
    annotation: Annotation,
    expected: object,
) -> None:
    proof = Proof(**({"path": PATH, "entry": "not", "text": TEXT, "holds": True} | asked))  # type: ignore[arg-type]
    assert matched(proof, doc(annotation)) is expected


def test_faults_tell_the_entry_and_the_text() -> None:
    tried = [
        Proof(PATH, "exact", TEXT, holds=True),
        Proof(PATH, "exact", TEXT, holds=False),
        Proof(PATH, "range", TEXT, holds=True),
        Proof(PATH, "range", TEXT, holds=False),
    ]
    found = [str(x.problem) for x in failing(tried, lambda docs: [doc(TWELVE) for _ in docs])]
    assert found == [f"matches its counter-example: {TEXT}", f"misses its example: {TEXT}"]
    (broken,) = failing(tried[:1], lambda docs: [Record(x, problem="odd") for x in docs])
    assert broken.problem.startswith("cannot be annotated")


def test_all_formats_are_read(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(
        "a: {examples: ['Gone [today = X], back [now = Y].'], counter_examples: ['It [is].']}\n"
        "b: {examples: {Twelve left.: [12, null, 12]},\n"
        "    counter_examples: {They never left.: They}}\n"
        "c: {words: [x]}\n"
    )
    first, second, third, fourth = proofs(str(path))
    assert first.text == "Gone today, back now."
    assert [(span.of(first.text), value) for span, value in first.marks] == [
        ("today", "X"),
        ("now", "Y"),
    ]
    assert (second.holds, second.marks) == (False, ((Span(3, 5), None),))
    assert (third.entry, third.told) == ("b", (12, None, 12))
    assert (fourth.told, fourth.holds) == ("They", False)


def test_an_unmarked_text_stays() -> None:
    assert unmarked("Nothing here.") == ("Nothing here.", ())


def test_found_by_names_file_and_entry() -> None:
    assert names("made#not", PATH)
    assert names("en/made#not", PATH, "not")
    assert not names("made#not", PATH, "no")
    assert not names("ade#not", PATH)
    assert not names("", PATH)
    assert not names("spacy/core 3.8", PATH)


def test_values_of_events_are_finds_too() -> None:
    actor = stated(Party("rebels"), "rebels", found_by="agents#rebels")
    slots = Slots(assumed("actual"), actors=(actor,))
    event = EventMention(at("leave"), "made#leave", 4, "RETREAT", slots)
    told = doc(Sentence(Span(0, len(TEXT)), "spacy", 0, 7), event)
    assert {x.found_by for x in finds(told)} == {"spacy", "made#leave", "agents#rebels"}


def test_every_packaged_file_loads() -> None:
    paths = list(data_files())
    assert len(paths) > 10
    assert not any("samples" in path for path in paths)
    assert [f"{x.path}: {x.problem}" for x in loadable(paths)] == []


def test_broken_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [")
    (tmp_path / "b.csv").write_text("x,y\n1\n")
    (tmp_path / "c.yaml").write_text("")
    told = [x.problem for x in loadable(str(tmp_path / x) for x in ("a.yaml", "b.csv", "c.yaml"))]
    assert "no valid YAML" in told[0]
    assert told[1:] == [
        "row 1 has more or fewer cells than the header",
        "empty; remove it or fill it",
    ]
