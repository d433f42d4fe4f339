"""Who "he", "they", "which" and "the group" stand for: earlier mentions of the same party."""

from collections.abc import Mapping, Sequence

from dateline.extract.triggers import Hit
from dateline.model import Annotated, Attribution, EntityMention, Parse, Token

_PERSON = frozenset({"he", "she", "him", "his", "her", "himself", "herself"})
_GROUP = frozenset({"they", "them", "their", "themselves"})
_BODY = frozenset({"it", "its", "itself"})
SPEAKER = frozenset({"i", "me", "my", "we", "us", "our"})
_SINGLE = frozenset({"i", "me", "my"})
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})
_NAMED = frozenset({"person", "country"})
_VERBAL = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "CONSULT", "REJECT", "THREATEN", "AGREE"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
BODIES = frozenset({"organisation", "government", "country", "group", "body"})
PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
_ENVOYS = frozenset(
    {"government", "representative", "minister", "leader", "ambassador", "delegation", "official"}
)
STATEMENTS = frozenset({"statement", "declaration", "communique", "communiqué", "text"})
ISSUED = frozenset({"release", "issue", "publish", "adopt", "make"})
_OPENING = 200  # tokens in which a statement names its signatories
_REACH = 3


def resolve(doc: Annotated, hits: Mapping[int, Sequence[Hit]]) -> tuple[EntityMention, ...]:
    """The entity layer with pronouns and repeated descriptions resolved, in text order.

    A pronoun adds a mention, "the officers" takes the place of its own: both keep their token as
    `head` and have the span and party of the antecedent, as the coding guidelines ask. `hits` are
    the trigger rules met at each token.
    """
    entities = doc[EntityMention]
    at_head = {e.head: e for e in entities}
    issuers = issuers_of(doc.parse, entities, hits)
    found = []
    for entity in entities:
        sent = _sent_by(doc.parse, entity, at_head)
        token = doc.parse.tokens[entity.head]
        found += [_stand_in(token, e) for e in sent] or [_repeated(doc.parse, entity, entities)]
    for token in doc.parse.tokens:
        if token.i in at_head or token.tag not in PRONOUNS:
            continue
        if token.text.lower() in SPEAKER:
            antecedents = _speakers(doc, token, at_head) or issuers[token.text.lower() in _SINGLE]
        else:
            one = _antecedent(doc.parse, token, entities, at_head)
            antecedents = [one] if one else []
        found += [_stand_in(token, antecedent) for antecedent in antecedents]
    return tuple(sorted(found, key=lambda e: (e.head, e.span)))


def _repeated(
    parse: Parse, entity: EntityMention, entities: tuple[EntityMention, ...]
) -> EntityMention:
    """What "the officers" stands for: the first, fuller mention with the same head noun."""
    token = parse.tokens[entity.head]
    if entity.known or entity.kind in _NAMED or token.pos != "NOUN":
        return entity
    if not any(parse.tokens[i].lemma in _DEFINITE for i in parse.children(token.i, "det")):
        return entity
    for other in entities:
        if other.head >= entity.head:
            break
        head = parse.tokens[other.head]
        longer = other.span.end - other.span.start > entity.span.end - entity.span.start
        if (head.lemma, head.tag) == (token.lemma, token.tag) and longer:
            return _stand_in(token, other)
    return entity


def _sent_by(
    parse: Parse, entity: EntityMention, at_head: Mapping[int, EntityMention]
) -> list[EntityMention]:
    """The parties that "the representatives of A, B and C" act for, if they are several."""
    token = parse.tokens[entity.head]
    if token.lemma.lower() not in _ENVOYS or token.tag not in {"NNS", "NNPS"}:
        return []
    of = (i for i in parse.children(token.i, "prep") if parse.tokens[i].lemma == "of")
    first = [j for i in of for j in parse.children(i, "pobj")]
    sent = [at_head[k] for j in first for k in sorted({j, *parse.conjuncts(j)}) if k in at_head]
    return sent if len(sent) > 1 else []


def _stand_in(token: Token, antecedent: EntityMention) -> EntityMention:
    return EntityMention(
        antecedent.span,
        f"antecedents#{token.text.lower()}",
        token.i,
        antecedent.kind,
        antecedent.party,
        antecedent.known,
    )


def _speakers(
    doc: Annotated, token: Token, at_head: dict[int, EntityMention]
) -> list[EntityMention]:
    """Who is quoted where "we" or "I" stands."""
    for said in doc[Attribution]:
        if said.source and any(s.start <= token.start < s.end for s in said.content):
            inside = [e for e in at_head.values() if e.span.overlaps(said.source)]
            head = doc.parse.head_of(said.source)
            return [e for e in inside if e.head == head] or inside[:1]
    return []


def issuers_of(
    parse: Parse, entities: tuple[EntityMention, ...], hits: Mapping[int, Sequence[Hit]]
) -> tuple[list[EntityMention], list[EntityMention]]:
    """Who "we" and who "I" is in a statement's own voice.

    "We" is who released the statement; else the first body that does a verbal act, with its equals;
    else, like "I", the person named first.
    """
    person = [e for e in entities if e.kind == "person"][:1]
    signed = signatories(parse, entities)
    if signed:
        return signed, person
    for entity in entities:
        token = parse.tokens[entity.head]
        acts = {hit.rule.type for hit in hits.get(token.head, ())}
        if entity.kind in BODIES and token.dep == "nsubj" and acts & _VERBAL:
            equals = parse.conjuncts(entity.head)
            at_head = {e.head: e for e in entities}
            issuers = [e for e in entities if e.head in equals]
            return [s for e in issuers for s in _sent_by(parse, e, at_head) or [e]], person
    return person, person


def signatories(parse: Parse, entities: tuple[EntityMention, ...]) -> list[EntityMention]:
    """Who released the statement, where its first lines say so ("was released by A and B")."""
    at_head = {e.head: e for e in entities}
    for token in parse.tokens[:_OPENING]:
        if token.lemma not in ISSUED or not _of_statement(parse, token):
            continue
        for by in parse.children(token.i, "agent", "prep"):
            if parse.tokens[by].lemma == "by":
                named = [at_head[i] for i in sorted(parse.subtree(by)) if i in at_head]
                heads = [e for e in named if e.kind in BODIES and not _sent_by(parse, e, at_head)]
                return [e for e in heads if not _inside(e, heads)]
    return []


def _of_statement(parse: Parse, token: Token) -> bool:
    """Whether what is released is a statement ("the text of the statement was released")."""
    below = {j for i in parse.children(token.i, "nsubjpass") for j in parse.subtree(i)}
    return any(parse.tokens[i].lemma in STATEMENTS for i in {token.head, *below})


def _inside(entity: EntityMention, others: list[EntityMention]) -> bool:
    return any(o.span != entity.span and o.span.covers(entity.span) for o in others)


def _antecedent(
    parse: Parse,
    token: Token,
    entities: tuple[EntityMention, ...],
    at_head: dict[int, EntityMention],
) -> EntityMention | None:
    word = token.text.lower()
    if word in _RELATIVE:
        return _relative(parse, token, at_head)
    if word in _PERSON:
        return _before(parse, token, [e for e in entities if e.kind == "person"])
    if word in _GROUP:
        fitting = [e for e in entities if _plural(parse, e)]
        return _before(parse, token, fitting)
    if word in _BODY:
        return _before(parse, token, [e for e in entities if e.kind in BODIES])
    return None


def _relative(
    parse: Parse, token: Token, at_head: dict[int, EntityMention]
) -> EntityMention | None:
    """The noun that a relative clause hangs on."""
    for i in (token.i, *parse.ancestors(token.i)):
        if parse.tokens[i].dep == "relcl":
            return at_head.get(parse.tokens[i].head)
    return None


def _plural(parse: Parse, entity: EntityMention) -> bool:
    return parse.tokens[entity.head].tag in {"NNS", "NNPS"} or entity.kind in {
        "group",
        "organisation",
    }


def _before(parse: Parse, token: Token, fitting: list[EntityMention]) -> EntityMention | None:
    """The nearest earlier mention within reach; subjects count as nearer than others."""
    best, best_rank = None, (_REACH * 100, 0)
    for entity in fitting:
        if entity.head >= token.i:
            break
        apart = token.sentence - parse.tokens[entity.head].sentence
        if apart >= _REACH:
            continue
        subject = parse.tokens[entity.head].dep in {"nsubj", "nsubjpass"}
        rank = (apart * 2 + (0 if subject else 1), -entity.head if apart == 0 else entity.head)
        if rank < best_rank:
            best, best_rank = entity, rank
    return best
