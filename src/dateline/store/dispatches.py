"""Runs, and the records they add."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import batched
from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.model import Document, Record
from dateline.model.codec import text_of
from dateline.model.corrected import Corrected
from dateline.store import bulk, counting, listed_claims, people, tables
from dateline.store.connection import Database
from dateline.store.filters import record_conditions
from dateline.store.listed_claims import Coded
from dateline.store.listing import INSERT
from dateline.store.rows import (
    claim_row,
    document_of,
    document_row,
    reading_rows,
    record_row,
    stamp,
)
from dateline.store.search import index
from dateline.store.tables import claims, documents, failures, latest_records, readings, runs
from dateline.store.values import Added, Coder, Failure, Query, Run

BATCH = 256  # records read at once
_COUNTS = ("added", "known", "failed", "claims")


class _Entered(NamedTuple):
    """What became of a record: its key and its document's, which is `fresh` if it is new."""

    outcome: Added
    document: int = 0
    record: int = 0
    fresh: bool = False


def start(database: Database, coder: Coder) -> Run:
    """Enter a new run."""
    at = datetime.now(UTC)
    row = {
        "version": coder.version,
        "configuration": coder.configuration,
        "models": text_of(dict(coder.models)),
        "coder": coder.id,
        "started": at,
    }
    with database.write() as connection:
        key = connection.execute(sa.insert(runs).values(row).returning(runs.c.key)).scalar_one()
    return Run(key, coder, at)


def finish(database: Database, run: Run, known: Collection[int]) -> Run:
    """Close a run with its counts; the records it found there already count from now on.

    Raises:
        StoreError: It is finished already.
    """
    at = datetime.now(UTC)
    with database.write() as connection:
        counted = _counted(connection, [run.id]).get(run.id, {})
        counts = dict.fromkeys(_COUNTS, 0) | {"known": len(known)} | counted
        values = {**counts, "finished": at}
        connection.execute(sa.update(runs).where(runs.c.key == run.id).values(values))
        _sight(connection, known, run)
        listed_claims.settle(connection, _retold(connection, run))
    return Run(run.id, run.coder, run.started, at, **counts)


def every(database: Database) -> tuple[Run, ...]:
    """All runs, oldest first; those not finished with what they have added."""
    with database.read() as connection:
        rows = connection.execute(sa.select(runs).order_by(runs.c.key)).all()
        counted = _counted(connection, [row.key for row in rows if row.finished is None])
    return tuple(_run(row, counted.get(row.key, {})) for row in rows)


def add(database: Database, found: Sequence[Record], run: Run) -> list[Added]:
    """Enter records, all in one transaction."""
    with database.write() as connection:
        entered = [_enter(connection, record, run) for record in found]
        told = list(zip(entered, found, strict=True))
        new = [(x.record, record) for x, record in told if x.outcome is Added.ADDED]
        rows = _claims(connection, new)
        fresh = [(x, record) for x, record in told if x.fresh]
        listed_claims.add(
            connection,
            [Coded(x.document, x.record, run.id, record, rows[x.record]) for x, record in fresh],
        )
        others = {x.document for x in entered if not x.fresh and x.outcome is not Added.FAILED}
        listed_claims.settle(connection, others)
    return [x.outcome for x in entered]


def known(database: Database, document: Document, coder: Coder) -> int | None:
    """The key of the coder's record of a document dated and titled as here; None without one."""
    wanted = (
        sa.select(tables.records.c.key)
        .join(documents)
        .where(documents.c.id == document.id, tables.records.c.stamp == stamp(document, coder))
    )
    with database.read() as connection:
        found: int | None = connection.execute(wanted).scalar()
    return found


def read(database: Database, query: Query, run: int | None) -> Iterator[Record]:
    """Records in order of publication, then id; those undated last."""
    order = (
        tables.records.c.published.is_(None),
        tables.records.c.published,
        documents.c.id,
        tables.records.c.key,
    )
    wanted = sa.select(tables.records.c.key).join(documents)
    if run is None:
        wanted = wanted.where(tables.records.c.key.in_(sa.select(latest_records.c.key)))
    else:
        wanted = wanted.where(tables.records.c.run == run)
    today = run is None
    with database.read() as connection:
        told = people.corrected_documents(connection) if today else set()
        conditions = record_conditions(query, database.engine.dialect.name, told)
        wanted = wanted.where(*conditions).order_by(*order)
        keys = connection.execute(wanted).scalars().all()
    for some in batched(keys, BATCH):
        # Entries are never changed, so each batch may be read on its own.
        with database.read() as connection:
            batch = counting.records(connection, some)
            if today:
                batch = people.fitting(connection, batch, query, told)
        yield from batch


def several(database: Database, ids: Iterable[str]) -> Iterator[Record]:
    """The records that count of these documents."""
    for some in batched(sorted(ids), BATCH):
        with database.read() as connection:
            batch = people.corrected_view(connection, counting.counting(connection, some))
        yield from (x.record for x in batch)


def latest(database: Database, document_id: str) -> Record | None:
    """The record of a document that counts; the last failure where it was never coded."""
    with database.read() as connection:
        found = _counting(connection, document_id)
        if found is not None:
            return people.corrected_view(connection, [found])[0].record
        return _failed(connection, document_id)


def original(database: Database, document_id: str) -> Record | None:
    """The record of a document that counts, as it was coded."""
    with database.read() as connection:
        return _counting(connection, document_id)


def reviewed(database: Database, document_id: str) -> Corrected | None:
    """The record of a document that counts with what people say of it."""
    with database.read() as connection:
        found = _counting(connection, document_id)
        return people.corrected_view(connection, [found])[0] if found is not None else None


def _counting(connection: sa.Connection, document_id: str) -> Record | None:
    wanted = sa.select(documents.c.key).where(documents.c.id == document_id)
    keys = counting.latest(connection, wanted)
    return counting.records(connection, keys)[0] if keys else None


def failed(database: Database, run: int | None) -> tuple[Failure, ...]:
    """What runs (or one run) could not code, oldest first."""
    wanted = sa.select(failures, documents.c.id).outerjoin(documents).order_by(failures.c.key)
    if run is not None:
        wanted = wanted.where(failures.c.run == run)
    with database.read() as connection:
        rows = connection.execute(wanted).all()
    return tuple(Failure(x.run, x.name, x.reason, x.id, tuple(json.loads(x.notes))) for x in rows)


def _enter(connection: sa.Connection, record: Record, run: Run) -> _Entered:
    """Enter a record without its claims."""
    if record.problem is not None:
        _fail(connection, record, run)
        return _Entered(Added.FAILED)
    document, fresh = _document(connection, record.document)
    row = record_row(record, document, run.id, run.coder)
    insert = INSERT[connection.dialect.name](tables.records).on_conflict_do_nothing()
    key = connection.execute(insert.returning(tables.records.c.key), row).scalar()
    if key is not None:
        return _Entered(Added.ADDED, document, int(key), fresh)
    same = (tables.records.c.document == document, tables.records.c.stamp == row["stamp"])
    there = connection.execute(sa.select(tables.records.c.key).where(*same)).scalar_one()
    _sight(connection, (there,), run)
    return _Entered(Added.KNOWN, document, there)


def _sight(connection: sa.Connection, keys: Iterable[int], run: Run) -> None:
    """Enter that a run found records already there, where another record counts instead."""
    table = tables.sightings
    for some in batched(sorted(set(keys)), BATCH):
        told = sa.select(tables.records.c.document).where(tables.records.c.key.in_(some))
        passed_over = sorted(set(some) - counting.latest(connection, told))
        rows = [{"run": run.id, "record": key} for key in passed_over]
        if rows:
            insert = INSERT[connection.dialect.name](table).on_conflict_do_nothing()
            connection.execute(insert, rows)


def _retold(connection: sa.Connection, run: Run) -> list[int]:
    """The documents that a run coded or found coded and that another coder has coded, too."""
    table, other = tables.records, tables.records.alias()
    twice = sa.select(other.c.key).where(
        other.c.document == table.c.document, other.c.key != table.c.key
    )
    coded = sa.select(table.c.document).where(table.c.run == run.id, twice.exists())
    seen = sa.select(table.c.document).join(
        tables.sightings, tables.sightings.c.record == table.c.key
    )
    seen = seen.where(tables.sightings.c.run == run.id)
    return [*connection.execute(coded).scalars(), *connection.execute(seen).scalars()]


def _document(connection: sa.Connection, document: Document) -> tuple[int, bool]:
    """The key of a document, and whether it is new: then it is entered."""
    insert = INSERT[connection.dialect.name](documents).on_conflict_do_nothing()
    row = document_row(document)
    new = connection.execute(insert.returning(documents.c.key), row).scalar()
    if new is not None:
        index(connection, [(new, document.text)])
        return int(new), True
    there = sa.select(documents.c.key).where(documents.c.id == document.id)
    return int(connection.execute(there).scalar_one()), False


def _claims(
    connection: sa.Connection, new: Sequence[tuple[int, Record]]
) -> dict[int, list[dict[str, Any]]]:
    """Enter the claims of new records, and the readings of these; the rows by record."""
    entered: dict[int, list[dict[str, Any]]] = {key: [] for key, _ in new}
    found = [
        (claim, {"record": key, "position": position, **claim_row(claim, record.document.text)})
        for key, record in new
        for position, claim in enumerate(record.claims)
    ]
    for _, row in found:
        entered[row["record"]].append(row)
    keys = bulk.keys(connection, claims, len(found))
    rows = [{"key": key, **row} for key, (_, row) in zip(keys, found, strict=True)]
    told = [
        {"claim": key, **row}
        for key, (claim, _) in zip(keys, found, strict=True)
        for row in reading_rows(claim)
    ]
    bulk.insert(connection, claims, rows)
    bulk.insert(connection, readings, told)
    return entered


def _fail(connection: sa.Connection, record: Record, run: Run) -> None:
    document = record.document
    row = {
        "run": run.id,
        "document": _document(connection, document)[0] if document.text else None,
        "name": document.name,
        "title": document.title,
        "published": document.published,
        "document_notes": text_of(list(document.notes)),
        "reason": record.problem,
        "notes": text_of(list(record.notes)),
    }
    connection.execute(sa.insert(failures), row)


def _failed(connection: sa.Connection, document_id: str) -> Record | None:
    wanted = (
        sa.select(failures, documents.c.publisher, documents.c.url, documents.c.text)
        .join(documents)
        .where(documents.c.id == document_id)
        .order_by(failures.c.key.desc())
    )
    row = connection.execute(wanted).first()
    if row is None:
        return None
    return Record(document_of(row), problem=row.reason, notes=tuple(json.loads(row.notes)))


def _counted(connection: sa.Connection, keys: Sequence[int]) -> dict[int, dict[str, int]]:
    """What runs have added and failed, from the entries themselves."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    table = tables.records
    total = (sa.func.count().label("added"), sa.func.sum(table.c.claims).label("claims"))
    coded = sa.select(table.c.run, *total).where(table.c.run.in_(keys)).group_by(table.c.run)
    for row in connection.execute(coded):
        counts[row.run] |= {"added": row.added, "claims": int(row.claims)}
    lost = (
        sa.select(failures.c.run, sa.func.count().label("failed"))
        .where(failures.c.run.in_(keys))
        .group_by(failures.c.run)
    )
    for row in connection.execute(lost):
        counts[row.run]["failed"] = row.failed
    return counts


def _run(row: Any, counted: dict[str, int]) -> Run:
    coder = Coder(row.version, row.configuration, tuple(json.loads(row.models).items()))
    counts = {name: counted.get(name, getattr(row, name) or 0) for name in _COUNTS}
    return Run(row.key, coder, row.started, row.finished, **counts)
