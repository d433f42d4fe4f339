"""From PLOVER to CAMEO, and incidents in a layout like that of ICEWS: 20 columns."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from dateline.export.nations import nation
from dateline.export.rows import LeftOut, joined
from dateline.export.tables import Row
from dateline.export.view import View
from dateline.knowledge import Entry, entries
from dateline.model import Party

COLUMNS = (
    "event_id", "event_date", "source_name", "source_sectors", "source_country", "event_text",
    "cameo_code", "intensity", "target_name", "target_sectors", "target_country", "story_id",
    "sentence_number", "publisher", "city", "district", "province", "country", "latitude",
    "longitude",
)  # fmt: skip
CROSSWALK = "crosswalks/cameo.yaml"


class Cameo(Entry):
    """A CAMEO code and the intensity on its scale; described in the crosswalk file itself."""

    code: str
    scale: float


def cameo(view: View) -> Cameo:
    """The CAMEO code of an incident by its type, mode and whether it is only planned."""
    kind, mode = view.incident.type.value, view.mode
    return cameo_of(kind, mode, planned=view.incident.status.value == "planned")


def cameo_of(kind: str, mode: str | None, *, planned: bool = False) -> Cameo:
    """The CAMEO code of a type and mode; of the type alone where the mode has none."""
    known = crosswalk()
    names = [f"{kind} {mode}", kind]
    if planned:
        names = [f"planned {kind} {mode}", f"planned {kind}", *names]
    return next(known[x] for x in names if x in known)


@lru_cache(maxsize=1)
def crosswalk() -> Mapping[str, Cameo]:
    """The code of every type and mode."""
    return entries(CROSSWALK, Cameo)


def icews_rows(views: Iterable[View]) -> Iterator[Row | LeftOut]:
    """A row, keyed by `COLUMNS`, per incident that happened or is planned, or why there is none."""
    for view in views:
        status = view.incident.status.value
        if status in {"hypothetical", "negated"}:
            yield LeftOut(view, f"it has not happened ({status})")
        elif view.days is None:
            yield LeftOut(view, "when it happened is not told")
        else:
            yield _row(view, view.days.first.isoformat())


def _row(view: View, day: str) -> Row:
    code, place = cameo(view), view.place
    first = view.records[0].document if view.records else None
    level = place.level if place else ""
    name = place.name if place else None
    row: Row = dict.fromkeys(COLUMNS)
    for column, side in zip(("source", "target"), view.sides, strict=True):
        row |= _party(column, side[0]) if side else {}
    return row | {
        "event_id": view.number,
        "event_date": day,
        "event_text": joined((view.incident.type.value, view.mode)),
        "cameo_code": code.code,
        "intensity": code.scale,
        "story_id": first.id if first else None,
        "publisher": first.publisher or None if first else None,
        "city": name if level == "town" else None,
        "district": name if level == "adm2" else None,
        "province": (place.admin1 or (name if level == "adm1" else None)) if place else None,
        "country": view.nation.name if view.nation else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
    }


def _party(column: str, party: Party) -> Row:
    country = nation(party.country)
    return {
        f"{column}_name": party.name,
        f"{column}_sectors": party.sector,
        f"{column}_country": country.name if country else None,
    }
