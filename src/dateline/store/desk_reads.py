"""What the review desk reads: all claims and incidents as plain rows, dispatches in bulk."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model import Record
from dateline.model.corrected import Corrected
from dateline.store import dispatches, people, tables
from dateline.store.columns import Verbatim
from dateline.store.connection import Database
from dateline.store.search import matching

_CLAIMS = """
SELECT c.id, d.key, d.id, r.published, d.publisher, c.type, c.status, c.mode, c.start, c."end",
       c.country, c.lat, c.lon, c.parties, s.score
FROM latest_records AS r
JOIN documents AS d ON d.key = r.document
JOIN claims AS c ON c.record = r.key
LEFT JOIN readings AS s ON s.claim = c.key AND s.position = 0
ORDER BY d.key, c.position
"""
_DOCUMENTS = """
SELECT d.key, d.id, d.publisher, r.published, r.run, r.name, r.title, d.url
FROM latest_records AS r JOIN documents AS d ON d.key = r.document ORDER BY d.key
"""
_INCIDENTS = """
SELECT key, id, type, status, start, "end", country, lat, lon, parties, voices, confidence,
       first_reported, last_reported, LEVELS,
       (SELECT count(*) FROM incident_claims AS m WHERE m.incident = incidents.key)
FROM incidents ORDER BY key
"""
_VALUE = {
    "sqlite": "json_extract(body, '$.{0}')",
    "postgresql": "(body::json #>> '{{{1}}}')",
}
_TOLLS = {
    "sqlite": "SELECT i.key, max(json_extract(e.value, '$.value.best'), "
    "coalesce(json_extract(e.value, '$.value.low'), 0)) FROM incidents AS i, "
    "json_each(i.body, '$.counts') AS e WHERE json_extract(e.value, '$.value.kind') = 'killed'",
    "postgresql": "SELECT i.key, coalesce((e.value #>> '{value,best}')::bigint, "
    "(e.value #>> '{value,low}')::bigint, 0) FROM incidents AS i, "
    "json_array_elements(i.body::json -> 'counts') AS e "
    "WHERE e.value #>> '{value,kind}' = 'killed'",
}
_PARTIES = {
    "sqlite": "SELECT i.key, json_extract(e.value, '$.value.name'), "
    "json_extract(e.value, '$.value.country'), json_extract(e.value, '$.value.sector') "
    "FROM incidents AS i, json_each(i.body, '$.{0}') AS e",
    "postgresql": "SELECT i.key, e.value #>> '{{value,name}}', e.value #>> '{{value,country}}', "
    "e.value #>> '{{value,sector}}' FROM incidents AS i, "
    "json_array_elements(i.body::json -> '{0}') AS e",
}
_verbatim = Verbatim()


def stamp(connection: sa.Connection) -> tuple[Any, ...]:
    """What the claims that count rest on, beside corrections: another value, other claims."""
    runs = tables.runs
    parts = (
        sa.select(sa.func.max(tables.records.c.key)),
        sa.select(sa.func.count()).select_from(runs).where(runs.c.finished.is_not(None)),
        sa.select(sa.func.count()).select_from(tables.sightings),
    )
    return tuple(connection.execute(part).scalar() for part in parts)


def last_correction(connection: sa.Connection) -> int:
    """The number of the last correction; 0 if there is none."""
    return connection.execute(sa.select(sa.func.max(tables.corrections.c.key))).scalar() or 0


def conclusions_stamp(connection: sa.Connection) -> tuple[Any, ...]:
    """Another value, other incidents."""
    key = tables.incidents.c.key
    parts = (
        sa.select(tables.concluded.c.edition),
        sa.select(sa.func.max(key)),
        sa.select(sa.func.count(key)),
        sa.select(sa.func.max(tables.conflicts.c.key)),
        sa.select(sa.func.max(tables.commitments.c.key)),
    )
    return tuple(connection.execute(part).scalar() for part in parts)


def claim_rows(connection: sa.Connection) -> Sequence[Any]:
    """Every claim that counts, as it was coded."""
    return connection.exec_driver_sql(_CLAIMS).all()


def document_rows(connection: sa.Connection) -> Sequence[Any]:
    """Every dispatch by the record that counts."""
    return connection.exec_driver_sql(_DOCUMENTS).all()


def plain(text: str | None) -> str | None:
    """A text that was read without the column's type, as it was given."""
    return _verbatim.process_result_value(text, None)


def incident_rows(connection: sa.Connection) -> Sequence[Any]:
    """Every incident by what is filtered and sorted; its first three levels and its tolls."""
    form = _VALUE[connection.dialect.name]
    level = ", ".join(
        form.format(f"places[{n}].value.{x}", f"places,{n},value,{x}")
        for n in range(3)
        for x in ("level", "lat")
    )
    return connection.exec_driver_sql(_INCIDENTS.replace("LEVELS", level)).all()


def killed(connection: sa.Connection) -> dict[int, int]:
    """The highest figure of people killed that each incident has."""
    found: dict[int, int] = {}
    for key, number in connection.exec_driver_sql(_TOLLS[connection.dialect.name]):
        found[key] = max(found.get(key, 0), int(number or 0))
    return found


def party_rows(connection: sa.Connection, slot: str) -> Sequence[Any]:
    """The settled parties of a slot of every incident: its key, name, country, sector."""
    return connection.exec_driver_sql(_PARTIES[connection.dialect.name].format(slot)).all()


def disputes(connection: sa.Connection) -> Sequence[Any]:
    """Incident, slot and weight of every conflict."""
    found = tables.conflicts
    return connection.execute(sa.select(found.c.incident, found.c.slot, found.c.weight)).all()


def found_documents(connection: sa.Connection, words: str) -> list[int]:
    """The keys of the dispatches that hold these words."""
    documents = tables.documents
    wanted = sa.select(documents.c.key)
    wanted = wanted.where(documents.c.key.in_(matching(words, connection.dialect.name)))
    return list(connection.execute(wanted).scalars())


def incident_documents(connection: sa.Connection) -> Sequence[Any]:
    """Which incident (key) is told by which dispatch (id)."""
    joined = tables.incident_claims
    document = sa.func.substr(joined.c.claim, 1, 16)
    return connection.execute(sa.select(joined.c.incident, document).distinct()).all()


def incident_of(connection: sa.Connection, claims: Iterable[str]) -> dict[str, str]:
    """The incidents that claims are part of."""
    found: dict[str, str] = {}
    members, incidents = tables.incident_claims, tables.incidents
    joined = members.join(incidents, incidents.c.key == members.c.incident)
    for some in batched(sorted(set(claims)), 400):
        wanted = sa.select(members.c.claim, incidents.c.id).select_from(joined)
        wanted = wanted.where(members.c.claim.in_(some))
        found |= {row.claim: row.id for row in connection.execute(wanted)}
    return found


def corrected(database: Database, ids: Iterable[str]) -> Iterator[tuple[Record, Corrected]]:
    """Dispatches as they were coded and as people corrected them."""
    for some in batched(sorted(set(ids)), 200):
        with database.read() as connection:
            records = dispatches.counting(connection, some)
            yield from zip(records, people.corrected_view(connection, records), strict=True)


def empty(connection: sa.Connection) -> bool:
    """Whether the store holds no dispatch."""
    return connection.execute(sa.select(tables.records.c.key).limit(1)).first() is None
