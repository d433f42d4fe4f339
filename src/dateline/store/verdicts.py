"""What machines and people say of claims: added, never changed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.errors import InputError, StoreError
from dateline.model import Reading
from dateline.model.codec import decode_reading, encode_reading, text_of
from dateline.model.codec_incident import decode_judgement, encode_judgement
from dateline.model.correction import Correction
from dateline.model.incident import Judgement
from dateline.store import bulk
from dateline.store.connection import Database
from dateline.store.tables import claims, corrections, documents, judgements, records

_BATCH = 400  # values in one condition; databases limit their number
_PAIR = (judgements.c.left, judgements.c.right, judgements.c.by)


def judge(connection: sa.Connection, found: Iterable[Judgement]) -> int:
    """Enter judgements but those that their author last gave alike; how many are new."""
    new = 0
    for some in batched(found, _BATCH):
        there = _last(connection, [x.left for x in some])
        rows = [_judgement_row(x) for x in some if there.get((x.left, x.right, x.by)) != x]
        bulk.insert(connection, judgements, rows)
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


def correct(database: Database, correction: Correction) -> Correction:
    """Enter a person's correction; it comes back with its time.

    Raises:
        StoreError: There is no such claim, or the readings do not rest on its dispatch.
    """
    at = correction.at or datetime.now(UTC)
    with database.write() as connection:
        text = _texts(connection, [correction.claim]).get(correction.claim)
        if text is None:
            raise StoreError(f"{correction.claim}: no such claim in {database.name}")
        fields = [encode_reading(x, text) for x in correction.readings]
        try:
            _readings(correction.slot, fields, text)
        except InputError as cause:
            raise StoreError(f"{correction.claim}: {cause}") from cause
        row = {
            "claim": correction.claim,
            "slot": correction.slot,
            "readings": text_of(fields),
            "by": correction.by,
            "why": correction.why,
            "at": at,
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
        texts: dict[str, str] = {}
        for some in batched({row.claim for row in rows}, _BATCH):
            texts |= _texts(connection, some)
    for row in rows:
        found = _readings(row.slot, json.loads(row.readings), texts[row.claim])
        yield Correction(row.claim, row.slot, found, row.by, row.why, row.at)


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


def _texts(connection: sa.Connection, wanted: Sequence[str]) -> dict[str, str]:
    """The texts of the dispatches of claims."""
    joined = (
        sa.select(claims.c.id, documents.c.text)
        .join(records, records.c.key == claims.c.record)
        .join(documents, documents.c.key == records.c.document)
        .where(claims.c.id.in_(wanted))
    )
    return {row.id: row.text for row in connection.execute(joined)}


def _readings(slot: str, fields: Iterable[Any], text: str) -> tuple[Reading[Any], ...]:
    return tuple(decode_reading(x, slot, text) for x in fields)
