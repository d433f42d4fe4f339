"""What machines and people say of claims: added, never changed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.errors import InputError, StoreError
from dateline.model import Document, Reading
from dateline.model.codec import (
    decode_claims,
    decode_reading,
    encode_claim,
    encode_reading,
    text_of,
)
from dateline.model.codec_incident import decode_judgement, encode_judgement
from dateline.model.correction import Act, Correction, spot
from dateline.model.incident import Judgement
from dateline.store import bulk, listed_pairs
from dateline.store.connection import Database
from dateline.store.tables import claims, corrections, documents, judgements

_BATCH = 400  # values in one condition; databases limit their number
_PAIR = (judgements.c.left, judgements.c.right, judgements.c.by)


def judge(connection: sa.Connection, found: Iterable[Judgement]) -> int:
    """Enter judgements but those that their author last gave alike; how many are new."""
    new = 0
    for some in batched(found, _BATCH):
        there = _last(connection, [x.left for x in some])
        rows = [_judgement_row(x) for x in some if there.get((x.left, x.right, x.by)) != x]
        bulk.insert(connection, judgements, rows)
        listed_pairs.renew(connection, [(x["left"], x["right"]) for x in rows])
        new += len(rows)
    return new


def judged(
    connection: sa.Connection, by: str = "", among: Iterable[str] | None = None
) -> list[Judgement]:
    """The last judgement of each author on each pair, in the order given.

    Only authors whose name begins with `by` count and, if told, pairs `among` these claims.
    """
    if among is None:
        return [_judgement(row) for row in connection.execute(_newest(by))]
    told = set(among)
    rows = {
        row.key: row
        for some in batched(sorted(told), _BATCH)
        for row in connection.execute(_newest(by, some))
        if row.right in told
    }
    return [_judgement(rows[key]) for key in sorted(rows)]


def enter(connection: sa.Connection, correction: Correction) -> Correction:
    """Enter a person's correction in a transaction at hand; it comes back with its time.

    Raises:
        StoreError: There is no such claim, or the readings do not rest on its dispatch.
    """
    at = correction.at or datetime.now(UTC)
    told = correction.into or correction.claim
    for claim in dict.fromkeys((correction.claim, told)):
        if not _is_known(connection, claim, added=correction.act is Act.ADD):
            raise StoreError(f"{claim}: no such claim in the store")
    (document,) = documents_of(connection, {document_of(correction.claim)})
    text = document.text
    fields = [encode_reading(x, text) for x in correction.readings]
    brought = [encode_claim(x, text) for x in correction.claims]
    try:
        _readings(correction.slot, fields, text)
        decode_claims(brought, document)
    except InputError as cause:
        raise StoreError(f"{correction.claim}: {cause}") from cause
    row = {
        "claim": correction.claim,
        "slot": correction.slot,
        "readings": text_of(fields),
        "by": correction.by,
        "why": correction.why,
        "at": at,
        "act": correction.act.value,
        "claims": text_of(brought),
        "target": correction.into,
    }
    connection.execute(sa.insert(corrections), [row])
    return replace(correction, at=at)


def corrected(database: Database, claim: str | None) -> Iterator[Correction]:
    """All corrections (of one claim), oldest first."""
    wanted = sa.select(corrections).order_by(corrections.c.key)
    if claim is not None:
        wanted = wanted.where(corrections.c.claim == claim)
    with database.read() as connection:
        rows = connection.execute(wanted).all()
        told = {document_of(row.claim) for row in rows}
        found = {x.id: x for x in documents_of(connection, told)}
    for row in rows:
        yield correction_of(row, found[document_of(row.claim)])


def correction_of(row: Any, document: Document) -> Correction:
    """The correction of a row."""
    return Correction(
        row.claim, row.slot, _readings(row.slot, json.loads(row.readings), document.text), row.by,
        row.why, row.at, Act(row.act), decode_claims(json.loads(row.claims), document), row.target,
    )  # fmt: skip


def document_of(claim: str) -> str:
    """The id of the dispatch that a claim (its id) is in."""
    return claim.partition(":")[0]


def documents_about(correction: Correction) -> set[str]:
    """The ids of the dispatches that a correction may change."""
    return {document_of(x) for x in (correction.claim, correction.into) if x}


def _newest(by: str, lefts: Sequence[str] | None = None) -> sa.Select[Any]:
    newest = sa.select(sa.func.max(judgements.c.key)).group_by(*_PAIR)
    if by:
        # No LIKE, which on SQLite takes "person/ama" for "person/Ama".
        newest = newest.where(sa.func.substr(judgements.c.by, 1, len(by)) == by)
    if lefts is not None:
        newest = newest.where(judgements.c.left.in_(lefts))
    keys = newest.scalar_subquery()
    return sa.select(judgements).where(judgements.c.key.in_(keys)).order_by(judgements.c.key)


def _last(connection: sa.Connection, lefts: Sequence[str]) -> dict[tuple[str, str, str], Judgement]:
    """The last judgements on pairs with these claims, by pair and author."""
    rows = connection.execute(_newest("", sorted(set(lefts))))
    return {(row.left, row.right, row.by): _judgement(row) for row in rows}


def _judgement_row(judgement: Judgement) -> dict[str, Any]:
    row = encode_judgement(judgement)
    return row | {"reasons": text_of(row["reasons"]), "at": datetime.now(UTC)}


def _judgement(row: Any) -> Judgement:
    fields = row._asdict()
    return decode_judgement(fields | {"reasons": json.loads(fields["reasons"])})


def _is_known(connection: sa.Connection, claim: str, *, added: bool) -> bool:
    """Whether a claim was coded or added; one that is `added` needs its dispatch only."""
    if added:
        return bool(documents_of(connection, {document_of(claim)}))
    coded = sa.select(claims.c.key).where(claims.c.id == claim).limit(1)
    if connection.execute(coded).first():
        return True
    # A claim of which a person changed the type, or that a person brought.
    there = f"{document_of(claim)}:"
    told = sa.select(corrections.c.claim, corrections.c.claims).where(
        sa.func.substr(corrections.c.claim, 1, len(there)) == there
    )
    named = set()
    for row in connection.execute(told):
        named |= {spot(row.claim), *(spot(x["id"]) for x in json.loads(row.claims))}
    return spot(claim) in named


def documents_of(connection: sa.Connection, ids: Iterable[str]) -> list[Document]:
    """Documents by their ids, with what their ids rest on."""
    wanted = sa.select(documents)
    rows: list[Any] = []
    for some in batched(sorted(set(ids)), _BATCH):
        rows += connection.execute(wanted.where(documents.c.id.in_(some))).all()
    return [Document(row.text, publisher=row.publisher, url=row.url) for row in rows]


def _readings(slot: str, fields: Iterable[Any], text: str) -> tuple[Reading[Any], ...]:
    return tuple(decode_reading(x, slot, text) for x in fields)
