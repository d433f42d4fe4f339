"""The annotation step that finds when an undated dispatch was written."""

from collections.abc import Iterator, Sequence

from dateline.annotate.times.clues import CLUES
from dateline.annotate.times.evidence import Evidence
from dateline.annotate.times.grammar import Vocabulary
from dateline.annotate.times.interval import window
from dateline.annotate.times.step import Times
from dateline.model import Annotated, Annotation, DateClue, Sentence


class DispatchDates:
    """Finds the words that date a dispatch whose publication date is not given.

    Nothing is found for a dated dispatch. The clues agree with each other: one that contradicts a
    stronger one is left out. Today's date plays no part.
    """

    name = "dispatch dates"
    reads: tuple[type[Annotation], ...] = (Sentence,)
    writes: type[Annotation] = DateClue

    def __init__(self, times: Times | None = None) -> None:
        self._times = times or Times()
        self._words = Vocabulary()

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[DateClue]]:
        """The clues of each document, in order."""
        return map(self.find, docs)

    def find(self, doc: Annotated) -> list[DateClue]:
        """The clues of one document that agree, in text order."""
        if doc.document.published is not None:
            return []
        phrases, _ = self._times.phrases(doc)
        evidence = Evidence(doc, phrases, self._times.outlook, self._words)
        kept: list[DateClue] = []
        for clues in CLUES:
            for clue in clues(evidence, window(kept)):
                low, high = window([*kept, clue])
                if low is None or high is None or low <= high:
                    kept.append(clue)
        return sorted(kept, key=lambda x: (x.span, x.found_by))
