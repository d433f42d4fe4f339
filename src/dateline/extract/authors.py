"""Who vouches for a statement as a whole: its signatories, its issuer, its author."""

from collections import Counter
from collections.abc import Mapping, Sequence

from dateline.extract.antecedents import (
    BODIES,
    ISSUED,
    PRONOUNS,
    SPEAKER,
    STATEMENTS,
    issuers_of,
    signatories,
)
from dateline.extract.triggers import Hit
from dateline.model import Annotated, Attribution, EntityMention, Parse, Token

_FOLLOWING = frozenset({"following", "follows"})
_BY = frozenset({"by", "from", "of"})
_NAMES = frozenset({"NOUN", "PROPN"})
_NOW = frozenset({"VBZ", "VBP"})
_BYLINE = "attribution#byline"
_VOICES = ("spokes", "press secretary")
_HEAD = 40  # tokens in which a statement is announced as what follows


def authored(doc: Annotated, hits: Mapping[int, Sequence[Hit]]) -> tuple[Attribution, ...]:
    """Who vouches for all that a statement says, where no byline tells it.

    Those who sign a joint statement; else its issuer, if it speaks as "we" or "I", or if a
    spokesperson signs it. A minister who signs it speaks for himself.
    """
    parse, entities = doc.parse, doc[EntityMention]
    signed = _signed(doc)
    if signed is not None and not _spokesperson(doc, signed):
        return ()
    if signed is None:
        joint = _joint(parse)
        if joint:
            return joint
        if not _speaks(doc) or len(signatories(parse, entities)) > 1:
            return ()
    whole = parse.span(0, len(parse.tokens) - 1)
    issuers, _ = issuers_of(parse, entities, hits)
    if signed is not None:
        issuers = [e for e in issuers if e.kind in BODIES] or _speaking(parse, entities)
    return tuple(
        Attribution(e.span, "antecedents#issuer", e.span, (whole,), "reports") for e in issuers
    )


def vouched(
    found: Sequence[Attribution], authors: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """The attributions of a document with those of its authors, who come before a spokesperson."""
    kept = found if not authors else [a for a in found if a.found_by != _BYLINE]
    return (*kept, *authors)


def _signed(doc: Annotated) -> Attribution | None:
    """The byline that a statement opens with."""
    return next((said for said in doc[Attribution] if said.found_by == _BYLINE), None)


def _speaking(parse: Parse, entities: tuple[EntityMention, ...]) -> list[EntityMention]:
    """The body that a statement most often has say or do something now ("the X is concerned")."""
    found = [e for e in entities if e.kind in BODIES and _speaks_now(parse, e)]
    often = Counter(e.party.name for e in found)
    return [e for e in found if e.party.name == often.most_common(1)[0][0]][:1]


def _speaks_now(parse: Parse, entity: EntityMention) -> bool:
    token = parse.tokens[entity.head]
    verb = parse.tokens[token.head]
    auxiliaries = [parse.tokens[i].tag for i in parse.children(verb.i, "aux", "auxpass")]
    return (
        token.dep == "nsubj" and verb.dep == "ROOT" and (verb.tag in _NOW or "VBZ" in auxiliaries)
    )


def _spokesperson(doc: Annotated, byline: Attribution) -> bool:
    """Whether who signs a statement only lends a voice to a body."""
    first, last = doc.parse.sentence(doc.parse.token_at(byline.span.start))
    return any(
        token.lemma.lower().startswith(_VOICES) for token in doc.parse.tokens[first : last + 1]
    )


def _speaks(doc: Annotated) -> bool:
    """Whether the first person stands outside quotations."""
    return any(
        token.text.lower() in SPEAKER and not _is_said(doc, token)
        for token in doc.parse.tokens
        if token.tag in PRONOUNS
    )


def _joint(parse: Parse) -> tuple[Attribution, ...]:
    """Those who release or sign a joint statement, as its opening names them.

    A statement in their own third person ("representatives of A and B met") names nobody.
    """
    for token in parse.tokens[:_HEAD]:
        if token.lemma.lower() not in STATEMENTS or not _is_following(parse, token):
            continue
        makers = [i for i in _makers(parse, token) if _is_named(parse.tokens[i])]
        body = parse.sentence(max(makers))[1] + 1 if makers else len(parse.tokens)
        if body < len(parse.tokens):
            rest = parse.span(body, len(parse.tokens) - 1)
            names = [parse.span(min(parse.subtree(i)), _end(parse, i, makers)) for i in makers]
            by = "antecedents#signatory"
            return tuple(Attribution(name, by, name, (rest,), "reports") for name in names)
    return ()


def _is_named(token: Token) -> bool:
    return token.pos in _NAMES and token.lemma.lower() not in STATEMENTS


def _is_following(parse: Parse, token: Token) -> bool:
    """Whether a statement is announced as what follows ("the following is a statement by …")."""
    first, last = parse.sentence(token.i)
    return any(t.text.lower() in _FOLLOWING for t in parse.tokens[first : last + 1])


def _makers(parse: Parse, statement: Token) -> list[int]:
    """The heads of those that "by", "of" or "from" a statement names, or who "released" it."""
    over = parse.tokens[statement.head]
    released = over.i if over.lemma in ISSUED and over.i != statement.i else statement.i
    below = [released, *parse.children(statement.i, "acl", "relcl"), statement.i]
    by = (i for at in dict.fromkeys(below) for i in parse.children(at, "agent", "prep"))
    named = ([*parse.children(i, "pobj")] for i in by if parse.tokens[i].lemma in _BY)
    first = next(filter(None, named), [])
    return sorted({k for i in first for k in parse.conjuncts(i)})


def _end(parse: Parse, maker: int, makers: Sequence[int]) -> int:
    """The last token of one signatory's words, before those of the next."""
    others = [min(parse.subtree(i)) for i in makers if i > maker]
    end = max(parse.subtree(maker))
    last = min([end, *(i - 1 for i in others)])
    while last > maker and (parse.tokens[last].pos in {"PUNCT", "CCONJ", "SPACE"}):
        last -= 1
    return last


def _is_said(doc: Annotated, token: Token) -> bool:
    spans = (span for said in doc[Attribution] for span in said.content)
    return any(span.start <= token.start < span.end for span in spans)
