"""Who "he", "they", "which" and "the group" stand for: earlier mentions of the same party."""

from dateline.model import Annotated, Attribution, EntityMention, Parse, Token

_PERSON = frozenset({"he", "she", "him", "his", "her", "himself", "herself"})
_GROUP = frozenset({"they", "them", "their", "themselves"})
_BODY = frozenset({"it", "its", "itself"})
_SPEAKER = frozenset({"i", "me", "my", "we", "us", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_BODIES = frozenset({"organisation", "government", "country", "group", "body"})
_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
_REACH = 3


def resolve(doc: Annotated) -> tuple[EntityMention, ...]:
    """The entity layer plus one mention per resolved pronoun, in text order.

    The added mention keeps the pronoun's token as `head` and has the span and party of its
    antecedent, as the coding guidelines ask.
    """
    entities = doc[EntityMention]
    at_head = {e.head: e for e in entities}
    issuers = _issuers(doc.parse, entities)
    found = list(entities)
    for token in doc.parse.tokens:
        if token.i in at_head or token.tag not in _PRONOUNS:
            continue
        if token.text.lower() in _SPEAKER:
            antecedents = _speakers(doc, token, at_head) or issuers
        else:
            one = _antecedent(doc.parse, token, entities, at_head)
            antecedents = [one] if one else []
        found += [_stand_in(token, antecedent) for antecedent in antecedents]
    return tuple(sorted(found, key=lambda e: (e.head, e.span)))


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


def _issuers(parse: Parse, entities: tuple[EntityMention, ...]) -> list[EntityMention]:
    """Who speaks in a statement's own voice.

    The first body that is a subject, with its equals; else the person named first.
    """
    for entity in entities:
        if entity.kind in _BODIES and parse.tokens[entity.head].dep == "nsubj":
            equals = parse.conjuncts(entity.head)
            return [e for e in entities if e.head in equals]
    return [e for e in entities if e.kind == "person"][:1]


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
        return _before(parse, token, [e for e in entities if e.kind in _BODIES])
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
