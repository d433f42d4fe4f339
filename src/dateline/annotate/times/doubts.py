"""The annotation step that notes dates which cannot be."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.annotate.times.grammar import Vocabulary, plain
from dateline.annotate.times.interval import told, window
from dateline.annotate.times.tense import Outlook
from dateline.model import (
    Annotated,
    Annotation,
    DateClue,
    Doubt,
    Sentence,
    Span,
    TimeExpression,
    Token,
)

_LEAP_YEAR = 2000
_TIMELESS = frozenset({"nmod", "compound", "poss", "nummod", "amod"})


class TimeDoubts:
    """Finds days that no calendar has, and what is told as past but lies after the dispatch."""

    name = "time doubts"
    reads: tuple[type[Annotation], ...] = (Sentence, TimeExpression)
    writes: type[Annotation] = Doubt

    def __init__(self) -> None:
        words = Vocabulary()
        month = words.regex("named_month")
        self._months = words.lookup("named_month")
        self._outlook = Outlook(words)
        self._settles = frozenset(words.words("settles"))
        self._closed = frozenset(words.words("closed_by"))
        self._named = frozenset(words.words("closed_by_named"))
        self._day = re.compile(
            rf"(?<!\w)(?:(?P<m>{month}) (?P<d>29|3[01])"
            rf"|(?P<e>29|3[01])(?:th|st)?(?: of)? (?P<n>{month}))"
            r"(?:th|st)?(?!\w)(?:,? (?P<y>\d{4}))?"
        )
        self._digits = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
        self._year = re.compile(
            r"(?<!\w)the year (?:0000|2[2-9]\d\d|[3-9]\d{3}|\d{5,})(?![\w,.]\d|\w)"
        )

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[Doubt]]:
        """The doubts about each document, in order."""
        return map(self.find, docs)

    def find(self, doc: Annotated) -> list[Doubt]:
        """The doubts about the times of one document, in text order."""
        return sorted([*self._impossible(doc), *self._too_late(doc)], key=lambda x: x.span)

    def _impossible(self, doc: Annotated) -> Iterator[Doubt]:
        low = plain(doc.text)
        for found in self._digits.finditer(low):
            if not _is_day(found[0]):
                yield _doubt("no-such-day", Span(*found.span()), "is no day of the calendar", doc)
        for found in self._day.finditer(low):
            month = next(n for word, n in self._months if word.fullmatch(found["m"] or found["n"]))
            year = int(found["y"]) if found["y"] else _LEAP_YEAR
            if int(found["d"] or found["e"]) > monthrange(max(year, 1), int(month))[1]:
                yield _doubt("no-such-day", Span(*found.span()), "is no day of the calendar", doc)
        for found in self._year.finditer(low):
            yield _doubt("no-such-year", Span(*found.span()), "is no year to tell of", doc)

    def _too_late(self, doc: Annotated) -> Iterator[Doubt]:
        """What is told as past with a year that begins after the dispatch was written."""
        written = _written(doc)
        if written is None:
            return
        day, name = written
        for time in doc[TimeExpression]:
            if time.earliest is None or time.earliest[:10] <= day.isoformat():
                continue
            opens = self._opens(doc, time)
            if opens is not None:
                span = Span(opens.start, _noun_end(doc, time))
                reason = f"is told as past, but lies after the dispatch's date ({name})"
                yield _doubt("past-after-dispatch", span, reason, doc)

    def _opens(self, doc: Annotated, time: TimeExpression) -> Token | None:
        """The preposition by which a time dates what has happened; None if it does not."""
        parse, tokens = doc.parse, doc.parse.tokens
        at = parse.head_of(time.span)
        if at < 0 or not time.value[:4].isdigit() or time.value[:4] not in time.span.of(doc.text):
            return None
        named = tokens[at].dep in _TIMELESS
        noun = tokens[tokens[at].head] if named else tokens[at]
        preposition = tokens[noun.head]
        verb = tokens[preposition.head]
        if preposition.lemma.lower() not in (self._named if named else self._closed):
            return None
        if verb.pos not in {"VERB", "AUX"} or verb.lemma in self._settles:
            return None
        return preposition if self._outlook.behind(parse, preposition.i) else None


def _written(doc: Annotated) -> tuple[date, str] | None:
    """The last day the dispatch may be of, and how to name it."""
    published = doc.document.published
    if published is not None:
        return published, published.isoformat()
    high = window(doc[DateClue])[1]
    return None if high is None else (high, told(doc[DateClue]))


def _noun_end(doc: Annotated, time: TimeExpression) -> int:
    tokens, at = doc.parse.tokens, doc.parse.head_of(time.span)
    head = tokens[tokens[at].head] if tokens[at].dep in _TIMELESS else tokens[at]
    return max(head.end, time.span.end)


def _doubt(rule: str, span: Span, reason: str, doc: Annotated) -> Doubt:
    return Doubt(span, f"time-doubts#{rule}", f"'{span.of(doc.text)}' {reason}")


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True
