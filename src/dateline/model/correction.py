"""What a person changes in a dispatch's claims."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from dateline.model.event import SLOTS, Claim, Reading
from dateline.model.incident import Judgement


class Act(Enum):
    """What a person does to a claim."""

    EDIT = "edit"  # a slot says something else
    ACCEPT = "accept"  # it, or one of its slots, is right as it is
    REJECT = "reject"  # no such event is told
    MERGE = "merge"  # it tells of the same event as another claim of its dispatch
    SPLIT = "split"  # it tells of several events
    ADD = "add"  # an event is told that was not coded
    REOPEN = "reopen"  # what was done to it before is taken back


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a claim (its id).

    Of an edit, `readings` stand instead of all that was read for the `slot`; none means that it
    should be empty. `claims` are those that a split puts in the place of the claim, or the one that
    is added. `into` is the claim that a merged one becomes part of. To accept or reopen, `slot` may
    be empty and then means all of the claim. `by` is "person/NAME"; `at` is when it was made, None
    until a store has recorded it.
    """

    claim: str
    slot: str
    readings: tuple[Reading[Any], ...]
    by: str
    why: str = ""
    at: datetime | None = None
    act: Act = Act.EDIT
    claims: tuple[Claim, ...] = ()
    into: str = ""

    def __post_init__(self) -> None:
        if self.act is Act.EDIT:
            self._check_edit()
        elif self.readings:
            raise ValueError(f"{self.act.value} takes no readings")
        if self.slot and self.act not in {Act.EDIT, Act.ACCEPT, Act.REOPEN}:
            raise ValueError(f"{self.act.value} concerns a whole claim, not its {self.slot}")
        if self.slot and self.slot != "type" and self.slot not in SLOTS:
            raise ValueError(f"no slot: {self.slot!r}")
        if bool(self.into) != (self.act is Act.MERGE) or self.into == self.claim:
            raise ValueError("a merge, and nothing else, names another claim to go into")
        self._check_claims()

    def _check_edit(self) -> None:
        if not self.slot:
            raise ValueError(f"no slot: {self.slot!r}")
        if self.slot in {"type", "status", "mode", "time"} and len(self.readings) > 1:
            raise ValueError(f"{self.slot} takes one reading, not {len(self.readings)}")
        if self.slot in {"type", "status"} and not self.readings:
            raise ValueError(f"{self.slot} cannot be empty")

    def _check_claims(self) -> None:
        told = [claim.id for claim in self.claims]
        document = self.claim.partition(":")[0]
        if any(claim.document_id != document for claim in self.claims):
            raise ValueError("claims of another dispatch")
        if self.into and self.into.partition(":")[0] != document:
            raise ValueError("claims of two dispatches are not merged, but judged the same")
        if self.act is Act.ADD and told != [self.claim]:
            raise ValueError("one claim is added, and its id is that of the correction")
        if self.act is Act.SPLIT and len({spot(claim) for claim in told}) < max(2, len(told)):
            raise ValueError("a claim is split into two or more that rest on different words")
        if self.claims and self.act not in {Act.ADD, Act.SPLIT}:
            raise ValueError(f"{self.act.value} brings no claims")


@dataclass(frozen=True, slots=True)
class Unattached:
    """A person's work to which no claim answers any more, and why."""

    what: Correction | Judgement
    why: str


def spot(claim: str) -> str:
    """Where a claim (its id) is in its dispatch, whatever its type.

    >>> spot("3f:10-17:ASSAULT")
    '3f:10-17'
    """
    return claim.rpartition(":")[0]
