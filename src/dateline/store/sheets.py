"""A dispatch as people corrected it: what became of each of its claims."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Literal

from dateline.model import Claim, Record
from dateline.model.codec import encode_claim, encode_reading
from dateline.model.corrected import Corrected
from dateline.model.correction import Act, Correction, spot

State = Literal["open", "accepted", "edited", "added", "rejected", "merged"]
GONE = ("rejected", "merged")
_VERSION = 12


def version(shown: Claim, held: Sequence[Correction], text: str) -> str:
    """What changes whenever a claim, or what people said of it, changes."""
    told = [encode_claim(shown, text), [state_of(x, text) for x in held]]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:_VERSION]


def state_of(found: Correction, text: str) -> dict[str, Any]:
    """A correction as plain values, without its time."""
    return {
        "claim": found.claim,
        "slot": found.slot,
        "readings": [encode_reading(x, text) for x in found.readings],
        "by": found.by,
        "why": found.why,
        "act": found.act.value,
        "claims": [encode_claim(x, text) for x in found.claims],
        "into": found.into,
    }


class Sheet:
    """A dispatch with the claims there are, those that are gone, and what people said of each."""

    def __init__(self, original: Record, corrected: Corrected) -> None:
        self.original = original
        self.record = corrected.record
        self.text = original.document.text
        self.held = corrected.held
        self._base = {claim.id: claim for claim in original.claims}
        self._spots = {spot(x) for x in self._base}
        self.shown = {claim.id: claim for claim in self.record.claims}
        self.gone = self._gone()

    def claim(self, name: str) -> Claim | None:
        """A claim that is there or gone, by its id or else its place."""
        found = self.shown.get(name) or self.gone.get(name)
        if found is not None:
            return found
        here = [x for x in (*self.shown.values(), *self.gone.values()) if spot(x.id) == spot(name)]
        return here[0] if len(here) == 1 else None

    def held_of(self, claim: Claim) -> tuple[Correction, ...]:
        """What holds for a claim."""
        return tuple(self.held.get(claim.id, ()))

    def version(self, claim: Claim) -> str:
        """The version of a claim."""
        return version(claim, self.held_of(claim), self.text)

    def state(self, claim: Claim) -> State:
        """What people did with a claim."""
        acts = {x.act for x in self.held_of(claim)}
        if claim.id in self.gone:
            return "merged" if Act.MERGE in acts else "rejected"
        if Act.ADD in acts or spot(claim.id) not in self._spots:
            return "added"
        if Act.EDIT in acts or Act.SPLIT in acts:
            return "edited"
        whole = any(x.act is Act.ACCEPT and not x.slot for x in self.held_of(claim))
        return "accepted" if whole else "open"

    def _gone(self) -> dict[str, Claim]:
        here = {spot(x) for x in self.shown}
        found = {x: claim for x, claim in self._base.items() if spot(x) not in here}
        for name, held in self.held.items():
            for one in held:
                if one.act is Act.ADD and spot(name) not in here:
                    found.setdefault(name, one.claims[0])
        return found
