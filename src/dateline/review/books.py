"""Where corrections are written down: the desk's own book, or a coder's private one."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.model import Document
from dateline.model.codec import decode_claims, decode_reading, text_of
from dateline.model.corrected import correct
from dateline.model.correction import Act, Correction
from dateline.store import counting, listed_claims, people, verdicts
from dateline.store.desk_tables import drafts
from dateline.store.sheets import Sheet, state_of


class Book(Protocol):
    """Reads a dispatch as corrected here, and takes corrections."""

    assignment: int | None

    def sheet(self, connection: sa.Connection, document: str) -> Sheet:
        """A dispatch with its claims."""

    def enter(self, connection: sa.Connection, correction: Correction, text: str) -> None:
        """Write a correction down."""


class DeskBook:
    """What counts for everybody."""

    assignment: int | None = None

    def sheet(self, connection: sa.Connection, document: str) -> Sheet:
        """A dispatch with its claims.

        Raises:
            HTTPException: There is none.
        """
        records = counting.counting(connection, [document])
        if not records:
            raise HTTPException(404, "There is no such dispatch.")
        return Sheet(records[0], people.corrected_view(connection, records)[0])

    def enter(self, connection: sa.Connection, correction: Correction, text: str) -> None:  # noqa: ARG002
        """Write a correction down."""
        verdicts.enter(connection, correction)
        listed_claims.renew(connection, verdicts.documents_about(correction))


class PrivateBook:
    """What one coder says in an assignment, unseen by others."""

    def __init__(self, assignment: int) -> None:
        self.assignment: int | None = assignment

    def sheet(self, connection: sa.Connection, document: str) -> Sheet:
        """The dispatch as it was coded, with what this coder corrected.

        Raises:
            HTTPException: There is none.
        """
        records = counting.counting(connection, [document])
        if not records:
            raise HTTPException(404, "There is no such dispatch.")
        (original,) = records
        wanted = sa.select(drafts.c.body).where(drafts.c.assignment == self.assignment)
        bodies = connection.execute(wanted.order_by(drafts.c.key)).scalars()
        said = [correction_of(json.loads(x), original.document) for x in bodies]
        return Sheet(original, correct(original, said, {}))

    def enter(self, connection: sa.Connection, correction: Correction, text: str) -> None:
        """Write a correction down."""
        body = text_of(with_time(correction, text))
        row = {"assignment": self.assignment, "body": body}
        connection.execute(sa.insert(drafts), [row])


def with_time(found: Correction, text: str) -> dict[str, Any]:
    """A correction as plain values."""
    at = found.at or datetime.now(UTC)
    return state_of(found, text) | {"at": at.isoformat()}


def correction_of(told: dict[str, Any], document: Document) -> Correction:
    """The correction of such values."""
    return Correction(
        told["claim"],
        told["slot"],
        tuple(decode_reading(x, told["slot"], document.text) for x in told["readings"]),
        told["by"],
        told["why"],
        datetime.fromisoformat(told["at"]),
        Act(told["act"]),
        decode_claims(told["claims"], document),
        told["into"],
    )
