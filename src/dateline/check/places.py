"""Countries called towns, and capitals that are not."""

import re
from collections.abc import Iterator

from dateline.check.distances import NAME
from dateline.check.rules import Rules
from dateline.knowledge.geography import Gazetteer, countries, country_names, demonyms, fold
from dateline.model import Annotated, Finding, Span

_POINTS = frozenset({"town", "site"})


class Lands:
    """Finds "the city of Niger" and "the Malian capital Niamey"."""

    def __init__(self, rules: Rules, gazetteer: Gazetteer) -> None:
        self._town, self._capital = rules["country-as-town"], rules["capital"]
        self._gazetteer = gazetteer
        self._towns = re.compile(
            rf"\bthe\s+(?:(?:{self._town.any_of('before')})\s+)?"
            rf"(?P<kind>{self._town.any_of('kinds')})\s+of\s+(?P<a>{NAME})(?![’']s)"
        )
        self._capitals = (
            re.compile(
                rf"(?<!\w)(?P<a>{NAME})(?:,\s+(?:is\s+)?|\s+is\s+)(?:the\s+)?capital\s+of\s+(?P<b>{NAME})"
            ),
            re.compile(rf"\bthe\s+(?P<b>{NAME})\s+capital(?:,\s+|\s+of\s+|\s+)(?P<a>{NAME})"),
            re.compile(rf"\bthe\s+capital\s+of\s+(?P<b>{NAME}),\s+(?P<a>{NAME})"),
        )
        self._codes = {fold(k): v for k, v in demonyms().items()} | country_names()
        self._also = {k: frozenset(map(fold, v)) for k, v in self._capital.table["also"].items()}

    def __call__(self, doc: Annotated) -> Iterator[Finding]:
        """What a document calls a town or a capital and is none."""
        for found in self._towns.finditer(doc.text):
            name = self._country(found["a"])
            if name and not self._is_town(name):
                span = Span(found.start(), found.start("a") + len(name))
                yield self._town.finding(span, name=name, kind=found["kind"])
        for pattern in self._capitals:
            for found in pattern.finditer(doc.text):
                yield from self._wrong(found)

    def _country(self, words: str) -> str:
        """The country that words begin with, as written; blank if they name none."""
        parts = words.split(" ")
        for last in range(len(parts), 0, -1):
            name = " ".join(parts[:last])
            if fold(name) in country_names():
                return name
        return ""

    def _is_town(self, name: str) -> bool:
        least = self._town.limits["least_town"]
        return any(f.level in _POINTS and f.weight >= least for f in self._gazetteer.find(name))

    def _wrong(self, found: re.Match[str]) -> Iterator[Finding]:
        code = self._codes.get(fold(found["b"]))
        if code is None or not countries()[code].capital:
            return
        land, rule = countries()[code], self._capital
        name = self._told(found["a"])
        if not name or fold(name) in self._also.get(code, ()) or fold(name) == fold(land.capital):
            return
        towns = [f for f in self._gazetteer.find(name) if f.level == "town"]
        capital = {f.geonames for f in self._gazetteer.find(land.capital) if f.country == code}
        known = max((f.weight for f in towns), default=0) >= rule.limits["least_known"]
        if known and not any(f.geonames in capital for f in towns):
            yield rule.finding(
                Span(*found.span()), name=name, country=land.name, capital=land.capital
            )

    def _told(self, words: str) -> str:
        """The longest run of these words, from their end, that the gazetteer knows."""
        parts = words.split(" ")
        tried = (" ".join(parts[first:]) for first in range(len(parts)))
        return next((name for name in tried if self._gazetteer.find(name)), "")
