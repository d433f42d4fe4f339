"""Named parties: lists, one with its timeline, and the network between them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.review import incidents, paging
from dateline.review.desk import Desk
from dateline.review.schemas import incidents as out
from dateline.review.schemas.queries import ActorQuery
from dateline.review.schemas.shared import Page, Party
from dateline.store import desk_actors, desk_incidents, desk_lists
from dateline.store.listing import day_of
from dateline.store.search import fold

_TIMELINE = 300  # incidents of a party given at once
_NEIGHBOURS = 60
_CALLED = 50  # incidents whose words are looked at


def page(desk: Desk, wanted: ActorQuery) -> Page[out.ActorRow]:
    """A page of parties, the busiest first."""
    chosen = {"country": wanted.country, "sector": wanted.sector}
    window = (paging.offset(wanted), wanted.limit)
    with desk.store.database.read() as connection:
        counts = desk_actors.counts(connection, wanted.q, **chosen)
        rows = desk_actors.listed(connection, wanted.q, window, **chosen)
    facets = {name: desk_lists.told(counts[name]) for name in chosen}
    items = [_row(x) for x in rows]
    fields = paging.page(wanted, items, counts["total"], facets)
    return Page[out.ActorRow].model_construct(**fields)


def one(desk: Desk, name: str) -> out.Actor:
    """A party.

    Raises:
        HTTPException: No incident names it.
    """
    folded = fold(name)
    with desk.store.database.read() as connection:
        found = desk_actors.named(connection, [folded]).get(folded)
        if found is None:
            raise HTTPException(404, "No incident names such a party.")
        told = desk_actors.latest(connection, folded, _TIMELINE)
        rows = incidents.rows_of(connection, [key for key, _ in told])
        ties = desk_actors.around(connection, folded)
        latest = desk_incidents.by_key(connection, [key for key, _ in told[-_CALLED:]])
    return out.Actor.model_construct(
        row=_row(found),
        aliases=_aliases(found.shown),
        called=_called(desk, folded, [c for x in latest.values() for c in x.claims]),
        timeline=[
            out.ActorEvent.model_construct(role=role, incident=row)
            for (_, role), row in zip(told, rows, strict=True)
        ],
        more=found.incidents - len(told),
        neighbours=[_edge(x) for x in ties[:_NEIGHBOURS]],
    )


def network(desk: Desk, limit: int, around: str) -> out.Network:
    """The busiest parties, or one and those it meets, and what ties them."""
    centre = fold(around)
    with desk.store.database.read() as connection:
        names, whole = _near(connection, centre, limit)
        rows = desk_actors.named(connection, names)
        ties = desk_actors.between(connection, names)
    nodes = [
        out.Node.model_construct(
            id=x.name,
            name=x.shown,
            party=Party(name=x.shown, country=x.country, sector=x.sector),
            incidents=x.incidents,
        )
        for x in (rows[name] for name in names)
    ]
    return out.Network.model_construct(
        nodes=nodes, edges=[_edge(x) for x in ties], left_out=max(0, whole - limit)
    )


def _near(connection: sa.Connection, centre: str, limit: int) -> tuple[list[str], int]:
    """The parties of a network, and how many there would be."""
    if not centre:
        found = [x.name for x in desk_actors.listed(connection, "", (0, limit))]
        return found, desk_actors.counts(connection, "")["total"]
    ties = desk_actors.around(connection, centre)
    near = dict.fromkeys([centre, *(name for x in ties for name in (x.left, x.right))])
    known = list(near) if desk_actors.named(connection, [centre]) else []
    return known[:limit], len(known)


def _edge(found: desk_actors.Tie) -> out.Edge:
    return out.Edge.model_construct(
        source=found.left,
        target=found.right,
        incidents=found.incidents,
        against=found.against,
        beside=found.incidents - found.against,
    )


def _row(found: Any) -> out.ActorRow:
    return out.ActorRow.model_construct(
        id=found.name,
        name=found.shown,
        first_reported=day_of(found.first_reported),
        last_reported=day_of(found.last_reported),
        **{
            x: getattr(found, x)
            for x in ("country", "sector", "incidents", "as_actor", "as_recipient")
        },
    )


def _aliases(name: str) -> list[str]:
    """Other names in the actor base."""
    from dateline.knowledge.parties import load

    base = load()
    for found in base.find(name):
        if (found.start, found.end) == (0, len(name)):
            told = (found.actor.name, *base.names(found.actor.name))
            return [x for x in dict.fromkeys(told) if x != name]
    return []


def _called(desk: Desk, name: str, claims: Sequence[str]) -> list[str]:
    """Words by which dispatches name a party, the most frequent first."""
    found: Counter[str] = Counter()
    sheets = desk.sheets({x.partition(":")[0] for x in claims})
    for claim_id in claims:
        sheet = sheets.get(claim_id.partition(":")[0])
        claim = sheet.shown.get(claim_id) if sheet else None
        if sheet is None or claim is None:
            continue
        for reading in (*claim.actors, *claim.recipients):
            if fold(reading.value.name) == name:
                found.update(" ".join(x.of(sheet.text).split()) for x in reading.evidence[:1])
    return [words for words, _ in found.most_common(30)]
