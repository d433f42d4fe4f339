"""Incidents as FollowTheMoney entities: events, parties, addresses and the articles behind them."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha1
from typing import Any

from dateline.export.narrative import place_name, sentence
from dateline.export.nations import nation
from dateline.export.phrases import is_proper, one_line, phrase
from dateline.export.view import View
from dateline.knowledge import rows
from dateline.model import Party, Place, Record

Json = dict[str, Any]
LEADERS = "actors/leaders.csv"
_PUBLIC = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
_BODIES = frozenset({"REB", "PRM", "UAF", "CRM", "IGO", "NGO", "PTY", "SOC", "LAB", "REL", "EDU"})


def ftm_lines(views: Iterable[View]) -> Iterator[str]:
    """One entity per line: what an incident refers to before the incident itself, each once.

    Groups that have no name of their own ("civilians", "gunmen") are no entities; the event's
    summary tells them. FollowTheMoney has no field for tolls: they stand in `notes`.
    """
    seen: set[str] = set()
    for view in views:
        for entity in _entities(view):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=False) + "\n"


def schema_of(party: Party) -> str | None:
    """The FollowTheMoney schema of a party; None for a group without a name of its own."""
    if not is_proper(party.name):
        return None
    if party.name in _people():
        return "Person"
    if party.sector in _PUBLIC:
        return "PublicBody"
    if party.sector == "BUS":
        return "Company"
    return "Organization" if party.sector in _BODIES else "LegalEntity"


def _entities(view: View) -> Iterator[Json]:
    parties = {slot: [x for x in told if schema_of(x)] for slot, told in _sides(view).items()}
    for party in (*parties["actors"], *parties["recipients"]):
        yield _party(party)
    for place in view.incident.places:
        yield _address(place.value)
    for record in view.records:
        yield _article(record)
    yield _event(view, parties)


def _sides(view: View) -> dict[str, tuple[Party, ...]]:
    return {"actors": view.actors, "recipients": view.recipients}


def _event(view: View, parties: dict[str, list[Party]]) -> Json:
    found = view.incident
    time = found.time.value if found.time else None
    notes = [phrase(x.value) for x in found.counts]
    notes += [f"status: {found.status.value}", f"independent sources: {found.voices}"]
    notes += [f"disputed: {x}" for x in view.disputed]
    return _entity(
        "Event",
        f"event {found.id}",
        name=[" ".join(filter(None, (found.type.value, view.mode)))],
        summary=[sentence(view)],
        startDate=[time.start] if time else [],
        endDate=[time.end] if time else [],
        country=[_code(x.value.country) for x in found.places],
        location=[place_name(x.value) for x in found.places],
        addressEntity=[_id(_address_key(x.value)) for x in found.places],
        organizer=[_id(_party_key(x)) for x in parties["actors"]],
        involved=[_id(_party_key(x)) for told in parties.values() for x in told],
        proof=[_id(f"article {x.document.id}") for x in view.records],
        sourceUrl=[x.document.url for x in view.records],
        publisher=[x.document.publisher for x in view.records],
        recordId=[found.id],
        notes=notes,
        keywords=[found.type.value, view.mode, found.status.value],
    )


def _party(party: Party) -> Json:
    return _entity(
        schema_of(party) or "LegalEntity",
        _party_key(party),
        name=[party.name],
        country=[_code(party.country)],
        keywords=[party.sector],
    )


def _address(place: Place) -> Json:
    return _entity(
        "Address",
        _address_key(place),
        full=[place_name(place)],
        city=[place.name] if place.level == "town" else [],
        state=[place.admin1],
        country=[_code(place.country)],
        latitude=[place.lat],
        longitude=[place.lon],
    )


def _article(record: Record) -> Json:
    document = record.document
    return _entity(
        "Article",
        f"article {document.id}",
        title=[document.title or document.name],
        publisher=[document.publisher],
        sourceUrl=[document.url],
        publishedAt=[document.published.isoformat() if document.published else None],
        bodyText=[document.text],
        language=["eng"],
    )


def _entity(schema: str, key: str, **properties: list[Any]) -> Json:
    told = {name: _values(found) for name, found in properties.items()}
    return {
        "id": _id(key),
        "schema": schema,
        "properties": {name: values for name, values in told.items() if values},
    }


def _values(found: list[Any]) -> list[str]:
    return list(dict.fromkeys(str(x) for x in found if x not in {None, ""}))


def _id(key: str) -> str:
    return sha1(f"dateline {key}".encode("utf-8", "surrogatepass")).hexdigest()  # noqa: S324 (a name)


def _party_key(party: Party) -> str:
    return f"party {one_line(party.name)} {party.country}"


def _address_key(place: Place) -> str:
    return f"place {place.geonames or one_line(place.name)} {place.country} {place.level}"


def _code(iso3: str | None) -> str | None:
    found = nation(iso3)
    return found.iso2.lower() if found else None


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    return frozenset(row["name"] for row in rows(LEADERS))
