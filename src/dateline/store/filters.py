"""A query as conditions on the tables."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from dateline.store.search import fold, matching
from dateline.store.tables import claims, documents, incident_claims, incidents, latest_records
from dateline.store.tables import records as records_table
from dateline.store.values import Query

Condition = sa.ColumnElement[bool]


def record_conditions(
    query: Query, dialect: str, corrected: Collection[str] = ()
) -> list[Condition]:
    """What holds for records (joined with `documents`) that have a claim as wanted.

    Of the `corrected` documents only the words are asked: people changed the rest.
    """
    found: list[Condition] = []
    if query.text is not None:
        found.append(documents.c.key.in_(matching(query.text, dialect)))
    wanted = _common(query, claims)
    if query.voices is not None:
        wanted.append(claims.c.id.in_(_claims_of(incidents.c.voices >= query.voices)))
    if wanted:
        having = records_table.c.key.in_(sa.select(claims.c.record).where(*wanted))
        found.append(sa.or_(having, documents.c.id.in_(corrected)) if corrected else having)
    return found


def incident_conditions(query: Query, dialect: str) -> list[Condition]:
    """What holds for incidents as wanted: reconciled values, the words of any of its dispatches."""
    found = _common(query, incidents)
    if query.voices is not None:
        found.append(incidents.c.voices >= query.voices)
    if query.text is not None:
        told = (
            sa.select(incident_claims.c.incident)
            .join(claims, claims.c.id == incident_claims.c.claim)
            .join(latest_records, latest_records.c.key == claims.c.record)
            .join(records_table, records_table.c.key == latest_records.c.key)
            .where(records_table.c.document.in_(matching(query.text, dialect)))
        )
        found.append(incidents.c.key.in_(told))
    return found


def fits(query: Query, claim: Mapping[str, Any]) -> bool:
    """Whether the row of a claim is as wanted, the number of its sources left aside."""
    start, end = claim["start"], claim["end"]
    return (
        all(
            wanted in {None, claim[column]}
            for column, wanted in (
                ("country", query.country),
                ("type", query.type),
                ("status", query.status),
            )
        )
        and (query.actor is None or fold(query.actor) in claim["parties"])
        and (query.since is None or (end >= query.since if end else start is not None))
        and (query.until is None or (start <= query.until if start else end is not None))
    )


def _common(query: Query, table: sa.Table) -> list[Condition]:
    """Conditions on the columns that claims and incidents share."""
    found: list[Condition] = [
        table.c[column] == wanted
        for column, wanted in (
            ("country", query.country),
            ("type", query.type),
            ("status", query.status),
        )
        if wanted is not None
    ]
    if query.actor is not None:
        found.append(table.c.parties.like(f"%{fold(query.actor)}%"))
    start, end = table.c.start, table.c.end
    if query.since is not None:
        found.append(sa.or_(end >= query.since, sa.and_(end.is_(None), start.is_not(None))))
    if query.until is not None:
        found.append(sa.or_(start <= query.until, sa.and_(start.is_(None), end.is_not(None))))
    return found


def _claims_of(wanted: Condition) -> Any:
    joined = incident_claims.join(incidents, incidents.c.key == incident_claims.c.incident)
    return sa.select(incident_claims.c.claim).select_from(joined).where(wanted)
