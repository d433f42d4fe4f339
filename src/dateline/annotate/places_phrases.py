"""Phrases built on place names: parts of countries, borders, soil, "the country"."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dateline.annotate.places_around import BEARINGS, around
from dateline.annotate.places_cues import Cues
from dateline.annotate.places_metonymy import is_metonymic
from dateline.annotate.places_scene import POSSESSIVE, WHOLE, Scene, Told
from dateline.annotate.places_sites import sites
from dateline.knowledge.geography import countries, kilometres, moved
from dateline.model import Place, PlaceMention, Token

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
_MIDDLE = frozenset({"centre", "center"})
_BETWEEN = frozenset({"between"})
_WAYS = frozenset(
    [
        *("road", "highway", "route", "track", "area", "stretch", "point", "halfway", "midway"),
        *("somewhere", "travel", "drive", "attack", "ambush", "raid", "fighting", "clash"),
    ]
)
_FAR = 250.0  # km: half the way between two places that still tell a place between them
_PARTS = frozenset({"part", "parts", "of", "the"})


def phrases(scene: Scene) -> list[PlaceMention]:
    """All mentions of a document in text order; of overlapping ones the longest is kept."""
    cues = scene.cues
    found = [_read(scene, told) for told in scene.told]
    calls = _triggers(cues)
    ending = scene.ending
    for at in [k for k, word in enumerate(scene.lowers) if word in calls or k in ending]:
        word = scene.lowers[at]
        if (ended := ending.get(at)) is not None:
            level = ended.mention.place.level
            scene.last["area" if level in _WIDE else level] = ended.mention
        if word not in calls:
            continue
        token = scene.tokens[at]
        if word in cues.direction or (word in _MIDDLE and _is_middle(scene, at)):
            found.extend(_part(scene, token))
        elif word in _BORDER:
            found.extend(_border(scene, token))
        elif word in _BACK:
            found.extend(_back(scene, token, word))
        elif word == "between":
            found.extend(_between(scene, token))
        else:
            found.extend(sites(scene, token))
        if word in cues.soil:
            found.extend(_soil(scene, token))
    return longest(found)


def _read(scene: Scene, told: Told) -> PlaceMention:
    mention = around(scene, told)
    return replace(mention, metonymic=True) if is_metonymic(scene, told) else mention


def _is_middle(scene: Scene, at: int) -> bool:
    """As in "the centre of the country", "the centre of Mali"; not that of a town."""
    if scene.lower(at + 1) != "of":
        return False
    base = scene.starting.get(at + 2) or scene.starting.get(at + 3)
    whole = scene.lower(at + 2) == "the" and scene.lower(at + 3) in WHOLE
    return whole or (base is not None and base.mention.place.level in _BROAD)


@lru_cache(maxsize=1)
def _triggers(cues: Cues) -> frozenset[str]:
    """The words at which a phrase may be read."""
    first = frozenset(word.lower() for word in cues.named_first)
    return cues.direction | first | _MIDDLE | _BETWEEN | _BORDER | _BACK | cues.site | cues.soil


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
        base = scene.around(token)
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
    place, radius = base.place, base.radius
    if place.level in _BROAD or place.level == "sea":
        level = "sea" if place.level == "sea" else "region"
        name = f"{_adjective(token.text)} {place.name}"
        point, radius = _off(place, token.text)
        place = Place(name, place.country, level, *point, admin1=place.admin1)
    span = scene.parse.span(*ends)
    head = scene.parse.head_of(span)
    return PlaceMention(span, "places/phrases#part", head, place, base.score, radius)


def _off(place: Place, word: str) -> tuple[tuple[float | None, float | None], float | None]:
    """Where a part of a place lies and how far it reaches: half-way out, for a country."""
    if place.lat is None or place.lon is None:
        return (None, None), None
    known = countries().get(place.country or "")
    bearing = BEARINGS.get(word.lower().removesuffix("ern").replace("-", ""))
    if place.level != "country" or known is None or not known.area:
        return (place.lat, place.lon), None
    reach = math.sqrt(known.area / math.pi)
    if bearing is None:
        return (place.lat, place.lon), round(0.6 * reach)
    return moved((place.lat, place.lon), 0.5 * reach, bearing), round(0.6 * reach)


def _adjective(word: str) -> str:
    """As in "north" as in names of regions: "Northern"."""
    low = "central" if word.lower() in _MIDDLE else word.lower()
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
    if not named:
        return
    own = scene.country(scene.main)
    alone = len(named) == 1 or scene.lower(token.i + 1) == "with"
    if alone and own is not None and own.place.name not in named:
        sides, named = [own, *sides], [own.place.name, *named]
    country = next((m.place.country for m in sides if m.place.country), None)
    place = Place("-".join(named[:3]) + " border", country, "border")
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


def _between(scene: Scene, token: Token) -> Iterator[PlaceMention]:
    """As in "the road between Gao and Ménaka": the middle, and half the way around it."""
    sides = _after(scene, token.i - 1)
    ways = {scene.lower(token.i - 1), scene.tokens[token.head].lemma.lower()}
    if len(sides) != 2 or not ways & _WAYS:
        return
    first = token.i - (scene.lower(token.i - 1) in _WAYS)
    a, b = (side.mention.place for side in sides)
    if "country" in {a.level, b.level} or None in {a.lat, a.lon, b.lat, b.lon}:
        return
    ends = ((a.lat or 0.0, a.lon or 0.0), (b.lat or 0.0, b.lon or 0.0))
    half = kilometres(*ends) / 2
    lat, lon = (round((x + y) / 2, 4) for x, y in zip(*ends, strict=True))
    if half > _FAR:
        return
    country = a.country or b.country
    place = Place(f"{a.name}–{b.name}", country, "region", lat, lon)
    span = scene.parse.span(first, sides[-1].name.last)
    yield PlaceMention(span, "places/phrases#between", token.i, place, 0.7, round(half, 1))


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
        base = scene.country(scene.main) or scene.salient(token)
        return scene.capital(base.place.country) if base is not None else None
    return scene.last.get("town" if word in _TOWN else "area")
