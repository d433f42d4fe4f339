"""Records to JSON and back, without loss."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from dateline.errors import InputError
from dateline.model.document import Document
from dateline.model.event import Basis, Claim, Reading, Record, Slots
from dateline.model.span import Span
from dateline.model.values import Count, Party, Period, Place, Sourcing

Fields = Mapping[str, Any]

LAYOUT = 1


def encode(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, its dispatch's text included.

    Each span also quotes its words, for readers of the file; `decode` checks them.
    """
    document = record.document
    return {
        "layout": LAYOUT,
        "document": {
            "id": document.id,
            "name": document.name,
            "title": document.title,
            "publisher": document.publisher,
            "url": document.url,
            "published": document.published.isoformat() if document.published else None,
            "notes": list(document.notes),
            "text": document.text,
        },
        "claims": [_claim(claim, document.text) for claim in record.claims],
        "problem": record.problem,
        "notes": list(record.notes),
        "written": _reading_fields(record.written, document.text) if record.written else None,
    }


def decode(fields: Fields) -> Record:
    """The record that `encode` made these values from.

    Raises:
        InputError: A field is missing, of the wrong kind or contradicts the text; names the
            document.
    """
    try:
        if fields["layout"] != LAYOUT:
            raise ValueError(f"layout {fields['layout']!r}, {LAYOUT} is expected")
        document = _document(fields["document"])
        spans = _Spans(document.text)
        claims = tuple(_read_claim(claim, document.id, spans) for claim in fields["claims"])
        told = fields.get("written")
        written = _reading(told, Period, spans) if told else None
        return Record(document, claims, fields["problem"], tuple(fields["notes"]), written)
    except KeyError as cause:
        raise InputError(f"{_name(fields)}: no record: {cause} is missing") from cause
    except (ValueError, TypeError, AttributeError, IndexError) as cause:
        raise InputError(f"{_name(fields)}: no record: {cause}") from cause


def dump(record: Record) -> str:
    """The record as one line of JSON (without the newline)."""
    line = json.dumps(encode(record), ensure_ascii=False, allow_nan=False)
    return line if line.isprintable() else _escaped(line)


def load(line: str | bytes) -> Record:
    """The record of one line that `dump` wrote.

    Raises:
        InputError: The line is no JSON or no record.
    """
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as cause:
        raise InputError(f"no record: no valid JSON: {cause}") from cause
    if not isinstance(fields, dict):
        raise InputError("no record: a JSON object is expected")
    return decode(fields)


def _escaped(line: str) -> str:
    """The same JSON with all that a terminal, an editor or UTF-8 may stumble over escaped."""
    return "".join(c if c.isprintable() else _escape(c) for c in line)


def _escape(char: str) -> str:
    return json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f"


def _reading_fields(found: Reading[Any], text: str) -> dict[str, Any]:
    value = found.value if isinstance(found.value, str) else asdict(found.value)
    return {
        "value": value,
        "basis": found.basis.value,
        "evidence": [_span(span, text) for span in found.evidence],
        "found_by": found.found_by,
        "score": found.score,
    }


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    def reading(found: Reading[Any]) -> dict[str, Any]:
        return _reading_fields(found, text)

    def readings(found: Iterable[Reading[Any]]) -> list[dict[str, Any]]:
        return [reading(x) for x in found]

    slots = claim.slots
    return {
        "id": claim.id,
        "type": reading(claim.type),
        "mode": reading(slots.mode) if slots.mode else None,
        "status": reading(slots.status),
        "actors": readings(slots.actors),
        "recipients": readings(slots.recipients),
        "places": readings(slots.places),
        "time": reading(slots.time) if slots.time else None,
        "counts": readings(slots.counts),
        "sources": readings(slots.sources),
        "mentions": [_span(span, text) for span in claim.mentions],
    }


def _span(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _document(fields: Fields) -> Document:
    published = fields["published"]
    document = Document(
        _string(fields["text"]),
        fields["name"],
        fields["title"],
        fields["publisher"],
        fields["url"],
        date.fromisoformat(published) if published is not None else None,
        tuple(fields["notes"]),
    )
    if document.id != fields["id"]:
        raise ValueError(f"the text is not the one coded: its id is {document.id}")
    return document


def _read_claim(fields: Fields, document_id: str, spans: "_Spans") -> Claim:
    def one[T](slot: str, kind: Callable[..., T]) -> Reading[T] | None:
        return None if fields[slot] is None else _reading(fields[slot], kind, spans)

    def many[T](slot: str, kind: Callable[..., T]) -> tuple[Reading[T], ...]:
        return tuple(_reading(x, kind, spans) for x in fields[slot])

    slots = Slots(
        status=_reading(fields["status"], _string, spans),
        mode=one("mode", _string),
        actors=many("actors", Party),
        recipients=many("recipients", Party),
        places=many("places", Place),
        time=one("time", Period),
        counts=many("counts", Count),
        sources=many("sources", Sourcing),
    )
    mentions = tuple(map(spans.read, fields["mentions"]))
    return Claim(document_id, _reading(fields["type"], _string, spans), slots, mentions)


def _reading[T](fields: Fields, kind: Callable[..., T], spans: "_Spans") -> Reading[T]:
    value = fields["value"]
    return Reading(
        kind(value) if kind is _string else kind(**value),
        Basis(fields["basis"]),
        tuple(map(spans.read, fields["evidence"])),
        fields["found_by"],
        fields["score"],
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string is expected, not {value!r}")
    return value


class _Spans:
    """Reads spans and checks that they lie in the text and quote it rightly."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, fields: Fields) -> Span:
        """The span, if its words are those of the text."""
        span = Span(fields["start"], fields["end"])
        if span.end > len(self._text) or span.of(self._text) != fields["text"]:
            raise ValueError(f"{fields['text']!r} is not at {span.start} of the text")
        return span


def _name(fields: Fields) -> str:
    document = fields.get("document")
    told = document.get("name") or document.get("id") if isinstance(document, dict) else None
    return str(told or "unnamed")
