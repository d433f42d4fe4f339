"""What a text has told so far, which later times lean on."""

from datetime import date

from dateline.annotate.times.calendar import Period
from dateline.annotate.times.compose import Phrase
from dateline.annotate.times.resolve import Context
from dateline.annotate.times.tense import Outlook
from dateline.model import Annotated, Span

_AFAR = 10  # years; a month or year so far from where a narrative is, is an aside
_OPENING = 4  # tokens into a sentence, a time still opens it
_HEADING = 8  # tokens of a line that is no sentence but a heading


class Story:
    """The times of one text, told from a day of publication (news) or from each other (narrative).

    `told` holds the last period of each precision, the latest first; `anchor` is where a narrative
    has got to, `before` the year where that lies before our era.
    """

    def __init__(
        self, doc: Annotated, outlook: Outlook, published: date | None, *, narrative: bool
    ) -> None:
        self._doc = doc
        self._outlook = outlook
        self._published = published
        self._narrative = narrative
        self._told: tuple[Period, ...] = ()
        self._anchor: Period | None = None
        self._before = 0

    def context(self, phrase: Phrase) -> Context:
        """What the phrase leans on."""
        if "era" in phrase.fields and "year" in phrase.fields:
            self._told, self._anchor = (), None
            self._before = int((phrase.to or phrase).fields["year"])
        elif "year" in phrase.fields:
            self._before = 0
        return Context(
            self._published,
            self._told,
            lambda: self._ahead(phrase),
            self._narrative,
            self._anchor,
            self._before,
        )

    def tell(self, phrase: Phrase, period: Period | None) -> None:
        """Remember the period of a phrase; in news what lies ahead is no anchor for later words."""
        if period is None:
            return
        ahead = self._published is not None and period.first > self._published
        if self._narrative or not ahead:
            self._told = (period, *(p for p in self._told if p.grain != period.grain))
        if self._narrative and self._moves(phrase, period):
            self._anchor = period

    def _ahead(self, phrase: Phrase) -> bool | None:
        at = self._doc.parse.head_of(Span(phrase.start, phrase.end))
        verdict = self._outlook.verdict(self._doc.parse, at)
        before = self._doc.text[max(0, phrase.start - 8) : phrase.start].lower()
        deadline = phrase.signal == "until" or before.endswith(("by ", "through "))
        return None if deadline and not verdict else verdict

    def _moves(self, phrase: Phrase, new: Period) -> bool:
        """Whether a narrative goes on from `new`: an aside ("as in 1812") does not move it."""
        if self._anchor is None:
            return True
        apart = new.first.year - self._anchor.first.year
        if not apart or self._opens(phrase):
            return bool(apart) or new.grain != "year"
        if not self._of_verb(phrase) or self._ahead(phrase):
            return False
        if new.grain == "year":
            return apart == 1
        return new.grain == "day" or abs(apart) <= _AFAR

    def _opens(self, phrase: Phrase) -> bool:
        """Whether the phrase stands at the head of its sentence, or in a heading."""
        parse = self._doc.parse
        at = parse.token_at(phrase.start)
        if at < 0:
            return False
        first, last = parse.sentences[parse.tokens[at].sentence]
        return at - first < _OPENING or last - first < _HEADING

    def _of_verb(self, phrase: Phrase) -> bool:
        """Whether the phrase dates what a verb tells ("fell in 1942", not "funds for 1942")."""
        tokens = self._doc.parse.tokens
        at = self._doc.parse.head_of(Span(phrase.start, phrase.end))
        governor = tokens[at].head if at >= 0 else -1
        if governor >= 0 and tokens[governor].pos == "ADP":
            governor = tokens[governor].head
        return governor >= 0 and tokens[governor].pos in {"VERB", "AUX"}
