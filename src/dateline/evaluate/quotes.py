"""From the quotes of a gold file to places in its text."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

type Range = tuple[int, int]

_BREAK = re.compile(
    r"""
      (?<=[.!?])            \s+ (?=["“‘']?[A-Z0-9])
    | (?<=[.!?]["”’'])      \s+ (?=["“‘']?[A-Z0-9])
    | \n+
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\w+")
# Words that carry no identity: two names are the same if they differ only in these.
_EMPTY = frozenset(
    {
        *("a", "all", "an", "and", "any", "at", "by", "for", "former", "from", "her", "his", "in"),
        *("its", "last", "many", "new", "of", "on", "or", "other", "others", "several", "some"),
        *("that", "the", "their", "then", "these", "this", "those", "three", "to", "two", "with"),
    }
)


class Sentences:
    """Where the sentences of a text begin, by punctuation and line breaks alone.

    >>> Sentences("Troops left. Talks go on.").of(15)
    1
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def of(self, offset: int) -> int:
        """The number of the sentence that holds the character at `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, offset: int, length: int) -> Range:
        """First and last character of that sentence in a text of `length` characters."""
        number = self.of(offset)
        return self._starts[number], [*self._starts[1:], length][number]


def locate(text: str, quote: Mapping[str, Any] | None) -> Range | None:
    """Where a quote stands: its own `start` and `end`, or the `nth` occurrence of its `text`.

    >>> locate("war and war", {"text": "war", "nth": 2})
    (8, 11)
    """
    if quote is None:
        return None
    if isinstance(quote.get("start"), int):
        return quote["start"], quote["end"]
    words = quote.get("text")
    if not words:
        return None
    at = -1
    for _ in range(quote.get("nth") or 1):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at, at + len(words)


def overlap(a: Range | None, b: Range | None) -> bool:
    """Whether both are known and share a character."""
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def content(phrase: str | None) -> frozenset[str]:
    """The words of a phrase that tell it from others, in lower case.

    >>> sorted(content("the last Soldiers of Mali"))
    ['mali', 'soldiers']
    """
    return frozenset(_WORD.findall((phrase or "").lower())) - _EMPTY
