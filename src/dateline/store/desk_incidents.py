"""Incidents and pairs of claims as the review desk lists them."""

import json
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model.codec_incident import decode_incident, decode_judgement
from dateline.model.incident import Incident, Judgement
from dateline.store.search import matching
from dateline.store.tables import (
    claims,
    documents,
    incident_claims,
    incidents,
    judgements,
)
from dateline.store.tables import records as records_table

_BATCH = 400  # values in one condition; databases limit their number


def by_key(connection: sa.Connection, keys: Iterable[int]) -> dict[int, Incident]:
    """Incidents by their keys."""
    found: dict[int, Incident] = {}
    for some in batched(sorted(set(keys)), _BATCH):
        wanted = sa.select(incidents.c.key, incidents.c.body).where(incidents.c.key.in_(some))
        for row in connection.execute(wanted):
            found[row.key] = decode_incident(json.loads(row.body))
    return found


def telling(connection: sa.Connection, words: str) -> list[int]:
    """The keys of incidents of which a dispatch with these words tells."""
    found = sa.select(documents.c.id).where(
        documents.c.key.in_(matching(words, connection.dialect.name))
    )
    told = set(connection.execute(found).scalars())
    if not told:
        return []
    keys: set[int] = set()
    members = incident_claims
    for some in batched(sorted(told), _BATCH):
        ids = (
            sa.select(claims.c.id)
            .join(records_table, records_table.c.key == claims.c.record)
            .join(documents, documents.c.key == records_table.c.document)
            .where(documents.c.id.in_(some))
        )
        wanted = sa.select(members.c.incident).where(members.c.claim.in_(ids))
        keys.update(connection.execute(wanted).scalars())
    return sorted(keys)


def newest(connection: sa.Connection, by: str) -> Sequence[Any]:
    """The newest judgement of each author whose name begins with `by` on each pair."""
    key = sa.func.max(judgements.c.key)
    start = sa.func.substr(judgements.c.by, 1, len(by)) == by
    pair = (judgements.c.left, judgements.c.right, judgements.c.by)
    last = sa.select(key.label("key")).where(start).group_by(*pair).subquery()
    wanted = sa.select(judgements).join(last, last.c.key == judgements.c.key)
    return connection.execute(wanted.order_by(judgements.c.key)).all()


def judgement_of(row: Any) -> Judgement:
    """The judgement of a row."""
    fields = row._asdict()
    return decode_judgement(fields | {"reasons": json.loads(fields["reasons"])})
