"""Incidents, pairs, the ledger, actors and plans: what dispatches tell together."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from dateline.review.schemas.claims import Claim
from dateline.review.schemas.shared import (
    Id,
    Note,
    Page,
    Party,
    Sent,
    Sourcing,
    Span,
    Verdict,
)

Agreement = Literal["single", "agreed", "series", "disputed"]


class Toll(BaseModel):
    """A settled figure; null where not told."""

    kind: str
    who: str
    low: int | None
    best: int | None
    high: int | None
    says: str


class IncidentRow(BaseModel):
    """An incident by its settled values. `radius` (km) tells how precise the point is."""

    id: str
    says: str = Field(description="One sentence.")
    type: str
    mode: str | None
    status: str
    start: date | None
    end: date | None
    when: str = Field(description="The time at the precision told.")
    country: str | None
    place: str
    level: str | None
    lat: float | None
    lon: float | None
    radius: float | None
    actors: list[str]
    recipients: list[str]
    tolls: list[Toll]
    claims: int
    voices: int
    confidence: float
    first_reported: date | None
    last_reported: date | None
    disputed: list[str]


IncidentPage = Page[IncidentRow]


class Telling(BaseModel):
    """What one claim says of a slot; equal `voice`s are not independent."""

    value: Any
    says: str
    claim: str
    document: str
    sources: list[Sourcing]
    publisher: str
    published: date | None
    voice: str


class Settled(BaseModel):
    """The value that a policy makes of all tellings of a slot; of tolls, `slot` is the kind."""

    slot: str
    value: Any
    says: str
    policy: str
    agreement: Agreement
    tellings: list[Telling]


class Dispute(BaseModel):
    """A contradiction: what each side says, and its claims."""

    incident: str
    slot: str
    says: list[str]
    sides: list[list[str]]
    weight: float
    answered: bool


class Plan(BaseModel):
    """An announced act and what became of it."""

    id: str = Field(description="The claim that announces it.")
    says: str
    outcome: Literal["pending", "fulfilled", "late", "abandoned", "contradicted"]
    due: str | None
    document: str
    title: str
    published: date | None
    type: str
    actors: list[str]
    quote: str
    evidence: list["Telltale"]


class Telltale(BaseModel):
    """A claim that shows an outcome."""

    claim: str
    document: str
    title: str
    published: date | None
    quote: str
    incident: str | None


PlanPage = Page[Plan]


class Excerpt(BaseModel):
    """A claim with the sentence it stands in, and where its dispatch came from.

    `offset` is where `quote` begins in the text: spans of the claim less it are those of the quote.
    """

    claim: Claim
    document: str
    title: str
    publisher: str
    published: date | None
    quote: str
    offset: int


class Incident(BaseModel):
    """An incident with every telling behind each settled value."""

    row: IncidentRow
    policy: str
    slots: list[Settled]
    claims: list[Excerpt]
    disputes: list[Dispute]
    plans: list[Plan]
    origins: list[list[str]] = Field(description="Dispatches that count as one source, grouped.")
    merged: list[str] = Field(description="Earlier incidents that lead here.")


class IncidentBatch(Sent):
    """Something done with several incidents, undone together.

    accept and reject are of all their claims; same tells that all are one occurrence; apart that
    `claims` (of one incident) tell of another occurrence than its other claims.
    """

    act: Literal["accept", "reject", "same", "apart"]
    incidents: Annotated[list[Id], Field(min_length=1, max_length=100)]
    claims: Annotated[list[Id], Field(max_length=500)] = Field([])
    why: Note = ""


class Points(BaseModel):
    """Incidents as columns, one place in each for one incident: for the map and the timeline.

    Days are numbers of days since 1970-01-01, null where not told; `type`, `status`, `level` and
    `country` are places in `types`, `statuses`, `levels` and `countries`. Without coordinates
    `lat` and `lon` are null: such incidents are on the timeline only.
    """

    total: int
    ids: list[str]
    lat: list[float | None]
    lon: list[float | None]
    radius: list[float | None]
    start: list[int | None]
    end: list[int | None]
    type: list[int]
    status: list[int]
    level: list[int]
    country: list[int]
    confidence: list[float]
    types: list[str]
    statuses: list[str]
    levels: list[str]
    countries: list[str]


class Reason(BaseModel):
    """What speaks for (weight above 0) or against two claims being the same."""

    feature: str
    weight: float
    says: str


class Pair(BaseModel):
    """Two claims that may tell of the same occurrence. `version` goes into If-Match."""

    id: str
    version: str
    left: Excerpt
    right: Excerpt
    together: bool = Field(description="Whether they are in one incident now.")
    machine: Verdict
    score: float | None
    supports: list[Reason] = Field(description="For the same, the weightiest first.")
    opposes: list[Reason] = Field(description="Against it, the weightiest first.")
    verdict: Verdict | None = Field(description="What people say of it.")
    by: str
    at: datetime | None


PairPage = Page[Pair]


class SentVerdict(Sent):
    """A person's verdict on two claims."""

    left: Id
    right: Id
    verdict: Verdict
    why: Note = ""


class Line(BaseModel):
    """What one source says in one claim. `partisan`: the source is itself a party to the event."""

    claim: str
    type: str
    mode: str
    status: str
    source: str
    stance: str
    partisan: bool
    figure: str
    words: list[str]
    sentence: str
    publisher: str
    published: date | None
    document: str
    name: str


class LedgerEntry(BaseModel):
    """All lines of one incident, and what they contradict each other in."""

    incident: IncidentRow
    disputes: list[Dispute]
    lines: list[Line]


LedgerPage = Page[LedgerEntry]


class ActorRow(BaseModel):
    """A named party."""

    id: str = Field(description="The name without case and accents; for the path.")
    name: str
    country: str | None
    sector: str | None
    incidents: int
    as_actor: int
    as_recipient: int
    first_reported: date | None
    last_reported: date | None


ActorPage = Page[ActorRow]


class ActorEvent(BaseModel):
    """An incident on a party's timeline."""

    role: Literal["actor", "recipient", "both"]
    incident: IncidentRow


class Actor(BaseModel):
    """A named party: what it is called, what it did and what was done to it."""

    row: ActorRow
    aliases: list[str] = Field(description="Other names in the actor base.")
    called: list[str] = Field(description="Words by which dispatches name it.")
    timeline: list[ActorEvent]
    more: int = Field(description="Incidents beyond those on the timeline given here.")
    neighbours: list["Edge"]


class Edge(BaseModel):
    """Two parties in the same incidents, and on which sides they stood there."""

    source: str
    target: str
    incidents: int
    against: int = Field(description="One acted, the other was acted on.")
    beside: int = Field(description="Both on the same side.")


class Node(BaseModel):
    """A party in the network."""

    id: str
    name: str
    party: Party
    incidents: int


class Network(BaseModel):
    """The busiest parties and what ties them."""

    nodes: list[Node]
    edges: list[Edge]
    left_out: int


class SearchHit(BaseModel):
    """A dispatch that holds the words looked for."""

    document: str
    title: str
    publisher: str
    published: date | None
    excerpt: str
    words: list[Span]
