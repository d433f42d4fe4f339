"""Incidents: lists, one with its tellings, points for the map, and what is done with several."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.export.narrative import sentence
from dateline.export.phrases import phrase
from dateline.export.view import View, slots
from dateline.model.codec import value_fields
from dateline.model.incident import Conflict, Incident, Settled
from dateline.review import commands, incident_lists, paging, present
from dateline.review.accounts import Caller
from dateline.review.desk import Desk, sees_people
from dateline.review.schemas import incidents as out
from dateline.review.schemas.claims import BatchPart, Done
from dateline.review.schemas.queries import IncidentQuery, PointQuery
from dateline.review.schemas.shared import Page, Sourcing
from dateline.store import conclusions, desk_incidents
from dateline.store.rows import days, where
from dateline.store.sheets import Sheet

# How far (km) a point of such a level may be off.
RADIUS = {
    "site": 1.0,
    "town": 5.0,
    "adm2": 25.0,
    "adm1": 100.0,
    "region": 150.0,
    "border": 75.0,
    "country": 400.0,
    "sea": 200.0,
}


def page(desk: Desk, wanted: IncidentQuery) -> Page[out.IncidentRow]:
    """A page of incidents."""
    order = incident_lists.order(wanted.sort, descending=wanted.order == "desc")
    with desk.store.database.read() as connection:
        found = incident_lists.find(connection, wanted)
        keys = incident_lists.keys(connection, found, order, _window(wanted))
        rows = rows_of(connection, keys)
    fields = paging.page(wanted, rows, found.total, incident_lists.facets(found))
    return Page[out.IncidentRow].model_construct(**fields)


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
    with desk.store.database.read() as connection:
        found = incident_lists.find(connection, wanted)
        rows = incident_lists.points(connection, found, wanted.limit)
    columns = list(zip(*rows, strict=True)) or [()] * len(incident_lists.POINT)
    told: dict[str, Any] = dict(zip(incident_lists.POINT, map(list, columns), strict=True))
    words = {name: sorted(set(told[name]) - {""}) for name in incident_lists.CODED}
    for name, known in words.items():
        places = {word: n for n, word in enumerate(known)}
        told[name] = [places.get(x, -1) for x in told[name]]
    radii = [RADIUS.get(x) for x in words["level"]]
    return out.Points.model_construct(
        total=found.total,
        ids=told.pop("id"),
        radius=[radii[x] if x >= 0 else None for x in told["level"]],
        types=words["type"],
        statuses=words["status"],
        levels=words["level"],
        countries=words["country"],
        **told,
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


def rows_of(connection: sa.Connection, keys: Sequence[int]) -> list[out.IncidentRow]:
    """Incidents by their keys, as rows."""
    found = desk_incidents.by_key(connection, keys)
    disputes = conclusions.read_conflicts(connection, (x.id for x in found.values()))
    slots: dict[str, list[str]] = defaultdict(list)
    for dispute in disputes:
        slots[dispute.incident].append(dispute.slot)
    return [row_of(found[key], slots[found[key].id]) for key in keys if key in found]


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


def _window(wanted: IncidentQuery) -> tuple[int, int]:
    return paging.offset(wanted), wanted.limit


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
