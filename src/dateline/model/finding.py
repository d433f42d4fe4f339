"""What a check finds wrong in a dispatch."""

from dataclasses import dataclass

from dateline.model.annotation import Annotation
from dateline.model.span import Span


@dataclass(frozen=True, slots=True)
class Finding(Annotation):
    """Words that contradict each other, the calendar, the gazetteer or the actor base.

    `found_by` is the rule, `says` what is wrong in one sentence, `score` how sure the rule is (the
    share of its findings that are right, as far as known), `others` further words it rests on.
    """

    says: str
    score: float
    others: tuple[Span, ...] = ()

    @property
    def rule(self) -> str:
        """The entry of `knowledge/checks` that found it, as `times#weekday`."""
        return self.found_by.rsplit("/", 1)[-1]

    @property
    def words(self) -> tuple[Span, ...]:
        """All words it rests on, those it is about first."""
        return (self.span, *self.others)
