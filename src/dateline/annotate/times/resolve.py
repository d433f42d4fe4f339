"""From what an expression says to stretches of the calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.annotate.times import calendar
from dateline.annotate.times.calendar import Period
from dateline.annotate.times.grammar import Fields

_FINE = {"day": {"day"}, "month": {"day", "month"}}
_NEEDS = {"day": "day", "night": "day", "week": "day", "weekend": "day", "fortnight": "day",
          "month": "month", "quarter": "month"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What relative times lean on: the day of publication, the periods told before, the tense.

    `told` holds the last period of each precision, the latest told first.
    """

    published: date | None
    told: tuple[Period, ...]
    ahead: Callable[[], bool]


def period(fields: Fields, context: Context) -> Period | None:
    """The stretch of the calendar the fields name, or None where the context does not settle it.

    Raises:
        ValueError: The fields name no possible date ("February 30").
    """
    if "holiday" in fields:
        month, day = divmod(int(fields["holiday"]), 100)
        fields = {**fields, "month": month, "day": day}
    if "decade" in fields:
        first = int(fields["decade"])
        return calendar.years(first, 10, str(first // 10))
    if "century" in fields:
        first = int(fields["century"]) - 1
        return calendar.years(max(first * 100, 1), 100, str(first))
    if "way" in fields:
        return _counted(fields, context)
    if "shift" in fields:
        whole = _shifted(fields, context)
        return whole and _inside(fields, whole)
    if "year" in fields:
        return _inside(fields, calendar.year(int(fields["year"])))
    return _recurring(fields, context)


def _counted(fields: Fields, context: Context) -> Period | None:
    """A period some units away ("two days later"), or reaching so far back or ahead."""
    way, count = fields["way"], fields["count"]
    if way == "first":
        return _first(fields, context)
    unit = str(fields["unit"])
    if not isinstance(count, int) or unit in {"second", "minute", "hour"}:
        return None
    if way in {"back", "forward"}:
        return _reaching(unit, count if way == "forward" else -count, context.published)
    if way not in {"ago", "later"}:
        return None
    fine = "day" if unit in {"day", "week", "fortnight"} else unit if unit == "month" else "year"
    base = _base(fields, fine, context)
    if base is None:
        return None
    there = calendar.add(base.first, unit, count if way == "later" else -count)
    return calendar.containing(fine, there)


def _reaching(unit: str, count: int, published: date | None) -> Period | None:
    if published is None:
        return None
    first, last = sorted((published, calendar.add(published, unit, count)))
    grain = {"month": "month", "year": "month", "decade": "year"}.get(unit, "day")
    return Period(first, last, grain, "")


def _first(fields: Fields, context: Context) -> Period | None:
    rest = {k: v for k, v in fields.items() if k not in {"way", "count", "of_unit"}}
    if not rest:
        return None
    whole, count = period(rest, context), fields["count"]
    if whole is None or not isinstance(count, int):
        return None
    unit = str(fields["of_unit"])
    last = calendar.add(whole.first, unit, count) - timedelta(1)
    grain = {"month": "month", "year": "year"}.get(unit, "day")
    part = Period(whole.first, last, grain, "")
    return part._replace(value=f"{part.start}/{part.end}")


def _base(fields: Fields, grain: str, context: Context) -> Period | None:
    """What the fields count from: publication, or the last period told at least so finely."""
    if fields.get("from") == "told":
        fine = _FINE.get(grain, {"day", "month", "year"})
        return next((p for p in context.told if p.grain in fine), None)
    return calendar.day(context.published) if context.published else None


def _shifted(fields: Fields, context: Context) -> Period | None:
    """The unit so many units away from the base ("last week", "the following day")."""
    unit, shift = str(fields["unit"]), int(fields["shift"])
    base = _base(fields, _NEEDS.get(unit, "year"), context)
    if base is None or unit == "told":
        return base
    there = base.last if shift > 0 else base.first
    if unit == "weekend" and fields.get("outlook") == "past" and not context.ahead():
        there -= timedelta(5)
        return calendar.weekend(there)
    if (
        unit == "week"
        and "weekday" in fields
        and shift < 0
        and there.isoweekday() == calendar.SUNDAY
    ):
        there += timedelta(1)
    return calendar.containing(unit, calendar.add(there, unit, shift))


def _inside(fields: Fields, whole: Period) -> Period:
    """The month, day, season or part of `whole` that the fields name; `whole` if none."""
    year = whole.first.year
    if "month" in fields:
        month = int(fields["month"])
        inside = (
            calendar.day(date(year, month, int(fields["day"])))
            if "day" in fields
            else calendar.month(year, month)
        )
        return _week_of(fields, inside)
    if "season" in fields:
        return calendar.season(year, str(fields["season"]))
    if "half" in fields:
        return calendar.half(year, int(fields["half"]))
    if "quarter" in fields:
        return calendar.quarter(year, int(fields["quarter"]) % 5)
    if "weekday" in fields and (whole.last - whole.first).days == 6:
        return calendar.day(whole.first + timedelta(int(fields["weekday"]) - 1))
    return whole


def _week_of(fields: Fields, month: Period) -> Period:
    if "week" not in fields:
        return month
    nth = int(fields["week"])
    first = month.last - timedelta(6) if nth < 0 else month.first + timedelta(7 * nth - 7)
    last = min(first + timedelta(6), month.last)
    return Period(first, last, "day", f"{first}/{last}")


def _recurring(fields: Fields, context: Context) -> Period | None:
    """A month, day of a month, weekday or season: the nearest one the tense allows."""
    today = context.published
    if "month" not in fields and "season" not in fields:
        if "weekday" not in fields or today is None:
            return None
        gap = int(fields["weekday"]) - today.isoweekday()
        return calendar.day(today + timedelta(gap % 7 if _ahead(fields, context) else -(-gap % 7)))
    if today is None:
        return None
    this = _inside(fields, calendar.year(today.year))
    if _ahead(fields, context):
        wanted = today.year + (this.last < today)
    else:
        strictly = fields.get("outlook") == "past"
        wanted = today.year - ((this.last if strictly else this.first) > today)
    return _inside(fields, calendar.year(wanted))


def _ahead(fields: Fields, context: Context) -> bool:
    told = fields.get("outlook")
    return told == "future" if told else context.ahead()


def stretch(left: Fields, right: Fields, context: Context) -> tuple[Period, Period] | None:
    """Both ends of a range, each taking the year from the other where it tells none."""
    if "year" in right and "year" not in left and "shift" not in left:
        left = {**left, "year": right["year"]}
        begin, finish = period(left, context), period(right, context)
        if begin and finish and begin.first > finish.last:
            begin = period({**left, "year": int(right["year"]) - 1}, context)
    else:
        begin, finish = period(left, context), period(right, context)
        finish = _not_before(begin, finish, right, context)
    if begin is None or finish is None or begin.first > finish.last:
        return None
    return begin, finish


def _not_before(
    begin: Period | None, finish: Period | None, right: Fields, context: Context
) -> Period | None:
    if begin is None or "year" in right or (finish and finish.first >= begin.first):
        return finish
    if "month" in right:
        later = period({**right, "year": begin.first.year}, context)
        if later and later.last < begin.first:
            later = period({**right, "year": begin.first.year + 1}, context)
        return later
    if "weekday" in right and finish:
        return calendar.day(finish.first + timedelta(7))
    return finish
