"""Parts that several answers share."""

from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

MOST_WORDS = 4000  # characters of a text that a person enters
Note = Annotated[str, Field(max_length=MOST_WORDS)]
Name = Annotated[str, Field(max_length=400)]
Id = Annotated[str, Field(max_length=400)]

ClaimType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "ongoing", "planned", "alleged", "hypothetical", "negated"]
Stance = Literal["reports", "announces", "claims-responsibility", "alleges", "confirms", "denies"]
Kind = Literal[
    "killed", "injured", "abducted", "detained", "displaced", "participants", "forces"
]  # fmt: skip
Level = Literal["site", "town", "adm2", "adm1", "region", "country", "border", "sea"]
Slot = Literal[
    "type", "mode", "status", "actors", "recipients", "places", "time", "counts", "sources"
]  # fmt: skip
Verdict = Literal["same", "different", "unsure"]
State = Literal["open", "accepted", "edited", "added", "rejected", "merged"]


class Role(StrEnum):
    """What an account may do: each also what those before it may.

    From a `data-viewer` the names of those who worked on the data are hidden.
    """

    data_viewer = "data-viewer"
    viewer = "viewer"
    coder = "coder"
    reviewer = "reviewer"
    owner = "owner"


class Right(StrEnum):
    """Single permissions, as the roles hold them."""

    read = "read"
    people = "people"
    code = "code"
    review = "review"
    manage = "manage"


class Sent(BaseModel):
    """A body that a client sends: a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


class Conflict(BaseModel):
    """A change was made on a version that is no longer the newest; nothing was changed or lost."""

    detail: str
    version: str = Field("", description="The version as it is now; send it as If-Match.")
    current: Any = Field(None, description="What was to be changed, as it is now, if it is known.")


class FacetValue(BaseModel):
    """One value to filter by, and how many entries it would leave."""

    value: str
    count: int


class Page(BaseModel, Generic[T]):
    """Some entries of a list. `next` and `previous` go into `cursor`; null at either end."""

    items: list[T]
    total: int
    next: str | None = None
    previous: str | None = None
    facets: dict[str, list[FacetValue]] = Field(
        default_factory=dict,
        description="By filter: values with what each would leave, the filter itself left open.",
    )


class Span(BaseModel):
    """Characters from `start` up to, but not including, `end`: code points, not UTF-16 units."""

    start: int = Field(ge=0, le=2**31)
    end: int = Field(ge=0, le=2**31)


class Party(BaseModel):
    """Who acts or is acted on; `country` is ISO 3166-1 alpha-3 or INT, `sector` a PLOVER code."""

    name: Name
    country: Annotated[str, Field(max_length=3)] | None = None
    sector: Annotated[str, Field(max_length=3)] | None = None


class Place(BaseModel):
    """Where; degrees are WGS 84."""

    name: Name
    country: Annotated[str, Field(max_length=3)] | None = None
    level: Level = "town"
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    admin1: Name | None = None
    geonames: Annotated[int, Field(ge=0, le=2**31)] | None = None


class Period(BaseModel):
    """When: ISO dates at the precision told (YYYY-MM-DD, YYYY-MM or YYYY)."""

    start: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None
    end: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = None


Number = Annotated[int, Field(ge=0, le=10**12)]


class Count(BaseModel):
    """How many; null where not told. `source` names who gives the figure where sources differ."""

    kind: Kind
    who: Name
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    source: Name | None = None


class Sourcing(BaseModel):
    """According to whom, and how they stand to it."""

    name: Name
    stance: Stance = "reports"


Value = str | Party | Place | Period | Count | Sourcing


class Reading(BaseModel, Generic[T]):
    """A value, the words it rests on, and what found it.

    `says` is the value in words. `found_by` is KNOWLEDGE-FILE#ENTRY, a model or "person/NAME";
    `score` the probability that a model gives it, null where none was asked.
    """

    value: T
    says: str
    basis: Literal["stated", "inferred", "assumed"]
    evidence: list[Span]
    found_by: str
    score: float | None = None
