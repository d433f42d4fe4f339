"""The desk's commands, and the audit log: each entry's hash is also over that of the one before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from dateline.model.codec import text_of
from dateline.store.connection import Database
from dateline.store.desk_tables import audit, commands

START = "0" * 64  # what stands before the first entry
_LOCK = 0x6465736B  # PostgreSQL's advisory locks are numbers
_FIELDS = ("key", "at", "by", "act", "target", "old", "new", "why", "tool", "previous")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to what: `old` and `new` are JSON values."""

    by: str
    act: str
    target: str
    old: Any = None
    new: Any = None
    why: str = ""
    tool: str = "desk"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a log is as it was written; `broken` is the first entry that is not."""

    entries: int
    head: str
    broken: int | None
    says: str


def lock(connection: sa.Connection) -> None:
    """Let others who change what the desk shows wait until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def record(connection: sa.Connection, event: Event) -> int:
    """Add an entry to the audit log, in a transaction that writes; its number."""
    lock(connection)
    last = connection.execute(sa.select(audit).order_by(audit.c.key.desc()).limit(1)).first()
    row = {
        "key": last.key + 1 if last else 1,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "by": event.by,
        "act": event.act,
        "target": event.target,
        "old": text_of(event.old),
        "new": text_of(event.new),
        "why": event.why,
        "tool": event.tool,
        "previous": last.hash if last else START,
    }
    connection.execute(sa.insert(audit), [row | {"hash": digest(row)}])
    return int(row["key"])


def digest(row: Mapping[str, Any]) -> str:
    """The hash of an entry: SHA-256 of its fields as JSON, ASCII only, in this order."""
    told = json.dumps([row[x] for x in _FIELDS], ensure_ascii=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


def check(database: Database, head: str | None = None) -> Checked:
    """Work out every hash anew; with `head`, also whether the log has the entry of that hash."""
    previous, number, seen = START, 0, head is None
    for row in _entries(database):
        number += 1
        if row["key"] != number:
            return Checked(number - 1, previous, number, f"entry {number} is missing")
        if row["previous"] != previous:
            return Checked(number - 1, previous, number, f"entry {number} does not follow the last")
        if digest(row) != row["hash"]:
            return Checked(number - 1, previous, number, f"entry {number} was changed")
        previous = str(row["hash"])
        seen = seen or previous == head
    if not seen:
        return Checked(number, previous, number + 1, "the entry of the hash told is not there")
    return Checked(number, previous, None, f"{number:,} entries, none changed")


def entered(connection: sa.Connection, wanted: Sequence[Any], offset: int, limit: int) -> Any:
    """Entries of the audit log as wanted, newest first, and how many there are."""
    total = connection.execute(sa.select(sa.func.count()).select_from(audit).where(*wanted))
    found = sa.select(audit).where(*wanted).order_by(audit.c.key.desc())
    return connection.execute(found.offset(offset).limit(limit)).all(), int(total.scalar_one())


def log(connection: sa.Connection, row: Mapping[str, Any], body: Any, of: int | None = None) -> int:
    """Enter a command; its number."""
    values = {**row, "at": datetime.now(UTC), "body": text_of(body), "of": of}
    done = connection.execute(sa.insert(commands).values(values).returning(commands.c.key))
    return int(done.scalar_one())


def stacks(connection: sa.Connection, by: str) -> tuple[list[int], list[int]]:
    """What a person can undo and redo, each with the next one last."""
    wanted = sa.select(commands.c.key, commands.c.kind, commands.c.of)
    undo: list[int] = []
    redo: list[int] = []
    for row in connection.execute(wanted.where(commands.c.by == by).order_by(commands.c.key)):
        if row.kind == "do":
            undo.append(row.key)
            redo.clear()
        elif row.kind == "undo":
            undo.remove(row.of)
            redo.append(row.of)
        else:
            redo.remove(row.of)
            undo.append(row.of)
    return undo, redo


def command(connection: sa.Connection, number: int) -> Any:
    """A command by its number."""
    return connection.execute(sa.select(commands).where(commands.c.key == number)).one()


def undone(connection: sa.Connection, numbers: Sequence[int]) -> set[int]:
    """Those of these commands that are undone."""
    wanted = sa.select(commands.c.of, commands.c.kind).where(commands.c.of.in_(numbers))
    found: set[int] = set()
    for row in connection.execute(wanted.order_by(commands.c.key)):
        (found.add if row.kind == "undo" else found.discard)(row.of)
    return found


def _entries(database: Database) -> Iterator[Mapping[str, Any]]:
    after = -(2**31)
    while True:
        wanted = sa.select(audit).where(audit.c.key > after).order_by(audit.c.key)
        with database.read() as connection:
            rows = connection.execute(wanted.limit(_AT_ONCE)).mappings().all()
        yield from map(dict, rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1]["key"]
