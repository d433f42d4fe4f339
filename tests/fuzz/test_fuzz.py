"""A fixed number of fuzzing runs of everything that reads foreign bytes or texts."""

import math
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.engine import fuzz
from tests.fuzz.targets import DISPATCHES, Target, annotated, parsed, steps, targets

from dateline.annotate.quantities import Quantities
from dateline.annotate.times import Times
from dateline.errors import InputError
from dateline.ingest import markdown
from dateline.model import Annotated, PlaceMention, Quantity, TimeExpression
from dateline.model.codec import load

RUNS = {"all layers and claims": 120}
FEW = 40
QUIET = settings(max_examples=30, deadline=None, derandomize=True)


@pytest.mark.parametrize("target", targets(), ids=lambda x: x.name)
def test_nothing_makes_it_crash(target: Target) -> None:
    outcome = fuzz(target.run, target.seeds, RUNS.get(target.name, FEW), seed=1)
    assert [(data, repr(cause)) for data, cause in outcome.crashes] == []
    assert outcome.tried == RUNS.get(target.name, FEW)
    assert outcome.lines > 0


def test_the_fuzzer_finds_what_lies_behind_steps() -> None:
    """Guided by what it reaches: front matter needs both marks and a field between them."""

    def planted(data: bytes) -> None:
        told, _ = markdown.split(data.decode("utf-8", "replace"))
        if told:
            raise RuntimeError("found")

    seeds = (b"---\na\n", b"5")
    outcome = fuzz(planted, seeds, 6_000, seed=3)
    assert {str(cause) for _, cause in outcome.crashes} == {"found"}
    assert outcome.kept > 0
    assert [x for x, _ in fuzz(planted, seeds, 6_000, seed=3).crashes] == [
        x for x, _ in outcome.crashes
    ]


WORDS = st.sampled_from(
    ["Monday", "last", "next", "two", "15", "August", "2022", "03/04", "9/11", "since", "until",
     "between", "and", "days", "weeks ago", "1,200", "dozens of", "at least", "no one", "killed",
     "soldiers", "Gao", "Mali", "Timbuktu", "near", "300 km north of", "the army", "in", "on", "'s",
     "–", ",", ".", "(", ")", "\u200b", "\u202e", "\u0664\u0662", "1.5", "million", "half",
     "2nd", "Feb. 30", "noon", "24:61", "1990s", "XXI"]
)  # fmt: skip
TEXT = st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=40).map(" ".join)


@QUIET
@given(TEXT, st.integers(0, 9), st.booleans())
def test_times_quantities_and_places_of_any_text(text: str, seed: int, dated: bool) -> None:  # noqa: FBT001 (drawn)
    doc = parsed(text, seed, date(2022, 8, 15) if dated else None)
    again = parsed(text, seed, date(2022, 8, 15) if dated else None)
    for step in steps().values():
        (layer,), (same,) = map(list, step([doc])), map(list, step([again]))
        assert layer == same
        doc, again = doc.with_layer(step.writes, layer), again.with_layer(step.writes, same)
    for time_found in doc[TimeExpression]:
        for told in (time_found.earliest, time_found.latest):
            assert told is None or date.fromisoformat(told)
        if time_found.earliest and time_found.latest:
            assert time_found.earliest <= time_found.latest
    for quantity in doc[Quantity]:
        bounds = [x for x in (quantity.low, quantity.best, quantity.high) if x is not None]
        assert bounds == sorted(bounds)
    for mention in doc[PlaceMention]:
        assert mention.place.lat is None or -90 <= mention.place.lat <= 90


@QUIET
@given(st.binary(max_size=300))
def test_any_bytes_are_a_record_or_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        load(data)


HOSTILE: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "a" * n,
    "spaces": lambda n: f"left{' ' * n}Gao",
    "digits": lambda n: "1" * n,
    "figures": lambda n: "1,000," * (n // 6),
    "dates without end": lambda n: "between 3 and " * (n // 14),
    "hyphens": lambda n: "-" * n,
    "quotation marks": lambda n: "\u201c" * n,
    "brackets": lambda n: "(" * n,
    "line breaks": lambda n: "\n" * n + "Gao",
    "capitals": lambda n: "Gao Ansongo " * (n // 12),
    "abbreviations": lambda n: "U.S.A." * (n // 6),
    "right to left": lambda n: "\u202e\u05d0\u05d1 " * (n // 4),
    "zero width": lambda n: "G\u200ba\u200bo " * (n // 6),
    "combining marks": lambda n: "a" + "\u0301" * n,
    "of of of": lambda n: "the army of " * (n // 12),
    "ordinary": lambda n: f"{DISPATCHES[0].decode()} " * (n // 90),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_is_slow_out_of_all_proportion(name: str) -> None:
    """All layers take, for four times the text, no more than about four times as long.

    The best of some rounds counts, and short times count as equal, as others use the machine too.
    """
    sizes = (1_500, 6_000)
    docs = [parsed(HOSTILE[name](size), 1, date(2022, 8, 15)) for size in sizes]
    best = [min(timed(doc) for _ in range(2)) for doc in docs]
    if best[1] > 12 * max(best[0], 0.02):
        best = [min(x, *(timed(doc) for _ in range(4))) for x, doc in zip(best, docs, strict=True)]
    for short, long in pairwise(best):
        assert long <= 12 * max(short, 0.02), f"{short:.3f} s, {long:.3f} s"


def timed(doc: Annotated) -> float:
    started = time.process_time()
    for step in steps().values():
        (layer,) = step([doc])
        doc = doc.with_layer(step.writes, layer)
    return time.process_time() - started


@pytest.mark.parametrize("step", [Times, Quantities])
def test_documents_are_annotated_apart(step: type) -> None:
    """What is odd in one document changes nothing in the next."""
    made = step()
    odd, plain = parsed("\u202e" * 99 + "1" * 999, 1), parsed(DISPATCHES[1].decode(), 1)
    _, beside = map(list, made([odd, plain]))
    (alone,) = map(list, made([plain]))
    assert beside == alone


def test_the_empty_text_has_no_layers() -> None:
    annotated(b"")
    assert math.isfinite(timed(parsed("", 0)))
