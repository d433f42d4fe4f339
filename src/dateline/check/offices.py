"""Offices that their holder did not hold then, or not there."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dateline.check.rules import Rules, alternatives
from dateline.knowledge.geography import demonyms
from dateline.knowledge.parties import Actor, Actors
from dateline.knowledge.parties import load as actor_base
from dateline.model import Annotated, DateClue, EntityMention, Finding, Span, TimeExpression

_LOOK = 40  # characters around a title in which words may limit it ("former", "elect")


class _Titled(NamedTuple):
    """A leader with a title beside the full name: its words, those of the country, and where."""

    actor: Actor
    title: str
    land: str | None
    span: Span
    from_title: Span


class Offices:
    """Checks titles beside the name of a leader against the terms in the actor base."""

    def __init__(self, rules: Rules, actors: Actors | None = None) -> None:
        self._term, self._country = rules["term"], rules["office-country"]
        self._actors = actors or actor_base()
        self._lands = demonyms()
        land = rf"(?:(?P<land>{alternatives(self._lands)})\s+)?"
        titles = self._term.words["titles"]
        self._before = re.compile(
            rf"(?:[Tt]he\s+|[A-Z]\w+[’']s\s+)?{land}(?P<title>{alternatives(titles)})\s+(?=[A-Z])"
        )
        small = alternatives(title.lower() for title in titles)
        self._after = re.compile(rf",\s+(?:the\s+)?{land}(?P<title>{small})(?=\s*[,.;])")
        self._limited = re.compile(rf"(?i)\b(?:{self._term.any_of('limiting')})\b")
        self._behind = re.compile(rf"(?i)[\s,(-]{{0,3}}(?:{self._term.any_of('limiting_after')})\b")
        self._dated = frozenset(self._term.words["dated"])
        self._never = frozenset(self._term.words["never"])

    def __call__(self, doc: Annotated) -> Iterator[Finding]:
        """The titles of a document that their bearers cannot have had."""
        for mention in doc[EntityMention]:
            if mention.kind == "person" and mention.known:
                told = self._told(doc, mention)
                if told is not None:
                    yield from self._wrong_land(told)
                    yield from self._wrong_time(doc, mention, told)

    def _told(self, doc: Annotated, mention: EntityMention) -> _Titled | None:
        """The title before a full name or set behind it, if nothing limits it ("former")."""
        start, end = mention.span.start, mention.span.end
        before = self._before.match(doc.text, start, end)
        found = before or self._after.match(doc.text, end)
        name_at = before.end() if before else start
        actor = self._known(doc.text[name_at:end], mention) if found else None
        if found is None or actor is None or self._is_limited(doc, mention, found):
            return None
        span = Span(start, max(end, found.end()))
        from_title = Span(min(found.start("title"), name_at), span.end)
        return _Titled(actor, found["title"], found["land"], span, from_title)

    def _known(self, name: str, mention: EntityMention) -> Actor | None:
        """The leader whose full name these words are."""
        hits = self._actors.find(name)
        if len(hits) != 1 or hits[0].start > 0 or " " not in name[: hits[0].end]:
            return None  # a surname alone is how former leaders are called, too
        actor = hits[0].actor
        return actor if actor.kind == "person" and actor.name == mention.party.name else None

    def _is_limited(self, doc: Annotated, mention: EntityMention, title: re.Match[str]) -> bool:
        start = min(title.start("title"), mention.span.start)
        opens = doc.parse.tokens[doc.parse.sentence(mention.head)[0]].start
        around = (
            doc.text[max(opens, start - _LOOK) : title.start("title")],
            doc.text[title.end("title") : mention.span.end],
        )
        after = doc.text[max(mention.span.end, title.end()) :][:_LOOK]
        limits = any(self._limited.search(words) for words in around)
        return limits or self._behind.match(after) is not None

    def _wrong_land(self, told: _Titled) -> Iterator[Finding]:
        land, actor = self._lands.get(told.land or ""), told.actor
        if land is not None and actor.country not in {None, "INT", land}:
            yield self._country.finding(
                told.span, name=actor.name, country=actor.country, told=told.land
            )

    def _wrong_time(
        self, doc: Annotated, mention: EntityMention, told: _Titled
    ) -> Iterator[Finding]:
        day, actor = _written(doc), told.actor
        if told.title.lower() not in self._dated:
            return
        if day is None or (actor.since is None and actor.until is None):
            return
        days = dict.fromkeys((day, *_told_before(doc, mention)))
        slack = timedelta(days=self._term.limits["slack_days"])
        if any(self._held(actor, x) for d in days for x in _around(d, slack)):
            return
        bounds = f"{actor.since or '?'} to {actor.until or 'now'}"
        yield self._term.finding(
            told.from_title, name=actor.name, title=told.title, day=day, bounds=bounds
        )

    def _held(self, actor: Actor, day: str) -> bool:
        """Whether the base has the person in an office on a day."""
        then = self._actors.on(actor, day)
        since, until = then.since or "", then.until or "9999"
        inside = since <= day[: len(since)] and day[: len(until)] <= until
        return inside and then.sector not in self._never


def _written(doc: Annotated) -> date | None:
    """When the dispatch was written, or may have been at the latest."""
    if doc.document.published is not None:
        return doc.document.published
    last = [x.latest for x in doc[DateClue] if x.latest]
    return date.fromisoformat(min(last)) if last else None


def _told_before(doc: Annotated, mention: EntityMention) -> Iterator[date]:
    """The days that the dispatch has spoken of up to the end of the mention's sentence."""
    end = doc.parse.tokens[doc.parse.sentence(mention.head)[1]].end
    times = (time for time in doc[TimeExpression] if time.span.start < end)
    for bound in (bound for time in times for bound in (time.earliest, time.latest)):
        if bound is not None and re.match(r"[12]\d{3}-\d\d-\d\d", bound):
            yield date.fromisoformat(bound[:10])


def _around(day: date, slack: timedelta) -> Iterator[str]:
    for sign in (0, -1, 1):
        try:
            yield (day + sign * slack).isoformat()
        except OverflowError:  # the first or last days a calendar has
            continue
