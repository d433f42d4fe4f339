"""How far from a named place: "near Tessit", "15 kilometres north of Gao", "south of Kidal"."""

from dataclasses import replace

from dateline.annotate.places_scene import Scene, Told
from dateline.knowledge.geography import moved
from dateline.model import PlaceMention

UNITS = {"km": 1.0, "kms": 1.0, "kilometre": 1.0, "kilometres": 1.0, "kilometer": 1.0,
         "kilometers": 1.0, "mile": 1.609, "miles": 1.609, "mi": 1.609}  # fmt: skip
BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225,
    "west": 270, "northwest": 315,
}  # fmt: skip
_TEENS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: number for number, word in enumerate(_TEENS, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 1)},
    "a": 1,
    "dozen": 12,
    "hundred": 100,
}
_CLOSE = {"near": 20.0, "outside": 15.0, "around": 25.0, "nearby": 20.0}
_CLOSE_OF = {"outskirts": 10.0, "vicinity": 20.0, "environs": 20.0, "close": 20.0}
_ASIDE = 50.0  # km: the reach of "south of Gao", told without a distance
_POINTS = frozenset({"town", "site", "adm2"})


def around(scene: Scene, told: Told) -> PlaceMention:
    """The mention of a town or site with its point moved and its radius set as the words tell.

    A distance without a direction makes the radius; with one it moves the point, and the radius is
    what remains uncertain. Without either word the mention is returned as it is.
    """
    mention, place = told.mention, told.mention.place
    if place.level not in _POINTS or place.lat is None or place.lon is None:
        return mention
    first = told.name.first
    if (near := _CLOSE_OF.get(scene.lower(first))) is not None:
        return replace(mention, radius=near)
    at = first - 1 - (scene.lower(first - 1) == "the")
    word = scene.lower(at)
    km, bearing = _told(scene, at - 1) if word in {"from", "of", "outside", "off"} else (None, None)
    if bearing is not None:
        return _aside(mention, km, bearing)
    near = km or _CLOSE.get(word)
    if near is None and word in {"of", "to"}:
        near = _CLOSE_OF.get(scene.lower(at - 1))
    return mention if near is None else replace(mention, radius=round(near, 1))


def _aside(mention: PlaceMention, km: float | None, bearing: float) -> PlaceMention:
    """A mention moved in a direction; it is no longer the gazetteer's place."""
    place = mention.place
    if km is None:
        return replace(mention, radius=_ASIDE)
    lat, lon = moved((place.lat or 0.0, place.lon or 0.0), km, bearing)
    there = replace(place, lat=lat, lon=lon, geonames=None)
    return replace(mention, place=there, radius=round(max(5.0, 0.3 * km), 1))


def _told(scene: Scene, at: int) -> tuple[float | None, float | None]:
    """The kilometres and the bearing told up to token `at`, as far as they are."""
    at -= scene.lower(at) == "away"
    bearing, at = bearing_at(scene, at)
    if scene.lower(at) == ")":
        while at > 0 and scene.lower(at) != "(":
            at -= 1
        at -= 1
    unit = UNITS.get(scene.lower(at))
    if unit is None:
        return None, bearing
    number = _number(scene.lower(at - 1))
    return (number * unit if number is not None else None), bearing


def bearing_at(scene: Scene, at: int) -> tuple[float | None, int]:
    """The bearing of the direction that ends at token `at`, and the token before it."""
    word = scene.lower(at).removesuffix("ern")
    if scene.lower(at - 1) in {"-", "–"} and scene.lower(at - 2) in BEARINGS:
        word, at = scene.lower(at - 2) + word, at - 2
    bearing = BEARINGS.get(word.replace("-", ""))
    if bearing is None:
        return None, at
    at -= 1
    if scene.lower(at) == "the" and scene.lower(at - 1) in {"to", "in"}:
        at -= 2
    return float(bearing), at


def _number(word: str) -> float | None:
    """The number a token tells.

    >>> _number("1,200"), _number("fifteen"), _number("many")
    (1200.0, 15, None)
    """
    plain = word.replace(",", "")
    if plain.replace(".", "", 1).isdigit() and plain.isascii():
        return float(plain)
    return _WORDS.get(word)
