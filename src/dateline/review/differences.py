"""What coders of the same dispatch differ on, and a reviewer's decision."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.export.phrases import phrase
from dateline.model import Claim, Reading
from dateline.model.codec import value_fields
from dateline.model.correction import Act, Correction
from dateline.review import codings, commands, paging, present
from dateline.review.accounts import Caller
from dateline.review.books import DeskBook
from dateline.review.codings import CLAIM, Event
from dateline.review.desk import Desk
from dateline.review.schemas import desk as out
from dateline.review.schemas.claims import Done
from dateline.review.schemas.queries import DifferenceQuery
from dateline.review.schemas.shared import Page
from dateline.store.sheets import Sheet

_GAP = "#"


def page(desk: Desk, wanted: DifferenceQuery) -> Page[out.Difference]:
    """A page of differences, those of a dispatch together."""
    found = [
        x for x in _all(desk) if x.settled == wanted.settled and wanted.document in {"", x.document}
    ]
    items = paging.window(wanted, found)
    return Page[out.Difference].model_construct(**paging.page(wanted, items, len(found)))


def decide(desk: Desk, sent: out.SentDecision, caller: Caller, version: str) -> Done:
    """Make one coder's coding of a slot the desk's.

    Raises:
        HTTPException: There is no such difference, or the coder has not coded it.
        StaleError: The claim has another version by now.
    """
    name, _, slot = sent.id.partition(_GAP)
    document = name.partition(":")[0]
    sheets = codings.finished(desk).get(document, {})
    event = next((x for x in codings.events(document, sheets) if x.first.id == name), None)
    if event is None or sent.coder not in event.coders or slot not in codings.JUDGED:
        raise HTTPException(404, "There is no such difference.")
    theirs = event.coders[sent.coder]

    def work(connection: sa.Connection) -> commands.Made:
        book, made = DeskBook(), commands.Made()
        sheet = book.sheet(connection, document)
        mine = sheet.claim(name)
        now = sheet.version(mine) if mine else ""
        if now != version:
            raise commands.StaleError(now, sheet, book)
        for said in _said(sheet, mine, theirs, slot):
            signed = replace(said, by=caller.by, why=sent.why)
            commands.apply(connection, book, book.sheet(connection, document), signed, made)
        if not made.claims:
            raise HTTPException(409, "The desk says so already.")
        return made

    return commands.run(desk, caller, work, ("do", f"decide {slot}", sent.why))


def _said(
    sheet: Sheet, mine: Claim | None, theirs: Claim | None, slot: str
) -> Iterator[Correction]:
    """The corrections that make the desk say what a coder says."""
    there = mine is not None and mine.id in sheet.shown
    if theirs is None:
        if mine is not None and there:
            yield Correction(mine.id, "", (), "", act=Act.REJECT)
        return
    if mine is None:
        yield Correction(theirs.id, "", (), "", act=Act.ADD, claims=(theirs,))
        return
    if not there:
        yield Correction(mine.id, "", (), "", act=Act.REOPEN)
    if slot == CLAIM:
        yield Correction(mine.id, "", (), "", act=Act.ACCEPT)
    else:
        yield Correction(mine.id, slot, _readings(theirs, slot), "")


def _readings(claim: Claim, slot: str) -> tuple[Reading[Any], ...]:
    found = claim.type if slot == "type" else getattr(claim.slots, slot)
    if isinstance(found, tuple):
        return found
    return (found,) if found is not None else ()


def _all(desk: Desk) -> Iterator[out.Difference]:
    done = codings.finished(desk)
    sheets = desk.sheets(set(done))
    told = (x for name, theirs in done.items() for x in codings.events(name, theirs))
    for event in told:
        for slot in codings.JUDGED:
            if len(set(event.values(slot).values())) > 1:
                yield _difference(sheets[event.document], event, slot)


def _difference(sheet: Sheet, event: Event, slot: str) -> out.Difference:
    document = sheet.original.document
    mine = sheet.claim(event.first.id)
    quote = present.sentence(document.text, event.first.trigger).of(document.text)
    return out.Difference.model_construct(
        id=f"{event.first.id}{_GAP}{slot}",
        document=document.id,
        title=document.title or document.name,
        claim=mine.id if mine else event.first.id,
        version=sheet.version(mine) if mine else "",
        quote=present.clean(quote),
        slot=slot,
        codings=[
            out.Coding.model_construct(
                coder=coder, says=_says(claim, slot), value=_plain(claim, slot)
            )
            for coder, claim in event.coders.items()
            if claim is not None or slot == CLAIM
        ],
        settled=_settled(sheet, mine, slot),
        says=_says(mine if mine and mine.id in sheet.shown else None, slot),
    )


def _settled(sheet: Sheet, mine: Claim | None, slot: str) -> bool:
    if mine is None:
        return False
    held = sheet.held_of(mine)
    if slot == CLAIM:
        return any(x.act in {Act.ACCEPT, Act.REJECT, Act.ADD} and not x.slot for x in held)
    return any(x.act is Act.EDIT and x.slot == slot for x in held)


def _says(claim: Claim | None, slot: str) -> str:
    if claim is None:
        return ""
    if slot == CLAIM:
        return present.says(claim)
    return "; ".join(phrase(x.value) for x in _readings(claim, slot))


def _plain(claim: Claim | None, slot: str) -> list[Any]:
    if claim is None or slot == CLAIM:
        return []
    return [value_fields(x.value) for x in _readings(claim, slot)]
