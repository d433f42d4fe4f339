"""Fill the tables that the desk lists from with what is in a store of an earlier version."""

import json
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model.codec_incident import decode_conflict, decode_incident
from dateline.store import listed_claims, listed_incidents, listed_pairs
from dateline.store.tables import conflicts, documents, incidents, judgements

_BATCH = 400


def relist(connection: sa.Connection) -> None:
    """List all dispatches, incidents and pairs, in a store where none is listed."""
    for some in _batches(connection, sa.select(documents.c.key, documents.c.id), documents.c.key):
        listed_claims.renew(connection, [row.id for row in some])
    told = sa.select(incidents.c.key, incidents.c.body)
    for some in _batches(connection, told, incidents.c.key):
        found = [(row.key, decode_incident(json.loads(row.body))) for row in some]
        ids = [x.id for _, x in found]
        bodies = sa.select(conflicts.c.body).where(conflicts.c.incident.in_(ids))
        disputes = [decode_conflict(json.loads(x)) for x in connection.execute(bodies).scalars()]
        listed_incidents.add(connection, found, disputes)
    pairs = sa.select(judgements.c.left, judgements.c.right).distinct()
    for some in batched(connection.execute(pairs).all(), _BATCH):
        listed_pairs.renew(connection, [(row.left, row.right) for row in some])


def _batches(connection: sa.Connection, wanted: Any, key: "sa.Column[int]") -> Any:
    """Rows in order of their keys, some at a time."""
    after = 0
    step = wanted.order_by(key).limit(_BATCH)
    while rows := connection.execute(step.where(key > after)).all():
        yield rows
        after = rows[-1].key
