"""From what an expression says to stretches of the calendar."""

from calendar import isleap
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

    `told` holds the last period of each precision, the latest told first. In a `narrative` times
    lean on what was told before, not on the day of publication; `anchor` is where the story
    is, `before_christ` the year where that lies before our era (0 where not).
    """

    published: date | None
    told: tuple[Period, ...]
    ahead: Callable[[], bool | None]
    narrative: bool = False
    anchor: Period | None = None
    before_christ: int = 0

    @property
    def today(self) -> date | None:
        """The day that "last year" and "two days ago" count from."""
        return self.told[0].first if self.narrative and self.told else self.published


def period(fields: Fields, context: Context) -> Period | None:
    """The stretch of the calendar the fields name, or None where the context does not settle it.

    Raises:
        ValueError: The fields name no possible date ("February 30").
    """
    if "era" in fields or ("open" in fields and "year" not in fields):
        return None
    if "holiday" in fields:
        return _feast(fields, context)
    if "way" in fields:
        return _counted(fields, context)
    if "shift" in fields:
        whole = _shifted(fields, context)
        return whole and _inside(fields, whole)
    if "year" in fields:
        return _inside(fields, calendar.year(int(fields["year"])))
    return _long(fields) or _recurring(fields, context)


def _long(fields: Fields) -> Period | None:
    """A decade, century or fiscal year, which may begin in the year before and end in the next."""
    if "decade" in fields:
        first = int(fields["decade"])
        return calendar.years(first, 10, str(first // 10))
    if "century" in fields:
        first = int(fields["century"]) - 1
        return calendar.years(max(first * 100, 1), 100, f"{first:02}")
    if "fiscal" in fields:
        year = int(fields["fiscal"])
        return Period(date(year - 1, 4, 1), date(year + 1, 3, 31), "year", f"FY{year:04}")
    return None


def _feast(fields: Fields, context: Context) -> Period | None:
    """A named day, in the year told or the nearest one that the tense allows."""
    name = fields["holiday"]
    rest = {k: v for k, v in fields.items() if k != "holiday"}
    if isinstance(name, int):
        month, day = divmod(name, 100)
        return period({**rest, "month": month, "day": day}, context)
    if "year" in rest:
        return calendar.day(calendar.feast(name, int(rest["year"])))
    told = context.told[0].first if context.narrative and context.told else context.published
    if told is None:
        return None
    if context.narrative:
        return calendar.day(calendar.feast(name, told.year))
    this = calendar.feast(name, told.year)
    if _ahead(fields, context):
        return calendar.day(this if this >= told else calendar.feast(name, told.year + 1))
    return calendar.day(this if this <= told else calendar.feast(name, told.year - 1))


def _day_told(context: Context) -> Period | None:
    """The day a bare time of day belongs to: the one told last, else that of publication."""
    if context.told and context.told[0].grain == "day":
        last = context.told[0]
        return last if last.first == last.last else None
    if context.published is None or context.narrative:
        return None
    old = context.told[0] if context.told else None
    if old and old.grain == "month" and (context.published - old.last).days > _STALE:
        return None  # some day of the old month just told, not that of publication
    return calendar.day(context.published)


def _counted(fields: Fields, context: Context) -> Period | None:
    """A period some units away ("two days later"), or reaching so far back or ahead."""
    way, count = fields["way"], fields["count"]
    if way == "first":
        return _first(fields, context)
    unit = str(fields["unit"])
    if unit in {"second", "minute", "hour"} and way == "ago" and isinstance(count, int):
        unit, count = "day", count // 24 if unit == "hour" else 0
    if not isinstance(count, int) or unit in {"second", "minute", "hour"}:
        return None
    if way in {"back", "forward"}:
        return _reaching(unit, count if way == "forward" else -count, context.today)
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
    if unit == "year" and abs(count) > 1:
        grain = "year"
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
    if fields.get("from") == "told" or (context.narrative and context.told):
        fine = _FINE.get(grain, {"day", "month", "year"})
        told = next((p for p in context.told if p.grain in fine), None)
        if told is not None or context.narrative or not _earlier(fields):
            return told
    return calendar.day(context.published) if context.published else None


def _earlier(fields: Fields) -> bool:
    """Whether words reach back ("a year earlier"), if need be from the day of publication."""
    return fields.get("way") == "ago" or int(fields.get("shift", 0)) < 0


def _shifted(fields: Fields, context: Context) -> Period | None:
    """The unit so many units away from the base ("last week", "the following day")."""
    unit, shift = str(fields["unit"]), int(fields["shift"])
    base = _base(fields, _NEEDS.get(unit, "year"), context)
    if base is None or unit == "told":
        return base
    there = base.last if shift > 0 else base.first
    if unit == "weekend" and _over(fields, context):
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


def _over(fields: Fields, context: Context) -> bool:
    """Whether a weekend is the last one: "the weekend" unless ahead, "this weekend" if past."""
    if fields.get("outlook") == "past":
        return not context.ahead()
    return fields.get("shift") == 0 and context.ahead() is False


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
    return Period(first, last, "day", calendar.week(first + timedelta(3)).value)


def _recurring(fields: Fields, context: Context) -> Period | None:
    """A time of day, weekday, month, day of a month or season: the nearest the tense allows."""
    told_by = fields.keys()
    if not told_by & {"month", "season", "quarter", "weekday", "day"}:
        return _day_told(context) if told_by & {"hour", "clock", "daypart"} else None
    if "day" in fields and "month" not in fields:
        told = next((p for p in context.told if p.grain in {"day", "month"}), None)
        return told and calendar.day(told.first.replace(day=int(fields["day"])))
    if not told_by & {"month", "season", "quarter"}:
        return _weekday(fields, context)
    if context.narrative:
        return _retold(fields, context.anchor)
    return _nearest(fields, context.published, context) if context.published else None


def _nearest(fields: Fields, today: date, context: Context) -> Period | None:
    """The one last or next named so, by tense; where that tells nothing, mostly the last."""
    this = _in_year(fields, today.year)
    ahead = _ahead(fields, context)
    strictly = fields.get("outlook") == "past"
    past = this and (this.last if strictly else this.first) <= today
    last = this if past else _in_year(fields, today.year - 1, -1)
    if ahead is False:
        return last
    coming = this if this and this.last >= today else _in_year(fields, today.year + 1, 1)
    if ahead is None and last and coming:
        return coming if (coming.first - today).days <= _SOON < (today - last.last).days else last
    return coming if ahead else last


def _weekday(fields: Fields, context: Context) -> Period | None:
    if "weekday" not in fields:
        return None
    if context.narrative:
        told = next((p for p in context.told if p.grain == "day"), None)
        if told is not None:
            gap = (int(fields["weekday"]) - told.first.isoweekday()) % 7
            return calendar.day(told.first + timedelta(gap))
    today = context.published
    if today is None:
        return None
    gap = int(fields["weekday"]) - today.isoweekday()
    return calendar.day(today + timedelta(gap % 7 if _ahead(fields, context) else -(-gap % 7)))


def _in_year(fields: Fields, year: int, step: int = 0) -> Period | None:
    """What the fields name in that year; 29 February in the leap year next in that direction."""
    if fields.get("month") == 2 and fields.get("day") == 29:
        if step == 0 and not isleap(year):
            return None
        while step and not isleap(year):
            year += step
    return _inside(fields, calendar.year(year))


_STALE = 366  # days after which a month told is no news
_TURN = 7  # a month named so far before the one that the story has reached lies in the next year


def _retold(fields: Fields, last: Period | None) -> Period | None:
    """The one that a narrative means: of the year it has reached, or of the next."""
    if last is None:
        return None
    same = _in_year(fields, last.last.year if last.grain == "year" else last.first.year)
    if same is None or last.grain == "year" or "season" in fields:
        return same
    turned = same.first.month - last.first.month <= -_TURN
    return _in_year(fields, last.first.year + 1) if turned else same


_SOON = 100  # days; what no tense places is meant ahead if so near, and last year's is not


def _ahead(fields: Fields, context: Context) -> bool | None:
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
        begin, finish = _around(left, right, context.published) or (
            period(left, context),
            period(right, context),
        )
        finish = _not_before(begin, finish, right, context)
    if begin is None or finish is None or begin.first > finish.last:
        return None
    return begin, finish


def _around(left: Fields, right: Fields, today: date | None) -> tuple[Period, Period] | None:
    """The two bare months or days of this year, if the day of publication lies between them."""
    bare = all("month" in x and not x.keys() & {"year", "shift", "outlook"} for x in (left, right))
    if today is None or not bare:
        return None
    begin, finish = _in_year(left, today.year), _in_year(right, today.year)
    if begin and finish and begin.first <= today <= finish.last:
        return begin, finish
    return None


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
