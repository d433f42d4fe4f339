"""The values that fill an event's slots."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted on. `country` is ISO 3166-1 alpha-3 or INT; `sector` a PLOVER code."""

    name: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: `level` is one of `LEVELS`, `lat` and `lon` are WGS 84 degrees."""

    name: str
    country: str | None = None
    level: str = "town"
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """When: ISO dates at the precision told (YYYY-MM-DD, YYYY-MM or YYYY); None where not told."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `kind` of toll, the noun counted, and bounds (None: not told).

    `source` names who gives the figure when sources differ.
    """

    kind: str
    who: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Sourcing:
    """According to whom, and how they stand to it (see `STANCES`)."""

    name: str
    stance: str = "reports"


TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("actual", "ongoing", "planned", "alleged", "hypothetical", "negated")
STANCES = ("reports", "announces", "claims-responsibility", "alleges", "confirms", "denies")
KINDS = ("killed", "injured", "abducted", "detained", "displaced", "participants", "forces")
LEVELS = ("site", "town", "adm2", "adm1", "region", "country", "border", "sea")
