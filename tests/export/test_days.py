"""From times as told to days and levels of precision."""

from datetime import date

import pytest

from dateline.export.days import Days, dated, days, fits, of_place, of_time
from dateline.model import LEVELS, Period


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period("2021-05-03", "2021-05-03"), date(2021, 5, 3), date(2021, 5, 3)),
        (Period("2020-02", "2020-02"), date(2020, 2, 1), date(2020, 2, 29)),
        (Period("2021", "2021"), date(2021, 1, 1), date(2021, 12, 31)),
        (Period("2021-05-09", "2021-05-03"), date(2021, 5, 3), date(2021, 5, 9)),
        (Period("2021-05", None), date(2021, 5, 1), date(2021, 5, 31)),
    ],
)
def test_a_period_becomes_days(period: Period, first: date, last: date) -> None:
    found = days(period)
    assert found is not None
    assert (found.first, found.last) == (first, last)
    assert found.open == (period.end is None)


@pytest.mark.parametrize("told", [Period(), Period("soon", None), Period("2021-13", None)])
def test_what_is_no_date_is_no_time(told: Period) -> None:
    assert days(told) is None


@pytest.mark.parametrize(
    ("end", "ucdp", "acled"),
    [(3, 1, 1), (4, 2, 2), (8, 2, 2), (9, 3, 2), (10, 4, 3), (31, 4, 3)],
)
def test_the_length_decides_the_level(end: int, ucdp: int, acled: int) -> None:
    found = Days(date(2021, 5, 3), date(2021, 5, end))
    assert of_time("ucdp-date", found).code == ucdp
    assert of_time("acled-time", found).code == acled


def test_a_year_is_too_long_for_acled() -> None:
    year = Days(date(2021, 1, 1), date(2021, 12, 31))
    assert not fits("acled-time", year)
    assert of_time("ucdp-date", year).code == 5


def test_an_open_time_is_of_the_last_level() -> None:
    assert of_time("ucdp-date", Days(date(2021, 5, 3), date(2021, 5, 3), open=True)).code == 5


def test_one_day_stands_for_a_span() -> None:
    assert dated("acled-time", Days(date(2021, 5, 3), date(2021, 5, 3))) == date(2021, 5, 3)
    assert dated("acled-time", Days(date(2021, 5, 1), date(2021, 5, 31))) == date(2021, 5, 16)


def test_every_level_of_place_has_a_ucdp_code() -> None:
    codes = {level: of_place("ucdp-where", level) for level in LEVELS}
    assert [level for level, found in codes.items() if found is None] == []
    assert of_place("acled-geo", "country") is None
