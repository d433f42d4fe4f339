"""Copies in other words: the same facts in the same order, sentence by sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.knowledge import read
from dateline.knowledge.geography import fold
from dateline.link.words import lists, stem
from dateline.model import Record

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|\d[\d,.]*\d|\d")
# fmt: off
_COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)
_NUMBERS = {word: str(n) for n, word in enumerate(_COUNTED, 1)} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90", "dozen": "12", "pair": "2", "both": "2",
}
# fmt: on
_DAYS = 7  # between a text and its rewrites
_FEWEST = 4  # sentences under which too little is told to see an order
_FACT, _WORD = 2.0, 1.0  # what a shared name or figure, and a shared word, count
_ALIKE = 0.3  # likeness from which two sentences tell the same
_COPIED = 0.45  # share of both texts told alike, in order, from which one rewrites the other
_ORDERED = 0.52  # share of names and figures in the same order


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its names and figures, and its other words, synonyms as one."""

    facts: frozenset[str]
    words: frozenset[str]
    weight: float  # how much it tells


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a dispatch: its sentences, its facts in order and its day."""

    lines: tuple[Line, ...]
    facts: tuple[str, ...]
    day: int | None = None

    @property
    def telling(self) -> bool:
        """Whether enough is told to see an order."""
        return len(self.lines) >= _FEWEST and len(set(self.facts)) >= _FEWEST


@cache
def _synonyms() -> dict[str, str]:
    groups: dict[str, list[str]] = read("link/synonyms.yaml")
    return {stem(fold(word)): name for name, words in groups.items() for word in words}


@lru_cache(maxsize=100_000)
def _meaning(word: str) -> str | None:
    """What a word is compared by, None for one that tells nothing."""
    found = stem(word)
    known = _synonyms().get(found)
    return known or (None if word in lists()["common"] or len(word) < 3 else found)


def sketch(record: Record) -> Sketch:
    """The sketch of a dispatch."""
    text, day = record.document.text, record.document.published
    lines, facts = [], []
    for part in _SENTENCE.split(text):
        told, line = _line(part)
        if line.weight:
            lines.append(line)
            facts.extend(told)
    return Sketch(tuple(lines), tuple(facts), day.toordinal() if day else None)


def _line(text: str) -> tuple[list[str], Line]:
    facts, words = [], []
    for n, match in enumerate(_TOKEN.finditer(text)):
        token = match[0].removesuffix("'s").removesuffix("’s")
        low = fold(token)
        if low in _NUMBERS or token[0].isdigit():
            facts.append(_NUMBERS.get(low, low.replace(",", "")))
        elif token[0].isupper() and (n or not _meaning(low) or low not in lists()["common"]):
            facts.append(low) if n and low not in lists()["common"] else words.append(low)
        else:
            words.append(low)
    kept = frozenset(m for word in words if (m := _meaning(word)))
    named = frozenset(facts)
    return facts, Line(named, kept, _FACT * len(named) + _WORD * len(kept))


def rewritten(a: Sketch, b: Sketch) -> str:
    """Why one dispatch rewrites the other of these days, empty if it does not."""
    return alike(a, b) if a.telling and b.telling and _close(a.day, b.day) else ""


def _close(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= _DAYS


def alike(a: Sketch, b: Sketch) -> str:
    """Why one is a rewrite of the other, empty if it is none."""
    order = ordered(a, b)
    told = coverage(a, b) if order >= _ORDERED else 0.0
    if told < _COPIED:
        return ""
    return (
        f"{told:.0%} of both is told sentence by sentence in the same order, "
        f"and {order:.0%} of the names and figures come in the same order"
    )


def coverage(a: Sketch, b: Sketch) -> float:
    """The share of two texts that is told alike, sentence by sentence in the same order."""
    total = sum(x.weight for x in a.lines) + sum(x.weight for x in b.lines)
    row = [0.0] * (len(b.lines) + 1)
    for one in a.lines:
        before, row = row, [0.0]
        for n, other in enumerate(b.lines, 1):
            here = before[n - 1] + _shared(one, other)
            row.append(max(before[n], row[n - 1], here))
    return row[-1] / total if total else 0.0


def _shared(one: Line, other: Line) -> float:
    """What two sentences tell alike, 0 where it is too little."""
    both = 2 * (_FACT * len(one.facts & other.facts) + _WORD * len(one.words & other.words))
    return both if both >= _ALIKE * (one.weight + other.weight) else 0.0


def ordered(a: Sketch, b: Sketch) -> float:
    """The share of the names and figures of two texts that come in the same order in both."""
    if not a.facts or not b.facts:
        return 0.0
    return 2 * _longest(a.facts, b.facts) / (len(a.facts) + len(b.facts))


def _longest(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest common subsequence, all of a row at once in the bits of a number.

    The bit-parallel method of Hyyrö (2004).
    """
    places: dict[str, int] = {}
    for n, fact in enumerate(ours):
        places[fact] = places.get(fact, 0) | 1 << n
    full = (1 << len(ours)) - 1
    row = full
    for fact in theirs:
        met = row & places.get(fact, 0)
        row = (row + met | row - met) & full
    return len(ours) - row.bit_count()
