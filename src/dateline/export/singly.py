"""A corpus in which every claim is an incident of its own: what can be exported before linking."""

from collections.abc import Iterable
from typing import Any

from dateline.model import Claim, Reading, Record
from dateline.model.incident import Agreement, Corpus, Incident, Origin, Settled, Telling

POLICY = "as told"


def singly(records: Iterable[Record]) -> Corpus:
    """One incident for each claim, with the id of the claim and the values it tells.

    Every dispatch counts as an origin of its own.
    """
    told = tuple(sorted(records, key=_published))
    incidents = [_incident(claim, record) for record in told for claim in record.claims]
    origins = {x.document.id: Origin((x.document.id,)) for x in told}
    return Corpus(told, tuple(sorted(incidents, key=_time)), tuple(origins.values()))


def _published(record: Record) -> tuple[str, str]:
    day = record.document.published
    return day.isoformat() if day else "9999", record.document.id


def _time(incident: Incident) -> tuple[str, str]:
    told = incident.time.value if incident.time else None
    return (told.start or told.end or "9999" if told else "9999"), incident.id


def _incident(claim: Claim, record: Record) -> Incident:
    def one(reading: Reading[Any]) -> Settled[Any]:
        return _settled(reading, claim, record)

    slots = claim.slots
    return Incident(
        id=claim.id,
        claims=(claim.id,),
        type=one(claim.type),
        status=one(slots.status),
        mode=one(slots.mode) if slots.mode else None,
        actors=tuple(map(one, slots.actors)),
        recipients=tuple(map(one, slots.recipients)),
        places=tuple(map(one, slots.places)),
        time=one(slots.time) if slots.time else None,
        counts=tuple(map(one, slots.counts)),
        first_reported=record.document.published,
        last_reported=record.document.published,
    )


def _settled(reading: Reading[Any], claim: Claim, record: Record) -> Settled[Any]:
    document = record.document
    sources = tuple(x.value for x in claim.sources)
    telling = Telling(
        reading.value, claim.id, sources, document.publisher, document.published, document.id
    )
    return Settled(reading.value, POLICY, Agreement.SINGLE, (telling,))
