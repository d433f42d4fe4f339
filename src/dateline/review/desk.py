"""What the server works with: a store, and who may use it."""

import secrets
import threading
from dataclasses import dataclass, field

from fastapi import HTTPException

from dateline.review.accounts import Accounts, Caller
from dateline.review.schemas.shared import Right
from dateline.store import Store, desk_reads
from dateline.store.sheets import Sheet


@dataclass
class Settings:
    """How the desk is served.

    Without accounts (`team` off) whoever has the launch `token` is the `person` who owns the desk.
    `hosts` are the names by which it may be called; `secure` tells that a proxy speaks TLS.
    """

    team: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    person: str = "editor"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    sample: bool = False


class Desk:
    """A store as the desk serves it. Methods may be called by several threads."""

    def __init__(self, store: Store, settings: Settings | None = None) -> None:
        self.store = store
        self.settings = settings or Settings()
        self.accounts = Accounts(store.database)
        self._lock = threading.RLock()

    def sheet(self, document: str) -> Sheet:
        """A dispatch with its claims.

        Raises:
            HTTPException: There is none.
        """
        for original, corrected in desk_reads.corrected(self.store.database, [document]):
            return Sheet(original, corrected)
        raise HTTPException(404, "There is no such dispatch.")

    def sheets(self, documents: "set[str]") -> dict[str, Sheet]:
        """Several dispatches with their claims."""
        found = desk_reads.corrected(self.store.database, documents)
        return {x.document.id: Sheet(x, corrected) for x, corrected in found}

    def conclude(self) -> tuple[str, ...]:
        """Bring incidents up to date with what people did; the ids of those that changed."""
        from dateline.corpus import conclude

        with self._lock:
            return conclude(self.store).incidents


def sees_people(caller: Caller) -> bool:
    """Whether a caller may know who did what."""
    return Right.people in caller.rights
