"""Records by their keys, and which of a document's records counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.model import Record
from dateline.store import tables
from dateline.store.rows import record_of
from dateline.store.tables import claims, documents, latest_records


def counting(connection: sa.Connection, ids: Iterable[str]) -> list[Record]:
    """The records that count of these documents, as they were coded."""
    keys = latest(connection, sa.select(documents.c.key).where(documents.c.id.in_(list(ids))))
    return records(connection, keys)


def latest(connection: sa.Connection, of: sa.Select[Any]) -> set[int]:
    """The keys of the records that count of these documents (keys)."""
    # Two steps: only values, not a subquery, narrow what the view looks at.
    keys = connection.execute(of).scalars().all()
    wanted = sa.select(latest_records.c.key).where(latest_records.c.document.in_(keys))
    return set(connection.execute(wanted).scalars())


def records(connection: sa.Connection, keys: Iterable[int]) -> list[Record]:
    """Records by their keys, in that order.

    Raises:
        StoreError: Claims of one are missing.
    """
    wanted = tuple(keys)
    bodies: dict[int, list[str]] = defaultdict(list)
    told = (
        sa.select(claims.c.record, claims.c.body)
        .where(claims.c.record.in_(wanted))
        .order_by(claims.c.record, claims.c.position)
    )
    for record, body in connection.execute(told):
        bodies[record].append(body)
    joined = (
        sa.select(tables.records, documents.c.publisher, documents.c.url, documents.c.text)
        .join(documents)
        .where(tables.records.c.key.in_(wanted))
    )
    rows = {row.key: row for row in connection.execute(joined)}
    return [_whole(rows[key], bodies[key]) for key in wanted]


def _whole(row: Any, bodies: Sequence[str]) -> Record:
    if len(bodies) != row.claims:
        raise StoreError(f"{row.name}: {row.claims} claims were stored, {len(bodies)} are there")
    return record_of(row, bodies)
