"""What one dispatch claims to have happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from dateline.model.annotation import Annotation
from dateline.model.document import Document
from dateline.model.finding import Finding
from dateline.model.span import Span
from dateline.model.values import Count, Party, Period, Place, Sourcing

T = TypeVar("T")

SLOTS = ("mode", "status", "actors", "recipients", "places", "time", "counts", "sources")


class Basis(Enum):
    """How a value came to be in the record."""

    STATED = "stated"  # the words say it
    INFERRED = "inferred"  # worked out from words that imply it
    ASSUMED = "assumed"  # a default; no words support it


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value read from the text, the words it rests on, and what found it.

    `score` is the probability that a model gives the value, None where no model was asked.

    >>> Reading(3, Basis.STATED)
    Traceback (most recent call last):
        ...
    ValueError: a stated value must point at the words that state it
    """

    value: T
    basis: Basis
    evidence: tuple[Span, ...] = ()
    found_by: str = ""
    score: float | None = None

    def __post_init__(self) -> None:
        if self.basis is Basis.STATED and not self.evidence:
            raise ValueError("a stated value must point at the words that state it")


@dataclass(frozen=True, slots=True)
class Slots:
    """What is told of an event beside its type: the slots of the coding guidelines."""

    status: Reading[str]
    mode: Reading[str] | None = None
    actors: tuple[Reading[Party], ...] = ()
    recipients: tuple[Reading[Party], ...] = ()
    places: tuple[Reading[Place], ...] = ()
    time: Reading[Period] | None = None
    counts: tuple[Reading[Count], ...] = ()
    sources: tuple[Reading[Sourcing], ...] = ()


@dataclass(frozen=True, slots=True)
class EventMention(Annotation):
    """One trigger and what its surroundings tell of the event.

    `head` is the trigger's token index, `score` the probability that it names an event of `type`.
    """

    head: int
    type: str
    slots: Slots
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """That, according to one document, an event of this type took place (or is planned, denied …).

    `type` rests on the trigger; `mentions` are the triggers of further mentions of the same event.
    """

    document_id: str
    type: Reading[str]
    slots: Slots
    mentions: tuple[Span, ...] = ()

    @property
    def trigger(self) -> Span:
        """The words that best name the event."""
        return self.type.evidence[0]

    @property
    def id(self) -> str:
        """Stable across runs: where the claim is and what type it is."""
        return f"{self.document_id}:{self.trigger.start}-{self.trigger.end}:{self.type.value}"

    def readings(self) -> Iterator[tuple[str, Reading[Any]]]:
        """Every value with the name of its slot, type first."""
        yield "type", self.type
        for slot in SLOTS:
            found = getattr(self.slots, slot)
            for reading in found if isinstance(found, tuple) else (found,):
                if reading is not None:
                    yield slot, reading

    @property
    def status(self) -> Reading[str]:
        """Whether it happened: one of `STATUSES`."""
        return self.slots.status

    @property
    def mode(self) -> Reading[str] | None:
        """How it was done, where the dispatch tells."""
        return self.slots.mode

    @property
    def actors(self) -> tuple[Reading[Party], ...]:
        """Who did it."""
        return self.slots.actors

    @property
    def recipients(self) -> tuple[Reading[Party], ...]:
        """To whom."""
        return self.slots.recipients

    @property
    def places(self) -> tuple[Reading[Place], ...]:
        """Where."""
        return self.slots.places

    @property
    def time(self) -> Reading[Period] | None:
        """When, where the dispatch tells."""
        return self.slots.time

    @property
    def counts(self) -> tuple[Reading[Count], ...]:
        """How many, per kind of toll."""
        return self.slots.counts

    @property
    def sources(self) -> tuple[Reading[Sourcing], ...]:
        """According to whom; empty where the dispatch says it in its own voice."""
        return self.slots.sources


@dataclass(frozen=True, slots=True)
class Record:
    """One dispatch, coded: its claims, or the reason (`problem`) why there are none.

    `notes` tell what was left out and why: a dropped sentence, a value that could not be read.
    `written` is when an undated dispatch was written, as far as its words tell; `findings` are the
    contradictions that the checks found in it.
    """

    document: Document
    claims: tuple[Claim, ...] = ()
    problem: str | None = None
    notes: tuple[str, ...] = ()
    written: Reading[Period] | None = None
    findings: tuple[Finding, ...] = ()
