"""Claims as PLOVER JSON: one object per line, each value with its characters in the dispatch."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dateline.export.days import days
from dateline.export.polecat import intensity, quad
from dateline.model import Claim, Count, Party, Place, Reading, Record, Span
from dateline.model.incident import Corpus

Json = dict[str, Any]
CODEBOOK = "PLOVER 0.8"
_SIZES = {"killed": "dead", "injured": "injured", "detained": "arrested"}


def plover_lines(corpus: Corpus) -> Iterator[str]:
    """One line per claim, in the order of the dispatches.

    Offsets are code points into the dispatch's text. What PLOVER has no field for (status, basis,
    sources, the incident) stands under "dateline".
    """
    incident = {claim: x.id for x in corpus.incidents for claim in x.claims}
    for record in corpus.records:
        for number, claim in enumerate(record.claims, 1):
            fields = _event(record, claim, number)
            fields["dateline"]["incident"] = incident.get(claim.id)
            yield json.dumps(fields, ensure_ascii=False) + "\n"


def _event(record: Record, claim: Claim, number: int) -> Json:
    text, document = record.document.text, record.document
    time = days(claim.time.value) if claim.time else None
    mode = claim.mode.value if claim.mode else None
    kind = claim.type.value
    return {
        "id": claim.id,
        "has_event": True,
        "date": _day(time.first if time else None),
        "enddate": _day(time.last if time else None),
        "actor": [_party(x, text) for x in claim.actors],
        "recipient": [_party(x, text) for x in claim.recipients],
        "event": kind,
        "mode": [mode] if mode else [],
        "context": [],
        "event_text": _quote(claim.trigger, text),
        "event_loc": [_place(x, text) for x in claim.places],
        "quad_code": quad(kind),
        "event_scale": intensity(kind, mode),
        "size": _sizes(x.value for x in claim.counts),
        "text_info": {"sequence": number, "start": claim.trigger.start, "end": claim.trigger.end},
        "cite_info": {
            "title": document.title,
            "publication": document.publisher,
            "url": document.url,
            "date": _day(document.published),
            "language": "en",
            "coder": "Dateline",
            "codebook": CODEBOOK,
        },
        "dateline": {
            "document": document.id,
            "status": claim.status.value,
            "sources": [
                {"name": x.value.name, "stance": x.value.stance, **_where(x, text)}
                for x in claim.sources
            ],
        },
    }


def _party(reading: Reading[Party], text: str) -> Json:
    party = reading.value
    return {
        "code": party.country,
        "sector": [party.sector] if party.sector else [],
        "identifier_text": party.name,
        "entity_text": _where(reading, text),
    }


def _place(reading: Reading[Place], text: str) -> Json:
    place = reading.value
    return {
        "extracted_place": _where(reading, text),
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "province": place.admin1,
        "country_code": place.country,
        "resolution": place.level,
    }


def _where(reading: Reading[Any], text: str) -> Json:
    return _quote(reading.evidence[0], text) if reading.evidence else {}


def _quote(span: Span, text: str) -> Json:
    return {"text": span.of(text), "start": span.start, "end": span.end}


def _sizes(counts: Iterable[Count]) -> Json:
    """How many, under PLOVER's names; the highest where a dispatch counts several groups."""
    found: Json = {}
    for count in counts:
        name, told = _SIZES.get(count.kind), count.best if count.best is not None else count.low
        if name and told is not None:
            found[name] = max(told, found.get(name, 0))
    return found


def _day(told: date | None) -> str | None:
    return told.isoformat() if told else None
