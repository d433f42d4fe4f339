"""The time grammar: patterns, words and their meaning, read from knowledge and compiled once."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from pydantic import Field

from dateline.errors import KnowledgeError
from dateline.knowledge import Entry, entries, read

FOLDER = "lexicons/en"
STEMS = ("times_relative", "times_spans", "times_calendar", "times_vague")
type Fields = Mapping[str, int | str]

_REACH = 32  # characters around a hint in which its expression begins and ends
_SLOT = re.compile(r"\{([a-z_]+)(?:=([^{}]+))?\}")
_FINISH = ("to_day", "to_month", "to_year")
_PLAIN = (("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"), ("‑", "-"), ("−", "-"), ("\u00a0", " "),
          ("\u202f", " "), ("\u2009", " "), ("\n", " "), ("\t", " "))  # fmt: skip


class TimeEntry(Entry):
    """A pattern for one form of time expression; the head of times_calendar.yaml explains it."""

    pattern: str
    means: dict[str, int | str] = Field(default_factory=dict)
    capital: bool = False
    year: bool = False
    never_person: bool = False
    never_named: bool = False
    after: tuple[str, ...] = ()
    or_tagged: bool = False
    never_after: tuple[str, ...] = ()
    bare: bool = True
    narrative: bool = False
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
    split: tuple[int, int] | None = None
    """Where the first end of a range that one entry tells ("May 3-5") stops and the last begins."""


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
        """The groups that `expand` gives a pattern and the word list (or expression) of each."""
        return {f"{m[1]}__{n}": m[2] or m[1] for n, m in enumerate(_SLOT.finditer(pattern))}


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
        self._lookups = {g: words.lookup(v) for g, v in words.slots(entry.pattern).items()}
        self._known: dict[tuple[str, str], int | str] = {}

    @cached_property
    def unnamed(self) -> str:
        """The pattern without named groups."""
        return re.sub(r"\(\?P<\w+>", "(?:", self.source)

    def read(self, match: re.Match[str]) -> dict[str, int | str]:
        """The fields that the words matched give, over those the entry always means."""
        groups = ((group, word) for group, word in match.groupdict().items() if word)
        found = {
            group.split("__")[0]: self._value(group, word)
            for group, word in groups
            if group[0] != "_"
        }
        return {**self.entry.means, **found}

    def split(self, match: re.Match[str]) -> tuple[int, int] | None:
        """Where a range the words tell falls apart; None if they tell one time."""
        names = [n for n, word in match.groupdict().items() if word and n.startswith(_FINISH)]
        if not names:
            return None
        begin = min(match.start(name) for name in names)
        before = [match.end(n) for n, word in match.groupdict().items() if word]
        return max(end for end in before if end <= begin), begin

    def _value(self, group: str, word: str) -> int | str:
        key = (group, word)
        if key not in self._known:
            known = self._lookups[group]
            value: int | str = next((v for w, v in known if w.fullmatch(word)), "digits")
            self._known[key] = _number(word) if value == "digits" else value
        return self._known[key]


def _number(word: str) -> int | str:
    digits = re.match(r"\d[\d,]*", word)
    return int(digits[0].replace(",", "")) if digits else word


class Grammar:
    """All rules as one scanner, and the word lists that join what it finds."""

    def __init__(self) -> None:
        words = self.vocabulary = Vocabulary()
        self.rules = [
            Rule(f"{stem}#{name}", entry, words)
            for stem in STEMS
            for name, entry in entries(f"{FOLDER}/{stem}.yaml", TimeEntry).items()
        ]
        self.narrative = frozenset(r.found_by for r in self.rules if r.entry.narrative)
        # An empty group closes each alternative, so that `lastindex` tells which one matched.
        body = "|".join(f"(?:{rule.unnamed})()" for rule in self.rules)
        self._scanner = re.compile(rf"(?<!\w)(?:{body})(?!\w)")
        self._hint = re.compile(rf"(?:{'|'.join(words.words('hints'))})")
        self.part = Before(words.lookup("part"))
        self.mod = Before(words.lookup("mod"))
        self.about = Before(words.lookup("about"))
        self.signal = Before(words.lookup("signal"))

    def atoms(self, low: str, allow: Callable[[Atom], bool] = lambda _: True) -> Iterator[Atom]:
        """What the rules find in `low` (from `plain`), left to right, without overlap.

        Where `allow` refuses what a rule finds, the rules after it are tried at the same place.
        """
        last = 0
        for begin, end in self._stretches(low):
            for found in self._scanner.finditer(low, begin, end):
                at = found.start()
                if at < last:
                    continue
                rules = self.rules[(found.lastindex or 1) - 1 :]
                atom = next((a for a in self._at(low, at, rules) if allow(a)), None)
                if atom is not None:
                    last = atom.end
                    yield atom

    def _at(self, low: str, at: int, rules: Sequence[Rule]) -> Iterator[Atom]:
        for rule in rules:
            match = rule.regex.match(low, at)
            if match is not None:
                yield Atom(at, match.end(), rule.entry, rule.found_by, rule.read(match),
                           rule.split(match))  # fmt: skip

    def _stretches(self, low: str) -> Iterator[tuple[int, int]]:
        """The surroundings of figures and of words of time: nowhere else can a rule match."""
        begin, end = 0, -_REACH
        for hint in self._hint.finditer(low):
            if hint.start() - _REACH > end or end < 0:
                if end >= 0:
                    yield begin, end
                begin = max(low.rfind(" ", 0, max(hint.start() - _REACH, 0)), 0)
            end = hint.end() + _REACH
        if end >= 0:
            yield begin, end


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
