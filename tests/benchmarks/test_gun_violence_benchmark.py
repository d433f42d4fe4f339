"""The scores of the benchmark of single dispatches are right."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Count, Place, PlaceMention, Span

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark script as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("gun_violence")


def facts(script: Any) -> Any:
    return script.Facts.of(
        {"date": "May 4, 2017", "city_or_county": "Saint-Denis (North)", "num_killed": 2,
         "num_injured": 0}
    )  # fmt: skip


def test_facts_are_read_as_they_are_compared(script: Any) -> None:
    assert facts(script) == script.Facts(2, 0, "2017-05-04", "saint denis")


def test_a_figure_some_source_gives_counts_apart_from_the_one_taken(script: Any) -> None:
    some = {"killed": frozenset({1, 2}), "injured": frozenset({3})}
    told = script.Told(1, 3, "2017-05-04", "gao", some)
    assert told.right(facts(script)) == {"date", "some killed"}


def test_all_of_a_kind_are_added_by_their_best_figure(script: Any) -> None:
    counts = [
        Count("killed", "men", 2, 2, 2),
        Count("killed", "women", 3, None, None),
        Count("injured", "men", 9, 9, 9),
    ]
    assert (script.total(counts, "killed"), script.total(counts, "detained")) == (5, 0)


def test_the_main_town_is_that_named_most_often(script: Any) -> None:
    names = [("Mali", "country"), ("Gao", "town"), ("Kati", "town"), ("Kati", "town")]
    found = [
        PlaceMention(Span(n, n + 1), "x", n, Place(name, "MLI", level), 1.0)
        for n, (name, level) in enumerate(names)
    ]
    assert script.main_town(found) == "Kati"
    assert script.main_town(found[:1]) == ""


def test_a_text_without_violence_is_wrong_in_all(script: Any) -> None:
    verdicts = [script.Verdict("a", None, facts(script))]
    assert script.table(verdicts)[2] == "| all texts | 1 |" + " 0.000 |" * 6
    assert script.table(verdicts)[3] == "| texts with a violent claim | 0 |" + " 0.000 |" * 6
