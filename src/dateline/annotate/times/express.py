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
            "fortnight": "{}FN"}  # fmt: skip
_DAYPARTS = {"MO": (0, 12), "AF": (12, 18), "EV": (18, 24), "NI": (18, 30)}
_MIDDAY = {"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0)}


def express(phrase: Phrase, context: Context) -> tuple[TimeExpression, Period | None] | None:
    """The annotation of a phrase and the period later words may lean on.

    None if the words name no possible date.
    """
    span = Span(phrase.start, phrase.end)
    fields = phrase.fields
    bare = TimeExpression(span, phrase.found_by, "DATE", "")
    if "ref" in fields:
        return replace(bare, value=str(fields["ref"])), None
    if fields.get("way") == "set":
        return replace(bare, type="SET", value=_set(fields)), None
    if fields.get("way") == "length":
        return replace(bare, type="DURATION", value=_length(fields)), None
    try:
        if phrase.to:
            return _range(bare, phrase, context)
        return _point(bare, phrase, context)
    except (ValueError, OverflowError):
        return None


def _point(
    bare: TimeExpression, phrase: Phrase, context: Context
) -> tuple[TimeExpression, Period | None]:
    fields = phrase.fields
    told = period(fields, context)
    lasts = fields.get("way") in {"back", "forward"}
    value = _length(fields) if lasts else told.value if told else _unsettled(fields)
    kind = "DURATION" if lasts else "DATE"
    clock = _clock(fields)
    if clock:
        kind, value = "TIME", _at(value, clock[0]) if told or "shift" not in fields else value
    found = replace(bare, type=kind, value=value)
    if told is None:
        return found, None
    first, last = calendar.narrowed(told, phrase.part) if phrase.part else told[:2]
    found = replace(found, start=told.start, end=told.end,
                    earliest=first.isoformat(), latest=last.isoformat())  # fmt: skip
    if clock and told.first == told.last:
        low, high = (_moment(told.first, hours) for hours in clock[1])
        found = replace(found, earliest=low, latest=high)
    return _opened(found, phrase.signal, context), told


def _range(
    bare: TimeExpression, phrase: Phrase, context: Context
) -> tuple[TimeExpression, Period | None]:
    ends = stretch(phrase.fields, phrase.to, context)
    if ends is None:
        value = f"{_unsettled(phrase.fields)}/{_unsettled(phrase.to)}"
        return replace(bare, value=value), None
    left, right = ends
    first = calendar.narrowed(left, phrase.part)[0] if phrase.part else left.first
    last = calendar.narrowed(right, phrase.to_part)[1] if phrase.to_part else right.last
    found = replace(bare, value=f"{left.value}/{right.value}", start=left.start, end=right.end,
                    earliest=first.isoformat(), latest=last.isoformat())  # fmt: skip
    return found, Period(left.first, right.last, right.grain, "")


def _opened(found: TimeExpression, signal: str, context: Context) -> TimeExpression:
    """`found` as the begin ("since") or the end ("until") of a period."""
    if signal == "until":
        return replace(found, value=f"../{found.value}", start=None, earliest=None)
    if signal not in {"since", "onward"}:
        return found
    today, end = context.published, None
    latest = today.isoformat() if today else None
    if signal == "since" and today and found.start and len(found.start) > len("YYYY"):
        end = today.isoformat()[: len(found.start)]
    return replace(found, value=f"{found.value}/..", end=end, latest=latest)


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
    unit = _LETTERS[str(fields["unit"])]
    counts = [fields[name] for name in ("count", "to_count") if name in fields]
    return "/".join("P" + unit.format("X" if n == "x" else n) for n in counts)


def _set(fields: Fields) -> str:
    if "weekday" in fields:
        return f"XXXX-WXX-{fields['weekday']}"
    return "P" + _LETTERS[str(fields["unit"])].format(1)


def _unsettled(fields: Fields) -> str:
    """The TIMEX3 value where no year or day is known."""
    year = f"{fields['year']:04}" if "year" in fields else "XXXX"
    forms: dict[str, Callable[[], str]] = {
        "holiday": lambda: (
            f"{year}-{int(fields['holiday']) // 100:02}-{int(fields['holiday']) % 100:02}"
        ),
        "day": lambda: f"{year}-{fields['month']:02}-{fields['day']:02}",
        "month": lambda: f"{year}-{fields['month']:02}",
        "weekday": lambda: f"XXXX-WXX-{fields['weekday']}",
        "season": lambda: f"{year}-{fields['season']}",
        "half": lambda: f"{year}-H{fields['half']}",
        "quarter": lambda: f"{year}-Q{fields['quarter']}",
        "year": lambda: year,
    }
    for name, form in forms.items():
        if name in fields:
            return form()
    if "shift" in fields:
        shift = int(fields["shift"])
        return "PRESENT_REF" if shift == 0 else "PAST_REF" if shift < 0 else "FUTURE_REF"
    if "way" in fields:
        return "FUTURE_REF" if fields["way"] in {"later", "forward"} else "PAST_REF"
    return ""
