"""The times of one undated dispatch as evidence of when it was written."""

from collections.abc import Iterator, Sequence
from datetime import date

from dateline.annotate.times.calendar import Period
from dateline.annotate.times.compose import Phrase
from dateline.annotate.times.grammar import Vocabulary, plain
from dateline.annotate.times.resolve import Context, period
from dateline.annotate.times.tense import Outlook
from dateline.model import Annotated, DateClue, Span, Token

type Window = tuple[date | None, date | None]

MODIFIERS = frozenset({"nmod", "compound", "poss", "nummod", "amod"})
_NOMINAL = frozenset({"NOUN", "PROPN"})


class Evidence:
    """The time expressions of a document with their tense and place in it."""

    def __init__(
        self, doc: Annotated, phrases: Sequence[Phrase], outlook: Outlook, words: Vocabulary
    ) -> None:
        self.doc = doc
        self.low = plain(doc.text)
        self.phrases = phrases
        self.words = words
        self._outlook = outlook
        self._speaks = frozenset(words.words("speaks_of"))
        dated = [p for p in phrases if "year" in p.fields and "era" not in p.fields]
        told = ((phrase, _period(phrase)) for phrase in dated)
        self.stated = [(phrase, found) for phrase, found in told if found is not None]
        self.past = [x for x in self.stated if self.is_past(x[0])]
        self.ahead = [x for x in self.stated if self._lies_ahead(x[0])]

    @property
    def newest(self) -> date | None:
        """The first day of the newest time that is told with its year, not as lying ahead."""
        told = (x for x in self.stated if not self.modifies(x[0]) and not self.is_ahead(x[0]))
        return max((found.first for _, found in told), default=None)

    def at(self, phrase: Phrase) -> int:
        """The token that heads a phrase; -1 if there is none."""
        return self.doc.parse.head_of(Span(phrase.start, phrase.end))

    def sentence(self, phrase: Phrase) -> int:
        """The number of the sentence the phrase stands in; -1 if in none."""
        at = self.at(phrase)
        return self.doc.parse.tokens[at].sentence if at >= 0 else -1

    def is_ahead(self, phrase: Phrase) -> bool:
        """Whether the phrase is told as lying ahead."""
        return self._outlook.ahead(self.doc.parse, self.at(phrase))

    def _lies_ahead(self, phrase: Phrase) -> bool:
        """Whether the verb that the phrase dates, and no other, lies ahead."""
        if self.governor(phrase) is None:
            return False
        return self._outlook.nearest(self.doc.parse, self.at(phrase)) is True

    def is_past(self, phrase: Phrase) -> bool:
        """Whether the phrase dates what is told as having happened."""
        governor = self.governor(phrase)
        if governor is None or governor.lemma in self._speaks:
            return False
        deadline = self.before(phrase).endswith(("by ", "for ", "until "))
        return not deadline and self._outlook.behind(self.doc.parse, self.at(phrase))

    def governor(self, phrase: Phrase) -> Token | None:
        """The verb whose tense is that of the phrase; None if it hangs on a noun in between."""
        tokens, at = self.doc.parse.tokens, self.at(phrase)
        if at < 0 or self.modifies(phrase):
            return None
        governor = tokens[tokens[at].head]
        while governor.pos in {"ADP", "SCONJ"} and governor.head != governor.i:
            governor = tokens[governor.head]
        return governor if governor.pos in {"VERB", "AUX"} else None

    def modifies(self, phrase: Phrase) -> bool:
        """Whether the phrase only names something ("the 2024 elections"), which tells no tense."""
        at, tokens = self.at(phrase), self.doc.parse.tokens
        if at < 0:
            return False
        head = tokens[tokens[at].head]
        if tokens[at].dep in MODIFIERS or (head.i > at and head.pos in _NOMINAL):
            return True
        after = self.doc.parse.token_at(phrase.end + 1)
        named = self.before(phrase).endswith("the ")
        return named and after >= 0 and tokens[after].pos in _NOMINAL

    def opening(self, phrase: Phrase) -> tuple[int, int]:
        """Where the sentence of a phrase begins, and where the phrase does."""
        number = self.sentence(phrase)
        first = self.doc.parse.sentences[number][0] if number >= 0 else -1
        begin = self.doc.parse.tokens[first].start if first >= 0 else phrase.start
        return begin, phrase.start

    def is_main(self, phrase: Phrase) -> bool:
        """Whether the phrase dates the main clause of its sentence, or what is said in it."""
        governor = self.governor(phrase)
        return governor is not None and governor.dep in {"ROOT", "ccomp", "conj"}

    def before(self, phrase: Phrase) -> str:
        """The few characters before a phrase, in lower case."""
        return self.low[max(0, phrase.start - 8) : phrase.start]

    def bare_months(self) -> Iterator[Phrase]:
        """Months and days of a month told without a year and not as lying ahead."""
        for phrase in self.phrases:
            told = phrase.fields.keys()
            bare = "month" in told and not told & {"year", "shift", "outlook"}
            if bare and not self.is_ahead(phrase) and not self.modifies(phrase):
                yield phrase

    def clue(self, name: str, phrase: Phrase, says: str, when: Window, **more: int) -> DateClue:
        """A clue resting on a phrase."""
        low, high = (day.isoformat() if day else None for day in when)
        span = Span(phrase.start, phrase.end)
        return DateClue(span, f"dispatch-date#{name}", says, low, high, **more)

    def quoted(self, phrase: Phrase) -> str:
        """The phrase as the text has it, in quotes."""
        return f"'{Span(phrase.start, phrase.end).of(self.doc.text)}'"


def _period(phrase: Phrase) -> Period | None:
    """The days of a phrase, to the last day of the range it begins."""
    context = Context(None, (), bool)
    try:
        whole = period(phrase.fields, context)
        last = period(phrase.to.fields, context) if phrase.to else None
        return whole._replace(last=max(whole.last, last.last)) if whole and last else whole
    except (ValueError, OverflowError):
        return None
