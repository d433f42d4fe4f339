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


_PATH = re.compile(
    r"(?:/|[-_.=])(?P<y>(?:19|20)\d\d)(?P<s>[-/_.]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/(?P<Y>(?:19|20)\d\d)/(?P<M>[a-z]{3})/(?P<D>\d\d?)(?!\d)",
    re.IGNORECASE,
)


def in_url(url: str) -> date | None:
    """The day that an address tells (".../2022/08/15/..."); None if none or several are told.

    >>> in_url("https://example.org/2022/08/15/gao"), in_url("https://example.org/gao")
    (datetime.date(2022, 8, 15), None)
    """
    days = {_of_path(found) for found in _PATH.finditer(url)} - {None}
    return days.pop() if len(days) == 1 else None


def _of_path(found: re.Match[str]) -> date | None:
    try:
        if found["Y"]:
            return datetime.strptime(f"{found['D']} {found['M']} {found['Y']}", "%d %b %Y").date()  # noqa: DTZ007
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _mailed(text: str) -> date:
    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, IndexError, OverflowError) as cause:
        raise ValueError("no date") from cause
