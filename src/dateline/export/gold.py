"""Records in the layout of the gold files, for scoring and for exchange with human coders."""

from dataclasses import asdict
from typing import Any

from dateline.errors import ExportError
from dateline.export.acled import sub_event
from dateline.model import Claim, Count, Party, Period, Place, Reading, Record, Sourcing, Span

Json = dict[str, Any]


def gold(record: Record) -> Json:
    """The record as one gold file's content.

    A quote gives its words, which occurrence of them in the text it is (`nth`, from 1) and its
    characters (`start`, `end`). A time has no characters: there these names hold its dates.

    Raises:
        ExportError: A claim points outside the text.
    """
    document = record.document
    return {
        "document": document.name or document.id,
        "published": document.published.isoformat() if document.published else None,
        "events": [
            _event(number, claim, document.text) for number, claim in enumerate(record.claims, 1)
        ],
    }


def _event(number: int, claim: Claim, text: str) -> Json:
    slots = claim.slots
    return {
        "id": f"e{number}",
        "type": claim.type.value,
        "mode": slots.mode.value if slots.mode else None,
        "acled": sub_event(claim),
        "status": slots.status.value,
        "trigger": _quote(claim.trigger, text),
        "mentions": [_quote(span, text) for span in claim.mentions],
        "actors": [_party(x, text) for x in slots.actors],
        "recipients": [_party(x, text) for x in slots.recipients],
        "places": [_place(x, text) for x in slots.places],
        "time": _time(slots.time, text) if slots.time else None,
        "counts": [_count(x.value) for x in slots.counts],
        "sources": [_source(x, text) for x in slots.sources],
    }


def _quote(span: Span, text: str) -> Json:
    return _nth(span, text) | {"start": span.start, "end": span.end}


def _nth(span: Span, text: str) -> Json:
    if span.end > len(text):
        raise ExportError(f"characters {span.start} to {span.end} lie outside the dispatch")
    words = span.of(text)
    nth, at = 1, text.find(words)
    while at < span.start:
        nth, at = nth + 1, text.find(words, at + 1)
    return {"text": words, "nth": nth}


def _evidence(reading: Reading[Any], text: str) -> Json:
    return _quote(reading.evidence[0], text) if reading.evidence else {"text": None}


def _party(reading: Reading[Party], text: str) -> Json:
    party = reading.value
    told = {"name": party.name, "country": party.country, "sector": party.sector or "UNK"}
    return _evidence(reading, text) | told


def _place(reading: Reading[Place], text: str) -> Json:
    fields = asdict(reading.value)
    names = ("name", "country", "level", "lat", "lon")
    return _evidence(reading, text) | {name: fields[name] for name in names}


def _time(reading: Reading[Period], text: str) -> Json:
    if not reading.evidence:
        return {"text": None, **asdict(reading.value), "inferred": True}
    return _nth(reading.evidence[0], text) | asdict(reading.value)


def _count(count: Count) -> Json:
    fields = asdict(count)
    return {k: v for k, v in fields.items() if k != "source" or v is not None}


def _source(reading: Reading[Sourcing], text: str) -> Json:
    return _evidence(reading, text) | asdict(reading.value)
