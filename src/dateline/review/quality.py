"""How far the coding is, and how far coders agree."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import sqlalchemy as sa

from dateline.review import codings
from dateline.review.agreement import alpha, kappa, percent
from dateline.review.codings import Event
from dateline.review.desk import Desk
from dateline.review.schemas import desk as out
from dateline.store import desk_lists
from dateline.store.desk_tables import assignments, commands
from dateline.store.listing_tables import listed_documents


def told(desk: Desk) -> out.Quality:
    """Claims by their state, and each coder's work."""
    done = sa.select(commands.c.by, sa.func.count()).where(commands.c.kind == "do")
    with desk.store.database.read() as connection:
        made = {x[0].partition("/")[2]: x[1] for x in connection.execute(
            done.group_by(commands.c.by))}  # fmt: skip
        found = desk_lists.find(connection, desk_lists.CLAIMS, desk_lists.Filter())
        documents, finished = _documents(connection)
        given = connection.execute(sa.select(assignments.c.coder, assignments.c.state)).all()
    assigned = Counter(x.coder for x in given if x.state != "cancelled")
    sealed = Counter(x.coder for x in given if x.state == "done")
    return out.Quality(
        states=dict(desk_lists.told(found.facets["state"])),
        documents=documents,
        finished=finished,
        coders=[
            out.Progress(
                coder=name, assigned=assigned[name], done=sealed[name], commands=made.get(name, 0)
            )
            for name in sorted({*made, *assigned})
        ],
    )


def _documents(connection: sa.Connection) -> tuple[int, int]:
    """How many dispatches have claims, and of how many each is decided on."""
    table = listed_documents.c
    told = sa.select(sa.func.count()).where(table.claims + table.rejected > 0)
    whole = connection.execute(told).scalar_one()
    return whole, connection.execute(told.where(table.open == 0)).scalar_one()


def agreement(desk: Desk) -> out.Agreement:
    """Agreement over dispatches that two or more people have coded to the end."""
    done = codings.finished(desk)
    events = [x for name, sheets in done.items() for x in codings.events(name, sheets)]
    coders = sorted({coder for sheets in done.values() for coder in sheets})
    pairs = []
    for left, right in combinations(coders, 2):
        both = [x for x, sheets in done.items() if left in sheets and right in sheets]
        if both:
            theirs = [_only(x, left, right) for x in events if x.document in both]
            slots = _slots([x for x in theirs if any(x.coders.values())])
            pairs.append(
                out.PairAgreement(left=left, right=right, documents=len(both), slots=slots)
            )
    return out.Agreement(documents=len(done), coders=coders, slots=_slots(events), pairs=pairs)


def _only(event: Event, *coders: str) -> Event:
    return Event(event.document, {x: event.coders[x] for x in coders})


def _slots(events: Sequence[Event]) -> list[out.SlotAgreement]:
    found = []
    for slot in codings.JUDGED:
        units = [x for x in (event.values(slot) for event in events) if len(x) > 1]
        found.append(
            out.SlotAgreement(
                slot=slot,
                units=len(units),
                percent=percent(units),
                kappa=kappa(units),
                alpha=alpha(units),
            )
        )
    return found
