"""Stretches of the calendar, and the arithmetic of days, weeks, months and years."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

SUNDAY = 7
_WEEKEND = 5


class Period(NamedTuple):
    """The days `first` to `last`, both included; `grain` (day, month, year) is how finely told.

    `value` is the TIMEX3 value.

    >>> month(2022, 2).start, month(2022, 2).last.day
    ('2022-02', 28)
    """

    first: date
    last: date
    grain: str
    value: str

    @property
    def start(self) -> str:
        """The first day at the precision told, as an ISO date."""
        return iso(self.first, self.grain)

    @property
    def end(self) -> str:
        """The last day at the precision told, as an ISO date."""
        return iso(self.last, self.grain)


def iso(when: date, grain: str) -> str:
    """`when` as YYYY-MM-DD, YYYY-MM or YYYY."""
    return when.isoformat()[: {"day": 10, "month": 7, "year": 4}[grain]]


def day(when: date) -> Period:
    """One day."""
    return Period(when, when, "day", when.isoformat())


def night(evening: date) -> Period:
    """The night that begins on `evening` and ends on the day after."""
    return Period(evening, evening + timedelta(1), "day", f"{evening.isoformat()}TNI")


def week(when: date) -> Period:
    """The week, Monday to Sunday, of `when`."""
    number = when.isocalendar()
    first = when - timedelta(number.weekday - 1)
    return Period(first, first + timedelta(6), "day", f"{number.year}-W{number.week:02}")


def weekend(when: date) -> Period:
    """Saturday and Sunday of the week of `when`."""
    whole = week(when)
    return Period(whole.first + timedelta(_WEEKEND), whole.last, "day", f"{whole.value}-WE")


def month(year_: int, number: int) -> Period:
    """A month of a year."""
    return months(year_, number, 1, f"{year_:04}-{number:02}")


def months(year_: int, first: int, count: int, value: str) -> Period:
    """`count` months from month `first`, which may run into the next year."""
    begin = date(year_, first, 1)
    end = add(begin, "month", count) - timedelta(1)
    return Period(begin, end, "month", value)


def year(number: int) -> Period:
    """A calendar year."""
    return years(number, 1, f"{number:04}")


def years(first: int, count: int, value: str) -> Period:
    """`count` years from `first`."""
    return Period(date(first, 1, 1), date(first + count - 1, 12, 31), "year", value)


def quarter(year_: int, number: int) -> Period:
    """The first to fourth quarter of a year."""
    return months(year_, 3 * number - 2, 3, f"{year_:04}-Q{number}")


def half(year_: int, number: int) -> Period:
    """The first or second half of a year."""
    return months(year_, 6 * number - 5, 6, f"{year_:04}-H{number}")


_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(year_: int, code: str) -> Period:
    """A season by northern reckoning; winter begins in the December of its year."""
    return months(year_, _SEASONS[code], 3, f"{year_:04}-{code}")


def add(when: date, unit: str, count: int) -> date:
    """`when` moved by `count` days, weeks, fortnights, months, quarters, years, decades.

    The 31st becomes the last day of a shorter month.

    Raises:
        ValueError: The calendar does not reach that far.
    """
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
    if unit in days:
        return date.fromordinal(when.toordinal() + days[unit] * count)
    span = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    number = when.year * 12 + when.month - 1 + span * count
    if not 12 <= number < (MAXYEAR + 1) * 12:
        raise ValueError(f"no such date: {when} and {count} {unit}s")
    year_, zero_month = divmod(number, 12)
    return date(year_, zero_month + 1, min(when.day, monthrange(year_, zero_month + 1)[1]))


def containing(unit: str, when: date) -> Period:
    """The day, week, month … that `when` belongs to."""
    if unit in {"month", "quarter"}:
        return (
            month(when.year, when.month)
            if unit == "month"
            else quarter(when.year, (when.month + 2) // 3)
        )
    if unit in {"decade", "century"}:
        size = 10 if unit == "decade" else 100
        return years(when.year // size * size, size, f"{when.year // size:0{len(str(size))}}")
    of_day = {"day": day, "night": night, "week": week, "weekend": weekend, "fortnight": week}
    return of_day[unit](when) if unit in of_day else year(when.year)


def narrowed(period: Period, part: str) -> tuple[date, date]:
    """The early, mid or late third of a period."""
    days = (period.last - period.first).days + 1
    third = max(days // 3, 1)
    if part == "early":
        return period.first, period.first + timedelta(third - 1)
    if part == "late":
        return period.last - timedelta(third - 1), period.last
    middle = period.first + timedelta(min(third, days - 1))
    return middle, max(middle, period.last - timedelta(third))


def feast(name: str, year_: int) -> date:
    """The day in a year of a feast that moves: easter, or `nth-weekday-month` ("4-4-11").

    The nth 0 is the last of its month; "easter-2" is two days before Easter.

    >>> feast("easter", 2022), feast("4-4-11", 2022)
    (datetime.date(2022, 4, 17), datetime.date(2022, 11, 24))
    """
    if name.startswith("easter"):
        return _easter(year_) + timedelta(int(name.removeprefix("easter") or 0))
    nth, weekday, number = (int(x) for x in name.split("-"))
    first, length = monthrange(year_, number)
    days = range((weekday - 1 - first) % 7 + 1, length + 1, 7)
    return date(year_, number, days[nth - 1])


def _easter(year_: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    a, b, c = year_ % 19, year_ // 100, year_ % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year_, f // 31, f % 31 + 1)
