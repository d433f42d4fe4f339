"""The dead by side."""

import pytest
from tests.export.corpora import corpus, killed, settled, view

from dateline.export.tolls import Figure, conservative, dead, side_of, total
from dateline.export.view import views
from dateline.model import Count
from dateline.model.incident import Agreement, Settled, Telling


@pytest.mark.parametrize(
    ("who", "side"),
    [
        ("soldiers", "state"), ("police officers", "state"), ("Hill Front fighters", "armed"),
        ("women", "civilians"), ("villagers", "civilians"), ("people", "unknown"),
    ],
)  # fmt: skip
def test_nouns_tell_the_side(who: str, side: str) -> None:
    assert side_of(who) == side


def test_a_series_gives_bounds() -> None:
    found = next(views(corpus()))
    assert dead(found) == {"state": Figure(12, 15, 15)}
    assert conservative(found) == 15


def test_a_total_holds_its_parts() -> None:
    counts = [
        killed("people", 20, 20, 25), killed("soldiers", 9, 9, 9), killed("civilians", 4, 4, 4),
        killed("children", 2, 2, 2),
    ]  # fmt: skip
    found = view(counts=counts)
    assert dead(found)["unknown"] == Figure(7, 7, 12)
    assert dead(found)["civilians"] == Figure(4, 4, 4)
    assert total(found) == Figure(20, 20, 25)


def test_parts_beyond_the_total_are_all_counted() -> None:
    found = view(counts=[killed("people", 5, 5, 5), killed("soldiers", 9, 9, 9)])
    assert total(found) == Figure(9, 9, 9)


def test_disputed_figures_are_read_cautiously() -> None:
    told = tuple(Telling(Count("killed", "soldiers", n, n, n), f"c{n}") for n in (40, 17))
    count = Settled(Count("killed", "soldiers", 40, 40, 40), "x", Agreement.DISPUTED, told)
    assert conservative(view(counts=[count])) == 17


def test_not_told_is_not_nobody() -> None:
    assert conservative(view(counts=[])) is None
    assert total(view(counts=[killed("people", None, None, None)])) is None
    injured = settled(Count("injured", "people", 3, 3, 3))
    assert total(view(counts=[injured])) is None
    assert conservative(view(counts=[killed("people", 0, 0, 0)])) == 0
