"""The reading of PLOVER's examples, and what counts as the right two sides."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Basis, Claim, Party, Place, Reading, Slots, Span

FOLDER = Path(__file__).parents[2] / "benchmarks"
WORDS = (Span(0, 4),)


@pytest.fixture
def plover(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("plover")


@pytest.fixture
def plv(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("plv")


def stated(value: Any) -> Reading[Any]:
    return Reading(value, Basis.STATED, WORDS, "x")


def sides(*countries: str) -> tuple[Reading[Party], ...]:
    return tuple(stated(Party(country, country, "GOV")) for country in countries)


def claim(kind: str, status: str = "actual", **slots: Any) -> Claim:
    return Claim("d", stated(kind), Slots(status=stated(status), **slots))


def example(plover: Any, source: set[str], target: set[str]) -> Any:
    return plover.Example("", "AID", frozenset(source), frozenset(target))


@pytest.mark.parametrize(
    ("kind", "status", "read"),
    [
        ("AID", "actual", "AID"),
        ("AID", "planned", "AGREE"),
        ("ASSAULT", "planned", "THREATEN"),
        ("REQUEST", "planned", "REQUEST"),
    ],
)
def test_a_plan_is_a_promise_or_a_threat(plover: Any, kind: str, status: str, read: str) -> None:
    assert plover.kind_of(claim(kind, status)) == read


def test_both_sides_must_have_their_country(plover: Any) -> None:
    asked = example(plover, {"FRA"}, {"MLI"})
    told = claim("AID", actors=sides("FRA"), recipients=sides("MLI"))
    turned = claim("AID", actors=sides("MLI"), recipients=sides("FRA"))
    assert plover.same_sides(told, asked)
    assert not plover.same_sides(turned, asked)
    assert not plover.same_sides(claim("AID", actors=sides("FRA")), asked)


def test_two_sided_events_name_both_as_actors(plover: Any) -> None:
    asked = example(plover, {"FRA"}, {"MLI"})
    assert plover.same_sides(claim("AGREE", actors=sides("FRA", "MLI")), asked)
    assert not plover.same_sides(claim("AGREE", actors=sides("FRA", "TCD")), asked)


def test_one_actor_is_not_its_own_recipient(plover: Any) -> None:
    asked = example(plover, {"MLI"}, {"MLI"})
    assert not plover.same_sides(claim("COERCE", actors=sides("MLI")), asked)


def test_a_place_stands_for_a_party_that_is_not_named(plover: Any) -> None:
    place = (stated(Place("Gao", country="MLI")),)
    told = claim("CONSULT", actors=sides("FRA"), places=place)
    assert plover.same_sides(told, example(plover, {"FRA"}, {"MLI"}))


def test_marks_are_read_and_left_out(plv: Any) -> None:
    pair = plv.Pair.of("<s>Oslo</s> helped the <t>port</t>.", "AID")
    assert pair.text == "Oslo helped the port."
    assert [span.of(pair.text) for span in pair.parties] == ["Oslo", "port"]
    assert plv.Pair.of("<s>Oslo</s> helped.", "AID").target is None


def test_folds_are_judged_by_what_has_not_seen_them(plv: Any) -> None:
    """A word that is in one text only tells nothing of it; one that is in many does."""
    from functools import partial

    kinds = ["AID", "ACCUSE"] * 20
    told = [[kind.lower()] for kind in kinds]
    alone = [[f"w{k}"] for k in range(len(kinds))]
    assert plv.accuracy([partial(plv.bag, told)], kinds)[0] == 1.0
    assert plv.accuracy([partial(plv.bag, alone)], kinds)[0] < 0.7
