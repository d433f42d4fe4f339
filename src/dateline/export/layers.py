"""Annotations as flat JSON values, one per annotation, for `dateline annotate` and for checking."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from dateline.export.phrases import phrase
from dateline.model import (
    Annotated,
    Annotation,
    Attribution,
    Cue,
    EntityMention,
    EventMention,
    PlaceMention,
    Quantity,
    Sentence,
    Span,
    TimeExpression,
)

Json = dict[str, Any]

LAYERS: dict[str, type[Annotation]] = {
    "sentences": Sentence,
    "entities": EntityMention,
    "times": TimeExpression,
    "places": PlaceMention,
    "quantities": Quantity,
    "cues": Cue,
    "attributions": Attribution,
    "events": EventMention,
}


def layer_rows(doc: Annotated, layer: str) -> Iterator[Json]:
    """The annotations of one layer in text order, each with its words and its own fields."""
    own = _OWN[layer]
    for found in doc[LAYERS[layer]]:
        yield {
            "document": doc.document.name or doc.document.id,
            "layer": layer,
            **_quoted(found.span, doc.text),
            "found_by": found.found_by,
            **own(found, doc.text),
        }


def _quoted(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _sentence(found: Sentence, _text: str) -> Json:
    return {"tokens": found.last - found.first + 1}


def _entity(found: EntityMention, _text: str) -> Json:
    return {"kind": found.kind, **asdict(found.party), "known": found.known}


def _time(found: TimeExpression, _text: str) -> Json:
    return {
        "type": found.type,
        "value": found.value,
        "from": found.start,
        "to": found.end,
        "earliest": found.earliest,
        "latest": found.latest,
        "precision": found.precision,
        "mod": found.mod,
        "inferred": found.inferred,
    }


def _place(found: PlaceMention, _text: str) -> Json:
    own = {"score": found.score, "radius": found.radius, "metonymic": found.metonymic}
    return {**asdict(found.place), **own}


def _quantity(found: Quantity, _text: str) -> Json:
    fields = ("who", "low", "best", "high", "kind")
    return {name: getattr(found, name) for name in fields}


def _cue(found: Cue, text: str) -> Json:
    return {"category": found.category, "scope": _quoted(found.scope, text)}


def _attribution(found: Attribution, text: str) -> Json:
    return {
        "source": _quoted(found.source, text) if found.source else None,
        "cue": found.span.of(text),
        "content": [_quoted(span, text) for span in found.content],
        "stance": found.stance,
        "speaker": _quoted(found.speaker, text) if found.speaker else None,
        "kind": found.kind,
    }


def _event(found: EventMention, text: str) -> Json:
    slots: Json = {"type": found.type, "score": found.score}
    for name in ("mode", "status", "actors", "recipients", "places", "time", "counts", "sources"):
        told = getattr(found.slots, name)
        if isinstance(told, tuple):
            slots[name] = [_reading(x, text) for x in told]
        else:
            slots[name] = _reading(told, text) if told else None
    return slots


def _reading(found: Any, text: str) -> Json:
    return {
        "value": phrase(found.value),
        "basis": found.basis.value,
        "evidence": [_quoted(span, text) for span in found.evidence],
        "found_by": found.found_by,
        "score": found.score,
    }


_OWN: dict[str, Callable[[Any, str], Json]] = {
    "sentences": _sentence,
    "entities": _entity,
    "times": _time,
    "places": _place,
    "quantities": _quantity,
    "cues": _cue,
    "attributions": _attribution,
    "events": _event,
}
