"""The annotation step that finds and resolves time expressions."""

from collections.abc import Iterator, Sequence
from functools import partial

from dateline.annotate.times.compose import Composer, Phrase
from dateline.annotate.times.express import express
from dateline.annotate.times.grammar import Grammar, plain
from dateline.annotate.times.guards import Guards
from dateline.annotate.times.interval import spanning, window
from dateline.annotate.times.mode import Mode, narrates
from dateline.annotate.times.story import Story
from dateline.annotate.times.tense import Outlook
from dateline.model import Annotated, Annotation, DateClue, Sentence, TimeExpression

_KEPT = 64  # documents, more than a batch has


class Times:
    """Finds dates, times, durations and sets, and settles them by publication date and tense.

    In `news` relative times lean on the day of publication, in a `narrative` (a history, a
    chronology) on the time told before; without a mode each text is taken as what it reads like.
    In an undated dispatch they lean on all the days that its `DateClue` layer, if any, leaves.
    """

    name = "times"
    reads: tuple[type[Annotation], ...] = (Sentence,)
    writes: type[Annotation] = TimeExpression

    def __init__(self, mode: Mode | None = None) -> None:
        self._mode = mode
        self._grammar = Grammar()
        self._compose = Composer(self._grammar)
        self._guards = Guards()
        self.outlook = Outlook(self._grammar.vocabulary)
        self._known: dict[str, tuple[list[Phrase], bool]] = {}

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[TimeExpression]]:
        """The time expressions of each document, in order."""
        return map(self.find, docs)

    def find(self, doc: Annotated) -> list[TimeExpression]:
        """The time expressions of one document, in text order."""
        phrases, narrative = self.phrases(doc)
        published = doc.document.published
        first, last = window(doc[DateClue]) if published is None else (None, None)
        possible = [published, first, last] if first and last else [published]
        tries = [
            _express(phrases, Story(doc, self.outlook, day, narrative=narrative))
            for day in possible
        ]
        if len(tries) == 1:
            return [x for found in tries[0] for x in found]
        each = zip(*tries, strict=True)
        return [spanning(*ways) for found in each for ways in zip(*found, strict=False)]

    def phrases(self, doc: Annotated) -> tuple[list[Phrase], bool]:
        """The expressions of a document before they are resolved; whether it is a narrative.

        Those of the latest documents are kept, since an undated one is read twice.
        """
        known = self._known.get(doc.document.id)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[doc.document.id] = self._read(doc)
        return known

    def _read(self, doc: Annotated) -> tuple[list[Phrase], bool]:
        low = plain(doc.text)
        atoms = list(self._grammar.atoms(low, partial(self._guards.allow, doc, low)))
        found = self._compose(low, atoms)
        if self._mode == "narrative" or (self._mode is None and narrates(found)):
            return found, True
        return [p for p in found if p.found_by not in self._grammar.narrative], False


def _express(phrases: Sequence[Phrase], story: Story) -> list[list[TimeExpression]]:
    """The annotations of each phrase (two for a range, none for an impossible date)."""
    out = []
    for phrase in phrases:
        found: list[TimeExpression] = []
        try:
            found, period = express(phrase, story.context(phrase))
            story.tell(phrase, period)
        except (ValueError, OverflowError):
            found = []  # `TimeDoubts` tells of it
        out.append(found)
    return out
