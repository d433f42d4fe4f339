"""Incidents, their tolls and their sources as flat rows: the tables of our own."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from dateline.export.acled import sub_event
from dateline.export.cameo import cameo
from dateline.export.phrases import phrase
from dateline.export.rows import joined
from dateline.export.tables import Row
from dateline.export.ucdp import violence
from dateline.export.view import View
from dateline.model.incident import Corpus

INCIDENT_COLUMNS = (
    "incident", "event_id", "merged", "type", "mode", "status", "acled", "cameo", "ucdp",
    "actors", "actor_countries", "actor_sectors",
    "recipients", "recipient_countries", "recipient_sectors",
    "places", "place_level", "country", "admin1", "latitude", "longitude", "geonames",
    "start", "end", "killed_low", "killed_best", "killed_high",
    "injured_low", "injured_best", "injured_high", "tolls", "disputed", "sources", "publishers",
    "dispatches", "voices", "confidence", "first_reported", "last_reported", "claims",
)  # fmt: skip
TOLL_COLUMNS = (
    "incident", "kind", "who", "low", "best", "high", "source", "publisher", "published", "claim",
    "settled_low", "settled_best", "settled_high", "policy", "agreement",
)  # fmt: skip
SOURCE_COLUMNS = (
    "document", "name", "title", "publisher", "url", "published", "origin", "claims", "incidents",
    "problem",
)  # fmt: skip
WHOLE = frozenset({
    "geonames", "voices", "dispatches", "ucdp", "low", "best", "high", "settled_low",
    "settled_best", "settled_high",
    *(x for x in INCIDENT_COLUMNS if x.endswith(("_low", "_best", "_high"))),
})  # fmt: skip
REAL = frozenset({"latitude", "longitude", "lat", "lon", "confidence"})


def incident_row(view: View) -> Row:
    """One incident, keyed by `INCIDENT_COLUMNS`.

    Several values of a slot are joined by "; ". The low, best and high columns of a toll are filled
    where there is one count of that kind; `tolls` tells all.
    """
    found = view.incident
    time = found.time.value if found.time else None
    sources = (phrase(x.value) for claim, _ in view.claims for x in claim.sources)
    return {
        "incident": found.id,
        "event_id": view.event_id,
        "merged": joined(found.merged),
        "type": found.type.value,
        "mode": view.mode,
        "status": found.status.value,
        "acled": sub_event(view.settled),
        "cameo": cameo(view).code,
        "ucdp": violence(view),
        **_parties(view),
        **_place(view),
        "start": time.start if time else None,
        "end": time.end if time else None,
        **_tolls(view),
        "disputed": joined(view.disputed),
        "sources": joined(dict.fromkeys(sources)),
        "publishers": joined(view.named(("publisher",))),
        "dispatches": len(view.records),
        "voices": found.voices,
        "confidence": found.confidence,
        "first_reported": _day(found.first_reported),
        "last_reported": _day(found.last_reported),
        "claims": joined(found.claims),
    }


def toll_rows(view: View) -> Iterator[Row]:
    """One row per figure that a claim tells, keyed by `TOLL_COLUMNS`."""
    for count in view.incident.counts:
        for telling in count.tellings:
            told, settled = telling.value, count.value
            cells = (
                view.incident.id, told.kind, told.who, told.low, told.best, told.high,
                told.source or joined(x.name for x in telling.sources), telling.publisher or None,
                _day(telling.published), telling.claim, settled.low, settled.best, settled.high,
                count.policy, count.agreement.value,
            )  # fmt: skip
            yield dict(zip(TOLL_COLUMNS, cells, strict=True))


def source_rows(corpus: Corpus) -> Iterator[Row]:
    """One row per dispatch, keyed by `SOURCE_COLUMNS`."""
    origin = {name: x.id for x in corpus.origins for name in x.documents}
    told: dict[str, list[str]] = {}
    for incident in corpus.incidents:
        for claim in incident.claims:
            told.setdefault(claim, []).append(incident.id)
    for record in corpus.records:
        document = record.document
        incidents = dict.fromkeys(x for claim in record.claims for x in told.get(claim.id, ()))
        cells = (
            document.id, document.name or None, document.title or None, document.publisher or None,
            document.url or None, _day(document.published), origin.get(document.id, document.id),
            len(record.claims), joined(incidents), record.problem,
        )  # fmt: skip
        yield dict(zip(SOURCE_COLUMNS, cells, strict=True))


def _parties(view: View) -> Row:
    row: Row = {}
    for slot, parties in (("actor", view.actors), ("recipient", view.recipients)):
        row[f"{slot}s"] = joined(x.name for x in parties)
        row[f"{slot}_countries"] = joined(x.country for x in parties)
        row[f"{slot}_sectors"] = joined(x.sector for x in parties)
    return row


def _place(view: View) -> Row:
    place: Any = view.place
    columns = {
        "place_level": "level", "admin1": "admin1", "latitude": "lat", "longitude": "lon",
        "geonames": "geonames",
    }  # fmt: skip
    row: Row = {
        column: getattr(place, field) if place else None for column, field in columns.items()
    }
    row["places"] = joined(x.value.name for x in view.incident.places)
    row["country"] = view.country
    return row


def _tolls(view: View) -> Row:
    counts = [x.value for x in view.incident.counts]
    row: Row = {"tolls": joined(map(phrase, counts))}
    for kind in ("killed", "injured"):
        told = [x for x in counts if x.kind == kind]
        one = told[0] if len(told) == 1 else None
        for bound in ("low", "best", "high"):
            row[f"{kind}_{bound}"] = getattr(one, bound) if one else None
    return row


def _day(told: date | None) -> str | None:
    return told.isoformat() if told else None
