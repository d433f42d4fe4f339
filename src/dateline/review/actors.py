"""Named parties: lists, one with its timeline, and the network between them."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import numpy as np
from fastapi import HTTPException

from dateline.review import incidents, paging
from dateline.review.columns import NO_DAY, date_of
from dateline.review.desk import Desk
from dateline.review.incident_index import IncidentIndex
from dateline.review.schemas import incidents as out
from dateline.review.schemas.queries import ActorQuery
from dateline.review.schemas.shared import Page, Party
from dateline.store.search import fold

_TIMELINE = 300  # incidents of a party given at once
_NEIGHBOURS = 60


def page(desk: Desk, wanted: ActorQuery) -> Page[out.ActorRow]:
    """A page of parties, the busiest first."""
    index = desk.incidents()
    told = index.parties.told
    needle = fold(wanted.q)
    names = [x for x in told if needle in x]
    facets = {}
    for n, field in ((1, "country"), (2, "sector")):
        values = set(getattr(wanted, field))
        other = 2 if n == 1 else 1
        theirs = set(getattr(wanted, "sector" if n == 1 else "country"))
        left = [x for x in names if not theirs or told[x][other] in theirs]
        counts = Counter(told[x][n] or "" for x in left)
        counts.pop("", None)
        facets[field] = counts.most_common()
        if values and n == 2:
            names = [x for x in names if told[x][n] in values]
    if wanted.country:
        names = [x for x in names if told[x][1] in wanted.country]
    names.sort(key=lambda x: (-len(index.parties.roles[x]), x))
    items = [_row(index, x) for x in paging.window(wanted, names)]
    return Page[out.ActorRow].model_construct(**paging.page(wanted, items, len(names), facets))


def one(desk: Desk, name: str) -> out.Actor:
    """A party.

    Raises:
        HTTPException: No incident names it.
    """
    index = desk.incidents()
    found = fold(name)
    if found not in index.parties.told:
        raise HTTPException(404, "No incident names such a party.")
    roles = index.parties.roles[found]
    columns = index.columns
    places = sorted((index.place[x] for x in roles), key=lambda i: int(columns["start"][i]))
    shown = places[-_TIMELINE:]
    rows = incidents.rows_of(desk, index, shown)
    keys = {columns["id"][i]: int(columns["key"][i]) for i in shown}
    aliases = _aliases(index.parties.told[found][0])
    return out.Actor.model_construct(
        row=_row(index, found),
        aliases=aliases,
        called=_called(desk, index, found, shown),
        timeline=[out.ActorEvent.model_construct(role=roles[keys[x.id]], incident=x) for x in rows],
        more=len(places) - len(shown),
        neighbours=_around(index, found)[:_NEIGHBOURS],
    )


def network(desk: Desk, limit: int, around: str) -> out.Network:
    """The busiest parties, or one and those it meets, and what ties them."""
    index = desk.incidents()
    parties = index.parties
    centre = fold(around)
    if centre:
        near = [x for edge in _around(index, centre) for x in (edge.source, edge.target)]
        names = list(dict.fromkeys([centre, *near])) if centre in parties.told else []
    else:
        names = sorted(parties.told, key=lambda x: (-len(parties.roles[x]), x))
    chosen = set(names[:limit])
    edges = _edges(index, chosen, set(index.place))
    nodes = [
        out.Node.model_construct(
            id=x,
            name=parties.told[x][0],
            party=Party(name=told[0], country=told[1], sector=told[2]),
            incidents=len(parties.roles[x]),
        )
        for x, told in ((x, parties.told[x]) for x in names[:limit])
    ]  # fmt: skip
    return out.Network.model_construct(
        nodes=nodes, edges=edges, left_out=max(0, len(names) - limit)
    )


def _around(index: IncidentIndex, name: str) -> list[out.Edge]:
    keys = set(index.parties.roles.get(name, ()))
    near = {x for key in keys for x in index.parties.of[key]}
    found = _edges(index, near, keys)
    return [x for x in found if name in {x.source, x.target}]


def _edges(index: IncidentIndex, names: set[str], keys: Iterable[int]) -> list[out.Edge]:
    parties = index.parties
    total: Counter[tuple[str, str]] = Counter()
    against: Counter[tuple[str, str]] = Counter()
    for key in keys:
        here = sorted(parties.of[key] & names) if key in parties.of else []
        for pair in combinations(here, 2):
            total[pair] += 1
            sides = {parties.roles[x][key] for x in pair}
            against[pair] += sides == {"actor", "recipient"}
    return [
        out.Edge.model_construct(
            source=a, target=b, incidents=n, against=against[a, b], beside=n - against[a, b]
        )
        for (a, b), n in total.most_common()
    ]


def _row(index: IncidentIndex, name: str) -> out.ActorRow:
    told = index.parties.told[name]
    roles = index.parties.roles[name]
    places = [index.place[x] for x in roles]
    first = index.columns["first_reported"][places]
    last = index.columns["last_reported"][places]
    first = first[first != NO_DAY]
    return out.ActorRow.model_construct(
        id=name,
        name=told[0],
        country=told[1],
        sector=told[2],
        incidents=len(roles),
        as_actor=sum(x != "recipient" for x in roles.values()),
        as_recipient=sum(x != "actor" for x in roles.values()),
        first_reported=date_of(int(np.min(first))) if len(first) else None,
        last_reported=date_of(int(np.max(last))) if len(last) else None,
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


def _called(desk: Desk, index: IncidentIndex, name: str, places: Iterable[int]) -> list[str]:
    """Words by which dispatches name a party, the most frequent first."""
    ids = [index.columns["id"][i] for i in list(places)[-50:]]
    found: Counter[str] = Counter()
    claims = [c for x in ids if (told := desk.store.incident(x)) for c in told.claims]
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
