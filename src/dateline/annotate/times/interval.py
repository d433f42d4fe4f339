"""The days in which a dispatch may have been written, and times that lean on all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dateline.model import Annotated, Basis, DateClue, Period, Reading, TimeExpression


def window(clues: Iterable[DateClue]) -> tuple[date | None, date | None]:
    """The first and last day that all clues allow; None where they leave a side open."""
    lows, highs = [], []
    for clue in clues:
        if clue.earliest is not None:
            lows.append(date.fromisoformat(clue.earliest))
        if clue.latest is not None:
            highs.append(date.fromisoformat(clue.latest))
    return max(lows, default=None), min(highs, default=None)


def told(clues: Sequence[DateClue]) -> str:
    """The outcome in words ("a Monday in August 2022"), or how far the clues reach.

    >>> told([])
    'unknown'
    """
    low, high = window(clues)
    if low is None and high is None:
        return "unknown"
    if low is None or high is None:
        return f"not before {low}" if low else f"not after {high}"
    weekday = next((clue.weekday for clue in clues if clue.weekday), None)
    day = f"a {_DAYS[weekday - 1]}" if weekday and low != high else ""
    if low == high:
        return low.isoformat()
    if (low.year, low.month) == (high.year, high.month):
        return f"{day} in {low:%B %Y}".strip().removeprefix("in ")
    return f"{day} between {low} and {high}".strip()


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def written(doc: Annotated) -> Reading[Period] | None:
    """When an undated dispatch was written: stated by a dateline, else inferred; None if untold."""
    clues = doc[DateClue]
    low, high = (day.isoformat() if day else None for day in window(clues))
    if low is None and high is None:
        return None
    stated = any(clue.found_by.endswith("#dateline") for clue in clues)
    basis = Basis.STATED if stated else Basis.INFERRED
    evidence = tuple(clue.span for clue in clues)
    return Reading(Period(low, high), basis, evidence, "times/dispatch-date")


def time_notes(doc: Annotated) -> tuple[str, ...]:
    """What was inferred of the date of an undated dispatch, and why."""
    clues = doc[DateClue]
    reasons = "; ".join(clue.says for clue in clues)
    dated = (f"no publication date is given; inferred: {told(clues)} ({reasons})",)
    return dated if clues else ()


def spanning(bare: TimeExpression, first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """A time resolved from no, the first and the last possible day, with the doubt between them.

    What both agree on stays; days on which they differ are told as months, and not at all if the
    years differ.
    """
    if bare == first == last:
        return bare
    start, end = _bounds(first.start, last.start), _bounds(last.end, first.end)
    return replace(
        first,
        value=_shared_value(first.value, last.value),
        start=start,
        end=end,
        earliest=first.earliest,
        latest=last.latest,
        inferred=True,
    )


def _bounds(day: str | None, other: str | None) -> str | None:
    """`day` if the other way gives it, too; else its month, if both are of one year."""
    if day is None or other is None or day == other:
        return day if day == other else None
    return day[:_MONTH] if day[:_YEAR] == other[:_YEAR] else None


_YEAR, _MONTH = len("2022"), len("2022-08")


def _shared_value(left: str, right: str) -> str:
    """A TIMEX3 value with X for all digits from the first component in which the two differ.

    >>> _shared_value("2022-08-01TMO", "2022-08-29TMO")
    '2022-08-XXTMO'
    """
    if left == right or len(left) != len(right):
        return left if left == right else ""
    day, _, clock = left.partition("T")
    out, differs = [], False
    for a, b in zip(day.split("-"), right.partition("T")[0].split("-"), strict=True):
        differs = differs or a != b
        out.append("".join("X" if c.isdigit() else c for c in a) if differs else a)
    return "-".join(out) + (f"T{clock}" if clock else "")
