"""The gazetteer: places by name, from GeoNames, a supplement of our own and a list of countries."""

import math
import os
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import locate, rows

COUNTRIES = "gazetteer/countries.csv"
SUPPLEMENT = "gazetteer/supplement.csv"
ABBREVIATIONS = "gazetteer/abbreviations.csv"
ADJECTIVES = "gazetteer/adjectives.csv"
DATABASE = "gazetteer/geonames.sqlite"

_DROPPED = dict.fromkeys(map(ord, "'’‘`´ʻʼʿʾ′\"“”."), None)
_SPLIT = dict.fromkeys(map(ord, "-‐‑–—/_,;:()"), " ")
_LETTERS = {"ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"}
_PLAIN = {**_DROPPED, **_SPLIT, **{ord(old): new for old, new in _LETTERS.items()}}
_LEVELS = ("town", "adm1", "adm2", "adm2", "adm2", "adm2")
_ALIKE = 0.74
_MAPPED = 64 * 2**20  # bytes of the database that are mapped into memory
_INDEX = {
    "names": "SELECT places FROM names WHERE name = ?",
    "skeletons": "SELECT places FROM skeletons WHERE name = ?",
}
_PLACES = "SELECT name, country, level, lat, lon, population, admin1, id FROM places WHERE id IN"
_FIRST_LEVEL = "SELECT id, name FROM places WHERE level = 1"
_DIVISION = "SELECT name FROM places WHERE id = ?"
_SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "g", "j": "g", "z": "s", "v": "w", "d": "t"})
_ARTICLES = frozenset(["al", "el", "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az"])


class Country(NamedTuple):
    """A country or territory with an ISO 3166-1 code of its own (Kosovo: XKX).

    `level` is adm1 where it is a division of another country (Hong Kong, Macao); its point is a
    reference point in its middle, `area` is in square kilometres.
    """

    iso3: str
    iso2: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str
    lat: float | None
    lon: float | None
    level: str = "country"
    area: float = 0.0


class Feature(NamedTuple):
    """One place of the gazetteer.

    `weight` is the population, or in the supplement a stand-in for it; `admin1` is the name of the
    first-level division it lies in; `geonames` is None in the supplement. `country` is ISO 3166-1
    alpha-3, None on the high seas and where a region spans countries.
    """

    name: str
    country: str | None
    level: str
    lat: float | None
    lon: float | None
    weight: int = 0
    admin1: str | None = None
    geonames: int | None = None


_new = tuple.__new__  # builds a feature without the wrapper that a named tuple has
_BY_LEVEL = itemgetter(Feature._fields.index("level"))
_BY_WEIGHT = itemgetter(Feature._fields.index("weight"))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude) over ground.

    >>> round(kilometres((12.65, -8.0), (16.27, -0.04)))
    947
    """
    lat, lon, other_lat, other_lon = map(math.radians, (*a, *b))
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def moved(point: tuple[float, float], km: float, bearing: float) -> tuple[float, float]:
    """The point so many kilometres away in a direction (degrees clockwise from north)."""
    angle = math.radians(bearing)
    lat = point[0] + km * math.cos(angle) / 111.2
    lon = point[1] + km * math.sin(angle) / (111.2 * max(0.1, math.cos(math.radians(point[0]))))
    return round(lat, 4), round(lon, 4)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form in which names are compared: no case, accents, apostrophes, hyphens.

    >>> fold("Sana’a"), fold("Côte d'Ivoire"), fold("Al-Fāshir")
    ('sanaa', 'cote divoire', 'al fashir')
    """
    if name.isascii():
        return " ".join(name.lower().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_PLAIN)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def bare(key: str) -> str:
    """A folded name without a leading Arabic article, or the name itself.

    >>> bare("al fashir"), bare("el paso"), bare("aleppo")
    ('fashir', 'paso', 'aleppo')
    """
    first, _, rest = key.partition(" ")
    return rest if first in _ARTICLES and len(rest) > 3 else key


def skeleton(name: str) -> str:
    """The consonants of a name, by which spellings of the same foreign name are compared.

    >>> skeleton("Talamenes") == skeleton("Talmenes"), skeleton("Qamenas") == skeleton("Kaminas")
    (True, True)
    """
    key = bare(fold(name)).replace(" ", "").replace("kh", "h").replace("sh", "s")
    letters = key.translate(_SOUNDS)
    kept = (c for k, c in enumerate(letters) if k == 0 or c != letters[k - 1])
    return "".join(c for k, c in enumerate(kept) if k == 0 or c not in "aeiouyhw")


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All countries by ISO 3166-1 alpha-3 code."""
    return {row["iso3"]: _country(row) for row in rows(COUNTRIES)}


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Codes by folded name, official name and alias; no adjectives."""
    return {fold(n): c.iso3 for c in countries().values() for n in (c.name, *c.aliases)}


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Codes by adjective and name of inhabitants, in the case they are written in."""
    return {a: c.iso3 for c in reversed(countries().values()) for a in c.adjectives}


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, str]]:
    """Name and country code of first-level divisions by short form ("N.J."), as it is written."""
    found = {row["short"]: (row["name"], row["country"]) for row in rows(ABBREVIATIONS)}
    bare_ = {k.removesuffix("."): v for k, v in found.items() if k.count(".") > 1}
    return bare_ | found  # a full stop may count as the sentence's


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """Names of regions by their adjective ("European": "Europe"), as it is written."""
    return {row["word"]: row["name"] for row in rows(ADJECTIVES)}


def _country(row: dict[str, str]) -> Country:
    aliases, adjectives = (
        tuple(filter(None, row[k].split(";"))) for k in ("aliases", "adjectives")
    )
    lat, lon = (float(row[k]) if row[k] else None for k in ("lat", "lon"))
    return Country(
        row["iso3"], row["iso2"], row["name"], aliases, adjectives, row["capital"], lat, lon,
        row["level"] or "country", float(row["area"] or 0),
    )  # fmt: skip


def supplement(path: str | Path = SUPPLEMENT) -> Iterator[tuple[tuple[str, ...], Feature]]:
    """The names (canonical one first) and the feature of each row of a supplement.

    Raises:
        KnowledgeError: A row lacks a column or a number cannot be read.
    """
    for number, row in enumerate(rows(path), 2):
        try:
            lat, lon = (float(row[k]) if row[k] else None for k in ("lat", "lon"))
            found = Feature(
                row["name"], row["country"] or None, row["level"], lat, lon,
                int(row["weight"]), row["admin1"] or None, int(row.get("geonames") or 0) or None,
            )  # fmt: skip
            names = (row["name"], *filter(None, row["aliases"].split(";")))
        except (KeyError, TypeError, ValueError, AttributeError) as cause:
            raise KnowledgeError(f"{path}: row {number}: {cause!r}") from cause
        yield names, found


def _merged(own: Sequence[Feature], found: list[Feature]) -> list[Feature]:
    """Drop what a row of one's own or the supplement restates; it takes over the GeoNames id."""
    out: list[Feature] = []
    for feature in own:
        if any(_same(feature, other) for other in out):
            continue
        ids = (f.geonames for f in found if f.geonames is not None and _same(f, feature))
        out.append(feature._replace(geonames=feature.geonames or next(ids, None)))
    return out + [f for f in found if not any(_same(f, o) for o in own)]


def _same(a: Feature, b: Feature) -> bool:
    if a.level == b.level == "adm1" and a.country == b.country and fold(a.name) == fold(b.name):
        return True
    if a.country != b.country or None in {a.lat, a.lon, b.lat, b.lon}:
        return False
    near = 0.4 if a.level == "town" else 2.0
    close = abs((a.lat or 0) - (b.lat or 0)) < near and abs((a.lon or 0) - (b.lon or 0)) < near
    return close and (a.level == b.level or {a.level, b.level} == {"adm1", "region"})


class Filter:
    """A Bloom filter: tells at once of most names that they are in no gazetteer."""

    def __init__(self, bits: bytes) -> None:
        self._bits, self._size = bits, 8 * len(bits)

    @classmethod
    def of(cls, names: Iterable[str], size: int) -> "Filter":
        """The filter of names, `size` bytes long."""
        bits = bytearray(size)
        for name in names:
            for at in _bits(name, 8 * size):
                bits[at >> 3] |= 1 << (at & 7)
        return cls(bytes(bits))

    def __bytes__(self) -> bytes:
        return self._bits

    def __contains__(self, name: str) -> bool:
        bits = self._bits
        for at in _bits(name, self._size):  # noqa: SIM110 (a generator takes longer)
            if not bits[at >> 3] >> (at & 7) & 1:
                return False
        return True


def _bits(name: str, size: int) -> tuple[int, int, int, int]:
    code = name.encode("utf-8", "surrogatepass")
    first = crc32(code)
    step = crc32(code, 0x9E3779B9) | 1
    return (
        first % size, (first + step) % size, (first + 2 * step) % size, (first + 3 * step) % size,
    )  # fmt: skip


@cache
def _places(number: int) -> str:
    """The query for so many places at once."""
    return f"{_PLACES} ({','.join('?' * number)})"


class Gazetteer:
    """Features by name; picklable, opened read-only in each process at its first look-up."""

    def __init__(
        self,
        database: str | Path = DATABASE,
        supplement: str | Path = SUPPLEMENT,
        extra: tuple[str, ...] = (),
    ) -> None:
        self._database, self._extra = str(database), (*extra, str(supplement))
        self._reset()

    def _reset(self) -> None:
        self._process = 0
        self._added: dict[str, list[Feature]] = {}
        self._known: dict[str, tuple[Feature, ...]] = {}
        self._divisions: dict[int | None, str | None] = {}

    def __getstate__(self) -> tuple[str, tuple[str, ...]]:
        return self._database, self._extra

    def __setstate__(self, state: tuple[str, tuple[str, ...]]) -> None:
        self._database, self._extra = state
        self._reset()

    def find(self, name: str) -> tuple[Feature, ...]:
        """Every feature of that name, the weightiest first; empty if there is none."""
        return self.find_folded(fold(name))

    def find_folded(self, key: str) -> tuple[Feature, ...]:
        """As `find`, for a name already folded. An Arabic article may be missing or added."""
        if self._process != os.getpid():
            self._open()
        found = self._known.get(key)
        if found is None:
            found = self._look_up(key)
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[key] = found
        return found

    def find_like(self, name: str, wanted: frozenset[str]) -> tuple[Feature, ...]:
        """Features in the `wanted` countries whose name is a near spelling of this one."""
        if self._process != os.getpid():
            self._open()
        key = fold(name)
        out = []
        for f in self._rows(skeleton(name), "skeletons"):
            if f.country not in wanted:
                continue
            if SequenceMatcher(None, bare(key), bare(fold(f.name))).ratio() > _ALIKE:
                out.append(f)
        return tuple(sorted(out, key=lambda x: (-x.weight, x.level, x.geonames or 0)))

    def _look_up(self, key: str) -> tuple[Feature, ...]:
        own = self._added.get(key, ())
        found = self._rows(key) if key in self._listed else []
        if own:
            lands = {f.country for f in own}
            kept = [f for f in found if f.country in lands or fold(f.name) == key]
            found = _merged(own, kept)
        elif not found and (rest := bare(key)) != key:
            found = _merged(self._added.get(rest, ()), self._rows(rest))
        if len(found) > 1:
            found.sort(key=_BY_LEVEL)  # those of one's own come first, then in the order of ids
            found.sort(key=_BY_WEIGHT, reverse=True)
        return tuple(found)

    def _rows(self, key: str, table: str = "names") -> list[Feature]:
        row = self._query(_INDEX[table], (key,)).fetchone()
        if row is None:
            return []
        places = row[0].split(",")
        found = self._query(_places(len(places)), places)
        known, division = self._divisions, self._division
        return [
            _new(
                Feature,
                (n, c, _LEVELS[lv], a / 1e4, o / 1e4, w,
                 known[a1] if a1 in known else division(a1), g),
            )
            for n, c, lv, a, o, w, a1, g in found
        ]  # fmt: skip

    def _division(self, number: int | None) -> str | None:
        """The name of a first-level division."""
        if number is None or number in self._divisions:
            return self._divisions.get(number or 0)
        row = self._query(_DIVISION, (number,)).fetchone()
        return self._divisions.setdefault(number, row[0] if row else None)

    def _open(self) -> None:
        path = locate(self._database)
        try:
            uri = f"{Path(str(path)).absolute().as_uri()}?immutable=1&mode=ro"
            link = sqlite3.connect(uri, uri=True, check_same_thread=False)
            link.execute("PRAGMA cache_size = -24000")
            link.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._query = link.execute
            self._divisions = dict(self._query(_FIRST_LEVEL))
            self._listed = Filter(self._query("SELECT bits FROM filter").fetchone()[0])
        except sqlite3.Error as cause:
            raise KnowledgeError(f"{self._database}: cannot be read: {cause}") from cause
        for names, feature in (row for path in self._extra for row in supplement(path)):
            for key in dict.fromkeys(map(fold, names)):
                self._added.setdefault(key, []).append(feature)
        self._process = os.getpid()
