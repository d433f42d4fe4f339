"""The ledger: which source says what, incident by incident, disputed ones first."""

from typing import Any

from dateline.export.ledger import Line, ledger
from dateline.model.incident import Corpus, Incident
from dateline.review import incident_lists, incidents, paging
from dateline.review.desk import Desk
from dateline.review.schemas import incidents as out
from dateline.review.schemas.queries import LedgerQuery
from dateline.review.schemas.shared import Page
from dateline.store import conclusions, desk_incidents


def page(desk: Desk, wanted: LedgerQuery) -> Page[out.LedgerEntry]:
    """A page of the ledger."""
    window = (paging.offset(wanted), wanted.limit)
    with desk.store.database.read() as connection:
        found = incident_lists.find(connection, wanted)
        keys = incident_lists.keys(connection, found, incident_lists.LEDGER, window)
    entries = _entries(desk, keys)
    fields = paging.page(wanted, entries, found.total, incident_lists.facets(found))
    return Page[out.LedgerEntry].model_construct(**fields)


def _entries(desk: Desk, keys: list[int]) -> list[out.LedgerEntry]:
    with desk.store.database.read() as connection:
        found = desk_incidents.by_key(connection, keys)
        conflicts = conclusions.read_conflicts(connection, [x.id for x in found.values()])
    told: list[Incident] = [found[key] for key in keys if key in found]
    sheets = desk.sheets({c.partition(":")[0] for x in told for c in x.claims})
    records = tuple(x.record for x in sheets.values())
    lines: dict[str, list[Line]] = {}
    for line in ledger(Corpus(records, tuple(told), conflicts=tuple(conflicts))):
        lines.setdefault(line.incident, []).append(line)
    return [
        out.LedgerEntry.model_construct(
            incident=incidents.row_of(x, [c.slot for c in conflicts if c.incident == x.id]),
            disputes=[incidents.dispute(c) for c in conflicts if c.incident == x.id],
            lines=[_line(y) for y in lines.get(x.id, ())],
        )
        for x in told
    ]


def _line(found: Line) -> Any:
    return out.Line.model_construct(
        claim=found.claim,
        type=found.type,
        mode=found.mode,
        status=found.status,
        source=found.source,
        stance=found.stance,
        partisan=found.partisan,
        figure=found.figure,
        words=list(found.words),
        sentence=found.sentence,
        publisher=found.publisher,
        published=found.published,
        document=found.claim.partition(":")[0],
        name=found.document,
    )
