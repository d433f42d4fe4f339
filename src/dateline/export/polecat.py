"""Incidents in the layout of POLECAT: 40 columns. It is no POLECAT data."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from dateline.export.nations import nation
from dateline.export.rows import LeftOut, joined
from dateline.export.tables import Row
from dateline.export.view import View
from dateline.knowledge import Entry, entries, read
from dateline.model import Party

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
MISSING = "None"
VERSION = "Dateline 1"
SCALE, ONTOLOGY = "crosswalks/polecat.yaml", "ontology/plover.yaml"


class Scale(Entry):
    """The intensity of a type or mode."""

    intensity: float


def intensity(kind: str, mode: str | None) -> float:
    """The intensity (-10 to 10) of a type and mode; of the type where the mode has none."""
    known = _scale()
    found = known.get(f"{kind} {mode}") or known[kind]
    return found.intensity


def quad(kind: str) -> str:
    """The place of a type in the two divisions verbal or material, cooperation or conflict."""
    return _quads()[kind]


def polecat_rows(views: Iterable[View]) -> Iterator[Row | LeftOut]:
    """One row per incident that happened, keyed by `COLUMNS`, or why there is none."""
    for view in views:
        status = view.incident.status.value
        if status in {"planned", "hypothetical", "negated"}:
            yield LeftOut(view, f"it has not happened ({status})")
        elif view.days is None:
            yield LeftOut(view, "when it happened is not told")
        else:
            yield _row(view, view.days.first.isoformat())


def _row(view: View, day: str) -> Row:
    found = view.incident
    row: Row = dict.fromkeys(COLUMNS)
    first = found.first_reported
    return row | {
        "Event ID": view.event_id,
        "Event Date": day,
        "Event Type": found.type.value,
        "Event Mode": view.mode,
        "Intensity": intensity(found.type.value, view.mode),
        "Quad Code": quad(found.type.value).upper(),
        **_parties("Actor", view.actors, view.words("actors")),
        **_parties("Recipient", view.recipients, view.words("recipients")),
        **_place(view),
        "Source": joined(view.named(("publisher",))),
        "Publication Date": first.isoformat() if first else None,
        "Story Locations": joined(x.value.name for x in found.places),
        "Language": "eng",
        "Version": VERSION,
    }


def _parties(role: str, parties: tuple[Party, ...], words: tuple[str, ...]) -> Row:
    numbers = (nation(x.country) for x in parties)
    return {
        f"{role} Name": joined(x.name for x in parties),
        f"{role} Country": joined(x.country for x in parties),
        f"{role} COW": joined(x.cow for x in numbers if x),
        f"Primary {role} Sector": parties[0].sector if parties else None,
        f"{role} Sectors": joined(x.sector for x in parties),
        f"{role} Name Raw": joined(words),
    }


def _place(view: View) -> Row:
    place = view.place
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.name if place.level == "town" else None,
        "District": place.name if place.level == "adm2" else None,
        "Province": place.admin1 or (place.name if place.level == "adm1" else None),
        "Country": view.nation.name if view.nation else None,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonames,
        "Raw Placename": joined(view.words("places")),
        "Feature Type": place.level,
    }


@lru_cache(maxsize=1)
def _scale() -> Mapping[str, Scale]:
    return entries(SCALE, Scale)


@lru_cache(maxsize=1)
def _quads() -> Mapping[str, str]:
    return {name: fields["quad"] for name, fields in read(ONTOLOGY)["types"].items()}
