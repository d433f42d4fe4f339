"""What a reader hands on: a text with what its source tells about it, not yet judged."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.model import Document, Record

_SURROGATE = re.compile("[\ud800-\udfff]")
_KEYS = {
    "title": ("title", "headline"),
    "date": ("date", "published", "date_published"),
    "publisher": ("publisher", "source", "outlet"),
    "url": ("url", "link"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A text before it is admitted: `where` names its file (and line) in messages.

    `told` holds title, date, publisher and url as found, of any type.
    """

    name: str
    where: str
    text: str
    told: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


_TEXT = ("text", "body", "content", "article")


def text_of(raw: Mapping[str, object]) -> object:
    """The text in a mapping, under the commonest key there is; None if there is none.

    >>> text_of({"Body": "Troops left.", "words": 2})
    'Troops left.'
    """
    known = {str(key).strip().lower(): value for key, value in raw.items()}
    return next((known[key] for key in _TEXT if known.get(key) is not None), None)


def fields(raw: Mapping[str, object]) -> dict[str, object]:
    """Title, date, publisher and url from a mapping that may use other common keys for them.

    >>> fields({"Source": "Sahel Wire", "words": 200, "url": None})
    {'publisher': 'Sahel Wire'}
    """
    known = {str(key).strip().lower(): value for key, value in raw.items()}
    found: dict[str, object] = {}
    for name, keys in _KEYS.items():
        value = next((known[key] for key in keys if known.get(key)), None)
        if value is not None:
            found[name] = value
    return found


def refused(name: str, where: str, reason: str) -> Record:
    """The record of an input that gives no text."""
    return Record(Document("", name=sound(name)), problem=sound(f"{where}: {reason}"))


def sound(text: str) -> str:
    """`text` with each unpaired surrogate, which no file can hold, as U+FFFD: the length stays."""
    return _SURROGATE.sub("\ufffd", text)


def parse(content: str) -> object:
    """The value of a JSON text; tabs and the like inside its strings may stand unescaped.

    Raises:
        ValueError: It is no JSON, or nested too deeply to be read.
    """
    try:
        value: object = json.loads(content, strict=False)
    except RecursionError as cause:
        raise ValueError("nested too deeply") from cause
    return value
