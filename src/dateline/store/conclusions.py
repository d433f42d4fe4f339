"""Incidents and what else is computed from all dispatches: replaced as a whole or in part."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model.codec import text_of
from dateline.model.codec_incident import (
    decode_commitment,
    decode_conflict,
    decode_incident,
    decode_origin,
    encode_commitment,
    encode_conflict,
    encode_incident,
    encode_origin,
)
from dateline.model.incident import Commitment, Conflict, Corpus, Incident, Origin
from dateline.store import bulk, listed_incidents, listing
from dateline.store.filters import incident_conditions
from dateline.store.rows import days, parties, where
from dateline.store.tables import (
    DERIVED,
    LINKAGE,
    commitments,
    concluded,
    conflicts,
    corrections,
    incident_claims,
    incidents,
    judgements,
    metadata,
    origin_documents,
    origins,
    records,
    redirects,
    runs,
    sightings,
)
from dateline.store.values import Query

_BATCH = 400  # values in one condition; databases limit their number
_LOCK = 0x6C696E6B  # PostgreSQL's advisory locks are numbers


def edition(connection: sa.Connection) -> str:
    """What conclusions rest on, as a text that changes with it."""
    last, ended = sa.func.max(records.c.key), runs.c.finished.is_not(None)
    people = judgements.c.by.startswith("person/")
    parts = (
        sa.select(last),
        sa.select(last).join(runs).where(ended),
        sa.select(sa.func.count()).select_from(sightings),
        sa.select(sa.func.max(judgements.c.key)).where(people),
        sa.select(sa.func.max(corrections.c.key)),
    )
    return ".".join(str(connection.execute(part).scalar() or 0) for part in parts)


def concluded_of(connection: sa.Connection) -> str | None:
    """The edition that the conclusions are of."""
    found: str | None = connection.execute(sa.select(concluded.c.edition)).scalar()
    return found


def replace(connection: sa.Connection, corpus: Corpus, of: str) -> None:
    """Put the conclusions of a corpus in the place of all there are."""
    _alone(connection)
    for name in reversed((*LINKAGE, *DERIVED)):
        connection.execute(sa.delete(metadata.tables[name]))
    listed_incidents.clear(connection)
    _insert(connection, corpus)
    connection.execute(sa.insert(concluded).values(edition=of))


def update(connection: sa.Connection, corpus: Corpus, of: str) -> None:
    """Put the conclusions of a corpus in the place of those about the same claims and dispatches.

    An incident gives way to one with its id, to one it was merged into, and to those that share
    claims with it; its conflicts go with it.
    """
    _alone(connection)
    _remove_incidents(connection, corpus)
    told = [claim.id for record in corpus.records for claim in record.claims]
    told += [x.promise for x in corpus.commitments]
    _delete(connection, commitments, commitments.c.promise, told)
    _remove_origins(connection, corpus)
    _insert(connection, corpus)
    connection.execute(sa.delete(concluded))
    connection.execute(sa.insert(concluded).values(edition=of))


def forget(connection: sa.Connection, gone: Iterable[str], dropped: Iterable[str]) -> None:
    """Remove incidents that are no more, and the commitments of these promises."""
    _alone(connection)
    _remove(connection, set(gone))
    _delete(connection, commitments, commitments.c.promise, dropped)


def read_incidents(connection: sa.Connection, query: Query) -> list[Incident]:
    """Incidents as wanted, in order of their time (else their first report), then id."""
    wanted = sa.select(incidents.c.body)
    wanted = wanted.where(*incident_conditions(query, connection.dialect.name))
    found = connection.execute(wanted).scalars()
    return sorted((decode_incident(json.loads(body)) for body in found), key=_when)


def read_incident(connection: sa.Connection, incident_id: str) -> Incident | None:
    """The incident of this id, or the one that it was merged into, however often."""
    seen: set[str] = set()
    looked_for: str | None = incident_id
    while looked_for is not None and looked_for not in seen:
        seen.add(looked_for)
        wanted = sa.select(incidents.c.body).where(incidents.c.id == looked_for)
        body = connection.execute(wanted).scalar()
        if body is not None:
            return decode_incident(json.loads(body))
        looked_for = _redirect(connection, looked_for)
    return None


def read_conflicts(connection: sa.Connection, of: Iterable[str] | None = None) -> list[Conflict]:
    """Conflicts, of these incidents if told."""
    return _read(connection, conflicts, decode_conflict, conflicts.c.incident, of)


def read_commitments(
    connection: sa.Connection, of: Iterable[str] | None = None
) -> list[Commitment]:
    """Commitments, of these claims if told."""
    return _read(connection, commitments, decode_commitment, commitments.c.promise, of)


def read_origins(connection: sa.Connection, of: Iterable[str] | None = None) -> list[Origin]:
    """Origins, with any of these documents if told."""
    keys = None if of is None else _origins_with(connection, of)
    return _read(connection, origins, decode_origin, origins.c.key, keys)


def _read[T](
    connection: sa.Connection,
    table: sa.Table,
    decode: Callable[[Any], T],
    column: sa.Column[Any],
    of: Iterable[Any] | None,
) -> list[T]:
    wanted = sa.select(table.c.key, table.c.body).order_by(table.c.key)
    if of is None:
        rows = [tuple(row) for row in connection.execute(wanted)]
    else:
        chunks = [wanted.where(column.in_(some)) for some in batched(sorted(set(of)), _BATCH)]
        rows = sorted(tuple(row) for chunk in chunks for row in connection.execute(chunk))
    return [decode(json.loads(body)) for _, body in rows]


def _when(found: Incident) -> tuple[str, str]:
    told = found.time.value.start or found.time.value.end if found.time else None
    reported = found.first_reported.isoformat() if found.first_reported else "9999"
    return told or reported, found.id


def _alone(connection: sa.Connection) -> None:
    """Keep others from replacing at the same time (SQLite has one writer anyway)."""
    listing.alone(connection)  # first, as whoever judges has this lock already
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _insert(connection: sa.Connection, corpus: Corpus) -> None:
    rows = [_incident_row(incident) for incident in corpus.incidents]
    members = [[{"claim": claim} for claim in x.claims] for x in corpus.incidents]
    keys = _insert_with(connection, incidents, rows, incident_claims, members)
    entered = list(zip(keys, corpus.incidents, strict=True))
    listed_incidents.add(connection, entered, corpus.conflicts)
    rows = [{"body": text_of(encode_origin(origin))} for origin in corpus.origins]
    members = [[{"document": document} for document in x.documents] for x in corpus.origins]
    _insert_with(connection, origins, rows, origin_documents, members)
    told = [
        {**_picked(x, "incident", "slot", "weight"), "body": text_of(encode_conflict(x))}
        for x in corpus.conflicts
    ]
    promised = [
        {
            **_picked(x, "promise", "due"),
            "outcome": x.outcome.value,
            "body": text_of(encode_commitment(x)),
        }
        for x in corpus.commitments
    ]
    bulk.insert(connection, conflicts, told)
    bulk.insert(connection, commitments, promised)
    _redirects(connection, corpus.incidents)


def _picked(found: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(found, name) for name in names}


def _insert_with(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[dict[str, Any]],
    inner: sa.Table,
    members: Sequence[Sequence[dict[str, Any]]],
) -> Sequence[int]:
    """Insert rows and, with the keys they get, the members of each."""
    keys = bulk.keys(connection, table, len(rows))
    bulk.insert(connection, table, [{"key": k, **row} for k, row in zip(keys, rows, strict=True)])
    outer = next(iter(inner.primary_key.columns)).name
    told = [
        {outer: key, "position": position, **member}
        for key, group in zip(keys, members, strict=True)
        for position, member in enumerate(group)
    ]
    bulk.insert(connection, inner, told)
    return keys


def _incident_row(incident: Incident) -> dict[str, Any]:
    start, end = days(incident.time.value if incident.time else None)
    named = (x.value for x in (*incident.actors, *incident.recipients))
    return {
        **_picked(incident, "id", "voices", "confidence", "first_reported", "last_reported"),
        "type": incident.type.value,
        "status": incident.status.value,
        "start": start,
        "end": end,
        **where(x.value for x in incident.places),
        "parties": parties(named),
        "body": text_of(encode_incident(incident)),
    }


def _redirect(connection: sa.Connection, old: str) -> str | None:
    wanted = sa.select(redirects.c.new).where(redirects.c.old == old)
    found: str | None = connection.execute(wanted.order_by(redirects.c.key.desc())).scalar()
    return found


def _redirects(connection: sa.Connection, found: Iterable[Incident]) -> None:
    """Enter where merged incidents lead, unless their last entry says so already."""
    for incident in found:
        for old in incident.merged:
            if _redirect(connection, old) != incident.id:
                row = {"old": old, "new": incident.id, "at": datetime.now(UTC)}
                connection.execute(sa.insert(redirects), [row])


def _remove_incidents(connection: sa.Connection, corpus: Corpus) -> None:
    ids = {id for x in corpus.incidents for id in (x.id, *x.merged)}  # noqa: A001 (their name)
    told = sorted({claim for x in corpus.incidents for claim in x.claims})
    for some in batched(told, _BATCH):
        joined = incidents.join(incident_claims, incident_claims.c.incident == incidents.c.key)
        sharing = sa.select(incidents.c.id).select_from(joined)
        ids.update(connection.execute(sharing.where(incident_claims.c.claim.in_(some))).scalars())
    _remove(connection, ids)


def _remove(connection: sa.Connection, ids: set[str]) -> None:
    _delete(connection, conflicts, conflicts.c.incident, ids)
    for some in batched(sorted(ids), _BATCH):
        wanted = sa.select(incidents.c.key).where(incidents.c.id.in_(some))
        keys = connection.execute(wanted).scalars().all()
        listed_incidents.remove(connection, keys)
        connection.execute(sa.delete(incident_claims).where(incident_claims.c.incident.in_(keys)))
    _delete(connection, incidents, incidents.c.id, ids)


def _remove_origins(connection: sa.Connection, corpus: Corpus) -> None:
    known = {x.document.id for x in corpus.records} | {
        d for o in corpus.origins for d in o.documents
    }
    keys = _origins_with(connection, known)
    _delete(connection, origin_documents, origin_documents.c.origin, keys)
    _delete(connection, origins, origins.c.key, keys)


def _origins_with(connection: sa.Connection, of: Iterable[str]) -> set[int]:
    found: set[int] = set()
    column = origin_documents.c.document
    for some in batched(sorted(set(of)), _BATCH):
        wanted = sa.select(origin_documents.c.origin).where(column.in_(some))
        found.update(connection.execute(wanted).scalars())
    return found


def _delete(
    connection: sa.Connection, table: sa.Table, column: sa.Column[Any], of: Iterable[Any]
) -> None:
    for some in batched(sorted(set(of)), _BATCH):
        connection.execute(sa.delete(table).where(column.in_(some)))
