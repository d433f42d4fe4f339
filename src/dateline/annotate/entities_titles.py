"""Titles set before a name: as part of it ("Sergeant Doe"), or a phrase ("Envoy for Peace Doe")."""

from collections.abc import Callable, Iterable, Iterator

from dateline.annotate.entities_names import Name
from dateline.model import Parse

_INNER = {"NOUN", "PROPN", "ADJ", "DET", "PART", "CCONJ", "NUM"}
_OF = {"of", "for", "to", "at"}
_REACH = 9
_CALLED = {"name", "call", "identify", "know", "describe"}


def behind(parse: Parse, names: Iterable[Name], is_title: Callable[[int], bool]) -> dict[int, Name]:
    """The persons named right behind a titled phrase with "of", "for" or "to", by its head."""
    found: dict[int, Name] = {}
    for name in names:
        if name.kind == "person":
            head = _head(parse, name.first, is_title)
            if head is not None:
                found[head] = name
    return found


def _head(parse: Parse, first: int, is_title: Callable[[int], bool]) -> int | None:
    """The title whose phrase ends right before token `first`."""
    tokens = parse.tokens
    last = first - 2 if first > 1 and tokens[first - 1].text == "," else first - 1
    if last < 0 or tokens[last].pos not in {"NOUN", "PROPN"}:
        return None
    joined = False
    start = max(parse.sentence(first)[0], first - _REACH)
    for at in range(last, start - 1, -1):
        token = tokens[at]
        if token.pos == "ADP" and token.lemma.lower() in _OF:
            joined = True
        elif token.pos not in _INNER or token.tag == "POS":
            return None
        elif token.tag in {"NN", "NNP"} and is_title(at) and tokens[at + 1].pos == "ADP":
            return at if joined else None
    return None


def length(parse: Parse, name: Name, is_title: Callable[[int], bool]) -> int:
    """How many words at the start of a person's name are titles; never all of them."""
    count = 0
    while name.first + count < name.last and is_title(name.first + count):
        count += 1
    after = name.first + count
    if count and parse.tokens[after].text == "." and after < name.last:
        count += 1
    return count


def told(parse: Parse, at: int) -> Iterator[int]:
    """Nouns that say what the person named at `at` is: "X is a poet", "a poet named X"."""
    token = parse.tokens[at]
    over = parse.tokens[token.head]
    if token.dep == "pobj" and over.lemma == "as":
        over = parse.tokens[over.head]
        token = token._replace(dep="oprd")
    if over.lemma in _CALLED and token.dep in {"oprd", "attr", "dobj"}:
        yield from parse.children(over.i, "nsubjpass")
        if over.dep in {"acl", "relcl"}:
            yield over.head
    elif over.lemma == "be" and token.dep in {"nsubj", "attr"}:
        yield from parse.children(over.i, "attr" if token.dep == "nsubj" else "nsubj")
