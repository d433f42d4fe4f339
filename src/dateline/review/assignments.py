"""Dispatches given to people to code on their own."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.review import paging
from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.drafts import own
from dateline.review.schemas import desk as out
from dateline.review.schemas.queries import AssignmentQuery
from dateline.review.schemas.shared import Page, Right
from dateline.store import desk_documents, desk_log
from dateline.store.desk_tables import assignments, users


def page(desk: Desk, wanted: AssignmentQuery, caller: Caller) -> Page[out.Assignment]:
    """A page of assignments: a reviewer sees all, a coder their own."""
    found = sa.select(assignments).order_by(assignments.c.key)
    if wanted.mine or Right.review not in caller.rights:
        found = found.where(assignments.c.coder == caller.name)
    with desk.store.database.read() as connection:
        rows = connection.execute(found).all()
    facets = {"state": _counted(rows, "state"), "coder": _counted(rows, "coder")}
    if wanted.state:
        rows = [x for x in rows if x.state in wanted.state]
    items = _shown(desk, paging.window(wanted, rows))
    return Page[out.Assignment].model_construct(**paging.page(wanted, items, len(rows), facets))


def assign(desk: Desk, sent: out.SentAssignments, caller: Caller) -> list[out.Assignment]:
    """Give dispatches to people, in turn.

    Raises:
        HTTPException: There is no such dispatch or coder, or nothing to give.
    """
    now = datetime.now(UTC)
    coders = list(dict.fromkeys(sent.coders))
    if sent.each > len(coders):
        raise HTTPException(422, "each: there are not so many coders")
    with desk.store.database.write() as connection:
        desk_log.lock(connection)
        _known_coders(desk, connection, coders)
        documents = _documents(connection, sent)
        rows = []
        for number, document in enumerate(documents):
            turn = [coders[(number + n) % len(coders)] for n in range(sent.each)]
            rows += [{
                "document": document, "coder": coder, "state": "to-do", "by": caller.by,
                "note": sent.note, "created": now, "changed": now, "due": sent.due,
            } for coder in turn if not _has(connection, document, coder)]  # fmt: skip
        if not rows:
            raise HTTPException(422, "documents: these coders have them all already")
        keys = []
        for row in rows:
            done = sa.insert(assignments).values(row).returning(assignments.c.key)
            keys.append(connection.execute(done).scalar_one())
            event = desk_log.Event(caller.by, "assign", str(row["document"]), None, row["coder"])
            desk_log.record(connection, event)
        wanted = sa.select(assignments).where(assignments.c.key.in_(keys))
        made = connection.execute(wanted.order_by(assignments.c.key)).all()
    return _shown(desk, made)


def change(desk: Desk, number: int, sent: out.SentState, caller: Caller) -> out.Assignment:
    """Tell how far an assignment is."""
    if not 0 < number < 2**31:
        raise HTTPException(404, "There is no such assignment.")
    with desk.store.database.write() as connection:
        desk_log.lock(connection)
        row = own(connection, number, caller)
        mine = assignments.c.key == number
        values = {"state": sent.state, "changed": datetime.now(UTC)}
        connection.execute(sa.update(assignments).where(mine).values(values))
        event = desk_log.Event(caller.by, "assignment", str(number), row.state, sent.state)
        desk_log.record(connection, event)
        changed = connection.execute(sa.select(assignments).where(mine)).all()
    return _shown(desk, changed)[0]


def _known_coders(desk: Desk, connection: sa.Connection, coders: Sequence[str]) -> None:
    if not desk.settings.team:
        return  # one person may code for several, to try it
    wanted = sa.select(users.c.name).where(users.c.active == 1)
    unknown = set(coders) - set(connection.execute(wanted).scalars())
    if unknown:
        raise HTTPException(422, f"coders: no account is called {', '.join(sorted(unknown))}")


def _documents(connection: sa.Connection, sent: out.SentAssignments) -> list[str]:
    if sent.documents:
        unknown = desk_documents.unknown(connection, sent.documents)
        if unknown:
            raise HTTPException(404, f"There is no dispatch {min(unknown)}.")
        return list(dict.fromkeys(sent.documents))
    given = set(connection.execute(sa.select(assignments.c.document).distinct()).scalars())
    free = [x for x in desk_documents.names(connection) if x not in given]
    return random.sample(free, min(sent.sample, len(free)))


def _has(connection: sa.Connection, document: str, coder: str) -> bool:
    wanted = sa.select(assignments.c.key).where(
        assignments.c.document == document,
        assignments.c.coder == coder,
        assignments.c.state != "cancelled",
    )
    return connection.execute(wanted).first() is not None


def _counted(rows: Sequence[Any], name: str) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[getattr(row, name)] = counts.get(getattr(row, name), 0) + 1
    return sorted(counts.items())


def _shown(desk: Desk, rows: Sequence[Any]) -> list[out.Assignment]:
    sheets = desk.sheets({x.document for x in rows})
    found = []
    for row in rows:
        sheet = sheets.get(row.document)
        document = sheet.original.document if sheet else None
        found.append(
            out.Assignment(
                id=row.key,
                document=row.document,
                title=(document.title or document.name) if document else "",
                published=document.published if document else None,
                coder=row.coder,
                state=row.state,
                by=row.by.partition("/")[2],
                created=row.created,
                changed=row.changed,
                due=row.due,
                note=row.note,
            )
        )
    return found
