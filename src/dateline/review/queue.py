"""The review queue: claims by filters and facets."""

from typing import Any

import sqlalchemy as sa

from dateline.model import Claim
from dateline.review import paging, present
from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.schemas import shared
from dateline.review.schemas.claims import QueueItem
from dateline.review.schemas.queries import ClaimQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_lists
from dateline.store.desk_lists import CLAIMS, Filter
from dateline.store.listing_tables import claim_kinds, listed_claims, listed_documents
from dateline.store.rows import days, where
from dateline.store.search import matching
from dateline.store.sheets import Sheet

DONE = ("accepted", "edited", "added", "rejected", "merged")
_TIES = (listed_claims.c.document, listed_claims.c.place)  # as dispatches tell them
_OF_KINDS = ("type", "country")


def page(desk: Desk, wanted: ClaimQuery, caller: Caller) -> Page[QueueItem]:  # noqa: ARG001
    """A page of the queue."""
    window = (paging.offset(wanted), wanted.limit)
    with desk.store.database.read() as connection:
        found = desk_lists.find(connection, CLAIMS, _filter(connection, wanted))
        rows = _rows(connection, wanted, found, window)
    facets = {name: desk_lists.told(counts) for name, counts in found.facets.items()}
    facets["country"] = [x for x in facets["country"] if x[0]]
    items = _items(desk, [(row.id, row.id.partition(":")[0]) for row in rows])
    return Page[QueueItem].model_construct(**paging.page(wanted, items, found.total, facets))


def waiting(connection: sa.Connection) -> int:
    """How many claims nobody has decided on."""
    wanted = Filter({"state": desk_lists.among(["open"])})
    return desk_lists.find(connection, CLAIMS, wanted).total


def _rows(
    connection: sa.Connection, wanted: ClaimQuery, found: desk_lists.Found, window: tuple[int, int]
) -> Any:
    by: Any = listed_claims.c.get(wanted.sort)
    where = list(found.where)
    if wanted.sort in _OF_KINDS:
        by = sa.func.nullif(claim_kinds.c[wanted.sort], "")
        where.append(claim_kinds.c.key == listed_claims.c.kind)
    order = (desk_lists.ordered(by, descending=wanted.order == "desc"), *_TIES)
    told = desk_lists.Found(found.total, {}, where)
    return desk_lists.page(connection, [listed_claims.c.id], told, order, window)


def _filter(connection: sa.Connection, wanted: ClaimQuery) -> Filter:
    chosen = {
        name: desk_lists.among(getattr(wanted, name))
        for name in ("type", "status", "country", "publisher")
        if getattr(wanted, name)
    }
    states = {*wanted.state, *(DONE if "done" in wanted.state else ())}
    if states and "all" not in states:
        chosen["state"] = desk_lists.among(sorted(states))
    table = listed_claims
    rest = list(desk_lists.touching(table, wanted.since, wanted.until))
    if wanted.document:
        mine = sa.select(listed_documents.c.document)
        mine = mine.where(listed_documents.c.id == wanted.document)
        rest.append(table.c.document.in_(mine))
    if wanted.actor:
        rest.append(desk_lists.holding(connection, table.c.parties, wanted.actor))
    if wanted.q:
        rest.append(table.c.document.in_(matching(wanted.q, connection.dialect.name)))
    return Filter(chosen, rest)


def _items(desk: Desk, ids: list[tuple[str, str]]) -> list[QueueItem]:
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
        score=claim.type.score,
        quote=present.clean(around.of(document.text)),
        trigger=trigger,
        says=present.says(claim),
    )
