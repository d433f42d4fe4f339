"""Our attributions by the guidelines of other corpora: conversions by the parse alone."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.model import Annotated, Attribution, Parse, Span, Token

Spans = tuple[Span, ...]

_GROUP = {"aux", "auxpass", "neg", "advmod", "prt"}
_NO_FACTS = {"want", "believe", "ask", "intend", "promise", "demand", "feeling", "judge"}
_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\w)", re.IGNORECASE)
_LONGEST = 90  # characters that coordinated sources may span
_OUTER = " \t\n,;:.–—-"
_WIDEST = 3  # times as many tokens as were meant may lie between the first and the last


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution; a part the text does not tell is ()."""

    source: Spans
    cue: Spans
    content: Spans


def polnear_view(doc: Annotated) -> list[Told]:
    """Our attributions by PolNeAR's rules.

    One attribution per cue, its coordinated sources one span; the pronoun, not what it stands for;
    sources with appositions and restrictive clauses; cues with their verb group; contents without
    outer punctuation but with quotation marks; none inside the content of another.
    """
    groups: dict[Span, list[Attribution]] = defaultdict(list)
    for found in doc[Attribution]:
        if not found.found_by.endswith("#credit"):
            groups[found.span].append(found)
    out = []
    for cue, group in groups.items():
        content = joined(doc.text, {span for a in group for span in a.content})
        source = widened(doc, cue, [s for s in map(spoken(doc), group) if s is not None])
        if content:
            out.append((cue, Told(source, (verb_group(doc, cue, source, content),), content)))
    return [told for cue, told in out if not _nested(cue, told, out)]


def spoken(doc: Annotated) -> Callable[[Attribution], Span | None]:
    """The words beside the cue: a pronoun, not what it stands for; a report's maker, not it."""

    def words(found: Attribution) -> Span | None:
        at = doc.parse.head_of(found.speaker) if found.speaker else -1
        pronoun = at >= 0 and doc.parse.tokens[at].pos == "PRON"
        return found.speaker if pronoun or found.source is None else found.source

    return words


def _nested(cue: Span, told: Told, others: Iterable[tuple[Span, Told]]) -> bool:
    return any(
        span.covers(cue) for _, other in others if other is not told for span in other.content
    )


def widened(doc: Annotated, cue: Span, speakers: Sequence[Span]) -> Spans:
    """One span over the speakers with their appositions and the clauses that restrict them.

    The comma that closes an apposition is inside before the cue; so is a possessive ending.
    """
    parse = doc.parse
    keep: set[int] = set()
    for speaker in speakers:
        head = parse.head_of(speaker)
        if head < 0:
            return (speaker,)
        if parse.tokens[head].dep == "appos":
            head = parse.tokens[head].head
            keep.update(parse.tokens_in(parse.phrase(head)))
        keep.update(parse.tokens_in(speaker))
        for i in parse.children(head):
            if _restricts(parse, head, i):
                keep.update(parse.subtree(i))
    if not keep:
        return ()
    first, last = min(keep), max(keep)
    if last - first > _WIDEST * len(keep):
        return (speakers[0],)
    span = parse.span(first, last)
    after = parse.tokens[last + 1 : last + 2]
    added = any(parse.tokens[i].dep in {"appos", "relcl"} for i in keep)
    closes = after and after[0].text == "," and added and span.end < cue.start
    if after and (closes or after[0].tag == "POS"):
        span = Span(span.start, after[0].end)
    return (span,)


def _restricts(parse: Parse, head: int, at: int) -> bool:
    token = parse.tokens[at]
    if token.dep == "appos":
        return True
    opening = min(parse.subtree(at))
    if token.dep not in {"relcl", "acl"} or opening <= head:
        return False
    return parse.tokens[opening - 1].text != ","


def verb_group(doc: Annotated, cue: Span, source: Spans, content: Spans) -> Span:
    """The cue with its auxiliaries, adverbs and particles, and what links it to the content.

    That is a colon ("said:") or the preposition before the content ("called for").
    """
    parse = doc.parse
    inside = parse.tokens_in(cue)
    if not inside:
        return cue
    head = parse.head_of(cue)
    first, last = inside.start, inside.stop - 1
    if parse.tokens[head].pos in {"VERB", "AUX"}:
        group = {i for i in parse.children(head) if parse.tokens[i].dep in _GROUP}
        group -= {i for span in source for i in parse.tokens_in(span)}
        while first - 1 in group:
            first -= 1
        while last + 1 in group:
            last += 1
    after = parse.tokens[last + 1 : last + 3]
    if after and _links(after[0], after[1:], content):
        last += 1
    return parse.span(first, last)


def _links(token: Token, after: Sequence[Token], content: Spans) -> bool:
    begins = bool(after) and any(span.start == after[0].start for span in content)
    return token.text == ":" or (token.dep in {"prep", "agent"} and begins)


def joined(text: str, spans: Iterable[Span]) -> Spans:
    """Spans with only spaces and punctuation between them as one; none ends in punctuation."""
    merged: list[Span] = []
    for span in sorted(spans):
        gap = text[merged[-1].end : span.start] if merged else "x"
        if merged and (span.start <= merged[-1].end or not re.search(r"\w", gap)):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(x for x in (trimmed(text, span) for span in merged) if x is not None)


def trimmed(text: str, span: Span) -> Span | None:
    """The span without punctuation at its ends, quotation marks excepted."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_OUTER))
    end = span.end - (len(words) - len(words.rstrip(_OUTER)))
    return Span(start, end) if start < end else None


def factappeal_view(doc: Annotated) -> dict[Spans, str]:
    """Our sources of statements of fact by FactAppeal's rules, with their kinds.

    One span for the coordinated sources of a cue, without those told ("told Radio Lund"); none
    inside the content of another; what is wanted, felt, asked or judged is no statement of fact.
    """
    groups: dict[Span, list[Attribution]] = defaultdict(list)
    for found in doc[Attribution]:
        if found.found_by.partition("#")[2] not in _NO_FACTS:
            groups[found.span].append(found)
    out: dict[Spans, str] = {}
    for cue, group in groups.items():
        words = {s: a.kind for a in group if (s := spoken(doc)(a)) is not None}
        before = {span: kind for span, kind in words.items() if span.start < cue.start}
        told = before or words
        others = (a for other, found in groups.items() if other != cue for a in found)
        if told and not any(span.covers(cue) for a in others for span in a.content):
            first, last = min(told), max(told)
            span = Span(first.start, last.end) if last.end - first.start < _LONGEST else first
            out[(bare_name(doc, span),)] = told[first]
    return out


def bare_name(doc: Annotated, span: Span) -> Span:
    """A source without its article and outer punctuation, a named person without the title."""
    text = doc.text
    span = trimmed(text, span) or span
    article = _ARTICLE.match(span.of(text))
    span = Span(span.start + article.end(), span.end) if article else span
    people = [
        name
        for entity in doc.parse.entities
        if entity.label == "PERSON"
        and span.covers(name := doc.parse.span(entity.first, entity.last))
        and name.end == span.end
    ]
    return people[0] if people else span
