"""The words and names of a stretch of text, as linking compares them."""

import re
from functools import cache, lru_cache

from dateline.errors import KnowledgeError
from dateline.knowledge import Entry, entries
from dateline.knowledge.geography import country_names, demonyms, fold
from dateline.knowledge.parties import load as actor_base
from dateline.model import Span

WORDS = "link/words.yaml"
_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*\d|\d")
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*(?:[ \t]+(?:[A-Z]\.[ \t]+)?[^\W\d_a-z][\w'’-]*)*")
_BREAK = re.compile(r"[.!?]['\"”’)]*\s|\n")
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ers", "ed", "es", "er", "ly", "s", "e")
_AROUND = 300  # characters beside a trigger in which names belong to its event
_LONGEST = 1200  # characters of a sentence that are read


class _List(Entry):
    words: frozenset[str]


@cache
def lists() -> dict[str, frozenset[str]]:
    """The word lists of the knowledge file by name.

    Raises:
        KnowledgeError: A list is missing.
    """
    found = {name: entry.words for name, entry in entries(WORDS, _List).items()}
    if not {"common", "usual", "offices"} <= found.keys():
        raise KnowledgeError(f"{WORDS}: the lists 'common', 'usual' and 'offices' are expected")
    return found


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its ending, so that forms of one word are alike.

    >>> stem("shelling") == stem("shelled") == stem("shells")
    True
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=200_000)
def _content(word: str) -> str | None:
    low = fold(word)
    dull = low in lists()["common"] or low in lists()["usual"]
    return None if dull or (len(low) < 2 and not low.isdigit()) else stem(low)


def content(text: str) -> list[str]:
    """The stems of the words of a text that tell something, in order."""
    found = (_content(match.group()) for match in _WORD.finditer(text))
    return [word for word in found if word]


def sentence(text: str, span: Span) -> str:
    """The sentence around a span, as far as full stops and line breaks tell."""
    low = max(0, span.start - _LONGEST)
    first = max((m.end() for m in _BREAK.finditer(text, low, span.start)), default=low)
    last = _BREAK.search(text, span.end, span.end + _LONGEST)
    return text[first : last.start() + 1 if last else min(len(text), span.end + _LONGEST)]


def around(text: str, span: Span) -> str:
    """The text beside a span in which names belong to its event, cut at words."""
    low, high = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    low = text.find(" ", low, span.start) + 1 if low else 0
    cut = text.rfind(" ", span.end, high) if high < len(text) else high
    return text[low : cut if cut > span.end else high]


@cache
def _plain() -> frozenset[str]:
    """Capitalised words that are no names of their own: countries, peoples, offices, months."""
    lands = {word for name in (*country_names(), *map(fold, demonyms())) for word in name.split()}
    return frozenset(lands) | lists()["offices"] | lists()["common"]


@lru_cache(maxsize=200_000)
def _public(name: str) -> bool:
    """Whether the actor base knows a name: dispatches of many events have it."""
    return bool(actor_base().find(name))


def names(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The full names (two words or more) of a text and all its capitalised words, folded.

    Names that the actor base knows are no full names here: they are in dispatches of many events.

    >>> full, single = names("Police said Ada Brook of Birko was in Mali on Monday.")
    >>> sorted(full), sorted(single)
    (['ada brook'], ['ada', 'birko', 'brook'])
    """
    plain = _plain()
    full, single = set(), set()
    for match in _NAME.finditer(text):
        parts = [fold(part.removesuffix("'s").removesuffix("’s")) for part in match[0].split()]
        parts = [part for part in parts if len(part) > 2]
        kept = [part for part in parts if part not in plain]
        single.update(kept)
        if len(parts) > 1 and kept == parts and len(kept) < 5 and not _public(match[0]):
            full.add(f"{kept[0]} {kept[-1]}")
    return frozenset(full), frozenset(single)
