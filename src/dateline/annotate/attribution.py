"""Who says what: sources, words of reporting, and the stretches of text they answer for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.annotate.attribution_artefacts import Artefacts
from dateline.annotate.attribution_kinds import Kinds
from dateline.annotate.attribution_lexicon import Lexicon, Reporting
from dateline.annotate.attribution_outlets import Outlets
from dateline.annotate.attribution_reader import Reader
from dateline.annotate.attribution_statements import Statements
from dateline.knowledge import entries
from dateline.model import Annotated, Annotation, Attribution

LEXICON = "lexicons/en/attribution.yaml"


class Attributions:
    """Sources with what they say, one annotation for each source and stance."""

    name = "attribution"
    reads: tuple[type[Annotation], ...] = ()
    writes = Attribution

    def __init__(self) -> None:
        self._lexicon = Lexicon(entries(LEXICON, Reporting))
        self._artefacts = Artefacts()
        self._outlets = Outlets()
        self._statements = Statements()
        self._kinds = Kinds()

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[Attribution]]:
        """The attributions of each document, in text order."""
        for doc in docs:
            found = Reader(doc, self._lexicon, self._artefacts, self._outlets).find()
            found.extend(self._statements(doc))
            found.extend(self._credits(doc))
            persons = self._kinds.persons(doc.parse) if found else {}
            told = (replace(a, kind=self._kinds(doc, a.source, persons)) for a in found)
            yield sorted(told, key=lambda a: (a.span, a.found_by, a.source or a.span, a.stance))

    def _credits(self, doc: Annotated) -> Iterator[Attribution]:
        for content, names in self._outlets(doc.text):
            for name in names:
                yield Attribution(name, "attribution#credit", name, (content,), "reports")
