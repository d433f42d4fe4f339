"""The gazetteer: places by name, from GeoNames, a supplement of our own and a list of countries."""

import os
import sqlite3
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import locate, rows

COUNTRIES = "gazetteer/countries.csv"
SUPPLEMENT = "gazetteer/supplement.csv"
DATABASE = "gazetteer/geonames.sqlite"

_DROPPED = dict.fromkeys(map(ord, "'’‘`´ʻʼʿʾ′\"“”."), None)
_SPLIT = dict.fromkeys(map(ord, "-‐‑–—/_,;:()"), " ")
_LETTERS = {"ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"}
_PLAIN = {**_DROPPED, **_SPLIT, **{ord(old): new for old, new in _LETTERS.items()}}
_LEVELS = ("town", "adm1", "adm2", "adm2", "adm2", "adm2")
_ALIKE = 0.74
_INDEX = {
    "names": "SELECT places FROM names WHERE name = ?",
    "skeletons": "SELECT places FROM skeletons WHERE name = ?",
}
_PLACE = """
SELECT p.name, p.country, p.level, p.lat, p.lon, p.population, a.name, p.id
FROM places p LEFT JOIN places a ON a.id = p.admin1 WHERE p.id = ?
"""
_SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "g", "j": "g", "z": "s", "v": "w", "d": "t"})
_ARTICLES = frozenset(["al", "el", "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az"])


class Country(NamedTuple):
    """A country or territory with an ISO 3166-1 code of its own (Kosovo: XKX)."""

    iso3: str
    iso2: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str
    lat: float | None
    lon: float | None


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


def _country(row: dict[str, str]) -> Country:
    aliases, adjectives = (
        tuple(filter(None, row[k].split(";"))) for k in ("aliases", "adjectives")
    )
    lat, lon = (float(row[k]) if row[k] else None for k in ("lat", "lon"))
    return Country(
        row["iso3"], row["iso2"], row["name"], aliases, adjectives, row["capital"], lat, lon
    )


def supplement(path: str | Path = SUPPLEMENT) -> Iterator[tuple[tuple[str, ...], Feature]]:
    """The names (canonical one first) and the feature of each row of the supplement.

    Raises:
        KnowledgeError: A row lacks a column or a number cannot be read.
    """
    for number, row in enumerate(rows(path), 2):
        try:
            lat, lon = (float(row[k]) if row[k] else None for k in ("lat", "lon"))
            found = Feature(
                row["name"], row["country"] or None, row["level"], lat, lon,
                int(row["weight"]), row["admin1"] or None,
            )  # fmt: skip
            names = (row["name"], *filter(None, row["aliases"].split(";")))
        except (KeyError, TypeError, ValueError, AttributeError) as cause:
            raise KnowledgeError(f"{path}: row {number}: {cause!r}") from cause
        yield names, found


def _merged(found: list[Feature]) -> list[Feature]:
    """Drop what a row of the supplement restates; that row takes over the GeoNames id."""
    own = [f for f in found if f.geonames is None]
    out = [f for f in found if f.geonames is not None and not any(_same(f, o) for o in own)]
    for feature in own:
        ids = (f.geonames for f in found if f.geonames is not None and _same(f, feature))
        out.append(feature._replace(geonames=next(ids, None)))
    return out


def _same(a: Feature, b: Feature) -> bool:
    if a.country != b.country or None in {a.lat, a.lon, b.lat, b.lon}:
        return False
    near = 0.4 if a.level == "town" else 2.0
    close = abs((a.lat or 0) - (b.lat or 0)) < near and abs((a.lon or 0) - (b.lon or 0)) < near
    return close and (a.level == b.level or {a.level, b.level} == {"adm1", "region"})


class Gazetteer:
    """Features by name; picklable, opened read-only in each process at its first look-up."""

    def __init__(self, database: str | Path = DATABASE, extra: str | Path = SUPPLEMENT) -> None:
        self._database, self._extra = str(database), str(extra)
        self._reset()

    def _reset(self) -> None:
        self._process = 0
        self._added: dict[str, list[Feature]] = {}
        self._known: dict[str, tuple[Feature, ...]] = {}

    def __getstate__(self) -> tuple[str, str]:
        return self._database, self._extra

    def __setstate__(self, state: tuple[str, str]) -> None:
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
            ratio = SequenceMatcher(None, bare(key), bare(fold(f.name))).ratio()
            if f.country in wanted and ratio > _ALIKE:
                out.append(f)
        return tuple(sorted(out, key=lambda x: (-x.weight, x.level, x.geonames or 0)))

    def _look_up(self, key: str) -> tuple[Feature, ...]:
        own = self._added.get(key, [])
        lands = {f.country for f in own}
        found = own + [
            f for f in self._rows(key) if not own or f.country in lands or fold(f.name) == key
        ]
        if not found and bare(key) != key:
            found = self._rows(bare(key)) + self._added.get(bare(key), [])
        return tuple(sorted(_merged(found), key=lambda x: (-x.weight, x.level, x.geonames or 0)))

    def _rows(self, key: str, table: str = "names") -> list[Feature]:
        out = []
        for ids in self._cursor.execute(_INDEX[table], (key,)):
            for place in ids[0].split(","):
                out += self._cursor.connection.execute(_PLACE, (int(place),)).fetchall()
        return [
            Feature(n, c, _LEVELS[lv], a / 1e4, o / 1e4, w, a1, g)
            for n, c, lv, a, o, w, a1, g in out
        ]

    def _open(self) -> None:
        path = locate(self._database)
        try:
            uri = f"{Path(str(path)).absolute().as_uri()}?immutable=1&mode=ro"
            link = sqlite3.connect(uri, uri=True, check_same_thread=False)
            link.execute("PRAGMA mmap_size = 33554432")
            self._cursor = link.cursor()
            self._cursor.execute("SELECT places FROM names LIMIT 1").fetchone()
        except sqlite3.Error as cause:
            raise KnowledgeError(f"{self._database}: cannot be read: {cause}") from cause
        for names, feature in supplement(self._extra):
            for key in dict.fromkeys(map(fold, names)):
                self._added.setdefault(key, []).append(feature)
        self._process = os.getpid()
