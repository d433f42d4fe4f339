"""Short sentences of our own with what is to be read of them: none that was right may be lost."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import (
    Basis,
    Claim,
    Count,
    Document,
    Party,
    Reading,
    Record,
    Slots,
    Sourcing,
    Span,
)

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
KINDS = ("actual", "ongoing", "planned", "alleged", "hypothetical", "negated", "none")


@pytest.fixture(scope="module")
def probe() -> Iterator[Any]:
    """The script that prints the scorecard, as a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield importlib.import_module("probe")


@pytest.fixture(scope="module")
def results(probe: Any) -> Any:
    """What is read of every sentence."""
    return probe.run(probe.load())


def test_no_sentence_that_was_right_is_lost(probe: Any, results: Any) -> None:
    lost = list(probe.broken(results, probe.passing()))
    assert not lost, "\n".join(lost)


def test_the_list_holds_most_sentences(probe: Any, results: Any) -> None:
    assert len(probe.passing()) >= 0.8 * len(results)


def test_the_table_is_large_and_varied(probe: Any) -> None:
    loaded = probe.load()
    cases = loaded.cases()
    assert len(cases) >= 300
    assert {status for case in cases for status in probe._several(case.status)} == set(KINDS)
    assert len(loaded.groups["non_events"]) >= 50
    assert all(case.trigger is None for case in loaded.groups["non_events"])


# The comparison itself, on records built by hand.

TEXT = "Rebels killed 12 guards, the mayor said."


@pytest.fixture
def case(probe: Any) -> Callable[..., Any]:
    """A case of `TEXT` that asks for everything, with some fields changed."""

    def make(**changes: Any) -> Any:
        asked: dict[str, Any] = {
            "text": TEXT,
            "trigger": "killed",
            "type": "ASSAULT",
            "status": "actual",
            "source": "the mayor",
            "stance": "reports",
            "actors": ["Rebels"],
            "recipients": ["guards"],
            "counts": {"killed": 12},
        }
        return probe.Case(**asked | changes)

    return make


def reading(value: Any, words: str) -> Any:
    start = TEXT.index(words)
    return Reading(value, Basis.STATED, (Span(start, start + len(words)),), "test#made")


def record() -> Record:
    slots = Slots(
        status=reading("actual", "killed"),
        actors=(reading(Party("rebels", None, "REB"), "Rebels"),),
        recipients=(reading(Party("guards", None, "COP"), "12 guards"),),
        counts=(reading(Count("killed", "guards", 12, 12, 12), "12 guards"),),
        sources=(reading(Sourcing("mayor", "reports"), "the mayor"),),
    )
    claim = Claim("d1", reading("ASSAULT", "killed"), slots, ())
    return Record(Document(TEXT, "made"), (claim,))


def test_a_record_as_asked_has_no_faults(probe: Any, case: Any) -> None:
    assert probe.result(case(), record()).right
    assert probe.result(case(type=["AID", "ASSAULT"], status=["alleged", "actual"]), record()).right


@pytest.mark.parametrize(
    ("slot", "asked"),
    [
        ("type", "AID"),
        ("status", "negated"),
        ("source", "none"),
        ("source", "a nurse"),
        ("actors", ["Rebels", "bandits"]),
        ("recipients", ["nurses"]),
        ("counts", {"killed": 13}),
        ("counts", {"injured": 12}),
    ],
)
def test_each_difference_is_a_fault(probe: Any, case: Any, slot: Any, asked: Any) -> None:
    assert probe.result(case(**{slot: asked}), record()).faults == (slot,)


def test_another_stance_is_a_fault_of_the_source(probe: Any, case: Any) -> None:
    assert probe.result(case(stance="denies"), record()).faults == ("source",)


def test_events_lost_and_spurious(probe: Any, case: Any) -> None:
    empty = Record(Document(TEXT, "made"), ())
    assert probe.result(case(), empty).faults == ("not found",)
    nothing = probe.Case(text=TEXT, status="none")
    assert probe.result(nothing, record()).faults == ("spurious",)
    assert probe.result(nothing, empty).right


def test_what_is_on_the_list_and_wrong_or_gone_is_told(probe: Any, case: Any) -> None:
    good = probe.result(case(), record())
    bad = probe.Result(case(text=f"{TEXT} So."), ("status",))
    floor = {good.case.key, bad.case.key, "gone | Gone."}
    told = list(probe.broken([good, bad], floor))
    assert told == [
        f"{bad.case.key}: wrong status; read no event",
        "gone | Gone.: no such sentence",
    ]


def test_the_scorecard_counts_by_status_and_slot(probe: Any, case: Any) -> None:
    rows = probe.table(
        [
            probe.Result(case()),
            probe.Result(case(), ("status",)),
            probe.Result(case(), ("not found",)),
        ]
    )
    assert "| actual | 3 | 1 | 1 | 33 % |" in rows
    assert "| status, of events found | 2 | 1 |  | 50 % |" in rows
    assert "| type, of events found | 2 | 2 |  | 100 % |" in rows


@pytest.mark.parametrize("wrong", ["trigger: gone, status: actual", "trigger: ran, status: actual"])
def test_a_table_with_a_mistake_is_refused(probe: Any, tmp_path: Path, wrong: str) -> None:
    line = f'    - {{text: "He ran.", {wrong}}}\n'
    path = tmp_path / "sentences.yaml"
    path.write_text(f"published: 2024-05-15\ngroups:\n  one:\n{line}{line}", "utf-8")
    with pytest.raises(ValueError, match=r"sentences\.yaml"):
        probe.load(path)
