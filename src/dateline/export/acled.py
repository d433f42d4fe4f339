"""From PLOVER to ACLED: the sub-event type of a claim, by a crosswalk file."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from dateline.knowledge import Entry, entries
from dateline.model import Claim, Party, Reading

CROSSWALK = "crosswalks/acled.yaml"
NOBODY = "nobody"
NO_MODE = "none"


class Crossing(Entry):
    """One entry of the crosswalk; its fields are described in the file itself."""

    sub_event: str | None
    statuses: tuple[str, ...] = ()
    type: str | None = None
    modes: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    two_sided: bool = False

    def fits(self, claim: Claim) -> bool:
        """Whether every condition of the entry holds for the claim."""
        mode = claim.mode.value if claim.mode else NO_MODE
        return (
            self.type in {None, claim.type.value}
            and _allows(self.statuses, {claim.status.value})
            and _allows(self.modes, {mode})
            and _allows(self.actors, _sectors(claim.actors))
            and _allows(self.recipients, _sectors(claim.recipients))
            and (not self.named or any(w.startswith(self.named) for w in _words(claim)))
            and (not self.two_sided or (len(claim.actors) > 1 and not claim.recipients))
        )


def sub_event(claim: Claim) -> str | None:
    """The ACLED sub-event type; None for what ACLED would not record."""
    return next((x.sub_event for x in crosswalk().values() if x.fits(claim)), None)


@lru_cache(maxsize=1)
def crosswalk() -> Mapping[str, Crossing]:
    """The entries of the crosswalk in the order in which they are tried."""
    return entries(CROSSWALK, Crossing)


def _allows(allowed: tuple[str, ...], found: set[str]) -> bool:
    return not allowed or not found.isdisjoint(allowed)


def _sectors(parties: Iterable[Reading[Party]]) -> set[str]:
    return {x.value.sector or "UNK" for x in parties} or {NOBODY}


def _words(claim: Claim) -> list[str]:
    parties: tuple[Reading[Any], ...] = (*claim.actors, *claim.recipients)
    return [word for x in parties for word in x.value.name.lower().split()]
