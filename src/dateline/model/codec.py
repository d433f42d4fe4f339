"""Records to JSON and back, without loss."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from dateline.errors import InputError
from dateline.model.document import Document
from dateline.model.event import Basis, Claim, Reading, Record, Slots
from dateline.model.finding import Finding
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
        "findings": encode_findings(record.findings, document.text),
    }


def decode(fields: Fields) -> Record:
    """The record that `encode` made these values from.

    Raises:
        InputError: A field is missing, of the wrong kind or contradicts the text; names the
            document.
    """
    with refused(_name(fields), "record"):
        if fields["layout"] != LAYOUT:
            raise ValueError(f"layout {fields['layout']!r}, {LAYOUT} is expected")
        document = _document(fields["document"])
        spans = _Spans(document.text)
        claims = tuple(_read_claim(claim, document.id, spans) for claim in fields["claims"])
        told = fields.get("written")
        written = _reading(told, Period, spans) if told else None
        notes, findings = tuple(fields["notes"]), fields.get("findings", ())
        found = decode_findings(findings, document.text)
        return Record(document, claims, fields["problem"], notes, written, found)


def encode_claim(claim: Claim, text: str) -> dict[str, Any]:
    """One claim of a dispatch with this text, as `encode` has it among the record's claims."""
    return _claim(claim, text)


def decode_claims(claims: Iterable[Fields], document: Document) -> tuple[Claim, ...]:
    """The claims of a dispatch that `encode_claim` made these values from.

    Raises:
        InputError: As `decode` does.
    """
    spans = _Spans(document.text)
    with refused(document.name or document.id, "record"):
        return tuple(_read_claim(fields, document.id, spans) for fields in claims)


def encode_reading(found: Reading[Any], text: str) -> dict[str, Any]:
    """One reading of a dispatch with this text."""
    return _reading_fields(found, text)


def decode_reading(fields: Fields, slot: str, text: str) -> Reading[Any]:
    """The reading of a slot (or of "type") that `encode_reading` made these values from.

    Raises:
        InputError: There is no such slot, a field is missing or wrong or contradicts the text.
    """
    with refused(slot, "reading"):
        return _reading(fields, KIND_OF[slot], _Spans(text))


def encode_findings(found: Iterable[Finding], text: str) -> list[dict[str, Any]]:
    """What the checks found in a dispatch with this text."""
    return [
        {
            "rule": x.found_by,
            "words": [_span(span, text) for span in x.words],
            "says": x.says,
            "score": x.score,
        }
        for x in found
    ]


def decode_findings(found: Iterable[Fields], text: str) -> tuple[Finding, ...]:
    """The findings that `encode_findings` made these values from.

    Raises:
        InputError: A field is missing or contradicts the text.
    """
    spans = _Spans(text)
    with refused("findings", "record"):
        return tuple([_finding(fields, spans) for fields in found])


def dump(record: Record) -> str:
    """The record as one line of JSON (without the newline)."""
    return text_of(encode(record))


def text_of(values: Any) -> str:
    """JSON values as one line that no terminal, editor, encoding or database stumbles over."""
    line = json.dumps(values, ensure_ascii=False, allow_nan=False)
    return line if line.isprintable() else _escaped(line)


@contextmanager
def refused(name: str, kind: str) -> Iterator[None]:
    """Tell what is wrong with values that are no record (claim, incident …): `name` is no `kind`.

    Raises:
        InputError: In place of the error that reading the values raises.
    """
    try:
        yield
    except InputError:
        raise
    except KeyError as cause:
        raise InputError(f"{name}: no {kind}: {cause} is missing") from cause
    except (ValueError, TypeError, AttributeError, IndexError) as cause:
        raise InputError(f"{name}: no {kind}: {cause}") from cause


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
    return {
        "value": value_fields(found.value),
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
    slots = Slots(
        status=_reading(fields["status"], _string, spans),
        mode=_one(fields["mode"], _string, spans),
        actors=_many(fields["actors"], Party, spans),
        recipients=_many(fields["recipients"], Party, spans),
        places=_many(fields["places"], Place, spans),
        time=_one(fields["time"], Period, spans),
        counts=_many(fields["counts"], Count, spans),
        sources=_many(fields["sources"], Sourcing, spans),
    )
    mentions = tuple(map(spans.read, fields["mentions"]))
    return Claim(document_id, _reading(fields["type"], _string, spans), slots, mentions)


def _finding(fields: Fields, spans: "_Spans") -> Finding:
    first, *others = map(spans.read, fields["words"])
    says = _string(fields["says"])
    return Finding(first, _string(fields["rule"]), says, fields["score"], tuple(others))


def _one[T](fields: Any, kind: Callable[..., T], spans: "_Spans") -> Reading[T] | None:
    return None if fields is None else _reading(fields, kind, spans)


def _many[T](fields: Any, kind: Callable[..., T], spans: "_Spans") -> tuple[Reading[T], ...]:
    return tuple([_reading(x, kind, spans) for x in fields])


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


def value_fields(value: Any) -> Any:
    """A slot's value (a text, a `Party`, a `Place` …) as JSON values."""
    if isinstance(value, str):
        return value
    return {name: getattr(value, name) for name in value.__slots__}


def slot_value(slot: str, fields: Any) -> Any:
    """The value of a slot that `value_fields` made these JSON values from."""
    kind = KIND_OF[slot]
    return kind(fields) if kind is _string else kind(**fields)


KIND_OF: Mapping[str, Callable[..., Any]] = {
    "type": _string,
    "mode": _string,
    "status": _string,
    "actors": Party,
    "recipients": Party,
    "places": Place,
    "time": Period,
    "counts": Count,
    "sources": Sourcing,
}


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
