"""Names of parties in a parse: those of the actor base, and those only the tagger found."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dateline.knowledge.parties import Actor, Actors, Hit
from dateline.model import NamedEntity, Parse, PlaceMention, Span

_TAGGED = {"PERSON": "person", "ORG": "organisation", "NORP": "people"}
_OUTER = {"PERSON", "ORG"}
_TRIM = {"the", "a", "an", "'s", "’s", "(", ")", ",", "'", '"', "-"}
TERRITORIAL = {"country", "demonym"}


class Name(NamedTuple):
    """Tokens `first` to `last` name `actor` (None: unknown to the base); `kind` as in mentions.

    `inner` is the country a name unknown to the base mentions ("University of Jordan"), `full` the
    head token of the full name that a short form stands for (-1 where the name is itself full).
    """

    first: int
    last: int
    head: int
    kind: str
    actor: Actor | None = None
    inner: str | None = None
    full: int = -1


def find_names(
    parse: Parse, text: str, actors: Actors, places: Iterable[PlaceMention] = ()
) -> list[Name]:
    """All names in text order, without overlaps.

    The base wins over the tagger, but a person or organisation the tagger saw wins over a mere
    country inside its name. What `places` read otherwise than as a country is none.
    """
    told = {i: p for p in places for i in parse.tokens_in(p.span)}
    known = (_located(parse, hit) for hit in actors.find(text))
    hits = [x for x in (_as_place(parse, n, told) for n in known if n) if x is not None]
    tagged = [x for x in (_trimmed(parse, e) for e in parse.entities) if x is not None]
    firm = {
        i for hit in hits if hit.kind not in TERRITORIAL for i in range(hit.first, hit.last + 1)
    }
    territorial = {
        i: hit for hit in hits if hit.kind in TERRITORIAL for i in range(hit.first, hit.last + 1)
    }
    covered: set[int] = set()
    own = []
    for entity in tagged:
        tokens = range(entity.first, entity.last + 1)
        inside = [territorial[i] for i in tokens if i in territorial]
        if any(i in firm for i in tokens) or (inside and not _outgrows(parse, entity, inside)):
            continue
        covered.update(tokens)
        placed = inside[-1].actor if inside and entity.label != "PERSON" else None
        inner = placed.country if placed else None
        head = parse.head_of(parse.span(entity.first, entity.last))
        own.append(Name(entity.first, entity.last, head, _TAGGED[entity.label], None, inner))
    kept = [x for x in hits if x.first not in covered and x.last not in covered]
    return _with_short_forms(parse, sorted([*kept, *own], key=_place))


def _located(parse: Parse, hit: Hit) -> Name | None:
    tokens = parse.tokens_in(Span(hit.start, hit.end))
    if not len(tokens):
        return None
    head = parse.head_of(Span(hit.start, hit.end))
    return Name(tokens.start, tokens.stop - 1, head, hit.actor.kind, hit.actor)


def _as_place(parse: Parse, name: Name, told: Mapping[int, PlaceMention]) -> Name | None:
    """A country's name unless it is another place's: none inside a longer name of one."""
    place = told.get(name.head) if name.kind == "country" else None
    if place is None or name.actor is None:
        return name
    if place.place.country in {name.actor.country, None} and place.place.level == "country":
        return name
    tokens = parse.tokens_in(place.span)
    if tokens.start < name.first or tokens.stop - 1 > name.last:
        return None
    same = place.place.country in {name.actor.country, None}
    return name if same else name._replace(actor=None, inner=place.place.country)


def _trimmed(parse: Parse, entity: NamedEntity) -> NamedEntity | None:
    """The entity without articles, marks and possessive endings at its edges."""
    first, last, label = entity
    if label not in _TAGGED:
        return None
    while first <= last and _edge(parse, first):
        first += 1
    while last >= first and _edge(parse, last):
        last -= 1
    while label == "ORG" and 0 < first <= last and _belongs(parse, first - 1, first):
        first -= 1
    named = first <= last and any(parse.tokens[i].pos == "PROPN" for i in range(first, last + 1))
    broken = any("\n" in parse.tokens[i].text for i in range(first, last + 1))
    return NamedEntity(first, last, label) if named and not broken else None


def _belongs(parse: Parse, at: int, inside: int) -> bool:
    """Whether a capitalised word is the first part of the name that goes on at `inside`."""
    token = parse.tokens[at]
    return token.pos == "PROPN" and token.dep == "compound" and token.head == inside


def _edge(parse: Parse, at: int) -> bool:
    word = parse.tokens[at].text
    return word.lower() in _TRIM or not any(c.isalnum() for c in word)


def _outgrows(parse: Parse, entity: NamedEntity, inside: list[Name]) -> bool:
    """Whether the entity is a name of its own and not a country with words around it."""
    if entity.label not in _OUTER:
        return False
    inner = {i for name in inside for i in range(name.first, name.last + 1)}
    rest = [parse.tokens[i] for i in range(entity.first, entity.last + 1) if i not in inner]
    return any(t.pos == "PROPN" and t.text[:1].isupper() for t in rest)


def _with_short_forms(parse: Parse, names: list[Name]) -> list[Name]:
    """Add later mentions by surname or by the abbreviation given in brackets."""
    surnames, abbreviations = _first_given(parse, names)
    taken = {i for name in names for i in range(name.first, name.last + 1)}
    found = []
    for name in names:
        word = parse.tokens[name.last].text if name.first == name.last else ""
        full = abbreviations.get(word) or (surnames.get(word) if name.actor is None else None)
        given = full is not None and full.first < name.first and full.last + 2 != name.first
        found.append(_short(name, full) if given and full else name)
    for token in parse.tokens:
        if token.pos == "PROPN" and token.i not in taken:
            full = abbreviations.get(token.text) or surnames.get(token.text)
            if full is not None and full.first < token.i:
                found.append(_short(Name(token.i, token.i, token.i, full.kind), full))
    return sorted(found, key=_place)


def _first_given(parse: Parse, names: list[Name]) -> tuple[dict[str, Name], dict[str, Name]]:
    """The full names that surnames and bracketed abbreviations in the document stand for."""
    surnames: dict[str, Name] = {}
    abbreviations: dict[str, Name] = {}
    for name in names:
        if name.kind == "person" and name.last > name.first:
            surnames.setdefault(parse.tokens[name.last].text, name)
        elif name.kind in {"organisation", "group", "body"} and name.last > name.first:
            given = _bracketed(parse, name.last + 1)
            if given and given[0] == parse.tokens[name.first].text[:1].upper():
                abbreviations.setdefault(given, name)
    return surnames, abbreviations


def _short(name: Name, full: Name) -> Name:
    return name._replace(kind=full.kind, actor=full.actor, inner=full.inner, full=full.head)


def _place(name: Name) -> tuple[int, int]:
    return name.first, name.last


def _bracketed(parse: Parse, at: int) -> str | None:
    words = [t.text for t in parse.tokens[at : at + 3]]
    if len(words) == 3 and words[0] == "(" and words[2] == ")" and words[1].isupper():
        return words[1]
    return None
