"""All claims that count, in memory, for the queue's filters and facets."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa

from dateline.model import Claim
from dateline.review.columns import Columns, Mask
from dateline.review.present import Sheet
from dateline.store import Store, desk_reads, people
from dateline.store.rows import claim_row

_KINDS = {
    "id": "text",
    "document": "code",
    "key": "whole",
    "place": "whole",
    "published": "day",
    "publisher": "code",
    "type": "code",
    "status": "code",
    "mode": "code",
    "start": "day",
    "end": "day",
    "country": "code",
    "lat": "real",
    "lon": "real",
    "parties": "text",
    "score": "real",
    "state": "code",
}
DONE = ("accepted", "edited", "added", "rejected", "merged")


class ClaimIndex:
    """Claims as people corrected them; `refresh` follows the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stamp: tuple[Any, ...] = ()
        self._corrected = 0
        self.columns = Columns(_KINDS)

    def refresh(self) -> None:
        """Read what has changed since: all where dispatches came in, else corrected ones only."""
        database = self._store.database
        with database.read() as connection:
            stamp = desk_reads.stamp(connection)
            last = desk_reads.last_correction(connection)
            if (stamp, last) == (self._stamp, self._corrected):
                return
            after = self._corrected
            rows: list[tuple[Any, ...]] = []
            if stamp != self._stamp:
                after = 0
                rows = [_coded(row) for row in desk_reads.claim_rows(connection)]
            told = people.corrected_documents(connection, after)
        # Readers that are at work keep the columns they have.
        fresh = Columns(_KINDS)
        if stamp == self._stamp:
            fresh = self.columns.copy()
        fresh.extend(rows)
        self._correct(fresh, told)
        self.columns, self._stamp, self._corrected = fresh, stamp, last

    def _correct(self, fresh: Columns, told: set[str]) -> None:
        if not told:
            return
        mask = fresh.among("document", told)
        about = _documents(fresh, mask)
        fresh.drop(mask)
        rows = []
        for original, corrected in desk_reads.corrected(self._store.database, told):
            name = original.document.id
            key = about.get(name)
            if key is None:
                with self._store.database.read() as connection:
                    key = _key_of(connection, name)
            sheet = Sheet(original, corrected)
            rows += list(_sheet_rows(sheet, key))
        fresh.extend(rows)


def of_state(columns: Columns, states: Iterable[str]) -> Mask:
    """Claims in these states; "done" stands for several, "all" for every one."""
    wanted = set(states)
    if "all" in wanted or not wanted:
        return columns.all()
    if "done" in wanted:
        wanted |= set(DONE)
    return columns.among("state", wanted)


def _coded(row: Any) -> tuple[Any, ...]:
    # A lone surrogate or a NUL stands escaped in what was read without the column's type.
    plain = desk_reads.plain
    publisher = plain(row[4])
    told = (row[0], row[2], row[1], _place(row[0]), row[3], publisher)
    return (*told, *row[5:14], row[14], "open")


def _sheet_rows(sheet: Sheet, key: int) -> Iterator[tuple[Any, ...]]:
    document = sheet.original.document
    for claim in (*sheet.record.claims, *sheet.gone.values()):
        found = claim_row(claim, document.text)
        yield (
            claim.id, document.id, key, claim.trigger.start, _day(document.published),
            document.publisher,
            found["type"], found["status"], found["mode"], found["start"], found["end"],
            found["country"], found["lat"], found["lon"], found["parties"], score(claim),
            sheet.state(claim),
        )  # fmt: skip


def _place(claim: str) -> int:
    """Where the trigger of a claim (its id) begins."""
    return int(claim.split(":", 1)[1].partition("-")[0])


def score(claim: Claim) -> float | None:
    """How sure the machine is of a claim."""
    return claim.type.score


def _day(told: date | None) -> str | None:
    return told.isoformat() if told else None


def _documents(columns: Columns, mask: Mask) -> dict[str, int]:
    words = columns.words["document"]
    return {words[columns["document"][i]]: int(columns["key"][i]) for i in np.flatnonzero(mask)}


def _key_of(connection: sa.Connection, document: str) -> int:
    from dateline.store.tables import documents

    wanted = sa.select(documents.c.key).where(documents.c.id == document)
    return int(connection.execute(wanted).scalar_one())
