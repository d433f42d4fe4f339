"""The annotation step that checks a dispatch for what cannot be."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from dateline.check.calendar import Calendar
from dateline.check.distances import Distances
from dateline.check.kinds import Kinds
from dateline.check.offices import Offices
from dateline.check.places import Lands
from dateline.check.rules import Rules, load
from dateline.check.tolls import Tolls
from dateline.knowledge.geography import Gazetteer
from dateline.model import (
    Annotated,
    Annotation,
    Doubt,
    EntityMention,
    Finding,
    PlaceMention,
    Quantity,
    Sentence,
    TimeExpression,
)

type Check = Callable[[Annotated], Iterable[Finding]]


class Checks:
    """Finds what a dispatch contradicts: itself, the calendar, the gazetteer, the actor base."""

    name = "checks"
    reads: tuple[type[Annotation], ...] = (
        Sentence, TimeExpression, Doubt, PlaceMention, EntityMention, Quantity,
    )  # fmt: skip
    writes: type[Annotation] = Finding

    def __init__(self, rules: Rules | None = None, gazetteer: Gazetteer | None = None) -> None:
        rules, places = rules or load(), gazetteer or Gazetteer()
        self._checks: tuple[Check, ...] = (
            Calendar(rules),
            Distances(rules, places),
            Lands(rules, places),
            Offices(rules),
            Kinds(rules),
            Tolls(rules),
        )

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[Finding]]:
        """The findings of each document, in order."""
        return map(self.find, docs)

    def find(self, doc: Annotated) -> list[Finding]:
        """What is wrong in one document, in text order, each once."""
        found = dict.fromkeys(x for check in self._checks for x in check(doc))
        return sorted(found, key=lambda x: (x.span, x.found_by, x.others))
