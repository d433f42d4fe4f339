"""From phrases to TIMEX3: type, value, and the dates they settle."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateline.annotate.times import calendar
from dateline.annotate.times.calendar import Period
from dateline.annotate.times.compose import Phrase
from dateline.annotate.times.grammar import Fields
from dateline.annotate.times.resolve import Context, period, stretch
from dateline.model import Span, TimeExpression

_LETTERS = {"second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "week": "{}W",
            "month": "{}M", "year": "{}Y", "decade": "{}DE", "century": "{}CE",
            "fortnight": "{}FN", "quarter": "{}Q"}  # fmt: skip
_DAYPARTS = {"MO": (0, 12), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30)}
_MODS = {"early": "START", "mid": "MID", "late": "END"}
_MIDDAY = {"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0)}


def express(phrase: Phrase, context: Context) -> tuple[list[TimeExpression], Period | None]:
    """The annotations of a phrase (two for a range) and the period later words may lean on.

    None at all if the words name no possible date.

    Raises:
        ValueError: The words name no day of the calendar ("February 30").
        OverflowError: The calendar does not reach that far.
    """
    fields = phrase.fields
    bare = _bare(phrase)
    if "ref" in fields:
        return [_referring(bare, str(fields["ref"]), context)], None
    if fields.get("way") == "set":
        return [replace(bare, type="SET", value=_set(fields))], None
    if fields.get("way") == "length":
        return [replace(bare, type="DURATION", value=_length(fields))], None
    if phrase.to:
        return _range(phrase, phrase.to, context)
    found, told = _point(bare, phrase, context)
    return [found], told


def _bare(phrase: Phrase) -> TimeExpression:
    span = Span(phrase.start, phrase.end)
    mod = phrase.mod or _MODS.get(phrase.part, "")
    return TimeExpression(span, phrase.found_by, "DATE", "", mod=mod or None)


def _referring(bare: TimeExpression, ref: str, context: Context) -> TimeExpression:
    """Words that only say past, present or future: bounded by the day of publication."""
    today = context.published.isoformat() if context.published and not context.narrative else None
    if ref == "PAST_REF":
        return replace(bare, value=ref, latest=today)
    if ref == "FUTURE_REF":
        return replace(bare, value=ref, earliest=today)
    return replace(bare, value=ref, earliest=today, latest=today)


def _point(
    bare: TimeExpression, phrase: Phrase, context: Context
) -> tuple[TimeExpression, Period | None]:
    fields = phrase.fields
    told = period(fields, context)
    clock = _clock(fields)
    value = told.value if told else _unsettled(fields, context)
    found = replace(bare, type="TIME" if "T" in value else "DATE", value=value)
    if fields.get("way") in {"back", "forward", "first"}:
        found = replace(bare, type="DURATION", value=_length(fields))
    elif clock:
        settled = told or "shift" not in fields
        found = replace(bare, type="TIME", value=_at(value, clock[0]) if settled else value)
    if told is None:
        return found, None
    first, last = calendar.narrowed(told, phrase.part) if phrase.part else told[:2]
    if "when" in fields and context.today:
        told, mod = _side(told, str(fields["when"]), context.today)
        found, (first, last) = replace(found, mod=mod), told[:2]
    found = replace(found, start=told.start, end=told.end,
                    earliest=first.isoformat(), latest=last.isoformat())  # fmt: skip
    if clock and told.first == told.last:
        low, high = (_moment(told.first, hours) for hours in clock[1])
        found = replace(found, earliest=low, latest=high)
    return _opened(found, phrase.signal, context), told


def _side(told: Period, when: str, today: date) -> tuple[Period, str | None]:
    """The part of the week, month or year that is over, or still to come."""
    if when == "earlier" and told.first < today <= told.last:
        return told._replace(last=today - timedelta(1)), "START"
    if when == "later" and told.first <= today < told.last:
        return told._replace(first=today), "END"
    return told, None


def _range(
    begin: Phrase, finish: Phrase, context: Context
) -> tuple[list[TimeExpression], Period | None]:
    """Both ends, each with its own value and the days of the whole."""
    clocks = [_clock(x.fields) for x in (begin, finish)]
    found = [
        replace(_bare(x), type="TIME" if clock else "DATE")
        for x, clock in zip((begin, finish), clocks, strict=True)
    ]
    ends = stretch(begin.fields, finish.fields, context)
    if ends is None:
        values = [_unsettled(x.fields, context) for x in (begin, finish)]
        told = [_at(v, c[0]) if c else v for v, c in zip(values, clocks, strict=True)]
        return [replace(x, value=v) for x, v in zip(found, told, strict=True)], None
    left, right = ends
    first = calendar.narrowed(left, begin.part)[0] if begin.part else left.first
    last = calendar.narrowed(right, finish.part)[1] if finish.part else right.last
    found = [
        replace(x, value=_at(end.value, clock[0]) if clock else end.value,
                start=left.start, end=right.end,
                earliest=first.isoformat(), latest=last.isoformat())
        for x, end, clock in zip(found, ends, clocks, strict=True)
    ]  # fmt: skip
    return found, Period(left.first, right.last, right.grain, "")


def _opened(found: TimeExpression, signal: str, context: Context) -> TimeExpression:
    """`found` as the begin ("since") or the end ("until") of a period."""
    if signal == "until":
        return replace(found, start=None, earliest=None)
    if signal not in {"since", "onward"}:
        return found
    today, end = (None if context.narrative else context.published), None
    latest = today.isoformat() if today else None
    if latest and found.earliest and latest < found.earliest:
        return replace(found, end=None, latest=None)
    if signal == "since" and today and found.start:
        end = today.isoformat()[: len(found.start)]
    return replace(found, end=end, latest=latest)


type _Hours = tuple[tuple[int, int], tuple[int, int]]


def _clock(fields: Fields) -> tuple[str, _Hours] | None:
    """The time of day as TIMEX3 writes it, and its earliest and latest hour and minute."""
    if "clock" in fields:
        hour, minute = _MIDDAY[str(fields["clock"])]
    elif "hour" in fields:
        hour, minute = int(fields["hour"]), int(fields.get("minute", 0))
        if "meridiem" in fields and hour <= 12:
            hour = hour % 12 + (12 if fields["meridiem"] == "pm" else 0)
    elif "daypart" in fields:
        low, high = _DAYPARTS[str(fields["daypart"])]
        return f"T{fields['daypart']}", ((low, 0), (high, 0))
    else:
        return None
    return f"T{hour:02}:{minute:02}", ((hour, minute), (hour, minute))


def _at(day: str, clock: str) -> str:
    return day + clock if day not in {"PAST_REF", "PRESENT_REF", "FUTURE_REF"} else clock


def _moment(day: date, hours: tuple[int, int]) -> str:
    carried, hour = divmod(hours[0], 24)
    return f"{(day + timedelta(carried)).isoformat()}T{hour:02}:{hours[1]:02}"


def _length(fields: Fields) -> str:
    """A TIMEX3 duration; a range of counts as shortest and longest ("P4M/P6M")."""
    unit = _LETTERS[str(fields.get("of_unit", fields.get("unit")))]
    counts = [fields[name] for name in ("count", "to_count") if name in fields]
    more = ".5" if "half_more" in fields else ""
    return "/".join("P" + unit.format("X" if n == "x" else f"{n}{more}") for n in counts)


def _set(fields: Fields) -> str:
    if "weekday" in fields:
        return f"XXXX-WXX-{fields['weekday']}"
    return "P" + _LETTERS[str(fields["unit"])].format(str(fields.get("count", 1)).upper())


def _unsettled(fields: Fields, context: Context) -> str:
    """The TIMEX3 value where no year or day is known."""
    year = _year(fields, context)
    forms: dict[str, Callable[[], str]] = {
        "holiday": lambda: _dated(year, fields["holiday"]),
        "day": lambda: f"{year}-{_two(fields.get('month'))}-{_two(fields['day'])}",
        "month": lambda: f"{year}-{fields['month']:02}",
        "weekday": lambda: f"XXXX-WXX-{fields['weekday']}",
        "season": lambda: f"{year}-{fields['season']}",
        "half": lambda: f"{year}-H{fields['half']}",
        "quarter": lambda: f"{year}-Q{fields['quarter']}",
        "year": lambda: year,
        "open": lambda: year,
        "century": lambda: year,
        "daypart": lambda: "XXXX-XX-XX",
        "hour": lambda: "XXXX-XX-XX",
        "clock": lambda: "XXXX-XX-XX",
    }
    for name, form in forms.items():
        if name in fields:
            return form()
    if "shift" in fields:
        shift = int(fields["shift"])
        if context.before_christ and fields.get("unit") == "year":
            return f"BC{context.before_christ - shift:04}"
        return "PRESENT_REF" if shift == 0 else "PAST_REF" if shift < 0 else "FUTURE_REF"
    if "way" in fields:
        return "FUTURE_REF" if fields["way"] in {"later", "forward"} else "PAST_REF"
    return ""


def _year(fields: Fields, context: Context) -> str:
    if "era" in fields:
        return f"BC{_early(fields)}"
    if "year" in fields:
        return f"{fields['year']:04}"
    return f"BC{context.before_christ:04}" if context.before_christ else "XXXX"


def _early(fields: Fields) -> str:
    """A year, decade or century before our era, in the digits that TIMEX3 gives it."""
    return f"{int(fields['century']) - 1:02}" if "century" in fields else f"{fields['year']:04}"


def _dated(year: str, holiday: int | str) -> str:
    return f"{year}-{holiday // 100:02}-{holiday % 100:02}" if isinstance(holiday, int) else year


def _two(number: int | str | None) -> str:
    return "XX" if number is None else f"{number:02}"
