"""Records survive the way to JSON and back."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.model import (
    KINDS,
    LEVELS,
    STANCES,
    STATUSES,
    TYPES,
    Basis,
    Claim,
    Count,
    Document,
    Finding,
    Party,
    Period,
    Place,
    Reading,
    Record,
    Slots,
    Sourcing,
    Span,
)
from dateline.model.codec import decode, dump, encode, load

WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
BOUND = st.none() | st.integers(0, 10**7)
DEGREE = st.none() | st.floats(-180, 180, allow_nan=False)


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(st.text(min_size=1, max_size=60))
    document = Document(
        text,
        name=draw(WORDS),
        title=draw(WORDS),
        publisher=draw(WORDS),
        url=draw(WORDS),
        published=draw(st.none() | st.dates()),
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
    )
    points = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    spans = points.filter(lambda x: x[0] < x[1]).map(lambda x: Span(*x))

    def reading[T](value: st.SearchStrategy[T], *, stated: bool = False) -> Reading[T]:
        evidence = tuple(draw(st.lists(spans, min_size=int(stated), max_size=2)))
        bases = list(Basis) if evidence else [Basis.INFERRED, Basis.ASSUMED]
        score = draw(st.none() | st.floats(0, 1))
        return Reading(draw(value), draw(st.sampled_from(bases)), evidence, draw(WORDS), score)

    def readings[T](value: st.SearchStrategy[T]) -> tuple[Reading[T], ...]:
        return tuple(reading(value) for _ in range(draw(st.integers(0, 2))))

    def maybe[T](value: st.SearchStrategy[T]) -> Reading[T] | None:
        return reading(value) if draw(st.booleans()) else None

    parties = st.builds(Party, WORDS, MAYBE, MAYBE)
    places = st.builds(Place, WORDS, MAYBE, st.sampled_from(LEVELS), DEGREE, DEGREE, MAYBE, BOUND)
    counts = st.builds(Count, st.sampled_from(KINDS), WORDS, BOUND, BOUND, BOUND, MAYBE)

    def claim() -> Claim:
        slots = Slots(
            reading(st.sampled_from(STATUSES)),
            maybe(WORDS),
            readings(parties),
            readings(parties),
            readings(places),
            maybe(st.builds(Period, MAYBE, MAYBE)),
            readings(counts),
            readings(st.builds(Sourcing, WORDS, st.sampled_from(STANCES))),
        )
        kind = reading(st.sampled_from(TYPES), stated=True)
        return Claim(document.id, kind, slots, tuple(draw(st.lists(spans, max_size=2))))

    claims = tuple(claim() for _ in range(draw(st.integers(0, 2))))
    others = st.lists(spans, max_size=2).map(tuple)
    finding = st.builds(Finding, spans, WORDS, WORDS, st.floats(0, 1), others)
    notes, findings = draw(st.lists(WORDS, max_size=2)), draw(st.lists(finding, max_size=2))
    return Record(document, claims, draw(MAYBE), tuple(notes), None, tuple(findings))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_nothing_is_lost(record: Record) -> None:
    line = dump(record)
    assert line.isprintable()
    assert load(line) == record
    assert load(line.encode()) == record
    assert dump(load(line)) == line


def plain(text: str = "Rebels shelled Gao on Monday.") -> Record:
    document = Document(text, "gao", published=date(2022, 8, 15))
    slots = Slots(Reading("actual", Basis.ASSUMED))
    kind = Reading("ASSAULT", Basis.STATED, (Span(7, 14),), "assault#shelled")
    return Record(document, (Claim(document.id, kind, slots),))


def test_spans_quote_their_words() -> None:
    fields = encode(plain())
    assert fields["claims"][0]["type"]["evidence"] == [{"start": 7, "end": 14, "text": "shelled"}]
    assert fields["claims"][0]["id"] == plain().claims[0].id
    assert fields["document"]["text"] == "Rebels shelled Gao on Monday."


def test_other_scripts_stay_readable_and_hidden_characters_do_not() -> None:
    line = dump(Record(Document("قصف \u202eMali \x1b[31m")))
    assert "قصف" in line
    assert "\u202e" not in line
    assert "\\u202e" in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("document", "text"), "Rebels shelled Kati on Monday.", "not the one coded"),
        (("document", "published"), "Monday", "gao: no record"),
        (("claims", 0, "type", "evidence", 0, "start"), 8, "is not at 8 of the text"),
        (("claims", 0, "type", "evidence", 0, "end"), 1400, "is not at 7 of the text"),
        (("claims", 0, "type", "basis"), "guessed", "gao: no record"),
        (("claims", 0, "type", "evidence"), [], "must point at the words"),
        (("claims", 0, "status", "value"), {"a": 1}, "a string is expected"),
        (("claims", 0, "actors"), [{"value": "x", "basis": "assumed"}], "gao: no record"),
        (("claims",), 7, "gao: no record"),
        (("layout",), 99, "layout 99"),
        (("document",), None, "unnamed: no record"),
    ],
)
def test_a_broken_record_is_refused(
    path: tuple[str | int, ...], value: object, problem: str
) -> None:
    fields = encode(plain())
    inner = fields
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]
    inner[path[-1]] = value  # type: ignore[index]
    with pytest.raises(InputError, match=problem):
        decode(fields)


@pytest.mark.parametrize("line", ["", "{", "[1]", '"x"', "{}", "[" * 100_000, b"\xff"])
def test_what_is_no_record_is_refused(line: str | bytes) -> None:
    with pytest.raises(InputError, match="no record"):
        load(line)


def test_a_missing_field_is_named() -> None:
    fields = json.loads(dump(plain()))
    del fields["claims"][0]["places"]
    with pytest.raises(InputError, match="gao: no record: 'places' is missing"):
        decode(fields)
