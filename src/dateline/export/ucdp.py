"""Incidents in the layout of UCDP GED: 49 columns, only those that qualify. It is no UCDP data."""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from dateline.export.days import Days, of_place, of_time
from dateline.export.nations import Nation, nation
from dateline.export.phrases import is_proper
from dateline.export.rows import LeftOut, joined
from dateline.export.tables import Row
from dateline.export.tolls import UNKNOWN, Figure, dead, killed
from dateline.export.view import View
from dateline.knowledge import Entry, entries
from dateline.model import Party, Record

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
CROSSWALK = "crosswalks/ucdp.yaml"
DATE, WHERE = "ucdp-date", "ucdp-where"
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CIVILIANS = "Civilians"
_STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
_NOT_HAPPENED = frozenset({"planned", "hypothetical", "negated"})


class Violence(Entry):
    """One entry of the crosswalk; its fields are described in the file itself."""

    violence: int | None
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    swap: bool = False
    reason: str = ""


class Side(NamedTuple):
    """One side: its name, and its Gleditsch-Ward number where it is a government."""

    name: str
    gw: int | None
    state: bool


class Dyad(NamedTuple):
    """The two sides, side a first, and the type of violence."""

    a: Side
    b: Side
    violence: int


class Deaths(NamedTuple):
    """The dead by the columns of the layout, with the lowest and highest sum of all tellings."""

    a: int
    b: int
    civilians: int
    unknown: int
    high: int
    low: int

    @property
    def best(self) -> int:
        """The sum of all sides."""
        return self.a + self.b + self.civilians + self.unknown


def ucdp_rows(views: Iterable[View]) -> Iterator[Row | LeftOut]:
    """One row per incident that qualifies, keyed by `COLUMNS`, or why it does not.

    What qualifies: the use of armed force by an organised, named actor against another or against
    civilians that has happened (or is alleged to have) and left at least one person dead by some
    telling, with a time and a country.
    """
    for view in views:
        dyad, days, nation = found_dyad(view), view.days, view.nation
        reason = _unfit(view)
        if reason:
            yield LeftOut(view, reason)
        elif isinstance(dyad, str):
            yield LeftOut(view, dyad)
        elif days is None:
            yield LeftOut(view, "when it happened is not told")
        elif nation is None or nation.gw is None:
            yield LeftOut(view, "in which country it happened is not told")
        else:
            yield _row(view, dyad, days, nation)


def found_dyad(view: View) -> Dyad | str:
    """The sides as UCDP names them; a sentence that says why there are none."""
    first, second = view.sides
    if not first:
        return "no actor is told"
    for entry in crosswalk().values():
        a, b = _of(first, entry.a), _of(second, entry.b)
        if (entry.a and a is None) or (entry.b and b is None):
            continue
        if entry.violence is None:
            return entry.reason
        sides = [_side(x) for x in (a, b) if x]
        if entry.violence == ONE_SIDED:
            sides = [*sides[:1], Side(CIVILIANS, None, state=False)]
        problem = next((x for x in sides if isinstance(x, str)), None)
        if problem:
            return problem
        one, other = (x for x in sides if isinstance(x, Side))
        if one.name == other.name:
            return "both sides are of one state"
        one, other = (other, one) if entry.swap else (one, other)
        return Dyad(one, other, entry.violence)
    return "no other side is told" if not second else "the sides fit no type of violence"


def deaths(view: View, dyad: Dyad) -> Deaths:
    """The dead by side; of an event that is only alleged, `low` counts none of them."""
    found = dict(dead(view))
    total = sum(found.values(), Figure())
    columns = dict.fromkeys(("a", "b", "civilians", "unknown"), 0)
    for side, figure in found.items():
        columns[_column(side, dyad)] += figure.best
    low = 0 if view.incident.status.value == "alleged" else total.low
    return Deaths(**columns, high=total.high, low=low)


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell (half a degree) of a point.

    >>> priogrid(35.763369, 36.558974)
    181154
    """
    row = min(359, math.floor((lat + 90) * 2))
    column = min(719, math.floor((lon + 180) * 2))
    return row * 720 + column + 1


@lru_cache(maxsize=1)
def crosswalk() -> Mapping[str, Violence]:
    """The entries of the crosswalk in the order in which they are tried."""
    return entries(CROSSWALK, Violence)


def violence(view: View) -> int | None:
    """The type of violence, where the sides fit one; asked of uses of force only."""
    found = found_dyad(view) if view.incident.type.value == "ASSAULT" else ""
    return found.violence if isinstance(found, Dyad) else None


def _unfit(view: View) -> str | None:
    kind, status = view.incident.type.value, view.incident.status.value
    if kind != "ASSAULT":
        return f"no use of armed force ({kind})"
    if status in _NOT_HAPPENED:
        return f"it has not happened ({status})"
    figures = dead(view)
    if not figures:
        return "how many died is not told" if killed(view) else "no deaths are told"
    return None if any(x.high for x in figures.values()) else "nobody died"


def _of(parties: tuple[Party, ...], sectors: tuple[str, ...]) -> Party | None:
    return next((x for x in parties if (x.sector or "none") in sectors), None)


def _side(party: Party) -> Side | str:
    if party.sector not in _STATE:
        named = is_proper(party.name)
        return Side(party.name, None, state=False) if named else "an armed group is not named"
    told = nation(party.country)
    if told is None:
        return "of which country the forces are is not told"
    return Side(f"Government of {told.ucdp_name}", told.gw, state=True)


def _column(side: str, dyad: Dyad) -> str:
    """The column of the dead whom dispatches count with nouns of this side."""
    if side in {"civilians", UNKNOWN}:
        return "civilians" if dyad.violence == ONE_SIDED else side
    state = side == "state"
    fitting = [name for name in ("a", "b") if getattr(dyad, name).state == state]
    if dyad.violence == ONE_SIDED and "b" in fitting:
        fitting.remove("b")
    return fitting[0] if len(fitting) == 1 else UNKNOWN


def _row(view: View, dyad: Dyad, days: Days, nation: Nation) -> Row:
    toll = deaths(view, dyad)
    year = days.last.year
    name = f"{dyad.a.name} - {dyad.b.name}"
    row: Row = dict.fromkeys(COLUMNS)
    return row | {
        "id": view.number,
        "relid": f"XX-{nation.iso3}-{year}-{dyad.violence}-{view.number}",
        "year": year,
        "type_of_violence": dyad.violence,
        "conflict_name": name if dyad.violence != STATE_BASED else None,
        "dyad_name": name,
        "side_a": dyad.a.name,
        "side_b": dyad.b.name,
        **_sources(view.records),
        "source_original": joined(view.sources()),
        **_where(view, nation),
        "country": nation.ucdp_name,
        "country_id": nation.gw,
        "region": nation.ucdp_region or None,
        "event_clarity": 2 if view.incident.status.value == "ongoing" else 1,
        "date_prec": of_time(DATE, days).code,
        "date_start": days.first.isoformat(),
        "date_end": days.last.isoformat(),
        "deaths_a": toll.a,
        "deaths_b": toll.b,
        "deaths_civilians": toll.civilians,
        "deaths_unknown": toll.unknown,
        "best": toll.best,
        "high": max(toll.high, toll.best),
        "low": min(toll.low, toll.best),
        "gwnoa": dyad.a.gw,
        "gwnob": dyad.b.gw,
    }


def _sources(records: tuple[Record, ...]) -> Row:
    told = [x.document for x in records]
    dates = [x.published.isoformat() if x.published else "" for x in told]
    articles = (
        f'"{x.publisher},{day},{x.title}"'.replace(";", ",")
        for x, day in zip(told, dates, strict=True)
    )
    return {
        "number_of_sources": len(told),
        "source_article": ";".join(articles) or None,
        "source_office": ";".join(x.publisher.replace(";", ",") for x in told).strip(";") or None,
        "source_date": ";".join(dates).strip(";") or None,
        "source_headline": ";".join(x.title.replace(";", ",") for x in told).strip(";") or None,
    }


def _where(view: View, nation: Nation) -> Row:
    place = view.place
    level = of_place(WHERE, place.level if place else "country")
    name, lat, lon = nation.ucdp_name, nation.lat, nation.lon
    if place and place.lat is not None and place.lon is not None:
        name, lat, lon = place.name, place.lat, place.lon
    else:
        level = of_place(WHERE, "country")
    inside = place.admin1 or (place.name if place.level == "adm1" else None) if place else None
    point = lat is not None and lon is not None
    return {
        "where_prec": level.code if level else None,
        "where_coordinates": name,
        "where_description": joined(x.value.name for x in view.incident.places),
        "adm_1": inside,
        "adm_2": place.name if place and place.level == "adm2" else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if point else None,
        "priogrid_gid": priogrid(lat, lon) if lat is not None and lon is not None else None,
    }
