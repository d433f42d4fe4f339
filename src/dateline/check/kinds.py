"""Bodies of the wrong kind: a rights group called a news agency."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from dateline.check.rules import Rules, alternatives
from dateline.model import Annotated, EntityMention, Finding, Parse, Span

_LOOK = 40  # characters before a class in which another may be joined to it
_REACH = 120  # characters from a class within which a named body is looked for
_SHORT = 4  # letters up to which an abbreviation has namesakes
_BODIES = frozenset({"organisation", "group"})


class Kinds:
    """Compares what a dispatch calls a known body with what the actor base knows of it."""

    def __init__(self, rules: Rules) -> None:
        self._rule = rules["kind"]
        phrases = {
            phrase: frozenset(fields["never"])
            for fields in self._rule.table.values()
            for phrase in fields["called"]
        }
        self._never = phrases
        self._called = re.compile(
            rf"\b(?P<kind>{alternatives(phrases)})(?P<plural>s)?\b",
            re.IGNORECASE,
        )
        self._lists = re.compile(rf",?\s*(?:{self._rule.any_of('lists')})\s+(?:the\s+)?$")
        self._mixed = re.compile(r"\b(?:and|or)\s+(?:[\w-]+\s+)?$")
        self._opens = re.compile(r",\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}$")
        self._is = re.compile(r"\s+(?:is|was)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}$")

    def __call__(self, doc: Annotated) -> Iterator[Finding]:
        """The bodies of a document that are called what they are not."""
        sure = [x for x in doc[EntityMention] if _is_sure(doc, x)]
        if not sure:
            return
        named, starts = {x.head: x for x in sure}, [x.span.start for x in sure]
        for found in self._called.finditer(doc.text):
            kind = " ".join(found["kind"].lower().split())
            never = self._never[kind]
            first = bisect_left(starts, found.start() - _REACH)
            near = sure[first : bisect_left(starts, found.end() + _REACH)]
            for mention in self._meant(doc, found, near, named):
                if mention.party.sector in never:
                    span = Span(*found.span())
                    yield self._rule.finding(
                        min(span, mention.span),
                        max(span, mention.span),
                        name=mention.party.name,
                        kind=_singular(kind),
                        sector=mention.party.sector,
                    )

    def _meant(
        self,
        doc: Annotated,
        found: re.Match[str],
        near: Iterable[EntityMention],
        named: Mapping[int, EntityMention],
    ) -> Iterator[EntityMention]:
        """The named bodies that the words class: listed, set beside them, or told to be such."""
        several = found["plural"] or found["kind"].endswith("ies")
        mixed = self._mixed.search(doc.text[max(0, found.start() - _LOOK) : found.start()])
        for mention in near:
            start, end = mention.span.start, mention.span.end
            if start >= found.end():
                between = doc.text[found.end() : start]
                if several and not mixed and self._lists.fullmatch(between):
                    yield from _listed(doc.parse, mention, named)
                elif not several and re.fullmatch(r"\s+|,\s+", between):
                    yield from _beside(doc, mention, between)
            elif end <= found.start() and not several:
                between = doc.text[end : found.start()]
                apposed = self._opens.fullmatch(between) and _closes(doc, found.end())
                if apposed or self._is.fullmatch(between):
                    yield mention


def _is_sure(doc: Annotated, mention: EntityMention) -> bool:
    """Whether the base knows the body, and not by an abbreviation that may be another's."""
    if not mention.known or mention.kind not in _BODIES:
        return False
    words = mention.span.of(doc.text).split()
    short = words[-1].isupper() and len(words[-1]) <= _SHORT
    return not short or mention.party.name in doc.text


def _singular(kind: str) -> str:
    return f"{kind[:-3]}y" if kind.endswith("ies") else kind


def _listed(
    parse: Parse, first: EntityMention, named: Mapping[int, EntityMention]
) -> Iterator[EntityMention]:
    """A body and those coordinated with it."""
    for at in parse.conjuncts(first.head):
        if at in named:
            yield named[at]


def _beside(doc: Annotated, mention: EntityMention, between: str) -> Iterator[EntityMention]:
    """A body named right behind what it is called; behind a comma only if one follows it."""
    follows = doc.text[mention.span.end : mention.span.end + 1]
    possessive = doc.text[mention.span.end : mention.span.end + 2] in {"'s", "’s"}
    if possessive or follows == "-":
        return
    if "," not in between or follows in {",", "."}:
        yield mention


def _closes(doc: Annotated, end: int) -> bool:
    """Whether an apposition ends here or goes on with words of its own."""
    return (
        re.match(r"\s*[,.;)]|\s+(?:that|which|based|in|of|from|with)\b", doc.text[end:]) is not None
    )
