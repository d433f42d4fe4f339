"""Stated distances and directions between two places that the gazetteer contradicts."""

import math
import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from dateline.check.rules import Rule, Rules, alternatives
from dateline.knowledge.geography import Feature, Gazetteer, kilometres
from dateline.model import Annotated, Finding, Span

_WORD = r"[A-ZÀ-ÞŠŽŁİĞŞ][\w’'\-]*"
NAME = rf"{_WORD}(?:[ -](?:(?:al|el|as|de|du|la)[ -])?{_WORD}){{0,3}}"
_POINTS = frozenset({"town", "site"})
_AREAS = frozenset({"adm1", "adm2"})
_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225,
    "west": 270, "northwest": 315,
}  # fmt: skip


class _Pair(NamedTuple):
    """A place, the one it is told from, and the kilometres between them."""

    near: Feature
    far: Feature
    apart: float

    @property
    def weight(self) -> int:
        """How well known the less known of the two is."""
        return min(self.near.weight, self.far.weight)


class Distances:
    """Finds "A, 40 km north of B" where the gazetteer has A elsewhere."""

    def __init__(self, rules: Rules, gazetteer: Gazetteer) -> None:
        self._distance, self._direction = rules["distance"], rules["direction"]
        self._gazetteer = gazetteer
        words = self._distance.words
        self._numbers = {word: n for n, word in enumerate(words["numbers"], 1)}
        self._opening = frozenset(words["opening"])
        heading = "|".join(rf"{x[:5]}[- ]?{x[5:]}" if len(x) > 5 else x for x in _BEARINGS)
        self._told = re.compile(
            rf"(?<!\w)(?P<a>{NAME})(?:\s*,\s*|\s+|\s*\(\s*)"
            rf"(?:(?:{alternatives(words['between'])})\s*,?\s*)*"
            rf"(?P<n>\d[\d,.]*|{alternatives(self._numbers)})[\s-]?"
            rf"(?:(?P<km>{alternatives(words['kilometres'])})|{alternatives(words['miles'])})"
            rf"(?:\s*\([^()]{{1,24}}\))?\s+(?:away\s+)?"
            rf"(?:(?:to\s+the\s+)?(?P<d>{heading})\s+of|from|outside)\s+"
            rf"(?:the\s+)?(?:(?:{alternatives(words['before_name'])})(?:\s+of|,)?\s+)?(?P<b>{NAME})"
        )

    def __call__(self, doc: Annotated) -> Iterator[Finding]:
        """The distances and directions of a document that cannot be."""
        for found in self._told.finditer(doc.text):
            pairs = list(self._pairs(found["a"], found["b"]))
            stated = self._kilometres(found)
            if not pairs or stated is None:
                continue
            if not any(_fits(self._distance, stated, pair.apart) for pair in pairs):
                yield from self._too_far(found, pairs, stated)
            elif found["d"]:
                yield from self._turned(found, pairs, stated)

    def _too_far(
        self, found: re.Match[str], pairs: list[_Pair], stated: float
    ) -> Iterator[Finding]:
        limits = self._distance.limits
        towns = [p for p in pairs if {p.near.level, p.far.level} <= _POINTS]
        if not towns:
            return
        likely = max(towns, key=lambda p: (p.near.country == p.far.country, p.weight))
        if likely.near.country != likely.far.country or likely.weight < limits["least_known"]:
            return
        share = 1.0 if likely.weight >= limits["well_known"] else limits["less_known_share"]
        yield self._distance.finding(
            Span(*found.span()),
            share=share,
            stated=f"{stated:.0f}",
            apart=f"{likely.apart:.0f}",
            near=likely.near.name,
            far=likely.far.name,
        )

    def _turned(self, found: re.Match[str], pairs: list[_Pair], stated: float) -> Iterator[Finding]:
        rule = self._direction
        wanted = _BEARINGS[re.sub(r"[-\s]", "", found["d"])]
        fitting = [
            p
            for p in pairs
            if {p.near.level, p.far.level} <= _POINTS and _fits(self._distance, stated, p.apart)
        ]
        known = [p for p in fitting if p.weight >= rule.limits["least_known"]]
        far = [p for p in known if p.apart >= rule.limits["least_apart"]]
        if not far or len(known) < len(fitting):
            return
        if all(_off(_bearing(p.far, p.near), wanted) > rule.limits["degrees"] for p in far):
            is_at = _named(_bearing(far[0].far, far[0].near))
            near, away = far[0].near.name, far[0].far.name
            yield rule.finding(
                Span(*found.span()), near=near, far=away, told=found["d"], is_at=is_at
            )

    def _kilometres(self, found: re.Match[str]) -> float | None:
        bare = found["n"].rstrip(".,").replace(",", "")
        number = self._numbers.get(bare.lower())
        if number is None and bare.count(".") > 1:
            return None
        return float(number or bare) * (1.0 if found["km"] else self._distance.limits["mile"])

    def _pairs(self, near: str, far: str) -> Iterator[_Pair]:
        """Every reading of the two names that has both on the map."""
        opening = near.partition(" ")
        if opening[0] in self._opening:
            near = opening[2]
        for a, b in product(self._features(near), self._known(far)):
            yield _Pair(a, b, kilometres(_point(a), _point(b)))

    def _features(self, name: str) -> list[Feature]:
        """The features of a name that lie at a point of the map."""
        found = self._gazetteer.find(name) if name else ()
        return [f for f in found if f.level in _POINTS | _AREAS and f.lat is not None]

    def _known(self, name: str) -> list[Feature]:
        """The features of a name, or of what is left of it without its last words."""
        words = name.split()
        tried = (self._features(" ".join(words[:last])) for last in range(len(words), 0, -1))
        return next((found for found in tried if found), [])


def _point(feature: Feature) -> tuple[float, float]:
    return feature.lat or 0.0, feature.lon or 0.0


def _fits(rule: Rule, stated: float, apart: float) -> bool:
    """Whether a road of the stated length may join points so far apart."""
    limits = rule.limits
    low = apart * limits["shortest"] - limits["slack"]
    return low <= stated <= apart * limits["longest"] + limits["slack"]


def _bearing(start: Feature, end: Feature) -> float:
    """Degrees clockwise from north in which `end` lies, seen from `start`."""
    lat, lon, other, east = map(math.radians, (*_point(start), *_point(end)))
    across = math.sin(east - lon) * math.cos(other)
    along = math.cos(lat) * math.sin(other) - math.sin(lat) * math.cos(other) * math.cos(east - lon)
    return math.degrees(math.atan2(across, along)) % 360


def _off(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def _named(bearing: float) -> str:
    return min(_BEARINGS, key=lambda x: _off(bearing, _BEARINGS[x]))
