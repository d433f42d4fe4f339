"""Values of the model as the API gives them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from dateline.export.phrases import phrase
from dateline.model import Claim, Reading, Record, Span
from dateline.model.codec import encode_claim, encode_reading, value_fields
from dateline.model.corrected import Corrected
from dateline.model.correction import Act, Correction, spot
from dateline.review.schemas import claims as out
from dateline.review.schemas import shared
from dateline.review.schemas.shared import State

_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=\S)|\n+")
_AROUND = 300  # characters of a sentence on either side of the words
_VERSION = 12
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


def reading(found: Reading[Any], slot: str) -> Any:
    """A reading of a slot."""
    kind = _KINDS.get(slot)
    told = value_fields(found.value)
    return shared.Reading[kind or str].model_construct(  # type: ignore[misc]
        value=kind.model_construct(**told) if kind else told,
        says=phrase(found.value),
        basis=found.basis.value,
        evidence=[span(x) for x in found.evidence],
        found_by=found.found_by,
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


def version(shown: Claim, held: Sequence[Correction], text: str) -> str:
    """What changes whenever a claim, or what people said of it, changes."""
    told = [encode_claim(shown, text), [state_of(x, text) for x in held]]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:_VERSION]


def state_of(found: Correction, text: str) -> dict[str, Any]:
    """A correction as plain values, without its time."""
    return {
        "claim": found.claim,
        "slot": found.slot,
        "readings": [encode_reading(x, text) for x in found.readings],
        "by": found.by,
        "why": found.why,
        "act": found.act.value,
        "claims": [encode_claim(x, text) for x in found.claims],
        "into": found.into,
    }


class Sheet:
    """A dispatch with the claims there are, those that are gone, and what people said of each."""

    def __init__(self, original: Record, corrected: Corrected) -> None:
        self.original = original
        self.record = corrected.record
        self.text = original.document.text
        self.held = corrected.held
        self._base = {claim.id: claim for claim in original.claims}
        self._spots = {spot(x) for x in self._base}
        self.shown = {claim.id: claim for claim in self.record.claims}
        self.gone = self._gone()

    def claim(self, name: str) -> Claim | None:
        """A claim that is there or gone, by its id or else its place."""
        found = self.shown.get(name) or self.gone.get(name)
        if found is not None:
            return found
        here = [x for x in (*self.shown.values(), *self.gone.values()) if spot(x.id) == spot(name)]
        return here[0] if len(here) == 1 else None

    def held_of(self, claim: Claim) -> tuple[Correction, ...]:
        """What holds for a claim."""
        return tuple(self.held.get(claim.id, ()))

    def version(self, claim: Claim) -> str:
        """The version of a claim."""
        return version(claim, self.held_of(claim), self.text)

    def state(self, claim: Claim) -> State:
        """What people did with a claim."""
        acts = {x.act for x in self.held_of(claim)}
        if claim.id in self.gone:
            return "merged" if Act.MERGE in acts else "rejected"
        if Act.ADD in acts or spot(claim.id) not in self._spots:
            return "added"
        if Act.EDIT in acts or Act.SPLIT in acts:
            return "edited"
        whole = any(x.act is Act.ACCEPT and not x.slot for x in self.held_of(claim))
        return "accepted" if whole else "open"

    def _gone(self) -> dict[str, Claim]:
        here = {spot(x) for x in self.shown}
        found = {x: claim for x, claim in self._base.items() if spot(x) not in here}
        for name, held in self.held.items():
            for one in held:
                if one.act is Act.ADD and spot(name) not in here:
                    found.setdefault(name, one.claims[0])
        return found


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
        return reading(told, slot) if told else None

    def many(slot: str) -> Any:
        return [reading(x, slot) for x in getattr(slots, slot)]

    return out.Claim.model_construct(
        id=found.id,
        version=sheet.version(found),
        review=review(sheet, found, named=named),
        says=says(found),
        type=reading(found.type, "type"),
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
