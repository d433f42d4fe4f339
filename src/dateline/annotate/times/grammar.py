"""The time grammar: patterns, words and their meaning, read from knowledge and compiled once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from pydantic import Field

from dateline.errors import KnowledgeError
from dateline.knowledge import Entry, entries, read

FOLDER = "lexicons/en"
STEMS = ("times_relative", "times_spans", "times_calendar")
type Fields = Mapping[str, int | str]

_SLOT = re.compile(r"\{([a-z_]+)(?:=([^{}]+))?\}")
_PLAIN = (("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"), ("‑", "-"), ("−", "-"), ("\u00a0", " "),
          ("\u202f", " "), ("\u2009", " "), ("\n", " "), ("\t", " "))  # fmt: skip


class TimeEntry(Entry):
    """A pattern for one form of time expression; the head of times_calendar.yaml explains it."""

    pattern: str
    means: dict[str, int | str] = Field(default_factory=dict)
    capital: bool = False
    year: bool = False
    never_person: bool = False
    after: tuple[str, ...] = ()
    or_tagged: bool = False
    never_after: tuple[str, ...] = ()
    bare: bool = True
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Atom:
    """Words that one entry matched, and what they say."""

    start: int
    end: int
    entry: TimeEntry
    found_by: str
    fields: Fields


def plain(text: str) -> str:
    """`text` in lower case with plain spaces, dashes and quotes; offsets stay the same."""
    for old, new in _PLAIN:
        text = text.replace(old, new)
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Vocabulary:
    """The words of times_words.yaml."""

    def __init__(self) -> None:
        content: dict[str, Any] = read(f"{FOLDER}/times_words.yaml")
        self._words = content

    def expand(self, pattern: str) -> str:
        """`pattern` with each `{field=words}` replaced by a named group of those words.

        A field may stand in several alternatives; its groups are then numbered.
        """
        number = count()
        return _SLOT.sub(
            lambda m: f"(?P<{m[1]}__{next(number)}>{self.regex(m[2] or m[1])})", pattern
        )

    def regex(self, name: str) -> str:
        """The alternatives of a word list; an unknown name is itself a regular expression."""
        words = self._words.get(name, name)
        return words if isinstance(words, str) else "|".join(map(str, words))

    def lookup(self, name: str) -> list[tuple[re.Pattern[str], int | str]]:
        """The words of a list, compiled, with the value each stands for."""
        words = self._words.get(name)
        if not isinstance(words, dict):
            return []
        return [(re.compile(str(word)), value) for word, value in words.items()]

    def words(self, name: str) -> list[str]:
        """The words of a plain list."""
        return [str(word) for word in self._words[name]]

    def slots(self, pattern: str) -> dict[str, str]:
        """The fields of a pattern and the word list (or expression) of each."""
        return {m[1]: m[2] or m[1] for m in _SLOT.finditer(pattern)}


class Rule:
    """A compiled entry."""

    def __init__(self, found_by: str, entry: TimeEntry, words: Vocabulary) -> None:
        self.found_by = found_by
        self.entry = entry
        self.source = words.expand(entry.pattern)
        try:
            self.regex = re.compile(rf"(?:{self.source})(?!\w)")
        except re.error as cause:
            raise KnowledgeError(f"{found_by}: pattern: {cause}") from cause
        self._lookups = {f: words.lookup(v) for f, v in words.slots(entry.pattern).items()}
        self._known: dict[tuple[str, str], int | str] = {}

    @cached_property
    def unnamed(self) -> str:
        """The pattern without named groups."""
        return re.sub(r"\(\?P<\w+>", "(?:", self.source)

    def read(self, match: re.Match[str]) -> dict[str, int | str]:
        """The fields that the words matched give, over those the entry always means."""
        groups = ((name.split("__")[0], word) for name, word in match.groupdict().items())
        found = {
            field: self._value(field, word) for field, word in groups if word and field[0] != "_"
        }
        return {**self.entry.means, **found}

    def _value(self, field: str, word: str) -> int | str:
        key = (field, word)
        if key not in self._known:
            known = self._lookups[field]
            value: int | str = next((v for w, v in known if w.fullmatch(word)), "digits")
            self._known[key] = _number(word) if value == "digits" else value
        return self._known[key]


def _number(word: str) -> int | str:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else word


class Grammar:
    """All rules as one scanner, and the word lists that join what it finds."""

    def __init__(self) -> None:
        words = self.vocabulary = Vocabulary()
        self.rules = [
            Rule(f"{stem}#{name}", entry, words)
            for stem in STEMS
            for name, entry in entries(f"{FOLDER}/{stem}.yaml", TimeEntry).items()
        ]
        # An empty group closes each alternative, so that `lastindex` tells which one matched.
        body = "|".join(f"(?:{rule.unnamed})()" for rule in self.rules)
        self._scanner = re.compile(rf"(?<!\w)(?:{body})(?!\w)")
        self.part = Before(words.lookup("part"))
        self.signal = Before(words.lookup("signal"))

    def atoms(self, low: str) -> Iterator[Atom]:
        """What the rules find in `low` (from `plain`), left to right, without overlap."""
        for found in self._scanner.finditer(low):
            rule = self.rules[(found.lastindex or 1) - 1]
            match = rule.regex.match(low, found.start())
            if match is not None:
                yield Atom(match.start(), match.end(), rule.entry, rule.found_by, rule.read(match))


class Before:
    """Words to look for just before a place."""

    _REACH = 30

    def __init__(self, lookup: list[tuple[re.Pattern[str], int | str]]) -> None:
        self._lookup = lookup
        body = "|".join(f"({word.pattern})" for word, _ in lookup)
        self._regex = re.compile(rf"(?<!\w)(?:{body})[ -]?$")

    def __call__(self, low: str, at: int) -> tuple[int, str] | None:
        """Where the words before `at` begin and what they stand for."""
        found = self._regex.search(low, max(0, at - self._REACH), at)
        if found is None:
            return None
        return found.start(), str(self._lookup[(found.lastindex or 1) - 1][1])
