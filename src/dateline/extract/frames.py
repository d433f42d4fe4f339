"""Grammatical functions around a trigger: who is its subject, its object, its agent."""

from collections.abc import Container, Iterator, Mapping
from itertools import islice

from dateline.model import Parse

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_DIRECT = {
    "nsubj": "subj",
    "csubj": "subj",
    "nsubjpass": "obj",
    "dobj": "obj",
    "dative": "dative",
    "attr": "attr",
    "oprd": "attr",
    "poss": "poss",
    "compound": "mod",
    "amod": "mod",
    "nmod": "mod",
    "appos": "appos",
}
_CONTROLLED = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "acomp"})
_HOPS = 3
_DEPTH = 4  # arcs down to which acts below a trigger are looked for
_WIDTH = 40  # participants and words a level that are looked at


def frame(parse: Parse, at: int) -> dict[int, str]:
    """The function of each noun around a trigger, by token.

    subj, obj, agent, dative, attr, poss, mod, p:PREPOSITION – the trigger's own; head-subj and
    head-obj – the noun a participle or relative clause describes; the same names behind a verb's
    relation ("xcomp:subj", "dobj:subj", "conj:subj") for what a governing verb lends it.
    """
    out: dict[int, str] = {}
    for token, label in _own(parse, at):
        out.setdefault(token, label)
    for token, label in _lent(parse, at, _HOPS):
        out.setdefault(token, label)
    return out


def own_functions(around: Mapping[int, str], among: Container[int]) -> str:
    """The trigger's own functions that some of the given tokens fill, by name."""
    near = islice(around.items(), _WIDTH)
    own = {label for i, label in near if "|" not in label and ">" not in label and i in among}
    return "+".join(sorted(own))


def below(parse: Parse, at: int, among: Container[int]) -> list[int]:
    """Those of the given tokens that stand below a trigger in the tree, nearest first."""
    found, level = [], [at]
    for _ in range(_DEPTH):
        level = [j for i in level for j in parse.children(i)][:_WIDTH]
        found += [i for i in level if i in among]
    return found


def _own(parse: Parse, at: int) -> Iterator[tuple[int, str]]:
    tokens = parse.tokens
    for i in parse.children(at):
        label = _DIRECT.get(tokens[i].dep)
        if label is not None:
            yield i, label
        elif tokens[i].dep in {"prep", "agent"}:
            name = "agent" if tokens[i].lemma == "by" else f"p:{tokens[i].lemma}"
            yield from ((j, name) for j in parse.children(i, "pobj"))
            for inner in parse.children(i, "prep"):
                yield from ((j, name) for j in parse.children(inner, "pobj"))
        elif tokens[i].dep in _CONTROLLED:
            yield from _inside(parse, i)
    if tokens[at].dep in {"acl", "relcl"}:
        yield tokens[at].head, "head-obj" if tokens[at].tag == "VBN" else "head-subj"
    if tokens[at].dep in {"compound", "amod"}:
        yield tokens[at].head, "modified"


def _inside(parse: Parse, clause: int) -> Iterator[tuple[int, str]]:
    """The participants of a clause that the trigger governs ("urged X to free Y")."""
    name = parse.tokens[clause].dep
    for i in parse.children(clause, "nsubj", "nsubjpass", "dobj"):
        yield i, f">{name}:{_DIRECT[parse.tokens[i].dep]}"
    for i in parse.children(clause, "prep", "agent"):
        yield from ((j, f">{name}:{parse.tokens[i].lemma}") for j in parse.children(i, "pobj"))


def _lent(parse: Parse, at: int, hops: int) -> Iterator[tuple[int, str]]:
    """What the words above a trigger lend it: shared, controlled and light-verb participants."""
    token = parse.tokens[at]
    head = token.head
    if hops == 0 or head == at:
        return
    relation = token.dep
    if relation in {"prep", "agent", "pobj", "pcomp"}:
        above = parse.tokens[head]
        name = f"{relation}:{above.lemma}" if above.dep in {"prep", "agent"} else relation
        yield from ((i, f"{name}|{label}") for i, label in _lent(parse, head, hops - 1))
        if above.dep not in {"prep", "agent"}:
            yield from ((i, f"{name}|{label}") for i, label in _own(parse, head) if i != at)
        return
    for i, label in _own(parse, head):
        if i != at:
            yield i, f"{relation}|{label}"
    if parse.tokens[head].pos in _NOUNS and relation not in _CONTROLLED:
        yield head, f"{relation}|self"
    yield from ((i, f"{relation}|{label}") for i, label in _lent(parse, head, hops - 1))
