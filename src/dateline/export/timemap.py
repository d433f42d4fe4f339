"""Incidents for TimeMap, the map with a timeline of Forensic Architecture: events and sources."""

import json
from collections.abc import Iterable
from typing import Any

from dateline.export.narrative import place_name, sentence, spoken
from dateline.export.view import View
from dateline.model import Record
from dateline.model.incident import Corpus

Json = dict[str, Any]


def timemap_files(corpus: Corpus, views: Iterable[View]) -> dict[str, str]:
    """The contents of events.json, sources.json and associations.json.

    TimeMap takes texts only, numbers too. An event has a date or a point; the others are left out.
    """
    events = [_event(x) for x in views if x.days or _point(x)]
    used = {name for x in events for name in x["sources"]}
    kinds = sorted({x["category"] for x in events})
    sources = {x.document.id: _source(x) for x in corpus.records if x.document.id in used}
    return {
        "events": _text(events),
        "sources": _text(sources),
        "associations": _text(
            [
                {"id": kind, "title": kind, "desc": "", "mode": "CATEGORY", "filter_paths": [kind]}
                for kind in kinds
            ]
        ),
    }


def _event(view: View) -> Json:
    found, days, point = view.incident, view.days, _point(view)
    event: Json = {
        "id": found.id,
        "description": sentence(view),
        "location": place_name(view.place) if view.place else "",
        "type": view.mode or "",
        "category": found.type.value,
        "associations": [found.type.value, found.status.value],
        "sources": [x.document.id for x in view.records],
        "comments": f"{found.status.value}; {found.voices} independent sources",
        "time_display": spoken(found.time.value) if found.time else "",
    }
    if days:
        event |= {"date": days.first.isoformat(), "time": ""}
        event["time_precision"] = "day" if days.length == 1 else f"{days.length} days"
    if point:
        event |= {"latitude": str(point[0]), "longitude": str(point[1])}
    return event


def _source(record: Record) -> Json:
    document = record.document
    return {
        "id": document.id,
        "title": document.title or document.name,
        "paths": [],
        "type": "Article",
        "url": document.url,
        "description": "",
        "author": document.publisher,
        "date": document.published.isoformat() if document.published else "",
    }


def _point(view: View) -> tuple[float, float] | None:
    place = view.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
