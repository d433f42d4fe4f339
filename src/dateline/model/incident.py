"""What is concluded across dispatches: incidents, and the verdicts they are computed from."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from dateline.model.event import Claim, Record
from dateline.model.values import Count, Party, Period, Place, Sourcing

T = TypeVar("T")


class Verdict(Enum):
    """Whether two claims tell of the same occurrence."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for (weight above 0) or against two claims telling of the same occurrence.

    `feature` is an entry of the weights file, `says` the values compared, in words.
    """

    feature: str
    weight: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on two claims (ids, the smaller first), by a machine or a person.

    `by` is "machine/REVISION" or "person/NAME"; a machine gives the `score` (the probability that
    they are the same) and its `reasons`.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    score: float | None = None
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not self.left < self.right:
            raise ValueError(f"claims out of order: {self.left!r}, {self.right!r}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Dispatches that count as one independent source: reprints and rewrites of one text.

    `documents` are ids, the likely original first; `why` tells what groups them, one sentence for
    each document but the first. The id is that of the original.
    """

    documents: tuple[str, ...]
    why: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the likely original."""
        return self.documents[0]


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """What one claim says of a slot: the value, who says so and when the dispatch appeared.

    `sources` are empty where the dispatch says it in its own voice. `voice` names what the telling
    rests on: the origin of the dispatch, or the common source that several dispatches quote; only
    different voices are independent.
    """

    value: T
    claim: str
    sources: tuple[Sourcing, ...] = ()
    publisher: str = ""
    published: date | None = None
    voice: str = ""


class Agreement(Enum):
    """How the tellings of a slot stand to each other."""

    SINGLE = "single"  # one telling
    AGREED = "agreed"  # they say the same or compatible things
    SERIES = "series"  # a figure that grew as more became known
    DISPUTED = "disputed"  # they contradict each other


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """The value that a policy makes of all tellings of a slot, which are kept."""

    value: T
    policy: str
    agreement: Agreement
    tellings: tuple[Telling[T], ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One occurrence as all dispatches together tell it.

    `id` stays when claims move; `merged` are ids of earlier incidents that now lead here. `claims`
    are ids, in the order of publication. `voices` counts the independent sources. `confidence` is
    from 0 to 1 and comes from the number and kind of the independent sources.
    """

    id: str
    claims: tuple[str, ...]
    type: Settled[str]
    status: Settled[str]
    mode: Settled[str] | None = None
    actors: tuple[Settled[Party], ...] = ()
    recipients: tuple[Settled[Party], ...] = ()
    places: tuple[Settled[Place], ...] = ()
    time: Settled[Period] | None = None
    counts: tuple[Settled[Count], ...] = ()
    voices: int = 1
    confidence: float = 0.5
    first_reported: date | None = None
    last_reported: date | None = None
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction between tellings of one incident.

    `slot` is what they disagree on ("killed", "actors", "places", "time", or "status": whether it
    happened at all); `sides` are the claims of each side; `weight` ranks conflicts (0 to 1).
    `answered` tells that a later claim of the first side keeps to its word after the denial.
    """

    incident: str
    slot: str
    says: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...]
    weight: float
    answered: bool = False


class Outcome(Enum):
    """What became of an announced act."""

    PENDING = "pending"
    FULFILLED = "fulfilled"
    LATE = "late"
    ABANDONED = "abandoned"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Commitment:
    """An announced act (the claim `promise`) and what became of it.

    `due` is the last day (ISO, at the precision told) by which it was to be done, None where not
    told; `evidence` are the claims that show the outcome; `says` tells it in a sentence.
    """

    promise: str
    outcome: Outcome
    due: str | None = None
    evidence: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a party did and what was done to it.

    `incidents` are ids in the order of their time; `roles` tell for each whether the party was its
    "actor", its "recipient" or "both". `first_reported` and `last_reported` are the days on which
    dispatches first and last told of any of them.
    """

    party: Party
    incidents: tuple[str, ...]
    roles: tuple[str, ...]
    first_reported: date | None = None
    last_reported: date | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Dispatches coded and linked: what exports and reports are made from.

    Records are in order of publication, then id; incidents in order of their time, then id.
    """

    records: tuple[Record, ...]
    incidents: tuple[Incident, ...] = ()
    origins: tuple[Origin, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    def claims(self) -> dict[str, tuple[Claim, Record]]:
        """Every claim with the record it is in, by id."""
        return {claim.id: (claim, record) for record in self.records for claim in record.claims}
