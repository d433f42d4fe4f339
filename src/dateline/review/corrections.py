"""From a command as it was sent to corrections of the model."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from fastapi import HTTPException
from pydantic import BaseModel, ValidationError

from dateline.knowledge.loader import read
from dateline.model import (
    STATUSES,
    TYPES,
    Basis,
    Claim,
    Count,
    Party,
    Period,
    Place,
    Reading,
    Slots,
    Sourcing,
    Span,
)
from dateline.model.correction import Act, Correction
from dateline.review.schemas import claims as sent
from dateline.review.schemas import shared
from dateline.store.sheets import Sheet

_KINDS: Mapping[str, tuple[type[BaseModel], type[Any]]] = {
    "actors": (shared.Party, Party),
    "recipients": (shared.Party, Party),
    "places": (shared.Place, Place),
    "time": (shared.Period, Period),
    "counts": (shared.Count, Count),
    "sources": (shared.Sourcing, Sourcing),
}


@cache
def modes() -> frozenset[str]:
    """All modes that some type has."""
    types = read("ontology/plover.yaml")["types"]
    return frozenset(mode for found in types.values() for mode in found["modes"])


def correction(command: sent.Command, sheet: Sheet, by: str) -> Correction:
    """What a command says.

    Raises:
        HTTPException: It does not fit the dispatch or contradicts itself.
    """
    try:
        return _correction(command, sheet, by)
    except (ValueError, ValidationError) as cause:
        raise HTTPException(422, _told(cause)) from cause


def named(command: sent.Command, sheet: Sheet) -> Claim:
    """The claim that a command is about.

    Raises:
        HTTPException: There is none.
    """
    found = sheet.claim(command.claim)
    if found is None:
        raise HTTPException(404, "There is no such claim.")
    return found


def _correction(command: sent.Command, sheet: Sheet, by: str) -> Correction:
    act, text = Act(command.act), sheet.text
    brought = tuple(_claim(x, sheet, by) for x in command.claims)
    slot = command.slot or ""
    if act is Act.ADD:
        if len(brought) != 1:
            raise ValueError("claims: exactly one is added")
        if brought[0].id in sheet.shown:
            raise ValueError("claims: there is such a claim on these words already")
        return Correction(brought[0].id, "", (), by, command.why, None, act, brought)
    claim = named(command, sheet)
    if act is not Act.REOPEN and claim.id in sheet.gone:
        raise HTTPException(409, "The claim is gone; reopen it first.")
    into = ""
    if act is Act.MERGE:
        target = sheet.shown.get(command.into)
        if target is None:
            raise ValueError("into: no claim of this dispatch")
        into = target.id
    readings: tuple[Reading[Any], ...] = ()
    if act is Act.EDIT:
        readings = tuple(_reading(slot, x, text, by) for x in command.readings)
        if slot == "type" and readings and not command.readings[0].evidence:
            old = claim.type.evidence
            readings = (Reading(readings[0].value, Basis.STATED, old, by),)
    if command.readings and act is not Act.EDIT:
        raise ValueError(f"readings: {command.act} takes none")
    return Correction(claim.id, slot, readings, by, command.why, None, act, brought, into)


def _claim(told: sent.SentClaim, sheet: Sheet, by: str) -> Claim:
    text = sheet.text

    def many(slot: str, found: Iterable[sent.SentReading]) -> tuple[Reading[Any], ...]:
        return tuple(_reading(slot, x, text, by) for x in found)

    if told.mode is not None and told.mode not in modes():
        raise ValueError(f"mode: {told.mode!r} is none")
    trigger = _span(told.trigger, text)
    slots = Slots(
        status=Reading(told.status, Basis.INFERRED, (), by),
        mode=Reading(told.mode, Basis.INFERRED, (), by) if told.mode else None,
        actors=many("actors", told.actors),
        recipients=many("recipients", told.recipients),
        places=many("places", told.places),
        time=_reading("time", told.time, text, by) if told.time else None,
        counts=many("counts", told.counts),
        sources=many("sources", told.sources),
    )
    kind = Reading(str(told.type), Basis.STATED, (trigger,), by)
    mentions = tuple(_span(x, text) for x in told.mentions)
    return Claim(sheet.original.document.id, kind, slots, mentions)


def _reading(slot: str, told: sent.SentReading, text: str, by: str) -> Reading[Any]:
    evidence = tuple(_span(x, text) for x in told.evidence)
    basis = Basis.STATED if evidence else Basis.INFERRED
    return Reading(_value(slot, told.value), basis, evidence, by)


def _value(slot: str, told: Any) -> Any:
    if slot not in _KINDS:
        allowed = {"type": TYPES, "status": STATUSES}.get(slot, modes())
        if not isinstance(told, str) or told not in allowed:
            raise ValueError(f"{slot}: {told!r} is none")
        return told
    schema, kind = _KINDS[slot]
    if not isinstance(told, dict) or not set(told) <= set(schema.model_fields):
        raise ValueError(f"{slot}: an object with {', '.join(schema.model_fields)} is expected")
    return kind(**schema.model_validate(told).model_dump())


def _span(told: shared.Span, text: str) -> Span:
    if told.end > len(text):
        raise ValueError(f"characters {told.start} to {told.end} lie outside the dispatch")
    found = Span(told.start, told.end)
    if not found.of(text).strip():
        raise ValueError("characters: they hold no words")
    return found


def _told(cause: ValueError) -> str:
    if isinstance(cause, ValidationError):
        first = cause.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(cause)
