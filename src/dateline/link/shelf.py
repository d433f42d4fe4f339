"""What linking asks of the place where it left off."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from dateline.model import Record
from dateline.model.incident import Commitment, Incident, Judgement, Origin
from dateline.model.linkage import Bond, Mark


class Shelf(Protocol):
    """Where earlier linking is kept: a store. All of it is as the last linking left it."""

    def beside(self, marks: Iterable[Mark], most: int) -> Mapping[int, Sequence[tuple[int, str]]]:
        """Per block, the claims (day and id) in it: at most `most` up to the day, and after it."""

    def filed(self, documents: Iterable[str]) -> Mapping[str, bytes]:
        """The facts of dispatches, as they were packed."""

    def claims(self, documents: Iterable[str]) -> Sequence[str]:
        """The claims of dispatches."""

    def bonds(self, claims: Iterable[str]) -> Sequence[Bond]:
        """The bonds of claims."""

    def homes(self, claims: Iterable[str]) -> Sequence[Incident]:
        """The incidents that claims are in, each once."""

    def sharing(self, bands: Iterable[int]) -> Sequence[str]:
        """The dispatches that have one of the bands."""

    def copies(self, documents: Iterable[str]) -> Mapping[tuple[str, str], str]:
        """Which dispatches are copies of these, and why."""

    def origins(self, documents: Iterable[str]) -> Sequence[Origin]:
        """The origins of dispatches, each once."""

    def records(self, documents: Iterable[str]) -> Sequence[Record]:
        """Dispatches as they count now."""

    def promises(self, claims: Iterable[str]) -> Mapping[str, str]:
        """The promises that claims tell of."""

    def outcomes(self, claims: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The promises of which claims are evidence."""

    def tellings(self, promises: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The claims that tell of promises."""

    def commitments(self, promises: Iterable[str]) -> Sequence[Commitment]:
        """The commitments of promises."""

    def falling_due(self, since: date | None, until: date | None) -> Sequence[str]:
        """The promises that are pending and were due in these days."""

    def latest(self) -> date | None:
        """The day of the last dispatch that was linked."""

    def verdicts(self) -> Sequence[Judgement]:
        """What people say, of claims as they are now."""
