"""The queue, dispatches and their claims, and what people change in them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from dateline.review.schemas.shared import (
    ClaimType,
    Count,
    Id,
    Name,
    Note,
    Page,
    Party,
    Period,
    Place,
    Reading,
    Sent,
    Slot,
    Sourcing,
    Span,
    State,
    Status,
)

_MOST = 50  # values of a slot, claims of a split
_BATCH = 500  # commands at once


class QueueItem(BaseModel):
    """A claim in the queue, with enough of it to choose it by.

    `quote` is the sentence around its trigger, `trigger` where the trigger is in that sentence.
    `score` is how sure the machine is of it (0 to 1), null where no model was asked.
    """

    id: str
    version: str
    state: State
    document: str
    title: str
    publisher: str
    published: date | None
    type: str
    mode: str | None
    status: str
    start: date | None
    end: date | None
    country: str | None
    lat: float | None
    lon: float | None
    score: float | None
    quote: str
    trigger: Span
    says: str = Field(description="The claim in a line: who, what, to whom, where.")


QueuePage = Page[QueueItem]


class Review(BaseModel):
    """What people did with a claim; the names are empty for those who may not see them."""

    state: State
    by: str = ""
    at: datetime | None = None
    why: str = ""
    slots: dict[str, str] = Field(
        default_factory=dict, description="Slots that a person set, and who."
    )


class Claim(BaseModel):
    """A claim as corrected. `version` goes into If-Match of a command about it."""

    id: str
    version: str
    review: Review
    says: str
    type: Reading[str]
    mode: Reading[str] | None
    status: Reading[str]
    actors: list[Reading[Party]]
    recipients: list[Reading[Party]]
    places: list[Reading[Place]]
    time: Reading[Period] | None
    counts: list[Reading[Count]]
    sources: list[Reading[Sourcing]]
    mentions: list[Span]
    incident: str | None = Field(None, description="The incident that it is part of.")


class Finding(BaseModel):
    """What a check found wrong in a dispatch."""

    rule: str
    says: str
    score: float
    words: list[Span]


class DocumentRow(BaseModel):
    """A dispatch in a list. `reviewed` counts claims that a person accepted, edited or added."""

    id: str
    name: str
    title: str
    publisher: str
    url: str
    published: date | None
    run: int
    claims: int
    open: int
    reviewed: int
    rejected: int


class Document(BaseModel):
    """A dispatch with its text, verbatim, and its claims as corrected.

    `gone` are claims that people rejected or merged into others, as they were.
    `original` are the claims as the machine coded them.
    """

    id: str
    name: str
    title: str
    publisher: str
    url: str
    published: date | None
    sha256: str = Field(description="Of the text as UTF-8.")
    run: int
    notes: list[str]
    text: str
    written: Reading[Period] | None
    findings: list[Finding]
    claims: list[Claim]
    gone: list[Claim]
    original: list[Claim]
    origin: list[str] = Field(
        description="Other dispatches that count as one source with it; the likely original first."
    )
    assignment: int | None = Field(None, description="Whose private coding this is, if any.")


class ClaimPlace(BaseModel):
    """Where a claim is: its dispatch, and its id as of now (which changes with its type)."""

    claim: str
    document: Document


class SentReading(Sent):
    """A value as a person gives it. Without evidence it counts as inferred.

    For type, mode and status `value` is a text, else an object like that of the slot.
    """

    value: str | dict[str, Any]
    evidence: Annotated[list[Span], Field(max_length=_MOST)] = Field([])


class SentClaim(Sent):
    """A claim as a person gives it: `trigger` are the words that name the event."""

    trigger: Span
    type: ClaimType
    status: Status = "actual"
    mode: Name | None = None
    actors: Annotated[list[SentReading], Field(max_length=_MOST)] = Field([])
    recipients: Annotated[list[SentReading], Field(max_length=_MOST)] = Field([])
    places: Annotated[list[SentReading], Field(max_length=_MOST)] = Field([])
    time: SentReading | None = None
    counts: Annotated[list[SentReading], Field(max_length=_MOST)] = Field([])
    sources: Annotated[list[SentReading], Field(max_length=_MOST)] = Field([])
    mentions: Annotated[list[Span], Field(max_length=_MOST)] = Field([])


Act = Literal["accept", "reject", "edit", "split", "merge", "add", "reopen"]


class Command(Sent):
    """One change of a claim.

    | act | fields |
    |---|---|
    | accept | `claim`; `slot` to accept one slot only |
    | reject | `claim` |
    | edit | `claim`, `slot`, `readings` (none: the slot is empty) |
    | split | `claim`, `claims`: two or more that stand in its place |
    | merge | `claim`, `into`: the claim of the same dispatch that stays |
    | add | `document`, `claims`: exactly one |
    | reopen | `claim`; `slot` to take back one slot only |
    """

    act: Act
    claim: Id = ""
    document: Id = ""
    slot: Slot | None = None
    readings: Annotated[list[SentReading], Field(max_length=_MOST)] = Field([])
    claims: Annotated[list[SentClaim], Field(max_length=_MOST)] = Field([])
    into: Id = ""
    why: Note = ""
    assignment: Annotated[int, Field(ge=1, le=2**31)] | None = Field(
        None, description="Change the private coding of this assignment, not the desk's."
    )


class BatchPart(Command):
    """A change in a batch, with the version that it was made on."""

    version: Annotated[str, Field(max_length=100)] = ""


class Batch(Sent):
    """Changes that are made, and undone, together: all or none."""

    commands: Annotated[list[BatchPart], Field(min_length=1, max_length=_BATCH)]
    why: Note = ""


class Done(BaseModel):
    """A change that was made: its number in the history, and what it left."""

    command: int
    says: str
    claims: list[str] = Field(description="Ids of the claims to go on with, as they are now.")
    document: Document | None = Field(None, description="The dispatch as it is now, if one.")
    incidents: list[str] = Field(description="Incidents that changed.")
    undo: bool = Field(description="Whether there is something to undo.")
    redo: bool = Field(description="Whether there is something to redo.")


class HistoryEntry(BaseModel):
    """A command, newest first. `undone` by a later undo; `kind` tells undo and redo themselves."""

    id: int
    kind: Literal["do", "undo", "redo"]
    act: str
    says: str
    by: str
    at: datetime
    why: str
    target: str = Field(description="Claim, pair or incident.")
    document: str | None
    undone: bool


HistoryPage = Page[HistoryEntry]


class Run(BaseModel):
    """One go of a coder; `finished` is null while it works and where it was cut short."""

    id: int
    version: str
    configuration: str
    models: dict[str, str]
    coder: str
    started: datetime
    finished: datetime | None
    added: int
    known: int
    failed: int
    claims: int


class Failure(BaseModel):
    """A dispatch that a run could not code."""

    run: int
    document: str | None
    name: str
    reason: str
    notes: list[str]
