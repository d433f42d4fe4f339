"""What linking compares of a claim, worked out once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.knowledge import Entry, entries
from dateline.knowledge.geography import fold
from dateline.link.tolls import Toll, tolls
from dateline.link.words import around, content, names, sentence, stem
from dateline.model import Basis, Claim, Document, Party, Period, Place, Record

_UNTOLD = 3  # days before publication in which an event of no told day mostly lies
_LONG = 31  # days beyond which a claim tells of more than one occurrence
_POINTS = frozenset({"site", "town"})
_AREAS = frozenset({"adm2", "adm1", "region", "border", "sea"})
_LEAD = 500  # characters at the beginning of a dispatch that tell what it leads with
_BEGINNING = 1200  # characters of a dispatch in which the names of what it is about come
_PAST = frozenset({"actual", "alleged"})
_MENTIONS = 4  # mentions of an event beside which names are read


class _Family(Entry):
    types: tuple[str, ...]


@cache
def families() -> dict[str, tuple[str, ...]]:
    """The families of each type: claims of types that share one are compared."""
    found: dict[str, tuple[str, ...]] = {}
    for name, family in entries("link/families.yaml", _Family).items():
        for kind in family.types:
            found[kind] = (*found.get(kind, ()), name)
    return found


@lru_cache(maxsize=1024)
def related(one: str, other: str) -> bool:
    """Whether dispatches and coders use both types for the same event."""
    known = families()
    return one == other or not set(known.get(one, ())).isdisjoint(known.get(other, ()))


class When(NamedTuple):
    """The days (ordinals) of an event, first and last; `told` unless publication stands in."""

    first: int
    last: int
    told: bool = True

    @property
    def wide(self) -> int:
        """How many days it spans beyond the first."""
        return self.last - self.first


class Point(NamedTuple):
    """A town or site on the map."""

    key: str
    lat: float | None
    lon: float | None


class Who(NamedTuple):
    """A party as linking compares it; `named` unless it is a description."""

    key: str
    country: str | None
    sector: str | None
    named: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of a claim that linking compares.

    `words` are the stems of its sentences, `full` and `single` the names beside its mentions,
    `known` the full names of the whole dispatch; `title` are the stems of its title and `heads` the
    capitalised words that title and text share, both empty unless it leads with the claim; `lead`
    are the capitalised words of its beginning, told for the first claim of a type only.
    """

    id: str
    document: str
    published: int | None
    type: str
    mode: str | None
    status: str
    denied: bool
    trigger: str
    when: When | None
    points: tuple[Point, ...]
    areas: frozenset[str]
    lands: frozenset[str]
    divisions: frozenset[str]
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    tolls: Mapping[tuple[str, str], Toll]
    words: frozenset[str]
    full: frozenset[str]
    single: frozenset[str]
    known: frozenset[str]
    title: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    origin: str = ""

    @property
    def general(self) -> bool:
        """Whether it tells of a campaign or a state of affairs rather than of one occurrence."""
        return self.when is not None and self.when.told and self.when.wide > _LONG


def facts(record: Record, origin: str = "") -> list[Facts]:
    """The facts of each claim of a record; `origin` is what its dispatch is a reprint of."""
    document = record.document
    known, single = names(document.text)
    title = frozenset(content(document.title))
    heads = names(document.title)[1] & single
    day = document.published.toordinal() if document.published else None
    written = record.written.value if record.written else None
    told = _stand_in(day, written)
    lead = names(f"{document.title} \n {document.text[:_BEGINNING]}")[1]
    found, led = [], set()
    for n, claim in enumerate(record.claims):
        one = _claim(claim, document, day, told, known, origin)
        if not n or _leads(claim, document.text):
            one = replace(one, title=title, heads=heads)
            if claim.type.value not in led:
                one = replace(one, lead=lead)
                led.add(claim.type.value)
        found.append(one)
    return found


def _leads(claim: Claim, text: str) -> bool:
    """Whether a dispatch begins with a claim."""
    return claim.trigger.start < max(_LEAD, len(text) // 5)


def _claim(
    claim: Claim,
    document: Document,
    day: int | None,
    stand_in: When | None,
    known: frozenset[str],
    origin: str,
) -> Facts:
    slots, text = claim.slots, document.text
    spans = (claim.trigger, *claim.mentions[:_MENTIONS])
    full, single = names(" \n ".join(around(text, span) for span in spans))
    towns = [p.value for p in slots.places if _is_point(p.value)]
    lands = {p.value.country for p in slots.places if p.value.country}
    if not lands:
        lands = {w.value.country for w in slots.recipients if w.value.country not in {None, "INT"}}
    return Facts(
        claim.id, claim.document_id, day, claim.type.value,
        slots.mode.value if slots.mode else None,
        slots.status.value,
        any(s.value.stance == "denies" for s in slots.sources),
        stem(fold(claim.trigger.of(text)).split()[-1]),
        _told(claim, day) or stand_in,
        tuple(_point(p) for p in towns),
        frozenset(fold(p.value.name) for p in slots.places if p.value.level in _AREAS),
        frozenset(land for land in lands if land),
        frozenset(d for p in slots.places if (d := _division(p.value))),
        _who(p.value for p in slots.actors),
        _who(p.value for p in slots.recipients),
        tolls(claim, document),
        frozenset(w for s in spans for w in content(sentence(text, s))),
        full, single, known, origin=origin,
    )  # fmt: skip


def _is_point(place: Place) -> bool:
    """Whether a name or coordinates tell a town or site from others ("home" is none)."""
    return place.level in _POINTS and (place.lat is not None or place.name[:1].isupper())


def _division(place: Place) -> str | None:
    """The first-level division that a place is or lies in."""
    if place.level == "adm1":
        return fold(place.admin1 or place.name)
    return fold(place.admin1) if place.admin1 else None


def _point(place: Place) -> Point:
    return Point(fold(place.name), place.lat, place.lon)


def _who(parties: Iterable[Party]) -> tuple[Who, ...]:
    return tuple(Who(fold(p.name), p.country, p.sector, p.name[:1].isupper()) for p in parties)


def days(told: str) -> tuple[int, int]:
    """The first and last day (ordinals) of an ISO date at the precision told.

    >>> first, last = days("2022-02")
    >>> last - first
    27
    """
    year, *rest = (int(part) for part in told.split("-"))
    if len(rest) == 2:
        day = date(year, *rest).toordinal()
        return day, day
    month = rest[0] if rest else 1
    first = date(year, month, 1).toordinal()
    past = (year, month + 1) if rest and month < 12 else (year + 1, 1)
    return first, date(*past, 1).toordinal() - 1


def _when(period: Period) -> When | None:
    """The days of a period; an open side is taken for the other."""
    try:
        start = days(period.start) if period.start else None
        end = days(period.end) if period.end else None
    except ValueError:
        return None
    if start is None and end is None:
        return None
    first = start or end or (0, 0)
    last = end or start or (0, 0)
    return When(min(first[0], last[0]), max(first[1], last[1]))


def _told(claim: Claim, day: int | None) -> When | None:
    """The days a claim tells, unless what was done lies after the dispatch: then they are wrong."""
    found = _when(claim.slots.time.value) if claim.slots.time else None
    if found and day is not None and found.first > day and claim.status.value in _PAST:
        return None
    return found


def _stand_in(day: int | None, written: Period | None) -> When | None:
    """The days in which an event of no told day lies, as far as its dispatch tells its own day."""
    if day is not None:
        return When(day - _UNTOLD, day, told=False)
    found = _when(written) if written else None
    return When(found.first - _UNTOLD, found.last, told=False) if found else None


def basis(claim: Claim) -> Basis:
    """How the time of a claim came about: publication standing in is inferred."""
    return claim.slots.time.basis if claim.slots.time else Basis.INFERRED
