"""The rows of dispatches and claims that the desk lists from, kept by whoever writes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model import Claim, Document, Record
from dateline.store import bulk, counting, listed_pairs, people
from dateline.store.listing import alone, count, day_number, difference, kinds
from dateline.store.listing_tables import claim_kinds, listed_claims, listed_documents
from dateline.store.rows import Row, claim_row
from dateline.store.search import fold
from dateline.store.sheets import GONE, Sheet, State
from dateline.store.tables import documents, latest_records

DONE = ("accepted", "edited", "added")
_BATCH = 200  # values in one condition; databases limit their number


@dataclass(frozen=True, slots=True)
class Coded:
    """A new dispatch by its keys, with the rows of its claims."""

    document: int
    record: int
    run: int
    told: Record
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class _Entry:
    document: int
    record: int
    run: int
    about: Document
    claims: Sequence[tuple[Row, int, float | None, State]]


def add(connection: sa.Connection, new: Iterable[Coded]) -> None:
    """List dispatches that nobody has coded before, nor corrected."""
    alone(connection)
    entries = [
        _Entry(
            x.document,
            x.record,
            x.run,
            x.told.document,
            [
                (row, claim.trigger.start, claim.type.score, "open")
                for claim, row in zip(x.told.claims, x.rows, strict=True)
            ],
        )
        for x in new
    ]
    _insert(connection, entries, [])
    listed_pairs.reach(connection, _there(entries))


def settle(connection: sa.Connection, keys: Iterable[int]) -> None:
    """List dispatches (keys) anew of which another record counts by now."""
    alone(connection)
    for some in batched(sorted(set(keys)), _BATCH):
        told = sa.select(listed_documents.c.document, listed_documents.c.record)
        rows = connection.execute(told.where(listed_documents.c.document.in_(some)))
        listed = {row.document: row.record for row in rows}
        last = latest_records.c
        now = sa.select(last.document, last.document_id, last.key).where(last.document.in_(some))
        renew(
            connection,
            [row[1] for row in connection.execute(now).all() if listed.get(row[0]) != row[2]],
        )


def renew(connection: sa.Connection, names: Iterable[str]) -> None:
    """List dispatches (ids) as they are by now."""
    alone(connection)
    for some in batched(sorted(set(names)), _BATCH):
        entries = list(_entries(connection, some))
        keys = [x.document for x in entries]
        there, gone = _listed(connection, keys)
        for column in (listed_claims.c.document, listed_documents.c.document):
            connection.execute(sa.delete(column.table).where(column.in_(keys)))
        _insert(connection, entries, gone)
        listed_pairs.reach(connection, there ^ _there(entries))


def _entries(connection: sa.Connection, names: Sequence[str]) -> Iterator[_Entry]:
    """Dispatches as they count, as people corrected them."""
    mine = sa.select(documents.c.key).where(documents.c.id.in_(names))
    keys = connection.execute(mine).scalars().all()
    last = latest_records.c
    wanted = sa.select(last.document_id, last.document, last.key, last.run)
    about = {x[0]: x[1:] for x in connection.execute(wanted.where(last.document.in_(keys)))}
    found = counting.counting(connection, names)
    for original, corrected in zip(found, people.corrected_view(connection, found), strict=True):
        sheet = Sheet(original, corrected)
        told = original.document
        claims = [_claim(sheet, x) for x in (*sheet.record.claims, *sheet.gone.values())]
        yield _Entry(*about[told.id], told, claims)


def _claim(sheet: Sheet, claim: Claim) -> tuple[Row, int, float | None, State]:
    row = claim_row(claim, sheet.text)
    return row, claim.trigger.start, claim.type.score, sheet.state(claim)


def _listed(connection: sa.Connection, keys: Sequence[int]) -> tuple[set[str], list[int]]:
    """The claims of dispatches that are there as they are listed, and the kinds of all."""
    table = listed_claims
    wanted = sa.select(table.c.id, table.c.kind, claim_kinds.c.state).join(
        claim_kinds, claim_kinds.c.key == table.c.kind
    )
    rows = connection.execute(wanted.where(table.c.document.in_(keys))).all()
    return {x.id for x in rows if x.state not in GONE}, [x.kind for x in rows]


def _there(entries: Iterable[_Entry]) -> set[str]:
    return {row["id"] for x in entries for row, _, _, state in x.claims if state not in GONE}


def _insert(connection: sa.Connection, entries: Sequence[_Entry], gone: Iterable[int]) -> None:
    """Enter the rows of dispatches, in the place of claims of these kinds."""
    told = [(x, row, place, score, _kind(x, row, state)) for x in entries
            for row, place, score, state in x.claims]  # fmt: skip
    keys = kinds(connection, claim_kinds, (x[-1] for x in told))
    rows = [
        {
            "document": entry.document,
            "place": place,
            "id": row["id"],
            "kind": keys[kind],
            "published": day_number(entry.about.published),
            "start": day_number(row["start"]),
            "end": day_number(row["end"]),
            "parties": row["parties"],
            "score": score,
        }
        for entry, row, place, score, kind in told
    ]
    numbers = bulk.keys(connection, listed_claims, len(rows))
    rows = [{"key": key, **row} for key, row in zip(numbers, rows, strict=True)]
    bulk.insert(connection, listed_claims, rows)
    bulk.insert(connection, listed_documents, [_document(x) for x in entries])
    count(connection, claim_kinds, difference(gone, (x["kind"] for x in rows)))


def _kind(entry: _Entry, row: Row, state: State) -> tuple[str, ...]:
    return (state, row["type"], row["status"], row["country"] or "", entry.about.publisher)


def _document(entry: _Entry) -> dict[str, Any]:
    told = entry.about
    states: Counter[str] = Counter(state for *_, state in entry.claims)
    rejected = sum(states[x] for x in GONE)
    return {
        "document": entry.document,
        "id": told.id,
        "record": entry.record,
        "run": entry.run,
        "published": day_number(told.published),
        "publisher": told.publisher,
        "name": told.name,
        "title": told.title,
        "folded": fold(told.title),
        "url": told.url,
        "claims": states.total() - rejected,
        "open": states["open"],
        "reviewed": sum(states[x] for x in DONE),
        "rejected": rejected,
    }
