"""The day a piece of metadata tells."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T\s])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d")


def day(value: object) -> date | None:
    """The calendar day as written, whatever the time zone; None if nothing is told.

    Day and month in figures with slashes (08/03/2022) are refused: nobody can tell which is which.

    >>> day("2022-08-15T11:00:00Z"), day("August 15, 2022"), day(None)
    (datetime.date(2022, 8, 15), datetime.date(2022, 8, 15), None)

    Raises:
        ValueError: Something is told, but no day.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    found = _ISO.match(text) or _COMPACT.match(text)
    if found:
        return date(*map(int, found.groups()))
    for pattern in _WRITTEN:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 (only the day is kept)
        except ValueError:
            continue
    return _mailed(text)


def _mailed(text: str) -> date:
    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, IndexError, OverflowError) as cause:
        raise ValueError("no date") from cause
