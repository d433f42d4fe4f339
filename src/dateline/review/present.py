"""Values of the model as the API gives them."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from dateline.export.phrases import phrase
from dateline.model import Claim, Reading, Span
from dateline.model.codec import value_fields
from dateline.model.corrected import Corrected
from dateline.model.correction import Act
from dateline.review.schemas import claims as out
from dateline.review.schemas import shared
from dateline.store.sheets import Sheet

_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=\S)|\n+")
_PERSON = "person/"
_AROUND = 300  # characters of a sentence on either side of the words
_KINDS: dict[str, type[Any]] = {
    "actors": shared.Party,
    "recipients": shared.Party,
    "places": shared.Place,
    "time": shared.Period,
    "counts": shared.Count,
    "sources": shared.Sourcing,
}


def clean(text: str) -> str:
    """Text that can be sent: a lone surrogate is replaced, character for character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def span(found: Span) -> shared.Span:
    """Characters of a text."""
    return shared.Span(start=found.start, end=found.end)


def reading(found: Reading[Any], slot: str, *, named: bool = True) -> Any:
    """A reading of a slot; `named` tells which person it is of."""
    kind = _KINDS.get(slot)
    told = value_fields(found.value)
    return shared.Reading[kind or str].model_construct(  # type: ignore[misc]
        value=kind.model_construct(**told) if kind else told,
        says=phrase(found.value),
        basis=found.basis.value,
        evidence=[span(x) for x in found.evidence],
        found_by=found.found_by if named or not found.found_by.startswith(_PERSON) else "person",
        score=found.score,
    )


def says(claim: Claim) -> str:
    """A claim in a line: who, type and mode, to whom, where."""
    actors = ", ".join(x.value.name for x in claim.actors)
    recipients = ", ".join(x.value.name for x in claim.recipients)
    kind = f"{claim.type.value} {claim.mode.value}" if claim.mode else claim.type.value
    where = ", ".join(x.value.name for x in claim.places[:2])
    told = f"{actors or '…'} · {kind}" + (f" · {recipients}" if recipients else "")
    return f"{told} · {where}" if where else told


def sentence(text: str, around: Span) -> Span:
    """The sentence that words stand in, cut where it is very long."""
    before = text[max(0, around.start - _AROUND) : around.start]
    starts = [found.end() for found in _BREAK.finditer(before)]
    start = around.start - len(before) + (starts[-1] if starts else 0)
    after = _BREAK.search(text, around.end, min(len(text), around.end + _AROUND))
    end = after.start() if after else min(len(text), around.end + _AROUND)
    # The quotation mark or bracket that ends the sentence belongs to it.
    return Span(start, max(end, around.end))


def review(sheet: Sheet, claim: Claim, *, named: bool) -> out.Review:
    """What people did with a claim; `named` tells who."""
    held = sheet.held_of(claim)
    last = held[-1] if held else None

    def name(by: str) -> str:
        return by.partition("/")[2] if named else ""

    return out.Review.model_construct(
        state=sheet.state(claim),
        by=name(last.by) if last else "",
        at=last.at if last else None,
        why=last.why if last else "",
        slots={x.slot: name(x.by) for x in held if x.act is Act.EDIT},
    )


def claim(sheet: Sheet, found: Claim, incident: str | None, *, named: bool) -> out.Claim:
    """A claim."""
    slots = found.slots

    def one(slot: str) -> Any:
        told = getattr(slots, slot)
        return reading(told, slot, named=named) if told else None

    def many(slot: str) -> Any:
        return [reading(x, slot, named=named) for x in getattr(slots, slot)]

    return out.Claim.model_construct(
        id=found.id,
        version=sheet.version(found),
        review=review(sheet, found, named=named),
        says=says(found),
        type=reading(found.type, "type", named=named),
        **{x: one(x) for x in ("mode", "status", "time")},
        **{x: many(x) for x in ("actors", "recipients", "places", "counts", "sources")},
        mentions=[span(x) for x in found.mentions],
        incident=incident,
    )


def document(
    sheet: Sheet,
    about: Mapping[str, Any],
    incidents: Mapping[str, str],
    *,
    named: bool,
    assignment: int | None = None,
) -> out.Document:
    """A dispatch with its claims; `about` are its run and its origin."""
    told = sheet.original.document
    whole = Sheet(sheet.original, Corrected(sheet.original))

    def told_of(of: Sheet, found: Iterable[Claim]) -> list[out.Claim]:
        return [claim(of, x, incidents.get(x.id), named=named) for x in found]

    written = sheet.record.written
    return out.Document.model_construct(
        id=told.id,
        name=told.name,
        title=told.title,
        publisher=told.publisher,
        url=told.url,
        published=told.published,
        sha256=sha256(told.text.encode("utf-8", "surrogatepass")).hexdigest(),
        notes=[*dict.fromkeys((*told.notes, *sheet.original.notes))],
        text=clean(told.text),
        written=reading(written, "time") if written else None,
        findings=[
            out.Finding.model_construct(
                rule=x.rule, says=x.says, score=x.score, words=[span(y) for y in x.words]
            )
            for x in sheet.original.findings
        ],
        claims=told_of(sheet, sheet.record.claims),
        gone=told_of(sheet, sheet.gone.values()),
        original=told_of(whole, sheet.original.claims),
        assignment=assignment,
        **about,
    )
