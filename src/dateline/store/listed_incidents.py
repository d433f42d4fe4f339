"""The rows of incidents and parties that the desk lists from, kept as conclusions are entered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from typing import Any

import sqlalchemy as sa

from dateline.model.incident import Conflict, Incident
from dateline.store import bulk
from dateline.store.listing import Kind, count, day_number, difference, kinds
from dateline.store.listing_tables import (
    OF_INCIDENTS,
    incident_kinds,
    listed_actors,
    listed_incidents,
    listed_parties,
    listed_tellings,
)
from dateline.store.rows import days, parties, where
from dateline.store.search import fold
from dateline.store.tables import documents, metadata

Entered = Sequence[tuple[int, Incident]]

_BATCH = 400  # values in one condition; databases limit their number
_PLACES = 3  # of an incident, that its level is taken from


def clear(connection: sa.Connection) -> None:
    """Remove all rows."""
    for name in OF_INCIDENTS:
        connection.execute(sa.delete(metadata.tables[name]))


def add(connection: sa.Connection, found: Entered, conflicts: Iterable[Conflict]) -> None:
    """List incidents (with their keys) that are not listed yet."""
    disputes: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        disputes[conflict.incident].append(conflict)
    told = [(key, x, _kind(x, disputes[x.id])) for key, x in found]
    numbers = kinds(connection, incident_kinds, (kind for *_, kind in told))
    rows = [_row(key, x, numbers[kind], disputes[x.id]) for key, x, kind in told]
    bulk.insert(connection, listed_incidents, rows)
    count(connection, incident_kinds, difference((), (x["kind"] for x in rows)))
    bulk.insert(connection, listed_tellings, list(_tellings(connection, found)))
    named = [row for key, x in found for row in _parties(key, x)]
    bulk.insert(connection, listed_parties, named)
    _actors(connection, {x["name"] for x in named})


def remove(connection: sa.Connection, keys: Iterable[int]) -> None:
    """Remove the rows of incidents."""
    names: set[str] = set()
    gone: list[int] = []
    for some in batched(sorted(set(keys)), _BATCH):
        mine = listed_incidents.c.incident.in_(some)
        gone += connection.execute(sa.select(listed_incidents.c.kind).where(mine)).scalars()
        theirs = listed_parties.c.incident.in_(some)
        names.update(connection.execute(sa.select(listed_parties.c.name).where(theirs)).scalars())
        connection.execute(sa.delete(listed_parties).where(theirs))
        connection.execute(sa.delete(listed_incidents).where(mine))
        told = listed_tellings.c.incident.in_(some)
        connection.execute(sa.delete(listed_tellings).where(told))
    count(connection, incident_kinds, difference(gone, ()))
    _actors(connection, names)


def _kind(found: Incident, disputes: Iterable[Conflict]) -> Kind:
    country = where(x.value for x in found.places)["country"]
    slots = sorted({x.slot for x in disputes})
    disputed = f"|{'|'.join(slots)}|" if slots else ""
    return found.type.value, found.status.value, country or "", _level(found) or "", disputed


def _level(found: Incident) -> str | None:
    """The level of the first place with a point, else of the first."""
    places = [x.value for x in found.places[:_PLACES]]
    point = next((x for x in places if x.lat is not None), places[0] if places else None)
    return point.level if point else None


def _row(key: int, found: Incident, kind: int, disputes: Iterable[Conflict]) -> dict[str, Any]:
    start, end = days(found.time.value if found.time else None)
    point = where(x.value for x in found.places)
    return {
        "incident": key,
        "id": found.id,
        "kind": kind,
        "start": day_number(start),
        "end": day_number(end),
        "first_reported": day_number(found.first_reported),
        "last_reported": day_number(found.last_reported),
        "lat": point["lat"],
        "lon": point["lon"],
        "parties": parties(x.value for x in (*found.actors, *found.recipients)),
        "voices": found.voices,
        "claims": len(found.claims),
        "confidence": found.confidence,
        "killed": _killed(found),
        "weight": max((x.weight for x in disputes), default=0.0),
    }


def _killed(found: Incident) -> int | None:
    """The highest figure of people killed; None if nothing is told of any."""
    told = [x.value for x in found.counts if x.value.kind == "killed"]
    return max((x.best if x.best is not None else x.low or 0 for x in told), default=None)


def _tellings(connection: sa.Connection, found: Entered) -> Iterator[dict[str, int]]:
    by_document: dict[str, set[int]] = defaultdict(set)
    for key, incident in found:
        for claim in incident.claims:
            by_document[claim.partition(":")[0]].add(key)
    wanted = sa.select(documents.c.id, documents.c.key)
    for some in batched(sorted(by_document), _BATCH):
        for name, document in connection.execute(wanted.where(documents.c.id.in_(some))).all():
            for key in sorted(by_document[name]):
                yield {"document": document, "incident": key}


def _parties(key: int, found: Incident) -> Iterator[dict[str, Any]]:
    """The named parties of an incident, each once; a description names nobody."""
    sides = chain(
        (("actor", x) for x in found.actors), (("recipient", x) for x in found.recipients)
    )
    rows: dict[str, dict[str, Any]] = {}
    for role, settled in sides:
        party = settled.value
        name = fold(party.name)
        if not name or not party.name[:1].isupper():
            continue
        row = rows.setdefault(
            name,
            {
                "name": name,
                "incident": key,
                "role": role,
                "shown": party.name,
                "country": party.country,
                "sector": party.sector,
            },
        )
        if row["role"] != role:
            row["role"] = "both"
    yield from rows.values()


def _actors(connection: sa.Connection, names: Iterable[str]) -> None:
    """Sum parties up anew."""
    for some in batched(sorted(set(names)), _BATCH):
        connection.execute(sa.delete(listed_actors).where(listed_actors.c.name.in_(some)))
        summed = _summed(listed_parties.c.name.in_(some))
        columns = [x.name for x in listed_actors.columns]
        connection.execute(sa.insert(listed_actors).from_select(columns, summed))


def _summed(among: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Parties as they are first named, as an actor if ever, with what they take part in."""
    party = listed_parties.c
    order = (sa.case((party.role == "recipient", 1), else_=0), party.incident)
    place = sa.func.row_number().over(partition_by=party.name, order_by=order).label("place")
    first = sa.select(party.name, party.shown, party.country, party.sector, place)
    named = first.where(among).subquery()

    def number(role: str) -> sa.Label[Any]:
        return sa.func.sum(sa.case((party.role != role, 1), else_=0)).label(role)

    whole = (
        sa.select(
            party.name,
            sa.func.count().label("incidents"),
            number("recipient"),
            number("actor"),
            sa.func.min(listed_incidents.c.first_reported).label("first"),
            sa.func.max(listed_incidents.c.last_reported).label("last"),
        )
        .join(listed_incidents, listed_incidents.c.incident == party.incident)
        .where(among)
        .group_by(party.name)
        .subquery()
    )
    return (
        sa.select(named.c.name, named.c.shown, named.c.country, named.c.sector, *whole.c[1:])
        .join(whole, whole.c.name == named.c.name)
        .where(named.c.place == 1)
    )
