"""When a predicted event, or what fills one of its slots, counts as the gold one."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from dateline.evaluate.quotes import Range, Sentences, content, locate, overlap

type Event = Mapping[str, Any]

NEAR_KM = 50.0
EARTH_RADIUS_KM = 6371
SINGLE = ("type", "mode", "status", "time", "acled")


class Tally(NamedTuple):
    """How many were right, missed and spurious; figures are percentages to one decimal.

    >>> Tally(right=3, missed=1, spurious=1).f1
    75.0
    """

    right: int = 0
    missed: int = 0
    spurious: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """The sum of both."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def gold(self) -> int:
        """How many there are in the gold records."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """How many were predicted."""
        return self.right + self.spurious

    @property
    def precision(self) -> float:
        """Of those predicted, how many are right."""
        return round(100 * _share(self.right, self.found), 1)

    @property
    def recall(self) -> float:
        """Of those in gold, how many are right."""
        return round(100 * _share(self.right, self.gold), 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = _share(self.right, self.found), _share(self.right, self.gold)
        return round(100 * 2 * p * r / (p + r), 1) if p + r else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Filler:
    """One party, place, count or source of an event, made ready for comparison."""

    span: Range | None
    name: frozenset[str]
    names: frozenset[frozenset[str]]
    fields: Mapping[str, Any]

    @classmethod
    def of(cls, text: str, fields: Mapping[str, Any]) -> "Filler":
        """Read one entry of a slot's list."""
        name = content(fields.get("name"))
        names = frozenset(x for x in (name, content(fields.get("text"))) if x)
        return cls(locate(text, fields), name, names, fields)


@dataclass(frozen=True, slots=True)
class Coded:
    """An event made ready for comparison; `sentences` are those its triggers stand in."""

    event: Event
    triggers: tuple[Range, ...]
    sentences: frozenset[int]
    fillers: Mapping[str, tuple[Filler, ...]]

    @classmethod
    def of(cls, text: str, sentences: Sentences, event: Event) -> "Coded":
        """Read one event in the layout of a gold file."""
        quotes = (event.get("trigger"), *event.get("mentions", ()))
        triggers = tuple(found for found in (locate(text, q) for q in quotes) if found)
        return cls(
            event,
            triggers,
            frozenset(sentences.of(start) for start, _ in triggers),
            {slot: tuple(Filler.of(text, x) for x in event.get(slot, ())) for slot in LISTS},
        )

    @property
    def type(self) -> str | None:
        """The event type."""
        return self.event.get("type")

    def single(self, slot: str) -> Any:
        """The value of a slot that holds one; None when it is not told."""
        value = self.event.get(slot)
        if slot != "time":
            return value
        return (value["start"], value.get("end")) if value and value.get("start") else None


def same_party(a: Filler, b: Filler) -> bool:
    """Their words overlap in the text, or name or words are the same but for empty words."""
    return overlap(a.span, b.span) or not a.names.isdisjoint(b.names)


def same_place(a: Filler, b: Filler) -> bool:
    """The same name, or within 50 km, or the same words; a country equals only itself."""
    level, other = a.fields.get("level"), b.fields.get("level")
    if "country" in {level, other}:
        return level == other and a.fields.get("country") == b.fields.get("country")
    if a.name and a.name == b.name:
        return True
    if _located(a) and _located(b):
        return distance_km(a.fields, b.fields) <= NEAR_KM
    return overlap(a.span, b.span)


def _located(place: Filler) -> bool:
    return all(isinstance(place.fields.get(axis), int | float) for axis in ("lat", "lon"))


def distance_km(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Great-circle distance between two points given as `lat` and `lon` in degrees (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    chord = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def same_count(a: Filler, b: Filler) -> bool:
    """The same kind of toll and the same best figure, or the same bounds where none is best."""
    return a.fields.get("kind") == b.fields.get("kind") and _figure(a) == _figure(b)


def _figure(count: Filler) -> object:
    best = count.fields.get("best")
    return (count.fields.get("low"), count.fields.get("high")) if best is None else best


LISTS: Mapping[str, Callable[[Filler, Filler], bool]] = {
    "actors": same_party,
    "recipients": same_party,
    "places": same_place,
    "counts": same_count,
    "sources": same_party,
}


def pairs(slot: str, gold: Coded | None, found: Coded | None) -> list[tuple[Filler, Filler]]:
    """The fillers of a list slot that agree, one to one, first come first served."""
    if gold is None or found is None:
        return []
    left, out = list(found.fillers[slot]), []
    for filler in gold.fillers[slot]:
        at = next((i for i, other in enumerate(left) if LISTS[slot](filler, other)), None)
        if at is not None:
            out.append((filler, left.pop(at)))
    return out


def compare(gold: Coded | None, found: Coded | None) -> dict[str, Tally]:
    """A tally for each slot of a matched pair, or of one side alone; untold single slots lack."""
    out = {}
    for slot in LISTS:
        right = len(pairs(slot, gold, found))
        wanted = len(gold.fillers[slot]) if gold else 0
        given = len(found.fillers[slot]) if found else 0
        out[slot] = Tally(right, wanted - right, given - right)
    for slot in SINGLE:
        value, other = (x.single(slot) if x else None for x in (gold, found))
        agree = value == other
        if value is not None or other is not None:
            missed, spurious = (x is not None and not agree for x in (value, other))
            out[slot] = Tally(int(agree), int(missed), int(spurious))
    return out


def align(
    gold: Sequence[Coded], found: Sequence[Coded], same: Callable[[Coded, Coded], bool]
) -> list[tuple[int, int]]:
    """Pairs of events that share a sentence and are `same`, one to one, best agreement first.

    Agreement is the number of right slots; triggers that overlap count as two more.
    """
    ranked = sorted(
        (-_agreement(g, f), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if not g.sentences.isdisjoint(f.sentences) and same(g, f)
    )
    taken: set[tuple[str, int]] = set()
    out = []
    for _, i, j in ranked:
        if ("gold", i) not in taken and ("found", j) not in taken:
            taken |= {("gold", i), ("found", j)}
            out.append((i, j))
    return out


def _agreement(gold: Coded, found: Coded) -> int:
    near = any(overlap(a, b) for a in gold.triggers for b in found.triggers)
    return sum(tally.right for tally in compare(gold, found).values()) + 2 * near


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of all."""
    out = Tally()
    for tally in tallies:
        out = out.plus(tally)
    return out
