"""Incidents and pairs of claims as the review desk lists them."""

import json
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model.codec_incident import decode_incident, decode_judgement
from dateline.model.incident import Incident, Judgement
from dateline.store.tables import (
    incidents,
    judgements,
)

_BATCH = 400  # values in one condition; databases limit their number


def by_key(connection: sa.Connection, keys: Iterable[int]) -> dict[int, Incident]:
    """Incidents by their keys."""
    found: dict[int, Incident] = {}
    for some in batched(sorted(set(keys)), _BATCH):
        wanted = sa.select(incidents.c.key, incidents.c.body).where(incidents.c.key.in_(some))
        for row in connection.execute(wanted):
            found[row.key] = decode_incident(json.loads(row.body))
    return found


def newest(connection: sa.Connection, by: str, lefts: Iterable[str]) -> Sequence[Any]:
    """The newest judgement of each author whose name begins with `by` on pairs that begin so."""
    key = sa.func.max(judgements.c.key)
    start = sa.func.substr(judgements.c.by, 1, len(by)) == by
    pair = (judgements.c.left, judgements.c.right, judgements.c.by)
    rows: list[Any] = []
    for some in batched(sorted(set(lefts)), _BATCH):
        mine = judgements.c.left.in_(some)
        last = sa.select(key.label("key")).where(start, mine).group_by(*pair).subquery()
        rows += connection.execute(
            sa.select(judgements).join(last, last.c.key == judgements.c.key)
        ).all()
    return sorted(rows, key=lambda row: row.key)


def judgement_of(row: Any) -> Judgement:
    """The judgement of a row."""
    fields = row._asdict()
    return decode_judgement(fields | {"reasons": json.loads(fields["reasons"])})
