"""Dispatches: lists, one with its claims, search, runs and failures."""

from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException

from dateline.model import Span
from dateline.review import paging, present
from dateline.review.accounts import Caller
from dateline.review.desk import Desk, sees_people
from dateline.review.drafts import drafted
from dateline.review.schemas import claims as out
from dateline.review.schemas.incidents import SearchHit
from dateline.review.schemas.queries import DocumentQuery, FailureQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_documents, desk_lists, desk_reads
from dateline.store.conclusions import read_origins
from dateline.store.listing import day_of
from dateline.store.search import fold, terms
from dateline.store.sheets import Sheet


def place(desk: Desk, claim: str, caller: Caller) -> out.ClaimPlace:
    """Where a claim is.

    Raises:
        HTTPException: No claim answers to the id.
    """
    name = claim.partition(":")[0]
    sheet = desk.sheet(name)
    found = sheet.claim(claim)
    if found is None:
        record = desk.store.record_of(claim)
        near = [x for x in record.claims if x.id == claim] if record else []
        found = near[0] if near else None
    if found is None:
        raise HTTPException(404, "There is no such claim.")
    return out.ClaimPlace.model_construct(
        claim=found.id, document=shown(desk, sheet, named=sees_people(caller))
    )


def one(desk: Desk, document: str, caller: Caller, assignment: int) -> out.Document:
    """A dispatch; the caller's own coding of it, if an assignment is told."""
    sheet = desk.sheet(document)
    if assignment:
        sheet = drafted(desk, sheet, assignment, caller)
    return shown(desk, sheet, named=sees_people(caller), assignment=assignment or None)


def shown(desk: Desk, sheet: Sheet, *, named: bool, assignment: int | None = None) -> out.Document:
    """A dispatch as the API gives it."""
    name = sheet.original.document.id
    with desk.store.database.read() as connection:
        origins = read_origins(connection, [name])
        incidents = desk_reads.incident_of(connection, sheet.shown)
        run = desk_documents.run_of(connection, name)
    about = {
        "run": run,
        "origin": [x for origin in origins for x in origin.documents if x != name],
    }
    return present.document(sheet, about, incidents, named=named, assignment=assignment)


def page(desk: Desk, wanted: DocumentQuery, caller: Caller) -> Page[out.DocumentRow]:  # noqa: ARG001
    """A page of dispatches."""
    asked = desk_documents.Asked(wanted.q, wanted.run, wanted.since, wanted.until, wanted.state)
    window = (paging.offset(wanted), wanted.limit)
    with desk.store.database.read() as connection:
        counts = desk_documents.publishers(connection, asked)
        rows = desk_documents.listed(connection, asked, wanted.publisher, window)
    among = set(wanted.publisher)
    total = sum(n for x, n in counts.items() if not among or x in among)
    facets = {"publisher": desk_lists.told(counts)}
    items = [_row(x) for x in rows]
    return Page[out.DocumentRow].model_construct(**paging.page(wanted, items, total, facets))


def search(desk: Desk, words: str, limit: int) -> list[SearchHit]:
    """Dispatches that hold these words."""
    with desk.store.database.read() as connection:
        rows = desk_documents.telling(connection, words, limit)
    return [_hit(desk, x, words) for x in rows]


def runs(desk: Desk) -> list[out.Run]:
    """All runs, newest first."""
    return [
        out.Run(
            id=x.id,
            version=x.coder.version,
            configuration=x.coder.configuration,
            models=dict(x.coder.models),
            coder=x.coder.id,
            started=x.started,
            finished=x.finished,
            added=x.added,
            known=x.known,
            failed=x.failed,
            claims=x.claims,
        )
        for x in reversed(desk.store.runs())
    ]


def failures(desk: Desk, wanted: FailureQuery) -> Page[out.Failure]:
    """A page of failures, the newest first."""
    found = desk.store.failures(wanted.run or None)[::-1]
    items = [
        out.Failure.model_construct(
            run=x.run, document=x.document, name=x.name, reason=x.reason, notes=list(x.notes)
        )
        for x in paging.window(wanted, found)
    ]
    return Page[out.Failure].model_construct(**paging.page(wanted, items, len(found)))


def _row(found: Any) -> out.DocumentRow:
    told = ("id", "name", "title", "publisher", "url", "run", "claims", "open", "reviewed")
    return out.DocumentRow.model_construct(
        published=day_of(found.published),
        rejected=found.rejected,
        **{x: getattr(found, x) for x in told},
    )


def _hit(desk: Desk, row: Any, words: str) -> SearchHit:
    text = desk.sheet(row.id).text
    wanted = [x.strip('"') for x in terms(words).split()]
    spans = _spans(text, wanted)
    around = present.sentence(text, spans[0]) if spans else Span(0, min(len(text), 200) or 1)
    inside = [x for x in spans if around.covers(x)]
    shift = around.start
    return SearchHit.model_construct(
        document=row.id,
        title=row.title or row.name,
        publisher=row.publisher,
        published=day_of(row.published),
        excerpt=present.clean(around.of(text)),
        words=[present.span(Span(x.start - shift, x.end - shift)) for x in inside],
    )


def _spans(text: str, wanted: Sequence[str]) -> list[Span]:
    """Where words stand that are looked for, whatever their case and accents."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        if any(x in fold(word).split() for x in wanted):
            found.append(Span(at, at + len(word)))
        at += len(word)
    return found
