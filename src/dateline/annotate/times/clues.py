"""What the words of an undated dispatch tell about the day it was written."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateline.annotate.times import calendar
from dateline.annotate.times.compose import Phrase
from dateline.annotate.times.evidence import Evidence, Window
from dateline.model import DateClue

type Clues = Callable[[Evidence, Window], Iterator[DateClue]]

_HEAD = 250  # characters in which a dateline stands
_LEAD = 3  # sentences that tell the news itself
_FRESH = 45  # days within which a dispatch follows the dated event it leads with
_CYCLE = 6  # years after which a weekday falls on the same day of a month again, at the earliest
_PLACE = re.compile(r"\W*[A-Z][A-Z.'’-]+(?:[ ,.-]+[A-Z][\w.'’-]*)*[ ,(]*")
_LABEL = re.compile(r"(?:date|published|posted|updated|released?|issued|dated)(?: (?:on|at))?[ :]*",
                    re.IGNORECASE)  # fmt: skip
_QUOTE = re.compile('["“”«»]')
_AFTER = re.compile(r"[ ,.]*(?:\(|\)|-|–|—|:|\n|$)")
_ANNIVERSARY = re.compile(
    r"(?<![\w-])(?P<count>\d{1,3}|[a-z]+(?:-[a-z]+)?)(?:st|nd|rd|th)?[ -](?:year )?"
    r"(?:anniversary|commemoration) of (?:\w+ ){0,4}$"
)
_COMMEMORATES = re.compile(r"anniversar|commemorat|birthday|independence|national day|in memory")


def _dateline(evidence: Evidence, _window: Window) -> Iterator[DateClue]:
    """A date that stands by itself at the head ("KABUL, Aug. 15, 2022 -")."""
    for phrase, day in evidence.stated:
        if day.grain == "day" and day.first == day.last and _heads(evidence, phrase):
            says = f"dateline {evidence.quoted(phrase)}"
            yield evidence.clue("dateline", phrase, says, day[:2])
            return


def _heads(evidence: Evidence, phrase: Phrase) -> bool:
    """Whether a phrase is the dateline: first of its line, or after a place in capitals."""
    text = evidence.doc.text
    if phrase.start > _HEAD or not _AFTER.match(text, phrase.end):
        return False
    if _QUOTE.search(text, 0, phrase.start):
        return False  # the date of a motto
    line = text[text.rfind("\n", 0, phrase.start) + 1 : phrase.start]
    return not line.strip() or bool(_PLACE.fullmatch(line) or _LABEL.fullmatch(line.strip()))


def _anniversary(evidence: Evidence, _window: Window) -> Iterator[DateClue]:
    """So many years since a stated year ("the tenth anniversary of the 2011 revolt")."""
    ordinals = evidence.words.lookup("ordinal")
    for phrase, told in evidence.stated:
        found = _ANNIVERSARY.search(evidence.low, *evidence.opening(phrase))
        if not found or found[0].endswith(" on ") or phrase.part or evidence.is_ahead(phrase):
            continue
        word = found["count"]
        known = (n for pattern, n in ordinals if pattern.fullmatch(word))
        count = int(word) if word.isdigit() else next(known, None)
        if isinstance(count, int) and _is_newest(evidence, told.first.year + count):
            says = f"{found[0].strip()} {evidence.quoted(phrase)}"
            when = calendar.year(told.first.year + count)[:2]
            yield evidence.clue("anniversary", phrase, says, when)
            return


def _is_newest(evidence: Evidence, year: int) -> bool:
    return evidence.newest is None or year >= evidence.newest.year


def _lead_date(evidence: Evidence, _window: Window) -> Iterator[DateClue]:
    """The day of the news itself, if none later is told: a dispatch follows within weeks."""
    if _COMMEMORATES.search(evidence.low):
        return
    for phrase, day in evidence.past:
        if not evidence.is_main(phrase):
            continue
        lead = 0 <= evidence.sentence(phrase) < _LEAD and day.grain == "day" and not phrase.to
        if not lead or phrase.signal or day.first != evidence.newest:
            continue
        if not any(_later(other, day.last) for other in evidence.phrases):
            says = f"the news is of {evidence.quoted(phrase)}"
            when = (day.first, day.last + timedelta(_FRESH))
            yield evidence.clue("lead-date", phrase, says, when)
        return


def _later(phrase: Phrase, day: date) -> bool:
    """Whether a bare date ("May 10") may lie well after `day`, or come round to it again."""
    if "month" not in phrase.fields or "year" in phrase.fields:
        return False
    if (phrase.fields["month"], phrase.fields.get("day")) == (day.month, day.day):
        return True
    return not 0 <= (day.month - int(phrase.fields["month"])) % 12 <= 1


def _since(evidence: Evidence, _window: Window) -> Iterator[DateClue]:
    """An N-year war, and the year in which it began: the first that the text tells as past."""
    if not evidence.past:
        return
    began, first = min(evidence.past, key=lambda x: x[1].first)
    for phrase in evidence.phrases:
        fields = phrase.fields
        count = fields.get("count")
        if fields.get("way") != "length" or fields.get("unit") != "year" or phrase.mod:
            continue
        if not isinstance(count, int) or "to_count" in fields or not _of_war(evidence, phrase):
            continue
        if _is_newest(evidence, first.first.year + count):
            says = f"{evidence.quoted(phrase)} counted from {evidence.quoted(began)}"
            when = calendar.year(first.first.year + count)[:2]
            yield evidence.clue("years-since", phrase, says, when)
            return


def _of_war(evidence: Evidence, phrase: Phrase) -> bool:
    """Whether a length is that of a war: "a ten-year war", "ten years of war"."""
    parse, at = evidence.doc.parse, evidence.at(phrase)
    if at < 0:
        return False
    of = (n for i in parse.children(at, "prep") for n in parse.children(i, "pobj"))
    head = parse.tokens[parse.tokens[at].head]
    nouns = [parse.tokens[n].lemma for n in of] + ([head.lemma] if head.i > at else [])
    lasting = any(noun.lower() in evidence.words.words("lasting") for noun in nouns)
    return lasting and _goes_on(evidence, at)


def _goes_on(evidence: Evidence, at: int) -> bool:
    """Whether the verb next above a token is in the present or the present perfect."""
    parse = evidence.doc.parse
    verb = next((i for i in parse.ancestors(at) if parse.tokens[i].pos in {"VERB", "AUX"}), None)
    if verb is None:
        return False
    tags = {parse.tokens[i].tag for i in (verb, *parse.children(verb, "aux", "auxpass"))}
    return bool(tags & {"VBZ", "VBP"})


def _stated(evidence: Evidence, _window: Window) -> Iterator[DateClue]:
    """Not before what is told as past, not after what is told as lying ahead."""
    if evidence.past:
        phrase, told = max(evidence.past, key=lambda x: x[1].first)
        says = f"{evidence.quoted(phrase)} is told as past"
        yield evidence.clue("past", phrase, says, (told.first, None))
    ahead = [x for x in evidence.ahead if x[0].signal != "since"]
    if ahead:
        phrase, told = min(ahead, key=lambda x: x[1].last)
        says = f"{evidence.quoted(phrase)} is told as lying ahead"
        yield evidence.clue("ahead", phrase, says, (None, told.last))


def _weekday_date(evidence: Evidence, window: Window) -> Iterator[DateClue]:
    """A weekday with a day of a month, which together fit one year of the window."""
    low, high = window
    if low is None or high is None or high.year - low.year >= _CYCLE:
        return
    for phrase in evidence.phrases:
        fields = phrase.fields
        if not {"weekday", "month", "day"} <= fields.keys() or "year" in fields:
            continue
        days = (_day(year, phrase) for year in range(low.year, high.year + 1))
        fits = [d for d in days if d and d.isoweekday() == fields["weekday"]]
        if len(fits) == 1:
            near = (fits[0] - timedelta(_FRESH), fits[0] + timedelta(_FRESH))
            says = f"{evidence.quoted(phrase)} falls in {fits[0].year}"
            yield evidence.clue("weekday-date", phrase, says, near)
            return


def _day(year: int, phrase: Phrase) -> date | None:
    try:
        return date(year, int(phrase.fields["month"]), int(phrase.fields["day"]))
    except ValueError:
        return None


def _bare_dateline(evidence: Evidence, window: Window) -> Iterator[DateClue]:
    """A dateline without a year, where the year is known."""
    year = _one_year(window)
    for phrase in evidence.phrases if year else ():
        bare = {"month", "day"} <= phrase.fields.keys() and "year" not in phrase.fields
        day = _day(year or 0, phrase) if bare and _heads(evidence, phrase) else None
        if day:
            says = f"dateline {evidence.quoted(phrase)}"
            yield evidence.clue("dateline-day", phrase, says, (day, day))
            return


def _months(evidence: Evidence, window: Window) -> Iterator[DateClue]:
    """The last bare month told as past in a sentence about this year, or in the one after it."""
    year = _one_year(window)
    if year is None:
        return
    about = {evidence.sentence(p) for p in evidence.phrases if _this(p, "year")}
    near = [
        p
        for p in evidence.bare_months()
        if {evidence.sentence(p), evidence.sentence(p) - 1} & about and evidence.is_past(p)
    ]
    if not near:
        return
    last = max(near, key=lambda p: int(p.fields["month"]))
    first = date(year, int(last.fields["month"]), 1)
    says = f"{evidence.quoted(last)} of this year is told as past"
    now = next((p for p in evidence.phrases if _this(p, "month")), None)
    if now:
        first = calendar.add(first, "month", 1)
        says += f", and {evidence.quoted(now)} is another month"
    yield evidence.clue("month-past", last, says, (first, None))


def _plan(evidence: Evidence, window: Window) -> Iterator[DateClue]:
    """What was announced in a month to take so many months, and is now done."""
    year = _one_year(window)
    if year is None or not _is_done(evidence):
        return
    for phrase in evidence.phrases:
        fields = phrase.fields
        shortest = fields.get("count")
        longest = fields.get("to_count", shortest)
        lasts = fields.get("way") == "length" and fields.get("unit") == "month"
        if not lasts or not isinstance(shortest, int) or not isinstance(longest, int):
            continue
        number = evidence.sentence(phrase)
        begun = next((p for p in evidence.bare_months() if evidence.sentence(p) == number), None)
        if begun is not None and evidence.is_ahead(phrase):
            start = date(year, int(begun.fields["month"]), 1)
            first = calendar.add(start, "month", shortest)
            last = calendar.add(start, "month", longest + 1) - timedelta(1)
            quoted = f"{evidence.quoted(phrase)} from {evidence.quoted(begun)}"
            says = f"{quoted}, told as completed"
            yield evidence.clue("plan-done", phrase, says, (first, last))
            return


def _is_done(evidence: Evidence) -> bool:
    """Whether the lead tells of something as completed."""
    done = evidence.words.words("completed")
    lead = (t for t in evidence.doc.parse.tokens if t.sentence < _LEAD)
    return any(t.text.lower() in done for t in lead)


def _this(phrase: Phrase, unit: str) -> bool:
    fields = phrase.fields
    return fields.get("unit") == unit and fields.get("shift") == 0 and "from" not in fields


def _one_year(window: Window) -> int | None:
    low, high = window
    return low.year if low and high and low.year == high.year else None


def _weekday(evidence: Evidence, _window: Window) -> Iterator[DateClue]:
    """The one weekday told as past: the day of the news, if no other day is told."""
    days = [p for p in evidence.phrases if "weekday" in p.fields and "way" not in p.fields]
    bare = [p for p in days if not p.fields.keys() & {"shift", "month"}]
    past = [p for p in bare if not evidence.is_ahead(p)]
    if past and len({p.fields["weekday"] for p in days}) == 1:
        says = f"the news is of {evidence.quoted(past[0])}"
        number = int(past[0].fields["weekday"])
        yield evidence.clue("weekday", past[0], says, (None, None), weekday=number)


# The strongest first: what contradicts a stronger clue is left out.
CLUES: tuple[Clues, ...] = (
    _dateline, _anniversary, _lead_date, _since, _stated, _weekday_date, _bare_dateline, _months,
    _plan, _weekday,
)  # fmt: skip
