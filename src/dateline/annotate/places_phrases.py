"""Phrases built on place names: parts of countries, borders, soil, "the country"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.annotate.places_find import Finder
from dateline.annotate.places_scene import POSSESSIVE, WHOLE, Scene, Told
from dateline.annotate.places_sites import sites
from dateline.model import Annotated, Place, PlaceMention, Token

_BORDER = frozenset({"border", "borders", "frontier", "boundary"})
_AREA = frozenset({"region", "province", "governorate", "district", "island", "state"})
_TOWN = frozenset({"city", "town", "village"})
_BACK = WHOLE | _AREA | _TOWN | {"capital", "nationwide", "countrywide"}
_POINTING = frozenset({"the", "their"})
_SOME = frozenset(
    [
        "part",
        "parts",
        "area",
        "areas",
        "region",
        "regions",
        "north",
        "south",
        "east",
        "west",
        "center",
        "centre",
        "rest",
        "most",
        "province",
        "provinces",
        "city",
        "cities",
        "town",
        "towns",
    ]
)
_DASHES = frozenset({"-", "–", "—", "‐", "‑", "/"})
_BROAD = frozenset({"country", "adm1", "region"})
_WIDE = frozenset({"adm1", "adm2", "region"})
_PARTS = frozenset({"part", "parts", "of", "the"})


def phrases(
    doc: Annotated, told: Sequence[Told], finder: Finder, mentioned: Mapping[str, float]
) -> list[PlaceMention]:
    """All mentions of a document in text order; of overlapping ones the longest is kept."""
    scene = Scene(doc, told, finder, mentioned)
    found = [t.mention for t in told]
    for token in scene.tokens:
        if (ended := scene.ending.get(token.i)) is not None:
            level = ended.mention.place.level
            scene.last["area" if level in _WIDE else level] = ended.mention
        word = token.text.lower()
        if word in scene.cues.direction:
            found.extend(_part(scene, token))
        elif word in _BORDER:
            found.extend(_border(scene, token))
        elif word in _BACK:
            found.extend(_back(scene, token, word))
        else:
            found.extend(sites(scene, token))
        if word in scene.cues.soil:
            found.extend(_soil(scene, token))
    return longest(found)


def longest(found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions in text order, of overlapping ones the longest."""
    kept: list[PlaceMention] = []
    for m in sorted(found, key=lambda x: (x.span.start, -x.span.end, x.found_by)):
        if not kept or not kept[-1].span.overlaps(m.span):
            kept.append(m)
        elif m.span.end - m.span.start > kept[-1].span.end - kept[-1].span.start:
            kept[-1] = m
    return kept


# parts -----------------------------------------------------------------------------------------
def _part(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    """As in "northern Mali", "the north of Mali", "Mali's north", "the country's north"."""
    after = scene.starting.get(token.i + 1)
    if after is not None:
        yield _region(scene, token, (token.i, after.name.last), after.mention)
    elif scene.lower(token.i + 1) in {"of", "part", "parts"}:
        yield from _north_of(scene, token)
    elif scene.lower(token.i - 1) in POSSESSIVE and token.pos == "NOUN":
        yield from _owned(scene, token)
    elif scene.lower(token.i - 1) == "the" and token.tag == "NN" and scene.located(token):
        base = scene.salient(token)
        if base is not None:
            found = _region(scene, token, (token.i - 1, token.i), base)
            yield replace(found, score=0.5)


def _owned(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    owner = scene.ending.get(token.i - 2)
    if owner is not None:
        yield _region(scene, token, (owner.name.first, token.i), owner.mention)
    elif scene.lower(token.i - 2) in WHOLE:
        base = scene.salient(token)
        if base is not None:
            yield _region(scene, token, (max(token.i - 3, 0), token.i), base)


def _north_of(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    end = token.i + 1
    while scene.lower(end) in _PARTS:
        end += 1
    base = scene.starting.get(end)
    if base is not None and base.mention.place.level in _BROAD:
        yield _region(scene, token, (token.i, base.name.last), base.mention)
    elif scene.lower(end) in WHOLE:
        found = scene.salient(token)
        if found is not None:
            yield _region(scene, token, (token.i, end), found)


def _region(scene: Scene, token: Token, ends: tuple[int, int], base: PlaceMention) -> PlaceMention:
    place = base.place
    if place.level in _BROAD or place.level == "sea":
        level = "sea" if place.level == "sea" else "region"
        point = (place.lat, place.lon) if level == "sea" else (None, None)
        name = f"{_adjective(token.text)} {place.name}"
        place = Place(name, place.country, level, *point, admin1=place.admin1)
    span = scene.parse.span(*ends)
    return PlaceMention(span, "places/phrases#part", scene.parse.head_of(span), place, base.score)


def _adjective(word: str) -> str:
    """As in "north" as in names of regions: "Northern"."""
    low = word.lower()
    return (low + "ern" if low.endswith(("north", "south", "east", "west")) else low).capitalize()


# borders ---------------------------------------------------------------------------------------
def _border(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    """As in "the Mali-Niger border", "the border between Mali and Niger"."""
    if token.dep == "compound" and token.head == token.i + 1:
        return
    first, sides = _before(scene, token.i)
    after = _after(scene, token.i)
    last = after[-1].name.last if after else token.i
    sides += [t.mention for t in after]
    named = list(dict.fromkeys(m.place.name for m in sides))
    if len(named) == 1 and scene.lower(token.i + 1) == "with":
        own = scene.salient(token)
        if own is not None and own.place.name not in named:
            sides, named = [own, *sides], [own.place.name, *named]
    if not named:
        return
    country = next((m.place.country for m in sides if m.place.country), None)
    place = Place("-".join(named[:2]) + " border", country, "border")
    yield PlaceMention(scene.parse.span(first, last), "places/phrases#border", token.i, place, 0.9)


def _before(scene: Scene, at: int) -> tuple[int, list[PlaceMention]]:
    """Names and adjectives joined by dashes before a border, and where they begin."""
    first, start = at, at
    sides: list[PlaceMention] = []
    while first > 0:
        told, nation = scene.ending.get(first - 1), scene.nation(first - 1)
        if told is not None and told.mention.place.level in _BROAD:
            sides.insert(0, told.mention)
            first = start = told.name.first
        elif nation is not None:
            sides.insert(0, nation)
            first -= 1
            start = first
        elif scene.tokens[first - 1].text in _DASHES | POSSESSIVE or (
            scene.tokens[first - 1].pos == "ADJ"
        ):
            first -= 1
        else:
            break
    return start, sides


def _after(scene: Scene, at: int) -> list[Told]:
    """Names in "between A and B", "of A and B", "with B" after a border."""
    if scene.lower(at + 1) not in {"between", "with", "of", "separating"}:
        return []
    out: list[Told] = []
    k = at + 2
    while k < len(scene.tokens):
        told = scene.starting.get(k)
        if told is not None:
            out.append(told)
            k = told.name.last
        elif scene.lower(k) not in {"the", "and", "&", ","}:
            break
        k += 1
    return out


def _soil(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    """As in "Malian territory", "Ukrainian airspace": the country."""
    for k in (token.i - 1, token.i - 2):
        found = scene.nation(k)
        if found is not None and token.text.islower() and token.text not in _BORDER:
            span = scene.parse.span(k, token.i)
            yield replace(found, span=span, head=token.i, found_by="places/phrases#soil")
            return


# anaphora --------------------------------------------------------------------------------------
def _back(scene: Scene, token: Token, word: str) -> Iterator[PlaceMention]:
    """As in "the country", "the capital", "the city": what was told before."""
    base, first = None, token.i
    if word in {"nationwide", "countrywide"}:
        base = scene.salient(token)
    elif token.text.islower() and _counts(scene, token):
        before = token.i - (2 if scene.lower(token.i - 1) == "capital" else 1)
        if scene.lower(before) in _POINTING:
            base, first = _earlier(scene, token, word), before
    if base is not None:
        span = scene.parse.span(first, token.i)
        score = round(0.5 * base.score, 3)
        yield PlaceMention(span, "places/phrases#anaphor", token.i, base.place, score)


def _counts(scene: Scene, token: Token) -> bool:
    """Whether the noun stands alone and where something may happen."""
    if scene.lower(token.i + 1) == "of":
        return False
    head = scene.tokens[token.head]
    if token.dep == "poss":
        return scene.located(head) or head.dep == "pobj"
    if token.dep == "nsubj":
        return head.lemma in {"experience", "witness", "see"}
    of = token.dep == "pobj" and head.text == "of" and scene.lower(head.head) in _SOME
    return of or scene.located(token)


def _earlier(scene: Scene, token: Token, word: str) -> PlaceMention | None:
    if word in WHOLE:
        return scene.salient(token)
    if word == "capital" or scene.lower(token.i - 1) == "capital":
        base = scene.salient(token)
        return scene.capital(base.place.country) if base is not None else None
    return scene.last.get("town" if word in _TOWN else "area")
