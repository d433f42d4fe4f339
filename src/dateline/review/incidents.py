"""Incidents: lists, one with its tellings, points for the map, and what is done with several."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from fastapi import HTTPException

from dateline.export.narrative import sentence
from dateline.export.phrases import phrase
from dateline.export.view import View, slots
from dateline.model.codec import value_fields
from dateline.model.incident import Conflict, Incident, Settled
from dateline.review import commands, paging, present
from dateline.review.accounts import Caller
from dateline.review.columns import NO_DAY, Columns, Mask, facets
from dateline.review.desk import Desk, sees_people
from dateline.review.incident_index import RADIUS, IncidentIndex
from dateline.review.present import Sheet
from dateline.review.schemas import incidents as out
from dateline.review.schemas.claims import BatchPart, Done
from dateline.review.schemas.queries import IncidentFilter, IncidentQuery, PointQuery
from dateline.review.schemas.shared import Page, Sourcing
from dateline.store import conclusions, desk_incidents
from dateline.store.rows import days, where
from dateline.store.search import fold

_FACETS = ("type", "status", "country", "level")


def page(desk: Desk, wanted: IncidentQuery) -> Page[out.IncidentRow]:
    """A page of incidents."""
    index = desk.incidents()
    places, found = filtered(desk, index, wanted)
    mask = np.zeros(len(index.columns), np.bool_)
    mask[places] = True
    order = index.columns.ordered(mask, wanted.sort, descending=wanted.order == "desc")
    rows = rows_of(desk, index, paging.window(wanted, order.tolist()))
    fields = paging.page(wanted, rows, len(order), found)
    return Page[out.IncidentRow].model_construct(**fields)


def filtered(
    desk: Desk, index: IncidentIndex, wanted: IncidentFilter
) -> tuple[Any, dict[str, list[tuple[str, int]]]]:
    """The places of incidents as wanted, and facets."""
    columns = index.columns
    chosen: dict[str, Mask] = {
        name: columns.among(name, getattr(wanted, name))
        for name in _FACETS
        if getattr(wanted, name)
    }
    if wanted.disputed:
        found = np.zeros(len(columns), np.bool_)
        for slot in wanted.disputed:
            found |= index.disputed(slot)
        chosen["disputed"] = found
    rest = _rest(desk, columns, wanted)
    mask = rest.copy()
    for theirs in chosen.values():
        mask &= theirs
    told = facets(columns, _FACETS, chosen, rest)
    told["disputed"] = _disputed(index, chosen, rest)
    return np.flatnonzero(mask), told


def one(desk: Desk, name: str, caller: Caller) -> out.Incident:
    """An incident with its tellings.

    Raises:
        HTTPException: There is none.
    """
    found = desk.store.incident(name)
    if found is None:
        raise HTTPException(404, "There is no such incident.")
    with desk.store.database.read() as connection:
        conflicts = conclusions.read_conflicts(connection, [found.id])
        commitments = conclusions.read_commitments(connection, found.claims)
        documents = {x.partition(":")[0] for x in found.claims}
        origins = conclusions.read_origins(connection, documents)
    sheets = desk.sheets(documents)
    from dateline.review.plans import plans_of

    return out.Incident.model_construct(
        row=row_of(found, [x.slot for x in conflicts]),
        policy=found.type.policy,
        slots=[_settled(slot, x) for slot, x in slots(found)],
        claims=[x for x in (excerpt(sheets, c, found.id, caller) for c in found.claims) if x],
        disputes=[dispute(x) for x in conflicts],
        plans=plans_of(desk, commitments),
        origins=[list(x.documents) for x in origins],
        merged=list(found.merged),
    )


def points(desk: Desk, wanted: PointQuery) -> out.Points:
    """Incidents as columns."""
    index = desk.incidents()
    columns = index.columns
    places, _ = filtered(desk, index, wanted)
    total = len(places)
    if total > wanted.limit:
        newest = np.argsort(-columns["start"][places], kind="stable")
        places = places[newest[: wanted.limit]]
    level = columns["level"][places]
    radii = [RADIUS.get(x) for x in columns.words["level"]]

    def real(name: str) -> list[float | None]:
        return [None if x != x else x for x in columns[name][places].tolist()]

    def day(name: str) -> list[int | None]:
        return [None if x == NO_DAY else x for x in columns[name][places].tolist()]

    return out.Points.model_construct(
        total=total,
        ids=[columns["id"][i] for i in places],
        lat=real("lat"),
        lon=real("lon"),
        radius=[radii[x] if x >= 0 else None for x in level.tolist()],
        start=day("start"),
        end=day("end"),
        **{x: columns[x][places].tolist() for x in ("type", "status", "level", "country")},
        confidence=columns["confidence"][places].tolist(),
        types=columns.words["type"],
        statuses=columns.words["status"],
        levels=columns.words["level"],
        countries=columns.words["country"],
    )


def batch(desk: Desk, sent: out.IncidentBatch, caller: Caller) -> Done:
    """Do something with several incidents, undone as one."""
    found = [desk.store.incident(x) for x in sent.incidents]
    if any(x is None for x in found):
        raise HTTPException(404, "There is no such incident.")
    incidents = [x for x in found if x is not None]
    if sent.act in {"same", "apart"}:
        return commands.judge_all(desk, _pairs(sent, incidents), caller, sent.why)
    told = [claim for x in incidents for claim in x.claims]
    sheets = desk.sheets({x.partition(":")[0] for x in told})
    parts = []
    for name in told:
        sheet = sheets[name.partition(":")[0]]
        claim = sheet.claim(name)
        if claim is None or sheet.state(claim) == f"{sent.act}ed":
            continue
        version = sheet.version(claim)
        parts.append(
            BatchPart.model_validate(
                {"act": sent.act, "claim": claim.id, "version": version, "why": sent.why}
            )
        )
    return commands.all_of(desk, parts, caller, sent.why)


def rows_of(desk: Desk, index: IncidentIndex, places: Iterable[int]) -> list[out.IncidentRow]:
    """Incidents at places of the index, as rows."""
    keys = [int(index.columns["key"][i]) for i in places]
    with desk.store.database.read() as connection:
        found = desk_incidents.by_key(connection, keys)
    return [
        row_of(found[key], index.disputes.get(found[key].id, ())) for key in keys if key in found
    ]


def row_of(found: Incident, disputed: Iterable[str]) -> out.IncidentRow:
    """An incident by its settled values."""
    view = View(found, (), 0)
    place = view.place
    period = found.time.value if found.time else None
    start, end = days(period)
    point = where(x.value for x in found.places)
    return out.IncidentRow.model_construct(
        id=found.id,
        says=sentence(view),
        type=found.type.value,
        mode=view.mode,
        status=found.status.value,
        start=start,
        end=end,
        when=phrase(period) if period else "",
        country=point["country"],
        place=place.name if place else "",
        level=place.level if place else None,
        lat=point["lat"],
        lon=point["lon"],
        radius=RADIUS.get(place.level) if place else None,
        actors=[x.name for x in view.actors],
        recipients=[x.name for x in view.recipients],
        tolls=[_toll(x) for x in found.counts],
        claims=len(found.claims),
        voices=found.voices,
        confidence=found.confidence,
        first_reported=found.first_reported,
        last_reported=found.last_reported,
        disputed=list(dict.fromkeys(disputed)),
    )


def excerpt(
    sheets: Mapping[str, Sheet], name: str, incident: str | None, caller: Caller
) -> out.Excerpt | None:
    """A claim with the sentence that it stands in; None if there is no such claim."""
    sheet = sheets.get(name.partition(":")[0])
    claim = sheet.claim(name) if sheet else None
    if sheet is None or claim is None:
        return None
    document = sheet.original.document
    around = present.sentence(document.text, claim.trigger)
    return out.Excerpt.model_construct(
        claim=present.claim(sheet, claim, incident, named=sees_people(caller)),
        document=document.id,
        title=document.title or document.name,
        publisher=document.publisher,
        published=document.published,
        quote=present.clean(around.of(document.text)),
        offset=around.start,
    )


def dispute(found: Conflict) -> out.Dispute:
    """A contradiction."""
    return out.Dispute.model_construct(
        incident=found.incident,
        slot=found.slot,
        says=list(found.says),
        sides=[list(x) for x in found.sides],
        weight=found.weight,
        answered=found.answered,
    )


def _rest(desk: Desk, columns: Columns, wanted: IncidentFilter) -> Mask:
    rest = columns.all()
    if wanted.since or wanted.until:
        rest &= columns.touching(wanted.since, wanted.until)
    if wanted.voices > 1:
        rest &= columns["voices"] >= wanted.voices
    if wanted.actor:
        rest &= columns.holding("parties", fold(wanted.actor))
    if wanted.q:
        with desk.store.database.read() as connection:
            keys = desk_incidents.telling(connection, wanted.q)
        rest &= np.isin(columns["key"], keys)
    bounds = (("lon", wanted.west, 1), ("lon", wanted.east, -1), ("lat", wanted.south, 1),
              ("lat", wanted.north, -1))  # fmt: skip
    for name, bound, sign in bounds:
        if bound is not None:
            rest &= sign * columns[name] >= sign * bound
    return rest


def _disputed(
    index: IncidentIndex, chosen: Mapping[str, Mask], rest: Mask
) -> list[tuple[str, int]]:
    mask = rest.copy()
    for name, theirs in chosen.items():
        if name != "disputed":
            mask &= theirs
    found = [(slot, int((index.disputed(slot) & mask).sum())) for slot in index.slots]
    found.sort(key=lambda x: (-x[1], x[0]))
    every = [(x, int((index.disputed(x) & mask).sum())) for x in ("any", "none")]
    return [x for x in (*every, *found) if x[1]]


def _settled(slot: str, found: Settled[Any]) -> out.Settled:
    return out.Settled.model_construct(
        slot=slot,
        value=value_fields(found.value),
        says=phrase(found.value),
        policy=found.policy,
        agreement=found.agreement.value,
        tellings=[
            out.Telling.model_construct(
                value=value_fields(x.value),
                says=phrase(x.value),
                claim=x.claim,
                document=x.claim.partition(":")[0],
                sources=[Sourcing.model_construct(name=y.name, stance=y.stance) for y in x.sources],
                publisher=x.publisher,
                published=x.published,
                voice=x.voice,
            )
            for x in found.tellings
        ],
    )


def _toll(found: Settled[Any]) -> out.Toll:
    count = found.value
    return out.Toll.model_construct(
        kind=count.kind,
        who=count.who,
        low=count.low,
        best=count.best,
        high=count.high,
        says=phrase(count),
    )


def _pairs(sent: out.IncidentBatch, incidents: list[Incident]) -> list[tuple[str, str, str]]:
    """The verdicts that make several incidents one, or part claims from an incident."""
    if sent.act == "same":
        first, *others = [x.claims[0] for x in incidents]
        if not others:
            raise HTTPException(422, "incidents: two or more are made one")
        return [(first, other, "same") for other in others]
    (found, *more) = incidents
    apart = [x for x in found.claims if x in set(sent.claims)]
    stay = [x for x in found.claims if x not in set(sent.claims)]
    if more or not apart or not stay:
        raise HTTPException(422, "claims: some, but not all, of one incident are parted from it")
    pairs = [(a, b, "different") for a in apart for b in stay]
    return pairs + [(apart[0], x, "same") for x in apart[1:]]
