"""What the store tells beside records and incidents: who coded, when, with what result."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Coder:
    """The code that coded: its version, and digests of its configuration and its models.

    Records of equal coders for the same dispatch are the same, so the store keeps one.
    """

    version: str
    configuration: str = ""
    models: tuple[tuple[str, str], ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        key = json.dumps([self.version, self.configuration, sorted(self.models)])
        object.__setattr__(self, "id", sha256(key.encode()).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Run:
    """One go of a coder; `finished` is None while it works and where it was cut short.

    `added`, `known` (already there), `failed` and `claims` are counted so far.
    """

    id: int
    coder: Coder
    started: datetime
    finished: datetime | None = None
    added: int = 0
    known: int = 0
    failed: int = 0
    claims: int = 0


class Added(Enum):
    """What became of a record given to the store."""

    ADDED = "added"
    KNOWN = "already there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """A dispatch that a run could not code; `document` is its id, None where it had no text."""

    run: int
    name: str
    reason: str
    document: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Which dispatches, claims or incidents are wanted; what is None does not restrict.

    `country` is where it took place (ISO 3166-1 alpha-3). `actor` is part of the name of a party on
    either side, without regard to case and accents. `since` and `until` are days: what has a known
    time that may touch them. `text` are words of the dispatch ("in quotes": in this order).
    `voices` is the number of independent sources that an incident needs at least.
    """

    country: str | None = None
    actor: str | None = None
    type: str | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    voices: int | None = None
