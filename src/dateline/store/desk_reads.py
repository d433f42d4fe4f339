"""What the review desk reads beside its lists: dispatches with what people said, in bulk."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import batched

import sqlalchemy as sa

from dateline.model import Record
from dateline.model.corrected import Corrected
from dateline.store import counting, people, tables
from dateline.store.connection import Database

_LETTERS = 12  # of a digest


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
            records = counting.counting(connection, some)
            yield from zip(records, people.corrected_view(connection, records), strict=True)


def edition(connection: sa.Connection) -> str:
    """What changes whenever the desk may show something else."""
    runs = tables.runs
    parts = (
        sa.select(sa.func.max(tables.records.c.key)),
        sa.select(sa.func.max(tables.failures.c.key)),
        sa.select(sa.func.count()).select_from(runs).where(runs.c.finished.is_not(None)),
        sa.select(sa.func.max(tables.corrections.c.key)),
        sa.select(sa.func.max(tables.judgements.c.key)),
        sa.select(sa.func.max(tables.incidents.c.key)),
        sa.select(tables.concluded.c.edition),
    )
    told = [connection.execute(part).scalar() for part in parts]
    return sha256(repr(told).encode()).hexdigest()[:_LETTERS]


def empty(connection: sa.Connection) -> bool:
    """Whether the store holds no dispatch."""
    return connection.execute(sa.select(tables.records.c.key).limit(1)).first() is None
