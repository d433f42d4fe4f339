"""What linking left behind in a store, written and asked for: the shelf of `dateline.link`."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.model import Record
from dateline.model.codec_incident import decode_commitment, decode_incident
from dateline.model.incident import Commitment, Incident, Judgement, Origin
from dateline.model.linkage import Bond, FiledDocument, Linkage, Mark
from dateline.store import bulk, dispatches
from dateline.store.conclusions import read_origins
from dateline.store.connection import Database
from dateline.store.people import corrected_documents
from dateline.store.tables import (
    commitments,
    documents,
    incident_claims,
    incidents,
    judgements,
    latest_records,
    linked_bands,
    linked_blocks,
    linked_bonds,
    linked_claims,
    linked_copies,
    linked_documents,
    linked_promises,
)

_BATCH = 400  # values in one condition; databases limit their number
_PARTS = 5  # of an edition
_DAY = linked_blocks.c.day
_IN_BLOCK = (
    sa.select(linked_blocks.c.block, _DAY, linked_claims.c.claim)
    .join(linked_claims, linked_claims.c.key == linked_blocks.c.claim)
    .where(linked_blocks.c.block == sa.bindparam("block"))
    .limit(sa.bindparam("most"))
)
_BEFORE = _IN_BLOCK.where(sa.bindparam("at") >= _DAY).order_by(
    _DAY.desc(), linked_blocks.c.claim.desc()
)
_AFTER = _IN_BLOCK.where(sa.bindparam("at") < _DAY).order_by(_DAY, linked_blocks.c.claim)


class Shelf:
    """What linking left behind, as a transaction sees it."""

    def __init__(
        self, connection: sa.Connection, database: Database, said: Callable[[], list[Judgement]]
    ) -> None:
        self._connection, self._database, self._said = connection, database, said

    def beside(self, marks: Iterable[Mark], most: int) -> Mapping[int, Sequence[tuple[int, str]]]:
        """Per block, the claims (day and id) in it: at most `most` up to the day, and after it."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for block, at in marks:
            told = {"block": block, "at": at, "most": most}
            for statement in (_BEFORE, _AFTER):
                for _, day, claim in self._connection.execute(statement, told):
                    found[block][claim] = day
        return {block: [(day, x) for x, day in there.items()] for block, there in found.items()}

    def filed(self, of: Iterable[str]) -> Mapping[str, bytes]:
        """The facts of dispatches, as they were packed."""
        table = linked_documents
        wanted = sa.select(table.c.document, table.c.facts)
        return {row[0]: bytes(row[1]) for row in self._in(wanted, table.c.document, of)}

    def claims(self, of: Iterable[str]) -> Sequence[str]:
        """The claims of dispatches."""
        joined = linked_claims.join(
            linked_documents, linked_documents.c.key == linked_claims.c.document
        )
        wanted = sa.select(linked_claims.c.claim).select_from(joined)
        return [row[0] for row in self._in(wanted, linked_documents.c.document, of)]

    def bonds(self, of: Iterable[str]) -> Sequence[Bond]:
        """The bonds of claims."""
        keys = _keys(self._connection, of)
        one, other, odds = linked_bonds.c
        ties = {
            (row[0], row[1]): row[2]
            for row in self._in(sa.select(one, other, odds), one, keys.values())
        }
        names = {key: claim for claim, key in keys.items()}
        missing = {key for _, key in ties} - names.keys()
        wanted = sa.select(linked_claims.c.key, linked_claims.c.claim)
        names |= {row[0]: row[1] for row in self._in(wanted, linked_claims.c.key, missing)}
        pairs = {
            (min(names[a], names[b]), max(names[a], names[b])): x for (a, b), x in ties.items()
        }
        return [Bond(left, right, x) for (left, right), x in sorted(pairs.items())]

    def homes(self, of: Iterable[str]) -> Sequence[Incident]:
        """The incidents that claims are in, each once."""
        joined = incidents.join(incident_claims, incident_claims.c.incident == incidents.c.key)
        wanted = sa.select(incidents.c.id, incidents.c.body).select_from(joined)
        bodies = {row[0]: row[1] for row in self._in(wanted, incident_claims.c.claim, of)}
        return [decode_incident(json.loads(bodies[name])) for name in sorted(bodies)]

    def sharing(self, bands: Iterable[int]) -> Sequence[str]:
        """The dispatches that have one of the bands."""
        joined = linked_documents.join(
            linked_bands, linked_bands.c.document == linked_documents.c.key
        )
        wanted = sa.select(linked_documents.c.document).select_from(joined)
        return sorted({row[0] for row in self._in(wanted, linked_bands.c.band, bands)})

    def copies(self, of: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """Which dispatches are copies of these, and why."""
        table, told = linked_copies, sorted(set(of))
        wanted = sa.select(table)
        rows = [row for x in (table.c.one, table.c.other) for row in self._in(wanted, x, told)]
        return {(row.one, row.other): row.why for row in rows}

    def origins(self, of: Iterable[str]) -> Sequence[Origin]:
        """The origins of dispatches, each once."""
        return read_origins(self._connection, of)

    def records(self, of: Iterable[str]) -> Sequence[Record]:
        """Dispatches as they count now."""
        return list(dispatches.several(self._database, set(of)))

    def promises(self, of: Iterable[str]) -> Mapping[str, str]:
        """The promises that claims tell of."""
        table = linked_promises
        wanted = sa.select(table.c.claim, table.c.promise).where(table.c.role == "telling")
        return {row[0]: row[1] for row in self._in(wanted, table.c.claim, of)}

    def outcomes(self, of: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The promises of which claims are evidence."""
        table = linked_promises
        wanted = sa.select(table.c.claim, table.c.promise).where(table.c.role == "evidence")
        return _grouped(self._in(wanted, table.c.claim, of))

    def tellings(self, of: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The claims that tell of promises."""
        table = linked_promises
        wanted = sa.select(table.c.promise, table.c.claim).where(table.c.role == "telling")
        return _grouped(self._in(wanted, table.c.promise, of))

    def commitments(self, of: Iterable[str]) -> Sequence[Commitment]:
        """The commitments of promises."""
        rows = self._in(sa.select(commitments.c.body), commitments.c.promise, of)
        return [decode_commitment(json.loads(row[0])) for row in rows]

    def falling_due(self, since: date | None, until: date | None) -> Sequence[str]:
        """The promises that are pending and were due in these days."""
        if until is None:
            return []
        due = commitments.c.due
        wanted = sa.select(commitments.c.promise).where(
            commitments.c.outcome == "pending", due < until.isoformat()
        )
        if since is not None:
            wanted = wanted.where(due >= since.isoformat())
        return list(self._connection.execute(wanted).scalars())

    def latest(self) -> date | None:
        """The day of the last dispatch that was linked."""
        wanted = sa.select(sa.func.max(linked_documents.c.published))
        found: date | None = self._connection.execute(wanted).scalar()
        return found

    def verdicts(self) -> Sequence[Judgement]:
        """What people say, of claims as they are now."""
        return self._said()

    def _in(
        self, wanted: sa.Select[Any], column: "sa.Column[Any]", of: Iterable[Any]
    ) -> Iterator[Any]:
        for some in batched(sorted(set(of)), _BATCH):
            yield from self._connection.execute(wanted.where(column.in_(some)))


@contextmanager
def shelf(database: Database, said: Callable[[], list[Judgement]]) -> Iterator[Shelf]:
    """What linking left behind, read in one transaction."""
    with database.read() as connection:
        yield Shelf(connection, database, said)


def number(connection: sa.Connection) -> int:
    """How many dispatches were linked."""
    wanted = sa.select(sa.func.count()).select_from(linked_documents)
    found: int = connection.execute(wanted).scalar_one()
    return found


def changed(
    connection: sa.Connection, edition: str | None
) -> tuple[frozenset[str], frozenset[str]] | None:
    """The documents that are to be linked anew, and the claims that people judged since."""
    parts = (edition or "").split(".")
    if len(parts) != _PARTS or not connection.execute(sa.select(linked_documents.c.key)).first():
        return None
    judged, corrected = int(parts[3]), int(parts[4])
    told = sa.select(judgements.c.left, judgements.c.right).where(
        judgements.c.key > judged, judgements.c.by.startswith("person/")
    )
    claims = {claim for row in connection.execute(told) for claim in row}
    changed_ = {*_recoded(connection), *corrected_documents(connection, corrected)}
    return frozenset(changed_), frozenset(claims)


def _recoded(connection: sa.Connection) -> list[str]:
    """The documents of which another record counts than the one that was linked."""
    last = sa.select(latest_records.c.key, latest_records.c.document).subquery()
    table = linked_documents
    joined = last.outerjoin(table, table.c.record == last.c.key)
    wanted = sa.select(last.c.document).select_from(joined).where(table.c.key.is_(None))
    keys = connection.execute(wanted).scalars().all()
    found: list[str] = []
    for some in batched(keys, _BATCH):
        named = sa.select(documents.c.id).where(documents.c.key.in_(some))
        found.extend(connection.execute(named).scalars())
    return sorted(found)


def write(connection: sa.Connection, found: Linkage) -> None:
    """Put what linking left behind in the place of what it left of the same dispatches before."""
    _forget(connection, found)
    _file(connection, found.documents)
    keys = _keys(connection, {x for bond in found.bonds for x in (bond.left, bond.right)})
    ties = [
        {"one": keys[a], "other": keys[b], "odds": bond.odds}
        for bond in found.bonds
        for a, b in ((bond.left, bond.right), (bond.right, bond.left))
    ]
    bulk.insert(connection, linked_bonds, ties)
    copies = [dict(zip(("one", "other", "why"), x, strict=True)) for x in found.copies]
    bulk.insert(connection, linked_copies, copies)
    told = {(promise, claim, "telling") for claim, promise in found.promises}
    told |= {(promise, claim, "evidence") for claim, promise in found.evidence}
    names = ("promise", "claim", "role")
    bulk.insert(
        connection, linked_promises, [dict(zip(names, x, strict=True)) for x in sorted(told)]
    )


def _file(connection: sa.Connection, found: Sequence[FiledDocument]) -> None:
    """Enter dispatches with their claims, the blocks of these, and their bands."""
    records = _counting(connection, [x.id for x in found])
    keys = bulk.keys(connection, linked_documents, len(found))
    rows = [
        {"key": key, "document": x.id, **records[x.id], "facts": x.facts}
        for key, x in zip(keys, found, strict=True)
    ]
    bulk.insert(connection, linked_documents, rows)
    told = [(key, claim) for key, x in zip(keys, found, strict=True) for claim in x.claims]
    numbers = bulk.keys(connection, linked_claims, len(told))
    bulk.insert(
        connection,
        linked_claims,
        [
            {"key": n, "claim": claim.id, "document": document}
            for n, (document, claim) in zip(numbers, told, strict=True)
        ],
    )
    marks = [
        {"block": block, "day": day, "claim": n}
        for n, (_, claim) in zip(numbers, told, strict=True)
        for block, day in claim.marks
    ]
    bulk.insert(connection, linked_blocks, sorted(marks, key=lambda x: (x["block"], x["day"])))
    bands = [
        {"band": band, "document": key}
        for key, x in zip(keys, found, strict=True)
        for band in x.bands
    ]
    bulk.insert(connection, linked_bands, sorted(bands, key=lambda x: x["band"]))


def _counting(connection: sa.Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The key and day of the record that counts, per document."""
    found: dict[str, dict[str, Any]] = {}
    for some in batched(ids, _BATCH):
        keys = connection.execute(
            sa.select(documents.c.key).where(documents.c.id.in_(some))
        ).scalars()
        last = sa.table(
            "latest_records", sa.column("key"), sa.column("document"),
            sa.column("document_id"), sa.column("published", sa.Date),
        )  # fmt: skip
        wanted = sa.select(last).where(last.c.document.in_(list(keys)))
        for row in connection.execute(wanted):
            found[row.document_id] = {"record": row.key, "published": row.published}
    return found


def _forget(connection: sa.Connection, found: Linkage) -> None:
    """Remove what was left of these dispatches, and of these promises."""
    told = sa.select(linked_documents.c.key)
    for some in batched(sorted(x.id for x in found.documents), _BATCH):
        keys = connection.execute(told.where(linked_documents.c.document.in_(some))).scalars().all()
        if not keys:
            continue
        inside = sa.select(linked_claims.c.key).where(linked_claims.c.document.in_(keys))
        claims = connection.execute(inside).scalars().all()
        for part in batched(claims, _BATCH):
            _untie(connection, part)
            for column in (linked_blocks.c.claim, linked_claims.c.key):
                connection.execute(sa.delete(column.table).where(column.in_(part)))
        for column in (linked_bands.c.document, linked_documents.c.key):
            connection.execute(sa.delete(column.table).where(column.in_(keys)))
        for column in (linked_copies.c.one, linked_copies.c.other):
            connection.execute(sa.delete(linked_copies).where(column.in_(some)))
    promises = {promise for _, promise in (*found.promises, *found.evidence)}
    forget_promises(connection, promises)


def _untie(connection: sa.Connection, claims: Sequence[int]) -> None:
    """Remove the bonds of claims, which are there from both ends."""
    one, other = linked_bonds.c.one, linked_bonds.c.other
    ends = connection.execute(sa.select(other).where(one.in_(claims))).scalars().all()
    for some in batched(sorted(set(ends)), _BATCH):
        connection.execute(sa.delete(linked_bonds).where(one.in_(some), other.in_(claims)))
    connection.execute(sa.delete(linked_bonds).where(one.in_(claims)))


def forget_promises(connection: sa.Connection, promises: Iterable[str]) -> None:
    """Remove what was left of promises."""
    column = linked_promises.c.promise
    for some in batched(sorted(set(promises)), _BATCH):
        connection.execute(sa.delete(linked_promises).where(column.in_(some)))


def _keys(connection: sa.Connection, claims: Iterable[str]) -> dict[str, int]:
    """The numbers of claims."""
    wanted = sa.select(linked_claims.c.claim, linked_claims.c.key)
    found: dict[str, int] = {}
    for some in batched(sorted(set(claims)), _BATCH):
        rows = connection.execute(wanted.where(linked_claims.c.claim.in_(some)))
        found.update((row[0], row[1]) for row in rows)
    return found


def _grouped(rows: Iterable[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in rows:
        found[name].append(value)
    return dict(found)
