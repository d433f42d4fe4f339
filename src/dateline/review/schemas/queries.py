"""What lists can be asked for: only these filters, in only these orders."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.review.schemas.shared import ClaimType, State, Status, Verdict

MOST = 200  # entries of a page

Words = Annotated[str, Field(max_length=300)]
Country = Annotated[str, Field(max_length=3)]
_SEVERAL = 30


class Paged(BaseModel):
    """Which page of a list. A filter that is not known is refused."""

    model_config = ConfigDict(extra="forbid")

    cursor: Annotated[str, Field(max_length=200)] = Field(
        "", description="`next` or `previous` of another page; empty for the first."
    )
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class ClaimQuery(Paged):
    """Which claims; several values of a filter are alternatives."""

    state: Annotated[list[State | Literal["done", "all"]], Field(max_length=_SEVERAL)] = Field(
        ["open"], description="done: accepted, edited, added, rejected or merged."
    )
    type: Annotated[list[ClaimType], Field(max_length=_SEVERAL)] = []
    status: Annotated[list[Status], Field(max_length=_SEVERAL)] = []
    country: Annotated[list[Country], Field(max_length=_SEVERAL)] = []
    publisher: Annotated[list[Words], Field(max_length=_SEVERAL)] = []
    document: Words = ""
    q: Words = Field("", description='Words of the dispatch; "in quotes": in this order.')
    actor: Words = Field("", description="Part of the name of a party.")
    since: date | None = None
    until: date | None = None
    sort: Literal["published", "score", "type", "country", "start"] = "published"
    order: Literal["asc", "desc"] = "asc"


class IncidentFilter(BaseModel):
    """Which incidents; several values of a filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[list[ClaimType], Field(max_length=_SEVERAL)] = []
    status: Annotated[list[Status], Field(max_length=_SEVERAL)] = []
    country: Annotated[list[Country], Field(max_length=_SEVERAL)] = []
    disputed: Annotated[list[Words], Field(max_length=_SEVERAL)] = Field(
        [], description='Slots that dispatches contradict each other in; "any", "none".'
    )
    level: Annotated[list[Words], Field(max_length=_SEVERAL)] = []
    q: Words = Field("", description='Words of its dispatches; "in quotes": in this order.')
    actor: Words = Field("", description="Part of the name of a party on either side.")
    since: date | None = None
    until: date | None = None
    voices: Annotated[int, Field(ge=1, le=1000)] = 1
    west: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    south: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    east: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    north: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None


class IncidentQuery(IncidentFilter, Paged):
    """Which incidents, in which order."""

    sort: Literal[
        "start", "first_reported", "last_reported", "voices", "confidence", "type", "country",
        "killed", "claims",
    ] = "start"  # fmt: skip
    order: Literal["asc", "desc"] = "desc"


class PointQuery(IncidentFilter):
    """Which incidents for the map and the timeline."""

    limit: Annotated[int, Field(ge=1, le=50_000)] = 20_000


class PairQuery(Paged):
    """Which pairs of claims, the most doubtful first."""

    state: Literal["open", "judged", "all"] = "open"
    verdict: Annotated[list[Verdict], Field(max_length=3)] = Field(
        [], description="The machine's while open, else that of people."
    )
    claim: Annotated[str, Field(max_length=400)] = ""


class LedgerQuery(IncidentFilter, Paged):
    """Which incidents in the ledger, disputed ones first, the weightiest before."""


class ActorQuery(Paged):
    """Which parties, the busiest first."""

    q: Words = ""
    country: Annotated[list[Country], Field(max_length=_SEVERAL)] = []
    sector: Annotated[list[Country], Field(max_length=_SEVERAL)] = []


class PlanQuery(Paged):
    """Which plans, those pending first, then the newest."""

    outcome: Annotated[
        list[Literal["pending", "fulfilled", "late", "abandoned", "contradicted"]],
        Field(max_length=5),
    ] = []


class DocumentQuery(Paged):
    """Which dispatches, the newest first."""

    q: Words = ""
    publisher: Annotated[list[Words], Field(max_length=_SEVERAL)] = []
    state: Literal["open", "finished", "all"] = "all"
    run: Annotated[int, Field(ge=0, le=2**31)] = 0
    since: date | None = None
    until: date | None = None


class FailureQuery(Paged):
    """Which failures, the newest first."""

    run: Annotated[int, Field(ge=0, le=2**31)] = 0


class HistoryQuery(Paged):
    """Whose commands, the newest first."""

    mine: bool = False
    document: Words = ""


class AuditQuery(Paged):
    """Which entries of the log, the newest first."""

    by: Words = ""
    act: Words = ""
    target: Annotated[str, Field(max_length=400)] = ""


class AssignmentQuery(Paged):
    """Whose assignments."""

    mine: bool = False
    state: Annotated[
        list[Literal["to-do", "in-progress", "done", "cancelled"]], Field(max_length=4)
    ] = []


class DifferenceQuery(Paged):
    """Which differences between coders."""

    settled: bool = False
    document: Words = ""
