"""Records as rows of tables, and back."""

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from dateline.model import (
    Claim,
    Count,
    Document,
    Party,
    Period,
    Place,
    Reading,
    Record,
    Sourcing,
)
from dateline.model.codec import (
    decode_claims,
    decode_findings,
    decode_reading,
    encode_claim,
    encode_findings,
    encode_reading,
    text_of,
)
from dateline.store.search import fold
from dateline.store.values import Coder

Row = dict[str, Any]

_EMPTY: Row = dict.fromkeys(
    (
        *("value", "kind", "country", "lat", "lon"),
        *("start", "end", "low", "best", "high"),
    )
)
_MOST = 2**63  # of a database's integer


def document_row(document: Document) -> Row:
    """What the id of a document rests on."""
    return {
        "id": document.id,
        "publisher": document.publisher,
        "url": document.url,
        "text": document.text,
    }


def record_row(record: Record, document: int, run: int, coder: Coder) -> Row:
    """What a run tells of a document beside its claims."""
    told = record.document
    return {
        "document": document,
        "run": run,
        "stamp": stamp(told, coder),
        "name": told.name,
        "title": told.title,
        "published": told.published,
        "document_notes": text_of(list(told.notes)),
        "notes": text_of(list(record.notes)),
        "findings": text_of(encode_findings(record.findings, told.text)),
        "written": record.written and text_of(encode_reading(record.written, told.text)),
        "claims": len(record.claims),
    }


def stamp(document: Document, coder: Coder) -> str:
    """What the claims of a document depend on beside its text: who codes it, and what is told."""
    told = document.published.isoformat() if document.published else ""
    key = "\x1f".join((coder.id, told, document.title))
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def claim_row(claim: Claim, text: str) -> Row:
    """A claim without its place in the record: whole as JSON, and what is often asked for."""
    start, end = days(claim.time.value if claim.time else None)
    return {
        "id": claim.id,
        "type": claim.type.value,
        "status": claim.status.value,
        "mode": claim.mode.value if claim.mode else None,
        "start": start,
        "end": end,
        **where(x.value for x in claim.places),
        "parties": parties(x.value for x in (*claim.actors, *claim.recipients)),
        "body": text_of(encode_claim(claim, text)),
    }


def reading_rows(claim: Claim) -> Iterator[Row]:
    """Every reading of a claim, its type first."""
    for position, (slot, reading) in enumerate(claim.readings()):
        yield {
            "position": position,
            "slot": slot,
            **_EMPTY,
            **_columns(reading.value),
            "basis": reading.basis.value,
            "found_by": reading.found_by,
            "score": reading.score,
            "spans": " ".join(f"{span.start}-{span.end}" for span in reading.evidence),
        }


def days(period: Period | None) -> tuple[date | None, date | None]:
    """The first and the last day of a period; None where it is open or not told in the calendar.

    >>> days(Period("2022-02", "2022-02"))
    (datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
    """
    if period is None:
        return None, None
    return _day(period.start, last=False), _day(period.end, last=True)


def where(places: Iterable[Place]) -> Row:
    """The first country and the first point of places."""
    found = tuple(places)
    point = next((x for x in found if x.lat is not None and x.lon is not None), None)
    return {
        "country": next((x.country for x in found if x.country), None),
        "lat": point and point.lat,
        "lon": point and point.lon,
    }


def parties(found: Iterable[Party]) -> str:
    """The names of parties, one a line, as they are searched."""
    return "\n".join(fold(party.name) for party in found)


def document_of(row: Any) -> Document:
    """The document of a record's row joined with its document's."""
    notes = tuple(json.loads(row.document_notes))
    return Document(row.text, row.name, row.title, row.publisher, row.url, row.published, notes)


def record_of(row: Any, bodies: Iterable[str]) -> Record:
    """The record of such a row and the JSON of its claims, in order.

    Raises:
        InputError: The row is not what `record_row` wrote.
    """
    document = document_of(row)
    claims = decode_claims(map(json.loads, bodies), document)
    written: Reading[Period] | None = None
    if row.written is not None:
        written = decode_reading(json.loads(row.written), "time", document.text)
    findings = decode_findings(json.loads(row.findings), document.text)
    return Record(document, claims, None, tuple(json.loads(row.notes)), written, findings)


def _columns(value: Any) -> Row:
    """A value in the columns of `readings`."""
    match value:
        case Party(name, country, sector):
            return {"value": name, "kind": sector, "country": country}
        case Place(name, country, level, lat, lon):
            return {"value": name, "kind": level, "country": country, "lat": lat, "lon": lon}
        case Period(start, end):
            return {"start": start, "end": end}
        case Count(kind, who):
            bounds = {"low": value.low, "best": value.best, "high": value.high}
            return {"value": who, "kind": kind, **{x: _storable(n) for x, n in bounds.items()}}
        case Sourcing(name, stance):
            return {"value": name, "kind": stance}
        case _:
            return {"value": value}


def _storable(number: int | None) -> int | None:
    return number if number is None or -_MOST <= number < _MOST else None


def _day(told: str | None, *, last: bool) -> date | None:
    if told is None:
        return None
    try:
        year, month, day = ([int(part) for part in told.split("-")] + [0, 0])[:3]
        if not month:
            return date(year, 12, 31) if last else date(year, 1, 1)
        if not day:
            return date(year, month, monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except ValueError:
        return None
