"""The annotation step that finds and resolves time expressions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from dateline.annotate.times.calendar import Period
from dateline.annotate.times.compose import Composer, Phrase
from dateline.annotate.times.express import express
from dateline.annotate.times.grammar import Grammar, plain
from dateline.annotate.times.guards import Guards
from dateline.annotate.times.resolve import Context
from dateline.annotate.times.tense import Outlook
from dateline.model import Annotated, Annotation, Sentence, Span, TimeExpression


class Times:
    """Finds dates, times, durations and sets, and settles them by publication date and tense."""

    name = "times"
    reads: tuple[type[Annotation], ...] = (Sentence,)
    writes: type[Annotation] = TimeExpression

    def __init__(self) -> None:
        self._grammar = Grammar()
        self._compose = Composer(self._grammar)
        self._outlook = Outlook(self._grammar.vocabulary)
        self._guards = Guards()

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[TimeExpression]]:
        """The time expressions of each document, in order."""
        return map(self.find, docs)

    def find(self, doc: Annotated) -> list[TimeExpression]:
        """The time expressions of one document, in text order."""
        low = plain(doc.text)
        atoms = [a for a in self._grammar.atoms(low) if self._guards.allow(doc, low, a)]
        return self._resolved(doc, self._compose(low, atoms))

    def _resolved(self, doc: Annotated, phrases: Iterable[Phrase]) -> list[TimeExpression]:
        out: list[TimeExpression] = []
        told: tuple[Period, ...] = ()
        for phrase in phrases:
            ahead = partial(self._ahead, doc, phrase)
            found = express(phrase, Context(doc.document.published, told, ahead))
            if found is None:
                continue
            out.append(found[0])
            told = _remember(told, found[1], doc.document.published)
        return out

    def _ahead(self, doc: Annotated, phrase: Phrase) -> bool:
        at = doc.parse.head_of(Span(phrase.start, phrase.end))
        return self._outlook.ahead(doc.parse, at)


def _remember(
    told: tuple[Period, ...], new: Period | None, published: date | None
) -> tuple[Period, ...]:
    """`told` with `new` in front; what lies ahead is nothing that "the same day" points at."""
    if new is None or (published is not None and new.first > published):
        return told
    return (new, *(p for p in told if p.grain != new.grain))
