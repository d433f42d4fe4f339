"""Which incidents are wanted, in which order."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.review.schemas.queries import IncidentFilter
from dateline.store import desk_lists
from dateline.store.desk_lists import INCIDENTS, Condition, Filter, Fits, Found
from dateline.store.listing_tables import incident_kinds, listed_incidents, listed_tellings
from dateline.store.search import matching

POINT = (*("id", "lat", "lon", "start", "end", "type", "status", "level", "country", "confidence"),)
CODED = ("type", "status", "level", "country")
_TABLE = listed_incidents
_OF_KINDS = ("type", "country")
# The weightiest dispute first; of equal ones what has no time, then the earliest.
LEDGER = (_TABLE.c.weight.desc(), _TABLE.c.start.asc().nulls_first(), _TABLE.c.incident)
_NEWEST = (_TABLE.c.start.desc().nulls_last(), _TABLE.c.incident)


def find(connection: sa.Connection, wanted: IncidentFilter) -> Found:
    """Count incidents as wanted."""
    chosen: dict[str, Fits] = {
        name: desk_lists.among([x for x in getattr(wanted, name) if x])
        for name in ("type", "status", "country", "level")
        if getattr(wanted, name)
    }
    if wanted.disputed:
        chosen["disputed"] = _disputed(wanted.disputed)
    rest = list(_rest(connection, wanted))
    return desk_lists.find(connection, INCIDENTS, Filter(chosen, rest))


def facets(found: Found) -> dict[str, list[tuple[str, int]]]:
    """The facets; of slots, whether any is disputed and which ones are."""
    told = {
        name: [x for x in desk_lists.told(counts) if x[0]] for name, counts in found.facets.items()
    }
    every = {"any": 0, "none": 0}
    slots: dict[str, int] = {}
    for value, number in found.facets["disputed"].items():
        every["any" if value else "none"] += number
        for slot in value.strip("|").split("|") if value else ():
            slots[slot] = slots.get(slot, 0) + number
    told["disputed"] = [*((x, n) for x, n in every.items() if n), *desk_lists.told(slots)]
    return told


def order(by: str, *, descending: bool) -> tuple[Any, ...]:
    """The order of incidents by one of their values."""
    column: Any = _TABLE.c.get(by)
    if by in _OF_KINDS:
        word = sa.func.nullif(incident_kinds.c[by], "")
        kind = incident_kinds.c.key == _TABLE.c.kind
        column = sa.select(word).where(kind).scalar_subquery()
    return desk_lists.ordered(column, descending=descending), _TABLE.c.incident


def keys(
    connection: sa.Connection, found: Found, by: Sequence[Any], window: tuple[int, int]
) -> list[int]:
    """The keys of the incidents of a page."""
    rows = desk_lists.page(connection, [_TABLE.c.incident], found, by, window)
    return [row.incident for row in rows]


def points(connection: sa.Connection, found: Found, limit: int) -> Sequence[Any]:
    """The incidents (`POINT`) that are to be shown on the map: the newest if there are too many."""
    columns = [incident_kinds.c[x] if x in CODED else _TABLE.c[x] for x in POINT]
    by = _NEWEST if found.total > limit else (_TABLE.c.incident,)
    where = (*found.where, incident_kinds.c.key == _TABLE.c.kind)
    told = Found(found.total, {}, where)
    return desk_lists.page(connection, columns, told, by, (0, limit))


def _disputed(slots: Sequence[str]) -> Fits:
    wanted = [f"|{x}|" for x in slots]

    def fits(value: str) -> bool:
        if not value:
            return "none" in slots
        return "any" in slots or any(x in value for x in wanted)

    return fits


def _rest(connection: sa.Connection, wanted: IncidentFilter) -> Iterator[Condition]:
    yield from desk_lists.touching(_TABLE, wanted.since, wanted.until)
    if wanted.voices > 1:
        yield _TABLE.c.voices >= wanted.voices
    if wanted.actor:
        yield desk_lists.holding(connection, _TABLE.c.parties, wanted.actor)
    if wanted.q:
        told = sa.select(listed_tellings.c.incident)
        words = matching(wanted.q, connection.dialect.name)
        yield _TABLE.c.incident.in_(told.where(listed_tellings.c.document.in_(words)))
    if wanted.west is not None:
        yield _TABLE.c.lon >= wanted.west
    if wanted.east is not None:
        yield _TABLE.c.lon <= wanted.east
    if wanted.south is not None:
        yield _TABLE.c.lat >= wanted.south
    if wanted.north is not None:
        yield _TABLE.c.lat <= wanted.north
