"""Join what the rules found into whole expressions ("11am local time" + "Monday")."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.annotate.times.grammar import Atom, Fields, Grammar

_LINK = re.compile(r",? (?:(?:on|at|of|in|around|about|by)(?: the)? |the )?|-|")
_RANGE = re.compile(r"(?: ?- ?|,? (?:to|through|thru|until|till|and|or)(?: the)? )")
_BESIDE = re.compile(r"(?: \([^()]{1,30})?\),? (?:on )?")
_JOINS = frozenset(
    {"TD", "DT", "TE", "ET", "Td", "dT", "TP", "PT", "PD", "Pd", "DP", "dP", "dD", "dE", "dW", "Wd",
     "DE", "EY", "MY", "SY", "FM", "FY", "Fm", "FE", "Fy", "Ey", "My", "PE", "EP", "Dd"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole expression: its words, what they say, and how they open, close or narrow a period.

    `to` is the last end of the range that the phrase begins ("from May" of "from May to July").
    """

    start: int
    end: int
    found_by: str
    fields: Fields
    to: "Phrase | None" = None
    signal: str = ""
    part: str = ""
    mod: str = ""


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
        self._mod = grammar.mod
        self._about = grammar.about
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
        return [_dated(low, phrase, out[k + 1 : k + 3]) for k, phrase in enumerate(out)]

    def _point(self, low: str, atoms: Sequence[Atom], at: int) -> tuple[Phrase, int]:
        """The atom at `at` with those that tell the same time, and its introduction."""
        first = last = atoms[at]
        fields: Fields = first.fields
        at += 1
        while at < len(atoms) and self._joins(low, last, atoms[at], fields):
            last = atoms[at]
            fields = {**last.fields, **fields}
            at += 1
        return _split(self._introduced(low, first, last, fields), last), at

    def _introduced(self, low: str, first: Atom, last: Atom, fields: Fields) -> Phrase:
        """The phrase with what stands before it: its signal, the part of the period, its bounds."""
        start, mod, signal = first.start, "", str(fields.get("signal", ""))
        part = str(fields.get("part", ""))
        if not part and _takes_part(fields) and (found := self._part(low, start)):
            start, part = found
        if fields.get("way") in {"length", "ago", "later"} and (found := self._mod(low, start)):
            start, mod = found
        if kind(fields) in {"y", "m", "M"} and not part and (found := self._about(low, start)):
            start, mod = found
        if not signal and (kind(fields) or part) and (opened := self._signal(low, start)):
            signal = opened[1]
        return Phrase(start, last.end, first.found_by, fields, None, signal, part, mod)

    def _joins(self, low: str, left: Atom, right: Atom, fields: Fields) -> bool:
        if right.start - left.end > 16 or not _LINK.fullmatch(low, left.end, right.start):
            return False
        return kind(fields) + kind(right.fields) in _JOINS and not fields.keys() & right.fields

    def _range(self, low: str, atoms: Sequence[Atom], left: Phrase, at: int) -> tuple[Phrase, int]:
        """`left` with the point that ends its range, if there is one."""
        right, after = self._point(low, atoms, at)
        gap = low[left.end : right.start]
        pointless = not right.fields.keys().isdisjoint({"way", "ref", "open", "era"})
        if right.to or pointless or not kind(left.fields) or not _RANGE.fullmatch(gap):
            return left, at
        if "and" in gap or "or" in gap:
            if left.signal != "between" and not _adjacent(left.fields, right.fields):
                return left, at
        elif left.signal != "from" and not _alike(left.fields, right.fields):
            return left, at
        signal = left.signal if left.signal == "between" else ""
        return replace(left, to=replace(right, signal=""), signal=signal), after


def _dated(low: str, phrase: Phrase, after: Sequence[Phrase]) -> Phrase:
    """A time of day with the day told behind a bracket ("at 2am (0100 UTC) on Sunday")."""
    if kind(phrase.fields) in {"T", "P"}:
        for day in after:
            plain = kind(day.fields) in {"d", "D", "E"} and not day.to
            if plain and _BESIDE.fullmatch(low, phrase.end, day.start):
                return replace(phrase, fields={**day.fields, **phrase.fields})
    return phrase


def _takes_part(fields: Fields) -> bool:
    return bool(kind(fields)) or not fields.keys().isdisjoint({"decade", "century", "shift"})


def _split(phrase: Phrase, last: Atom) -> Phrase:
    """A phrase that names both ends itself ("May 3-5"), as a range."""
    if last.split is None:
        return phrase
    ends = {k: v for k, v in phrase.fields.items() if k in {"to_day", "to_month", "to_year"}}
    begin = {k: v for k, v in phrase.fields.items() if k not in ends}
    finish = {**begin, **{k.removeprefix("to_"): v for k, v in ends.items()}}
    if "to_year" in ends and "era" not in begin:
        finish["year"] = int(begin["year"]) // 100 * 100 + int(ends["to_year"])
        if int(finish["year"]) <= int(begin["year"]):
            return replace(phrase, fields=begin, end=last.split[0])
    stop, go = last.split
    to = Phrase(go, phrase.end, phrase.found_by, finish)
    return replace(phrase, end=stop, fields=begin, to=to)


def _alike(left: Fields, right: Fields) -> bool:
    kinds = {kind(left), kind(right)}
    return kinds <= {"D", "E"} or kinds <= {"M", "m"} or kinds in ({"y"}, {"d"}, {"T"})


def _adjacent(left: Fields, right: Fields) -> bool:
    """Whether the two name neighbouring months, years or days ("May and June")."""
    for name in ("day", "month", "year"):
        if name in left and name in right:
            return int(right[name]) - int(left[name]) == 1 and _alike(left, right)
    return False
