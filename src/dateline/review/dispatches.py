"""Dispatches: lists, one with its claims, search, runs and failures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from fastapi import HTTPException

from dateline.model import Span
from dateline.review import paging, present
from dateline.review.accounts import Caller
from dateline.review.claim_index import DONE
from dateline.review.desk import Desk, sees_people
from dateline.review.drafts import drafted
from dateline.review.present import Sheet
from dateline.review.schemas import claims as out
from dateline.review.schemas.incidents import SearchHit
from dateline.review.schemas.queries import DocumentQuery, FailureQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_reads
from dateline.store.conclusions import read_origins
from dateline.store.search import fold, terms

_REVIEWED = ("accepted", "edited", "added")


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
    about = {
        "run": _runs(desk).get(name, 0),
        "origin": [x for origin in origins for x in origin.documents if x != name],
    }
    return present.document(sheet, about, incidents, named=named, assignment=assignment)


def page(desk: Desk, wanted: DocumentQuery, caller: Caller) -> Page[out.DocumentRow]:  # noqa: ARG001
    """A page of dispatches."""
    states = _states(desk)
    rows = [x for x in _listed(desk) if _fits(x, wanted, states)]
    if wanted.q:
        with desk.store.database.read() as connection:
            found = set(desk_reads.found_documents(connection, wanted.q))
        needle = fold(wanted.q)
        rows = [x for x in rows if x["key"] in found or (needle and needle in fold(x["title"]))]
    publishers = Counter(x["publisher"] for x in rows)
    if wanted.publisher:
        rows = [x for x in rows if x["publisher"] in wanted.publisher]
    rows.sort(key=_recent, reverse=True)
    items = [_row(x, states) for x in paging.window(wanted, rows)]
    facets = {"publisher": publishers.most_common()}
    return Page[out.DocumentRow].model_construct(**paging.page(wanted, items, len(rows), facets))


def search(desk: Desk, words: str, limit: int) -> list[SearchHit]:
    """Dispatches that hold these words."""
    with desk.store.database.read() as connection:
        keys = set(desk_reads.found_documents(connection, words))
    rows = [x for x in _listed(desk) if x["key"] in keys]
    rows.sort(key=_recent, reverse=True)
    return [_hit(desk, x, words) for x in rows[:limit]]


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


def _listed(desk: Desk) -> list[dict[str, Any]]:
    """All dispatches as plain rows, kept in memory until more come in."""
    with desk.store.database.read() as connection:
        stamp = desk_reads.stamp(connection)
        known = desk.cache.get("documents")
        if known is None or known[0] != stamp:
            names = ("key", "id", "publisher", "published", "run", "name", "title", "url")
            plain = desk_reads.plain
            rows = [
                dict(zip(names, (plain(x) if isinstance(x, str) else x for x in row), strict=True))
                for row in desk_reads.document_rows(connection)
            ]
            for row in rows:
                told = row["published"]
                row["published"] = date.fromisoformat(told) if isinstance(told, str) else told
            known = desk.cache["documents"] = (stamp, rows)
    found: list[dict[str, Any]] = known[1]
    return found


def _runs(desk: Desk) -> dict[str, int]:
    _listed(desk)
    stamp, rows = desk.cache["documents"]
    known = desk.cache.get("runs")
    if known is None or known[0] != stamp:
        known = desk.cache["runs"] = (stamp, {x["id"]: x["run"] for x in rows})
    found: dict[str, int] = known[1]
    return found


def _states(desk: Desk) -> Mapping[str, Mapping[str, int]]:
    """How many claims of each dispatch (id) are in each state."""
    columns = desk.claims()
    words, states = columns.words["document"], columns.words["state"]
    pairs = columns["document"].astype(np.int64) * 16 + columns["state"]
    found: dict[str, dict[str, int]] = {}
    for pair, n in zip(*np.unique(pairs, return_counts=True), strict=True):
        found.setdefault(words[int(pair) // 16], {})[states[int(pair) % 16]] = int(n)
    return found


def _fits(row: Mapping[str, Any], wanted: DocumentQuery, states: Mapping[str, Any]) -> bool:
    published = row["published"]
    if wanted.run and row["run"] != wanted.run:
        return False
    if wanted.since and (published is None or published < wanted.since):
        return False
    if wanted.until and (published is None or published > wanted.until):
        return False
    waiting = bool(states.get(row["id"], {}).get("open"))
    return wanted.state == "all" or waiting == (wanted.state == "open")


def _row(row: Mapping[str, Any], states: Mapping[str, Mapping[str, int]]) -> out.DocumentRow:
    counts = states.get(row["id"], {})
    return out.DocumentRow.model_construct(
        **{x: row[x] for x in ("id", "name", "title", "publisher", "url", "published", "run")},
        claims=sum(n for x, n in counts.items() if x not in {"rejected", "merged"}),
        open=counts.get("open", 0),
        reviewed=sum(counts.get(x, 0) for x in _REVIEWED),
        rejected=sum(counts.get(x, 0) for x in DONE if x not in _REVIEWED),
    )


def _recent(row: Mapping[str, Any]) -> tuple[date, str]:
    return row["published"] or date.min, row["id"]


def _hit(desk: Desk, row: Mapping[str, Any], words: str) -> SearchHit:
    text = desk.sheet(row["id"]).text
    wanted = [x.strip('"') for x in terms(words).split()]
    spans = _spans(text, wanted)
    around = present.sentence(text, spans[0]) if spans else Span(0, min(len(text), 200) or 1)
    inside = [x for x in spans if around.covers(x)]
    shift = around.start
    return SearchHit.model_construct(
        document=row["id"],
        title=row["title"] or row["name"],
        publisher=row["publisher"],
        published=row["published"],
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
