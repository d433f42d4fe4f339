"""Undo, redo and the history of commands."""

import json
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.review import paging
from dateline.review.accounts import Caller
from dateline.review.commands import Made, restore, run
from dateline.review.desk import Desk
from dateline.review.schemas.claims import Done, HistoryEntry
from dateline.review.schemas.queries import HistoryQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_log
from dateline.store.desk_tables import commands


def undo(desk: Desk, caller: Caller) -> Done:
    """Take back one's last command.

    Raises:
        HTTPException: There is none.
        StaleError: Others have built on it.
    """
    return _again(desk, caller, "undo")


def redo(desk: Desk, caller: Caller) -> Done:
    """Do again what one undid last.

    Raises:
        HTTPException: There is none.
        StaleError: Others have changed the same.
    """
    return _again(desk, caller, "redo")


def can(desk: Desk, caller: Caller) -> tuple[bool, bool]:
    """Whether there is something to undo, and to redo."""
    with desk.store.database.read() as connection:
        done, undone = desk_log.stacks(connection, caller.by)
    return bool(done), bool(undone)


def page(desk: Desk, wanted: HistoryQuery, caller: Caller) -> Page[HistoryEntry]:
    """Commands, newest first."""
    conditions = []
    if wanted.mine:
        conditions.append(commands.c.by == caller.by)
    if wanted.document:
        conditions.append(commands.c.document == wanted.document)
    found = sa.select(commands).where(*conditions).order_by(commands.c.key.desc())
    count = sa.select(sa.func.count()).select_from(commands).where(*conditions)
    with desk.store.database.read() as connection:
        total = connection.execute(count).scalar_one()
        rows = connection.execute(found.offset(paging.offset(wanted)).limit(wanted.limit)).all()
        gone = desk_log.undone(connection, [x.key for x in rows])
    items = [_entry(x, gone) for x in rows]
    return Page[HistoryEntry].model_construct(**paging.page(wanted, items, total))


def _again(desk: Desk, caller: Caller, kind: str) -> Done:
    with desk.store.database.read() as connection:
        done, undone = desk_log.stacks(connection, caller.by)
        numbers = done if kind == "undo" else undone
        if not numbers:
            raise HTTPException(409, f"There is nothing to {kind}.")
        row = desk_log.command(connection, numbers[-1])
    way = ("after", "before") if kind == "undo" else ("before", "after")

    def work(connection: sa.Connection) -> Made:
        left, right = desk_log.stacks(connection, caller.by)
        if (left if kind == "undo" else right)[-1:] != [row.key]:
            raise HTTPException(409, f"The last command is another by now; {kind} again.")
        body = json.loads(row.body)
        if kind == "undo":
            body |= {"claims": body["claims"][::-1], "pairs": body["pairs"][::-1]}
        return restore(connection, caller, body, way, f"{kind} of {row.key}")

    return run(desk, caller, work, (kind, row.act, row.why), row.key)


def _entry(row: Any, gone: set[int]) -> HistoryEntry:
    return HistoryEntry.model_construct(
        id=row.key,
        kind=row.kind,
        act=row.act,
        says=row.says,
        by=row.by.partition("/")[2],
        at=row.at,
        why=row.why,
        target=row.target,
        document=row.document or None,
        undone=row.key in gone,
    )
