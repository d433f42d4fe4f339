"""Dates, weekdays and ages that cannot be."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from dateline.check.rules import Rules
from dateline.model import Annotated, Doubt, Finding, Span, TimeExpression

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:(?P<m>{_MONTH})\s+(?P<d>\d\d?)|(?P<e>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<n>{_MONTH}))"
    r"(?:st|nd|rd|th)?(?![\w:])(?:,?\s+(?P<y>(?:1[89]|20)\d\d)(?![\w%]))?"
)
_NAMED_DAY = (
    re.compile(rf"\b{_WEEKDAY}\s*(?:,|\(|\s)\s*(?:the\s+)?{_DATE}"),
    re.compile(rf"\b{_DATE}\s*(?:,\s+a|\()\s*{_WEEKDAY}\b"),
)
_AFTER, _LATE = "order", "past-after-dispatch"


class Calendar:
    """Weekdays that disagree with their date, impossible order, ages and spans out of range."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._age = re.compile(
            rf"\b(?:(?P<a>\d{{3,4}})[- ]years?[- ]old\s+(?:{rules['age'].any_of('people')})"
            rf"|(?:{rules['age'].any_of('people')}),?\s+aged\s+(?P<b>\d{{3,4}}))\b"
        )
        self._span = re.compile(
            r"\bfrom\s+(?P<a>(?:1[5-9]|20)\d\d)\s+(?:to|until)\s+"
            r"(?P<b>(?:1[5-9]|20)\d\d)(?![\w,.]\d|\w)(?!\s+[a-z]+s\b)"
        )
        self._behind = frozenset(rules[_AFTER].words["after"])
        self._ahead = frozenset(rules[_AFTER].words["before"])

    def __call__(self, doc: Annotated) -> Iterator[Finding]:
        """What is wrong with the dates of a document."""
        yield from self._doubts(doc)
        yield from self._weekdays(doc)
        yield from self._ages(doc)
        yield from self._spans(doc)
        yield from self._order(doc)

    def _doubts(self, doc: Annotated) -> Iterator[Finding]:
        """What the step that dates words has found."""
        late = [x.span for x in doc[Doubt] if x.found_by.endswith(f"#{_LATE}")]
        rule = self._rules["dispatch-date"]
        many = len(late) >= rule.limits["least"]
        if many:
            yield rule.finding(*late, number=len(late))
        for doubt in doc[Doubt]:
            name = doubt.found_by.partition("#")[2]
            if name in self._rules and not (many and name == _LATE):
                yield self._rules[name].finding(doubt.span, reason=doubt.reason)

    def _weekdays(self, doc: Annotated) -> Iterator[Finding]:
        rule, years = self._rules["weekday"], _years(doc)
        for pattern in _NAMED_DAY:
            for found in pattern.finditer(doc.text):
                told = (int(found["y"]),) if found["y"] else years
                days = list(_dated(found, told))
                fitting = _DAYS.index(found["w"].lower())
                if not days or any(day.weekday() == fitting for day in days):
                    continue
                share = 1.0 if found["y"] else rule.limits["without_year"]
                right = _DAYS[days[0].weekday()].capitalize()
                yield rule.finding(
                    Span(*found.span()), share=share, words=found[0], day=days[0], right=right
                )

    def _ages(self, doc: Annotated) -> Iterator[Finding]:
        rule = self._rules["age"]
        for found in self._age.finditer(doc.text):
            age = int(found["a"] or found["b"])
            if age > rule.limits["oldest"]:
                yield rule.finding(Span(*found.span()), words=found[0], age=age)

    def _spans(self, doc: Annotated) -> Iterator[Finding]:
        rule = self._rules["backwards"]
        for found in self._span.finditer(doc.text):
            if int(found["b"]) < int(found["a"]):
                yield rule.finding(Span(*found.span()), words=found[0])

    def _order(self, doc: Annotated) -> Iterator[Finding]:
        """Of two times that date one past verb, one set after (before) the other by the words."""
        rule = self._rules[_AFTER]
        setting = self._behind | self._ahead
        known = {at for x in doc[Doubt] for at in doc.parse.tokens_in(x.span)}
        placed: dict[int, list[tuple[TimeExpression, str]]] = {}
        for time in doc[TimeExpression]:
            verb, word = _verb(doc, time) if time.earliest and time.latest else (-1, "")
            placed.setdefault(verb, []).append((time, word))
        placed.pop(-1, None)
        pairs = (pair for found in placed.values() for pair in product(found, found))
        for (time, word), (other, link) in pairs:
            if word in setting and link not in setting and _is_new(doc, time, known):
                first, last = (time, other) if word in self._behind else (other, time)
                if str(last.latest)[:10] < str(first.earliest)[:10]:
                    told, against = (x.span.of(doc.text) for x in (time, other))
                    yield rule.finding(time.span, other.span, word=word, time=told, other=against)


def _is_new(doc: Annotated, time: TimeExpression, known: set[int]) -> bool:
    """Whether a time names its year and no doubt tells of it already."""
    year_told = time.value[:4] in time.span.of(doc.text)
    return year_told and not known.intersection(doc.parse.tokens_in(time.span))


def _years(doc: Annotated) -> tuple[int, ...]:
    """The years that a date without one may lie in: near the dispatch, or named by it."""
    published = doc.document.published
    if published is None:
        return ()
    near = (published.year, published.year - 1, published.year + 1)
    named = (int(x.value[:4]) for x in doc[TimeExpression] if re.match(r"[12]\d{3}", x.value))
    return tuple(dict.fromkeys((*near, *named)))


def _dated(found: re.Match[str], years: Iterable[int]) -> Iterator[date]:
    month = _MONTHS.index((found["m"] or found["n"])[:3].lower()) + 1
    for year in years:
        try:
            yield date(year, month, int(found["d"] or found["e"]))
        except ValueError:  # that day is in no calendar: another rule tells of it
            continue


def _verb(doc: Annotated, time: TimeExpression) -> tuple[int, str]:
    """The past verb that a time dates directly and the preposition between them; -1 if none."""
    parse, tokens = doc.parse, doc.parse.tokens
    at = parse.head_of(time.span)
    if at < 0:
        return -1, ""
    noun = tokens[at]
    if noun.dep in {"nmod", "compound", "nummod", "amod", "poss"}:
        noun = tokens[noun.head]
    if noun.dep == "pobj" and tokens[noun.head].lemma == "of":
        noun = tokens[tokens[noun.head].head]
    above = tokens[noun.head]
    word = above.text.lower() if above.pos in {"ADP", "SCONJ", "VERB"} else ""
    if noun.dep == "pobj":
        verb = tokens[above.head]
    else:
        verb, word = above, ""
    past = verb.tag in {"VBD", "VBN"} and verb.dep in {"ROOT", "ccomp", "conj", "advcl", "relcl"}
    return (verb.i, word) if past else (-1, "")
