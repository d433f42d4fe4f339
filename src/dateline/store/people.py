"""Dispatches in the view of people: their corrections and verdicts, attached to today's claims."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import batched

import sqlalchemy as sa

from dateline.model import Claim, Document, Record
from dateline.model.codec import decode_claims
from dateline.model.corrected import Corrected, attached, correct
from dateline.model.correction import Correction, Unattached
from dateline.model.incident import Judgement
from dateline.store.filters import fits
from dateline.store.rows import claim_row
from dateline.store.tables import (
    claims,
    correction_document,
    corrections,
    incident_claims,
    incidents,
)
from dateline.store.values import Query
from dateline.store.verdicts import correction_of, document_of, documents_of

_BATCH = 400  # values in one condition; databases limit their number
_GONE = "a claim that it is about is told no more"
_ONE = "both claims that it is about are one now"


def corrected_documents(connection: sa.Connection, after: int = 0) -> set[str]:
    """The documents that people corrected (since a correction, by its key)."""
    wanted = sa.select(corrections.c.claim).where(corrections.c.key > after).distinct()
    return {document_of(claim) for claim in connection.execute(wanted).scalars()}


def corrected_view(connection: sa.Connection, records: Iterable[Record]) -> list[Corrected]:
    """Records as people corrected them."""
    found = list(records)
    said = _corrections(connection, {x.document.id: x.document for x in found})
    earlier = _earlier(connection, found, said)
    return [
        correct(x, said[x.document.id], earlier) if x.document.id in said else Corrected(x)
        for x in found
    ]


def fitting(
    connection: sa.Connection, records: list[Record], query: Query, told: Collection[str]
) -> list[Record]:
    """Records as people corrected them; those (`told`) that have a claim as wanted even so."""
    if not any(x.document.id in told for x in records):
        return records
    found = [x.record for x in corrected_view(connection, records)]
    return [x for x in found if x.document.id not in told or _fits(connection, x, query)]


def current(
    connection: sa.Connection,
    said: Sequence[Judgement],
    load: Callable[[Iterable[str]], Iterable[Record]],
) -> tuple[list[Judgement], list[Unattached]]:
    """Verdicts in terms of the claims as they are now, and those that have none any more.

    `load` gives the records that count of some documents, as people corrected them.
    """
    ids = {claim for x in said for claim in (x.left, x.right)}
    records = {x.document.id: x for x in load({document_of(claim) for claim in ids})}
    there = {claim.id for x in records.values() for claim in x.claims}
    earlier = _coded(connection, ids - there)
    now: dict[str, str | None] = {}
    for claim in ids:
        record = records.get(document_of(claim))
        found = attached(claim, record, earlier) if record else None
        now[claim] = found.id if found else None
    kept, lost = [], []
    for x in said:
        left, right = now[x.left], now[x.right]
        if left is None or right is None or left == right:
            lost.append(Unattached(x, _ONE if left and left == right else _GONE))
        else:
            kept.append(replace(x, left=min(left, right), right=max(left, right)))
    return kept, lost


def answers(connection: sa.Connection, claim: str, found: Corrected) -> bool:
    """Whether a claim of a dispatch, as people corrected it, answers to an id of any coding."""
    return attached(claim, found.record, _coded(connection, [claim])) is not None


def _fits(connection: sa.Connection, record: Record, query: Query) -> bool:
    """Whether a corrected record has a claim as wanted."""
    text = record.document.text
    if replace(query, text=None) == Query():
        return True
    found = [x.id for x in record.claims if fits(query, claim_row(x, text))]
    if query.voices is None or not found:
        return bool(found)
    joined = incident_claims.join(incidents, incidents.c.key == incident_claims.c.incident)
    wanted = sa.select(incidents.c.id).select_from(joined)
    wanted = wanted.where(incident_claims.c.claim.in_(found), incidents.c.voices >= query.voices)
    return connection.execute(wanted.limit(1)).first() is not None


def _corrections(
    connection: sa.Connection, of: Mapping[str, Document]
) -> dict[str, list[Correction]]:
    """The corrections of documents, oldest first."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for some in batched(sorted(of), _BATCH):
        wanted = (
            sa.select(corrections).where(correction_document.in_(some)).order_by(corrections.c.key)
        )
        for row in connection.execute(wanted):
            name = document_of(row.claim)
            found[name].append(correction_of(row, of[name]))
    return dict(found)


def _earlier(
    connection: sa.Connection, records: Iterable[Record], said: Mapping[str, Iterable[Correction]]
) -> dict[str, Claim]:
    """The claims that corrections are about and that these records do not have."""
    there = {claim.id for x in records for claim in x.claims}
    told = {id_ for found in said.values() for x in found for id_ in (x.claim, x.into) if id_}
    return _coded(connection, told - there)


def _coded(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Claim]:
    """Claims as any run coded them."""
    bodies: dict[str, str] = {}
    for some in batched(sorted(set(ids)), _BATCH):
        wanted = sa.select(claims.c.id, claims.c.body).where(claims.c.id.in_(some))
        bodies.update((row.id, row.body) for row in connection.execute(wanted))
    texts = {x.id: x for x in documents_of(connection, map(document_of, bodies))}
    found: dict[str, Claim] = {}
    for name, body in bodies.items():
        (claim,) = decode_claims([json.loads(body)], texts[document_of(name)])
        found[name] = claim
    return found
