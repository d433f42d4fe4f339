"""Every value of every claim as a W3C Web Annotation on its dispatch (JSON-LD)."""

import json
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from dateline.export.phrases import phrase
from dateline.model import Claim, Record, Span
from dateline.model.incident import Corpus

Json = dict[str, Any]
PLANE = 0xFFFF  # code points above it take two UTF-16 units
AROUND = 32  # characters of prefix and suffix
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "dateline": "urn:dateline:terms:",
        "utf16Start": "dateline:utf16Start",
        "utf16End": "dateline:utf16End",
        "basis": "dateline:basis",
        "foundBy": "dateline:foundBy",
        "claim": "dateline:claim",
        "incident": "dateline:incident",
    },
]


def webannotation_pieces(corpus: Corpus) -> Iterator[str]:
    """An AnnotationPage, piece by piece: one annotation for each value and stretch it rests on.

    The TextPositionSelector counts code points, as the standard has it; utf16Start and utf16End
    beside it count UTF-16 units, as JavaScript does. The TextQuoteSelector repeats the words.
    """
    context = json.dumps(CONTEXT)
    yield f'{{"@context": {context},\n"id": "urn:dateline:annotations", "type": "AnnotationPage",\n'
    yield '"items": ['
    comma = ""
    for annotation in annotations(corpus):
        yield f"{comma}\n{json.dumps(annotation, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def annotations(corpus: Corpus) -> Iterator[Json]:
    """The annotations, in the order of dispatches, claims and slots."""
    incident = {claim: x.id for x in corpus.incidents for claim in x.claims}
    for record in corpus.records:
        units = Units(record.document.text)
        for claim in record.claims:
            shared = {"claim": claim.id, "incident": incident.get(claim.id)}
            for span, annotation in _annotations(claim):
                yield annotation | {"target": _target(record, span, units)} | shared


def _annotations(claim: Claim) -> Iterator[tuple[Span, Json]]:
    """Each stretch that a value rests on, with its annotation but for the target."""
    told = enumerate(claim.readings())
    pieces = ((n, slot, x, part) for n, (slot, x) in told for part in range(len(x.evidence)))
    for number, slot, reading, part in pieces:
        yield (
            reading.evidence[part],
            {
                "id": f"urn:dateline:{claim.id}:{number}:{part}",
                "type": "Annotation",
                "motivation": "classifying" if slot == "type" else "describing",
                "body": [_body("tagging", slot), _body("describing", phrase(reading.value))],
                "basis": reading.basis.value,
                "foundBy": reading.found_by,
            },
        )


class Units:
    """From code points to UTF-16 units, for many places of one text."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, char in enumerate(text) if ord(char) > PLANE]

    def before(self, at: int) -> int:
        """How many UTF-16 units stand before a code point.

        >>> Units("at 🏔 noon").before(5)
        6
        """
        return at + bisect_left(self._wide, at)


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _target(record: Record, span: Span, units: Units) -> Json:
    document, text = record.document, record.document.text
    return {
        "source": document.url or f"urn:dateline:document:{document.id}",
        "selector": [
            {
                "type": "TextPositionSelector",
                "start": span.start,
                "end": span.end,
                "utf16Start": units.before(span.start),
                "utf16End": units.before(span.end),
            },
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }
