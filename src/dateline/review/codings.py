"""What several coders say of the same dispatch, claim by claim and slot by slot."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.model import Claim, Count, Party, Period, Place, Sourcing
from dateline.model.event import SLOTS
from dateline.review.books import PrivateBook
from dateline.review.desk import Desk
from dateline.store.desk_tables import assignments
from dateline.store.search import fold
from dateline.store.sheets import Sheet

CLAIM = "claim"  # the slot that tells whether there is such a claim
JUDGED = (CLAIM, "type", *SLOTS)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a dispatch as each of its coders has it (None: there is no such claim)."""

    document: str
    coders: dict[str, Claim | None]

    @property
    def first(self) -> Claim:
        """The claim of the first coder who has it."""
        return next(x for x in self.coders.values() if x is not None)

    def values(self, slot: str) -> dict[str, Hashable]:
        """What each coder says of a slot; of claims, only those who have it say something."""
        if slot == CLAIM:
            return {name: claim is not None for name, claim in self.coders.items()}
        return {name: value(x, slot) for name, x in self.coders.items() if x is not None}


def finished(desk: Desk) -> dict[str, dict[str, Sheet]]:
    """Dispatches that two or more people have coded to the end: each one's coding."""
    wanted = sa.select(assignments).where(assignments.c.state == "done")
    found: dict[str, dict[str, Sheet]] = {}
    with desk.store.database.read() as connection:
        for row in connection.execute(wanted.order_by(assignments.c.key)).all():
            sheet = PrivateBook(row.key).sheet(connection, row.document)
            found.setdefault(row.document, {})[row.coder] = sheet
    return {name: sheets for name, sheets in found.items() if len(sheets) > 1}


def events(document: str, sheets: dict[str, Sheet]) -> Iterator[Event]:
    """The events that coders see in a dispatch: claims whose triggers overlap are one."""
    groups: list[dict[str, Claim]] = []
    for coder, sheet in sheets.items():
        for claim in sheet.record.claims:
            home = _home(groups, coder, claim)
            if home is None:
                groups.append({coder: claim})
            else:
                home[coder] = claim
    groups.sort(key=lambda x: min(c.trigger.start for c in x.values()))
    for group in groups:
        yield Event(document, {coder: group.get(coder) for coder in sheets})


def value(claim: Claim, slot: str) -> Hashable:
    """What a claim says of a slot, so that what means the same is equal."""
    if slot == "type":
        return claim.type.value
    told = getattr(claim.slots, slot)
    if told is None:
        return None
    if isinstance(told, tuple):
        return tuple(sorted({_plain(x.value) for x in told}, key=repr))
    return _plain(told.value)


def _home(groups: list[dict[str, Claim]], coder: str, claim: Claim) -> dict[str, Claim] | None:
    free = [x for x in groups if coder not in x]
    for group in free:
        if any(x.trigger == claim.trigger for x in group.values()):
            return group
    for group in free:
        if any(x.trigger.overlaps(claim.trigger) for x in group.values()):
            return group
    return None


def _plain(told: Any) -> Hashable:
    match told:
        case Party(name, country):
            return fold(name), country
        case Place(name, country):
            return fold(name), country
        case Period(start, end):
            return start, end
        case Count(kind, _, low, best, high):
            return kind, low, best, high
        case Sourcing(name, stance):
            return fold(name), stance
        case _:
            return str(told)
