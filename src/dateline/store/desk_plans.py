"""Announced acts as the review desk lists them."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from dateline.model.codec_incident import decode_commitment
from dateline.model.incident import Commitment
from dateline.store.listing_tables import listed_documents
from dateline.store.tables import commitments

_LETTERS = 16  # of the id of a document


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many acts have which outcome."""
    outcome = commitments.c.outcome
    rows = connection.execute(sa.select(outcome, sa.func.count()).group_by(outcome))
    return {row[0]: row[1] for row in rows}


def listed(
    connection: sa.Connection, outcomes: Sequence[str], window: tuple[int, int]
) -> list[Commitment]:
    """Some acts, those pending first, then the newest; all outcomes if none is told."""
    table = commitments.c
    document = sa.func.substr(table.promise, 1, _LETTERS)
    joined = commitments.outerjoin(listed_documents, listed_documents.c.id == document)
    wanted = sa.select(table.body).select_from(joined)
    if outcomes:
        wanted = wanted.where(table.outcome.in_(outcomes))
    wanted = wanted.order_by(
        sa.case((table.outcome == "pending", 0), else_=1),
        listed_documents.c.published.desc().nulls_last(),
        table.promise,
    )
    start, limit = window
    bodies = connection.execute(wanted.offset(start).limit(limit)).scalars()
    return [decode_commitment(json.loads(body)) for body in bodies]
