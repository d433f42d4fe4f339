"""From a time as told to days, and from its length and a place's level to codes of precision."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateline.knowledge import Entry, entries
from dateline.model import Period

LEVELS = "crosswalks/precision.yaml"


@dataclass(frozen=True, slots=True)
class Days:
    """From the `first` to the `last` day; `open` where one end is not told."""

    first: date
    last: date
    open: bool = False

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier of two."""
        return self.first + timedelta(days=(self.length - 1) // 2)


class Level(Entry):
    """One level of precision; its fields are described in the file itself."""

    scheme: str
    code: int
    means: str
    days: int | None = None
    levels: tuple[str, ...] = ()
    stands_for: str = "first"


def days(period: Period) -> Days | None:
    """The days of a period at whatever precision it is told; None where it is not told.

    >>> days(Period("2022-02", "2022-02")).last
    datetime.date(2022, 2, 28)
    """
    told = [x for x in (period.start, period.end) if x]
    bounds = [found for found in map(_bounds, told) if found]
    if not bounds:
        return None
    first, last = min(x for x, _ in bounds), max(x for _, x in bounds)
    return Days(first, last, open=len(bounds) == 1)


def of_time(scheme: str, found: Days) -> Level:
    """The first level that a time's length fits; the last if none or if an end is open."""
    levels = _levels(scheme)
    if found.open:
        return levels[-1]
    return next((x for x in levels if x.days is None or found.length <= x.days), levels[-1])


def of_place(scheme: str, level: str) -> Level | None:
    """The level of a place; None where the scheme has none for it."""
    return next((x for x in _levels(scheme) if level in x.levels), None)


def fits(scheme: str, found: Days) -> bool:
    """Whether the scheme has a level for a time as long as this."""
    return any(x.days is None or found.length <= x.days for x in _levels(scheme))


def dated(scheme: str, found: Days) -> date:
    """The one day that stands for a time where only one can be written."""
    return found.middle if of_time(scheme, found).stands_for == "middle" else found.first


@lru_cache(maxsize=8)
def _levels(scheme: str) -> tuple[Level, ...]:
    return tuple(x for x in entries(LEVELS, Level).values() if x.scheme == scheme)


def _bounds(told: str) -> tuple[date, date] | None:
    """The first and last day of YYYY, YYYY-MM or YYYY-MM-DD; None if it is none of them."""
    try:
        numbers = [int(x) for x in told.split("-")]
        match numbers:
            case [year]:
                return date(year, 1, 1), date(year, 12, 31)
            case [year, month]:
                return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
            case [year, month, day]:
                return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
    return None
