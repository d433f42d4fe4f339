"""Incidents in the layout of ACLED: 31 columns. It is no ACLED data."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from dateline.export.acled import sub_event
from dateline.export.days import Days, dated, fits, of_place, of_time
from dateline.export.narrative import sentence
from dateline.export.nations import Nation
from dateline.export.rows import LeftOut, joined
from dateline.export.tables import Row
from dateline.export.tolls import conservative
from dateline.export.view import View, seconds
from dateline.knowledge import Entry, entries
from dateline.model import Party

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
TYPES, ACTORS = "crosswalks/acled_types.yaml", "crosswalks/acled_actors.yaml"
TIME, GEO = "acled-time", "acled-geo"
_VICTIMS = frozenset({"Civilians", "Protesters"})
Role = Literal["actor", "recipient"]


class Kind(Entry):
    """The types that follow from a sub-event type."""

    event: str
    disorder: str
    civilians: bool = False


class Category(Entry):
    """A category of parties; its fields are described in the file itself."""

    code: int
    name: str
    sectors: tuple[str, ...]
    events: tuple[str, ...] = ()
    role: Role | None = None
    abroad: bool = False
    generic: str | None = None


def acled_rows(views: Iterable[View], *, numeric: bool = False) -> Iterator[Row | LeftOut]:
    """One row per incident, keyed by `COLUMNS`, or why there is none.

    With `numeric`, inter1, inter2 and interaction are the codes used until 2024 (1 to 8, 10 to 88).
    """
    for view in views:
        sub_type, days, nation = sub_event(view.settled), view.days, view.nation
        if sub_type is None:
            yield LeftOut(view, _unrecorded(view))
        elif days is None:
            yield LeftOut(view, "when it happened is not told")
        elif not fits(TIME, days):
            yield LeftOut(view, "when it happened is told no closer than by year")
        elif nation is None:
            yield LeftOut(view, "in which country it happened is not told")
        else:
            yield _row(view, sub_type, days, numeric=numeric)


def interaction(first: Category | None, second: Category | None) -> str:
    """Both categories as ACLED joins them, the lower code first."""
    told = sorted((x for x in (first, second) if x), key=lambda x: x.code)
    return f"{told[0].name} only" if len(told) == 1 else "-".join(x.name for x in told)


def category(party: Party, role: Role, event: str, country: str | None) -> Category | None:
    """The category of a party in an event of this ACLED type in this country."""
    abroad = party.country not in {None, country}
    for found in categories().values():
        if (
            (party.sector or "none") in found.sectors
            and (not found.events or event in found.events)
            and found.role in {None, role}
            and (abroad or not found.abroad)
        ):
            return found
    return None


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Every sub-event type of ACLED with what follows from it."""
    return entries(TYPES, Kind)


@lru_cache(maxsize=1)
def categories() -> Mapping[str, Category]:
    """The categories of parties in the order in which they are tried."""
    return entries(ACTORS, Category)


def _unrecorded(view: View) -> str:
    status = view.incident.status.value
    if status in {"planned", "hypothetical", "negated"}:
        return f"it has not happened ({status})"
    return "no ACLED sub-event type fits"


def _row(view: View, sub_type: str, days: Days, *, numeric: bool) -> Row:
    kind = kinds()[sub_type]
    day = dated(TIME, days)
    row: Row = dict.fromkeys(COLUMNS)
    return row | {
        "event_id_cnty": view.event_id,
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": of_time(TIME, days).code,
        "disorder_type": kind.disorder,
        "event_type": kind.event,
        "sub_event_type": sub_type,
        **_parties(view, kind, numeric=numeric),
        **_where(view),
        "source": joined(view.named(("publisher",))),
        "notes": _notes(view),
        "fatalities": conservative(view),
        "tags": _tags(view, kind),
        "timestamp": seconds(view.incident.last_reported),
    }


def _parties(view: View, kind: Kind, *, numeric: bool) -> Row:
    told: list[Category | None] = []
    row: Row = {}
    roles: tuple[Role, Role] = ("actor", "recipient")
    for number, (role, side) in enumerate(zip(roles, view.sides, strict=True), 1):
        first = category(side[0], role, kind.event, view.country) if side else None
        told.append(first)
        names = _names(side, first, view.nation)
        row[f"actor{number}"] = names[0] if names else None
        row[f"assoc_actor_{number}"] = joined(names[1:])
        code = (first.code if first else 0) if numeric else (first.name if first else None)
        row[f"inter{number}"] = code
    codes = sorted(x.code for x in told if x)
    if numeric:
        row["interaction"] = codes[0] * 10 + (codes[1] if len(codes) > 1 else 0) if codes else 0
    else:
        row["interaction"] = interaction(*told) or None if codes else None
    struck = told[1] and told[1].name in _VICTIMS
    row["civilian_targeting"] = "Civilian targeting" if kind.civilians or struck else None
    return row


def _names(side: tuple[Party, ...], first: Category | None, nation: Nation | None) -> list[str]:
    """The name of the first party, a generic one where ACLED has it, then the names told."""
    names = [x.name for x in side]
    if first is None or first.generic is None:
        return names
    generic = f"{first.generic} ({nation.acled_name})" if nation else first.generic
    return [generic, *(x for x in names if x.lower() != first.generic.lower())]


def _where(view: View) -> Row:
    place, nation = view.place, view.nation
    if place is None or nation is None:
        return {}
    level = of_place(GEO, place.level)
    return {
        "iso": nation.iso_numeric,
        "region": nation.acled_region,
        "country": nation.acled_name,
        "admin1": place.admin1 or (place.name if place.level == "adm1" else None),
        "admin2": place.name if place.level == "adm2" else None,
        "location": place.name,
        "latitude": place.lat if level else None,
        "longitude": place.lon if level else None,
        "geo_precision": level.code if level else None,
    }


def _notes(view: View) -> str:
    disputed = view.disputed
    return sentence(view) + (f" Disputed: {', '.join(disputed)}." if disputed else "")


def _tags(view: View, kind: Kind) -> str | None:
    crowd = next((x.value for x in view.incident.counts if x.value.kind == "participants"), None)
    size = None
    if kind.event in {"Protests", "Riots"}:
        told = crowd and (crowd.best if crowd.best is not None else crowd.low)
        size = f"crowd size={'no report' if told is None else told}"
    status = f"status={view.incident.status.value}"
    return joined((size, status, f"independent sources={view.incident.voices}"))
