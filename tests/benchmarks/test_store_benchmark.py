"""What the store is measured with, and how its figures are told."""

import importlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.made import record

from dateline.model.codec import dump, load
from dateline.store import Query, Store

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark script as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("store")


def test_variations_are_dispatches_of_their_own(script: Any) -> None:
    made = list(script.varied([record()], 40))
    assert len(made) == 20
    assert len({x.document.id for x in made}) == 20
    assert all(load(dump(x)) == x for x in made)  # every span is still at its words
    shelled = [x.claims[0] for x in made]
    assert len({x.time.value for x in shelled}) == 20
    assert {x.places[0].value.country for x in shelled} == set(script.COUNTRIES)
    assert {x.counts[0].value.best for x in shelled} == set(range(12, 23))
    assert [x.type.value for x in shelled] == ["ASSAULT"] * 20


def test_incidents_hold_every_claim_once(script: Any) -> None:
    made = list(script.varied([record()], 10))
    found = list(script.incidents(iter(made)))
    claims = [claim.id for x in made for claim in x.claims]
    assert [c for x in found for c in x.claims] == claims
    assert [len(x.claims) for x in found] == [3, 3, 3, 1]


def test_all_is_measured_on_a_store_that_holds_it(
    script: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(script, "ALONE", 5)
    with Store.open(tmp_path / "store.db") as store:
        figures = list(script.measured(store, [record()], 60))
        assert len(list(store.records())) == 30
        assert len(store.incidents()) == 20
        assert len(list(store.records(Query(voices=4)))) > 0
    assert figures[0].found == "10 claims of 5 dispatches"
    assert figures[1].found == "50 claims of 25 dispatches"
    lines = script.section({"SQLite": figures, "PostgreSQL": figures}, 60)
    rows = [line for line in lines if line.startswith("|")]
    assert rows[0] == "|  | of | SQLite | PostgreSQL |"
    assert len(rows) == len(figures) + 2
    assert all(row.count("|") == 5 for row in rows)


def test_dispatches_do_not_end_before_there_are_enough_claims(script: Any) -> None:
    endless: Iterator[Any] = script.varied([record()], 10**9)
    assert len(list(islice(endless, 7))) == 7
