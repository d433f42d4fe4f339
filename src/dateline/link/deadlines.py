"""By when an announced act is to be done, from the words beside it."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dateline.knowledge import Entry, entries
from dateline.link.facts import days
from dateline.model import Claim

# fmt: off
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen",
)
# fmt: on
_MONTHS = [name.lower() for name in calendar.month_name]
_UNITS = r"(?P<unit>hour|day|week|month|year)s?"
_REACH = 400  # characters after an announcement in which its deadline is told


class _Deadline(Entry):
    pattern: str
    cases: dict[str, date]


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of the knowledge file, by name."""
    return {
        name: _compiled(e.pattern) for name, e in entries("link/deadlines.yaml", _Deadline).items()
    }


@cache
def cases() -> tuple[tuple[str, str, date], ...]:
    """The examples of the knowledge file: name of the entry, words and the day they mean."""
    found = entries("link/deadlines.yaml", _Deadline).items()
    return tuple((name, words, day) for name, e in found for words, day in e.cases.items())


def _compiled(pattern: str) -> re.Pattern[str]:
    number = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)}|an?)"
    months = "|".join(filter(None, _MONTHS))
    first_day = rf"\d{{1,2}} (?:{months})(?: \d{{4}})?"
    first_month = rf"(?:{months})(?: \d{{1,2}}\b)?(?:,? \d{{4}})?"
    day = rf"(?:{first_day}|{first_month}|20\d\d)"
    told = pattern.replace("{unit}", _UNITS).replace("{date}", f"(?P<date>{day})")
    first, *rest = told.split("{n}")
    ready = first
    for n, part in enumerate(rest):
        name = "number" if n == len(rest) - 1 else f"low{n}"
        ready += f"(?P<{name}>{number}){part}"
    return re.compile(rf"\b{ready}\b", re.IGNORECASE)


def due(claim: Claim, text: str, published: date | None) -> str | None:
    """The last day by which the act is to be done (ISO), None where no words tell it."""
    told = claim.slots.time.value if claim.slots.time else None
    start = claim.trigger.start
    before = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start), 0)
    for found in _found(text[before : claim.trigger.end + _REACH], published):
        return found.isoformat()
    if told and (told.end or told.start) and published:
        last = date.fromordinal(days(told.end or told.start or "")[1])
        if last > published:
            return last.isoformat()
    return None


def _found(text: str, published: date | None) -> Iterator[date]:
    for pattern in patterns().values():
        for match in pattern.finditer(text):
            day = _day(match, published)
            if day is not None:
                yield day


def last_day(words: str, published: date | None) -> date | None:
    """The last day that words allow, counted from a day.

    >>> last_day("within four to six months", date(2022, 2, 17)).isoformat()
    '2022-08-17'
    """
    return next(_found(words, published), None)


def _day(match: re.Match[str], published: date | None) -> date | None:
    told = match.groupdict()
    if told.get("date"):
        return _dated(told["date"].lower(), published)
    if published is None:
        return None
    return _later(published, _number(told["number"]), told["unit"].lower())


def _number(word: str) -> int:
    low = word.lower()
    return _NUMBERS.index(low) + 1 if low in _NUMBERS else int(low) if low.isdigit() else 1


def _later(day: date, count: int, unit: str) -> date | None:
    try:
        if unit in {"month", "year"}:
            months = day.month - 1 + count * (12 if unit == "year" else 1)
            year, month = day.year + months // 12, months % 12 + 1
            return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        whole = {"hour": -(-count // 24), "day": count, "week": 7 * count}
        return day + timedelta(days=whole[unit])
    except (ValueError, OverflowError):
        return None


def _dated(words: str, published: date | None) -> date | None:
    month = next((n for n, name in enumerate(_MONTHS) if name and name in words), 0)
    numbers = [int(x) for x in re.findall(r"\d+", words)]
    year = next((x for x in numbers if x > 31), published.year if published else 0)
    day = next((x for x in numbers if x <= 31), 0)
    try:
        if not month:
            return date(year, 12, 31)
        if published and year == published.year and month < published.month:
            year += 1 if not any(x > 31 for x in numbers) else 0
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None
