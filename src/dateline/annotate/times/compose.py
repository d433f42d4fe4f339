"""Join what the rules found into whole expressions ("11am local time" + "Monday")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dateline.annotate.times.grammar import Atom, Fields, Grammar

_LINK = re.compile(r",? (?:(?:on|at|of|in|around|about|by)(?: the)? |the )?|-|")
_RANGE = re.compile(r"(?: ?- ?|,? (?:to|through|thru|until|till|and|or)(?: the)? )")
_NONE: Mapping[str, int | str] = MappingProxyType({})
_JOINS = frozenset(
    {"TD", "DT", "TE", "ET", "Td", "dT", "TP", "PT", "PD", "Pd", "DP", "dP", "dD", "dE", "dW", "Wd",
     "EY", "MY", "SY", "FM", "FY", "Fm", "FE", "Fy", "Ey", "My", "PE", "EP", "Dd"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole expression: its words, what they say, and how they open, close or narrow a period."""

    start: int
    end: int
    found_by: str
    fields: Fields
    to: Fields = field(default_factory=lambda: _NONE)
    signal: str = ""
    part: str = ""
    to_part: str = ""


def kind(fields: Fields) -> str:
    """A letter for what the fields tell.

    T clock, P part of the day, D day with year, E day without, d weekday, W week, M month without
    year, m with, Y year from elsewhere, y year, F fraction, S season; blank for anything else.
    """
    if "way" in fields or "ref" in fields:
        return "F" if fields.get("way") == "first" else ""
    if "year" not in fields and (part := _first(fields, _PARTS)):
        return part
    dated = not fields.keys().isdisjoint({"year", "shift", "outlook"})
    if found := _first(fields, _DATES):
        return found[0] if dated else found[1]
    if "shift" in fields:
        return _SHIFTED.get(str(fields.get("unit")), "")
    return _first(fields, _OTHERS)


_PARTS = {"half": "F", "quarter": "F", "week": "F", "season": "S"}
_DATES = {"holiday": "DE", "day": "DE", "month": "mM", "weekday": "Dd"}
_SHIFTED = {"day": "D", "night": "D", "week": "W", "year": "Y"}
_OTHERS = {"year": "y", "hour": "T", "clock": "T", "daypart": "P"}


def _first(fields: Fields, letters: Mapping[str, str]) -> str:
    return next((letter for name, letter in letters.items() if name in fields), "")


class Composer:
    """Reads the atoms of a document from left to right."""

    def __init__(self, grammar: Grammar) -> None:
        self._part = grammar.part
        self._signal = grammar.signal

    def __call__(self, low: str, atoms: Sequence[Atom]) -> list[Phrase]:
        """The expressions of a document, in text order."""
        out: list[Phrase] = []
        at = 0
        while at < len(atoms):
            phrase, after = self._point(low, atoms, at)
            if after < len(atoms) and not phrase.to:
                phrase, after = self._range(low, atoms, phrase, after)
            if atoms[at].entry.bare or after > at + 1:
                out.append(phrase)
            at = after
        return out

    def _point(self, low: str, atoms: Sequence[Atom], at: int) -> tuple[Phrase, int]:
        """The atom at `at` with those that tell the same time, and its introduction."""
        first = last = atoms[at]
        fields: Fields = first.fields
        at += 1
        while at < len(atoms) and self._joins(low, last, atoms[at], fields):
            last = atoms[at]
            fields = {**last.fields, **fields}
            at += 1
        start, part, signal = first.start, "", str(fields.get("signal", ""))
        if kind(fields) and (found := self._part(low, start)):
            start, part = found
        if not signal and (kind(fields) or part) and (opened := self._signal(low, start)):
            signal = opened[1]
            start = opened[0] if signal in {"since", "until", "onward"} else start
        whole = Phrase(start, last.end, first.found_by, fields, signal=signal, part=part)
        return _split(whole), at

    def _joins(self, low: str, left: Atom, right: Atom, fields: Fields) -> bool:
        if right.start - left.end > 16 or not _LINK.fullmatch(low, left.end, right.start):
            return False
        return kind(fields) + kind(right.fields) in _JOINS and not fields.keys() & right.fields

    def _range(self, low: str, atoms: Sequence[Atom], left: Phrase, at: int) -> tuple[Phrase, int]:
        """`left` and the point that ends its range, if there is one."""
        right, after = self._point(low, atoms, at)
        ends = right.start
        if right.signal == "until":
            ends = atoms[at].start
        gap = low[left.end : ends]
        if right.to or not kind(left.fields) or not _RANGE.fullmatch(gap):
            return left, at
        if "and" in gap or "or" in gap:
            if left.signal != "between" and not _adjacent(left.fields, right.fields):
                return left, at
        elif left.signal != "from" and not _alike(left.fields, right.fields):
            return left, at
        return Phrase(left.start, right.end, left.found_by, left.fields, right.fields,
                      left.signal if left.signal == "between" else "",
                      left.part, right.part), after  # fmt: skip


def _split(phrase: Phrase) -> Phrase:
    """A phrase that names both ends itself ("May 3-5"), as a range."""
    ends = {k: v for k, v in phrase.fields.items() if k in {"to_day", "to_month"}}
    if not ends:
        return phrase
    begin = {k: v for k, v in phrase.fields.items() if k not in ends}
    finish = {**begin, **{k.removeprefix("to_"): v for k, v in ends.items()}}
    return Phrase(phrase.start, phrase.end, phrase.found_by, begin, finish, "", phrase.part)


def _alike(left: Fields, right: Fields) -> bool:
    kinds = {kind(left), kind(right)}
    return kinds <= {"D", "E"} or kinds <= {"M", "m"} or kinds in ({"y"}, {"d"}, {"T"})


def _adjacent(left: Fields, right: Fields) -> bool:
    """Whether the two name neighbouring months, years or days ("May and June")."""
    for name in ("day", "month", "year"):
        if name in left and name in right:
            return int(right[name]) - int(left[name]) == 1 and _alike(left, right)
    return False
