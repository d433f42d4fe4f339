"""The review queue: claims by filters and facets."""

from typing import Any

import numpy as np

from dateline.model import Claim
from dateline.review import paging, present
from dateline.review.accounts import Caller
from dateline.review.claim_index import of_state, score
from dateline.review.columns import Columns, Mask, facets
from dateline.review.desk import Desk
from dateline.review.present import Sheet
from dateline.review.schemas import shared
from dateline.review.schemas.claims import QueueItem
from dateline.review.schemas.queries import ClaimQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_reads
from dateline.store.rows import days, where
from dateline.store.search import fold

_TIES = ("key", "place")  # dispatch by dispatch, and there as they are told
_FACETS = ("state", "type", "status", "country", "publisher")


def page(desk: Desk, wanted: ClaimQuery, caller: Caller) -> Page[QueueItem]:  # noqa: ARG001
    """A page of the queue."""
    columns = desk.claims()
    chosen, rest = _masks(desk, columns, wanted)
    mask = rest.copy()
    for theirs in chosen.values():
        mask &= theirs
    places = columns.ordered(mask, wanted.sort, descending=wanted.order == "desc", ties=_TIES)
    shown = paging.window(wanted, places.tolist())
    found = facets(columns, _FACETS, chosen, rest)
    fields = paging.page(wanted, _items(desk, columns, shown), len(places), found)
    return Page[QueueItem].model_construct(**fields)


def waiting(desk: Desk) -> int:
    """How many claims nobody has decided on."""
    columns = desk.claims()
    return int(of_state(columns, ["open"]).sum())


def _masks(desk: Desk, columns: Columns, wanted: ClaimQuery) -> tuple[dict[str, Mask], Mask]:
    """What each facet lets through, and what all other filters do."""
    chosen = {"state": of_state(columns, wanted.state)}
    for name in _FACETS[1:]:
        values = getattr(wanted, name)
        if values:
            chosen[name] = columns.among(name, values)
    rest = columns.all()
    if wanted.since or wanted.until:
        rest &= columns.touching(wanted.since, wanted.until)
    if wanted.document:
        rest &= columns.among("document", [wanted.document])
    if wanted.actor:
        rest &= columns.holding("parties", fold(wanted.actor))
    if wanted.q:
        with desk.store.database.read() as connection:
            found = desk_reads.found_documents(connection, wanted.q)
        rest &= np.isin(columns["key"], found)
    return chosen, rest


def _items(desk: Desk, columns: Columns, places: Any) -> list[QueueItem]:
    words = columns.words["document"]
    ids = [(columns["id"][i], words[columns["document"][i]]) for i in places]
    sheets = desk.sheets({document for _, document in ids})
    found = []
    for claim_id, document in ids:
        sheet = sheets.get(document)
        claim = sheet.claim(claim_id) if sheet else None
        if sheet is not None and claim is not None:
            found.append(item(sheet, claim))
    return found


def item(sheet: Sheet, claim: Claim) -> QueueItem:
    """A claim in the queue."""
    document = sheet.original.document
    around = present.sentence(document.text, claim.trigger)
    start, end = days(claim.time.value if claim.time else None)
    trigger = shared.Span(
        start=claim.trigger.start - around.start, end=claim.trigger.end - around.start
    )
    return QueueItem.model_construct(
        id=claim.id,
        version=sheet.version(claim),
        state=sheet.state(claim),
        document=document.id,
        title=document.title or document.name,
        publisher=document.publisher,
        published=document.published,
        type=claim.type.value,
        mode=claim.mode.value if claim.mode else None,
        status=claim.status.value,
        start=start,
        end=end,
        **where(x.value for x in claim.places),
        score=score(claim),
        quote=present.clean(around.of(document.text)),
        trigger=trigger,
        says=present.says(claim),
    )
