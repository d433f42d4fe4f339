"""The private codings of assignments."""

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.review.accounts import Caller
from dateline.review.books import Book, DeskBook, PrivateBook
from dateline.review.desk import Desk
from dateline.review.schemas.shared import Right
from dateline.store.desk_tables import assignments
from dateline.store.sheets import Sheet


def drafted(desk: Desk, sheet: Sheet, assignment: int, caller: Caller) -> Sheet:
    """A dispatch as an assignment's coder has it.

    Raises:
        HTTPException: It is not the caller's, or of another dispatch.
    """
    document = sheet.original.document.id
    with desk.store.database.read() as connection:
        row = own(connection, assignment, caller)
        if row.document != document:
            raise HTTPException(404, "The assignment is of another dispatch.")
        return PrivateBook(assignment).sheet(connection, document)


def own(connection: sa.Connection, assignment: int, caller: Caller) -> sa.Row[tuple[object, ...]]:
    """An assignment that the caller may see: their own, or any for a reviewer.

    Raises:
        HTTPException: There is none.
    """
    wanted = sa.select(assignments).where(assignments.c.key == assignment)
    row = connection.execute(wanted).first()
    if row is None or (row.coder != caller.name and Right.review not in caller.rights):
        raise HTTPException(404, "There is no such assignment.")
    return row


def book_of(connection: sa.Connection, assignment: int | None, caller: Caller) -> Book:
    """Where a caller's corrections go.

    Raises:
        HTTPException: The assignment is somebody else's, or sealed.
    """
    if assignment is None:
        return DeskBook()
    row = own(connection, assignment, caller)
    if row.coder != caller.name:
        raise HTTPException(403, "The assignment is somebody else's.")
    if row.state in {"done", "cancelled"}:
        raise HTTPException(403, f"The assignment is {row.state}; reopen it to go on.")
    return PrivateBook(assignment)
