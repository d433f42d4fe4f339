"""Entries for the gazetteer from a user's own table or a GeoNames country dump."""

import csv
import io
import math
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import KnowledgeError
from dateline.knowledge.geography import Feature, countries, fold, kilometres, supplement
from dateline.knowledge.loader import rows

COLUMNS = (
    "name", "aliases", "level", "country", "lat", "lon", "admin1", "weight", "geonames", "source",
)  # fmt: skip
NEEDED = frozenset({"name", "country", "lat", "lon"})
LEVELS = ("town", "adm1", "adm2", "region", "sea", "site")
DUMP = 19  # columns of a GeoNames dump
OWN_WEIGHT = 50_000  # of an entry of one's own that tells no population
_SAME = 30.0  # kilometres within which a place of the same name is the same place
_CODES = {"ADM1": "adm1", "ADM2": "adm2", "ADM3": "adm2", "ADM4": "adm2"}
_KINDS = {
    "L": ("region", frozenset({"RGN", "AREA", "CONT", "RGNE", "RESN", "VALS", "PRK"})),
    "H": ("sea", frozenset({"SEA", "GULF", "STRT", "LK", "BAY", "OCN", "CHN"})),
    "S": ("site", frozenset({"AIRP", "AIRB", "AIRF", "MILB", "INSM", "PRN", "DAM", "MN", "PORT"})),
    "T": ("region", frozenset({"MTS", "VAL", "PEN", "ISL", "ISLS", "DSRT"})),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with all its names, the canonical one first."""

    names: tuple[str, ...]
    feature: Feature
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is no entry: its number, what is wrong, and what to do."""

    line: int
    problem: str
    remedy: str


@dataclass(slots=True)
class Table:
    """What a file holds: entries, lines that are none, and how many were passed over."""

    entries: list[Entry] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    passed: int = 0


class _FaultError(Exception):
    """What is wrong with a line, and the remedy."""


# reading -----------------------------------------------------------------------------------------
def load(path: Path) -> Table:
    """The entries of a table with a header (CSV) or of a GeoNames dump (tab-separated, or its zip).

    A bad line is told and left out; the others are kept.

    Raises:
        KnowledgeError: The file cannot be read, or is neither of the two.
    """
    lines = _lines(path)
    first = next((text for _, text in lines if text), "")
    if first.count("\t") >= DUMP // 2:
        return _dump(lines, path.name)
    return _table(lines, path)


def _lines(path: Path) -> list[tuple[int, str | None]]:
    """The lines of a file and their numbers; None for one that is no UTF-8."""
    try:
        content = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                content = archive.read(f"{path.stem}.txt")
    except (OSError, KeyError, zipfile.BadZipFile) as cause:
        raise KnowledgeError(f"{path}: cannot be read: {cause}") from cause
    return [
        (number, _decoded(line))
        for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
        if line.strip()
    ]


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        return None


def _each(lines: Iterable[tuple[int, str | None]], read: Callable[[str], Entry | None]) -> Table:
    """Every line read by `read`, its faults kept."""
    out = Table()
    for number, text in lines:
        try:
            if text is None:
                raise _FaultError("is no UTF-8", "save the file as UTF-8")
            entry = read(text)
        except _FaultError as fault:
            out.rejected.append(Rejected(number, *fault.args))
            continue
        if entry is None:
            out.passed += 1
        else:
            out.entries.append(entry)
    return out


def _table(lines: Sequence[tuple[int, str | None]], path: Path) -> Table:
    told = [(n, text) for n, text in lines if text is None or not text.startswith("#")]
    header = _cells(told[0][1] or "") if told else []
    names = [cell.strip().lower() for cell in header]
    if not set(names) >= NEEDED:
        missing = ", ".join(sorted(NEEDED - set(names)))
        raise KnowledgeError(
            f"{path}: neither a GeoNames dump ({DUMP} tab-separated columns) nor a table whose "
            f"first line names the columns name, country, lat and lon; missing: {missing}"
        )

    def entry(text: str) -> Entry:
        cells = _cells(text)
        if len(cells) > len(names):
            told = f"has {len(cells)} columns, the header {len(names)}"
            raise _FaultError(told, "quote values that hold a comma")
        return _own(dict(zip(names, [*cells, *[""] * len(names)], strict=False)), path.name)

    return _each(told[1:], entry)


def _cells(text: str) -> list[str]:
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error as cause:
        raise _FaultError(f"cannot be split: {cause}", "close the quotation mark") from cause


def _own(row: Mapping[str, str], source: str) -> Entry:
    """The entry of a row of a user's table."""
    name = row["name"].strip()
    if not fold(name):
        raise _FaultError("has no name", "give one, or delete the line")
    level = row.get("level", "").strip().lower() or "town"
    if level not in LEVELS:
        raise _FaultError(f"has the level '{level}'", f"use one of {', '.join(LEVELS)}")
    country = _country(row["country"])
    if country is None and level not in {"region", "sea"}:
        raise _FaultError("has no country", "give its ISO 3166-1 code, such as MLI")
    weight = _number(row.get("weight", "") or "0", "weight", (0, 1e10))
    feature = Feature(
        name, country, level,
        _number(row["lat"], "latitude", (-90, 90)), _number(row["lon"], "longitude", (-180, 180)),
        int(weight) or OWN_WEIGHT, row.get("admin1", "").strip() or None,
        int(_number(row.get("geonames", "") or "0", "GeoNames id", (0, 1e12))) or None,
    )  # fmt: skip
    aliases = (x.strip() for x in row.get("aliases", "").split(";"))
    names = tuple(dict.fromkeys([name, *(x for x in aliases if fold(x))]))
    return Entry(names, feature, row.get("source", "").strip() or source)


def _number(text: str, what: str, bounds: tuple[float, float]) -> float:
    try:
        value = float(text.strip())
    except ValueError:
        told = f"has the {what} '{text.strip()}'"
        raise _FaultError(told, "write a plain number such as 13.75") from None
    if math.isnan(value) or not bounds[0] <= value <= bounds[1]:
        swapped = "; are lat and lon swapped?" if what == "latitude" and abs(value) <= 180 else ""
        told = f"has the {what} {text.strip()}, outside {bounds[0]:g} to {bounds[1]:g}"
        raise _FaultError(told, f"correct it{swapped}")
    return value


def _country(text: str) -> str | None:
    """The ISO 3166-1 alpha-3 code that a cell tells by either code; None if it is empty."""
    code = text.strip().upper()
    if not code:
        return None
    known = countries()
    found = code if code in known else next((c.iso3 for c in known.values() if c.iso2 == code), "")
    if not found:
        told = f"has the country '{text.strip()}'"
        raise _FaultError(told, "use an ISO 3166-1 code such as MLI or ML")
    return found


# GeoNames ----------------------------------------------------------------------------------------
def _dump(lines: Sequence[tuple[int, str | None]], source: str) -> Table:
    divisions = {}
    for _, text in lines:
        cells = (text or "").split("\t")
        if len(cells) == DUMP and cells[7] == "ADM1":
            divisions[cells[8], cells[10]] = _plain(cells)

    def entry(text: str) -> Entry | None:
        cells = text.split("\t")
        if len(cells) != DUMP:
            told = f"has {len(cells)} of {DUMP} columns"
            raise _FaultError(told, "the file may be cut off here; download it again")
        return _geonames(cells, divisions, source)

    return _each(lines, entry)


def _geonames(
    cells: Sequence[str], divisions: Mapping[tuple[str, str], str], source: str
) -> Entry | None:
    """The entry of a line of a dump; None for a kind of place that is not kept."""
    level = _level(cells[6], cells[7])
    if level is None:
        return None
    number = int(_number(cells[0], "GeoNames id", (1, 1e12)))
    name = _plain(cells)
    if not fold(name):
        raise _FaultError("has no name", "delete the line")
    feature = Feature(
        name, _country(cells[8]), level,
        _number(cells[4], "latitude", (-90, 90)), _number(cells[5], "longitude", (-180, 180)),
        int(_number(cells[14] or "0", "population", (0, 1e10))),
        divisions.get((cells[8], cells[10])), number,
    )  # fmt: skip
    others = (x.strip() for x in [cells[1], cells[2], *cells[3].split(",")])
    latin = (x for x in others if len(x) > 2 and fold(x) and _is_latin(x))
    return Entry(tuple(dict.fromkeys([name, *latin])), feature, source)


def _plain(cells: Sequence[str]) -> str:
    """The name of a division without its type word ("Région de Gao" keeps it)."""
    name = cells[1].strip()
    for tail in (" Region", " Province", " Governorate", " State", " District"):
        if cells[7].startswith("ADM"):
            name = name.removesuffix(tail)
    return name


def _level(group: str, code: str) -> str | None:
    if group == "P":
        return None if code in {"PPLH", "PPLQ", "PPLW"} else "town"
    if group == "A":
        return _CODES.get(code)
    level, codes = _KINDS.get(group, ("", frozenset()))
    return level if code in codes else None


def _is_latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼʿʾ" for c in name)


# keeping -----------------------------------------------------------------------------------------
def keep(found: Iterable[Entry], path: Path) -> tuple[int, int]:
    """Add entries to a user's gazetteer file; how many were added and how many replaced others.

    An entry replaces one with its GeoNames id, or with its name, country and level nearby.

    Raises:
        KnowledgeError: The file is there but breaks its format, or cannot be written.
    """
    held = dict(enumerate(_held(path)))
    index = _Index(held)
    tally: Counter[str] = Counter()
    for entry in found:
        number = index.find(entry)
        tally["added" if number is None else "replaced"] += 1
        index.put(len(held) if number is None else number, entry)
    _write(path, held.values())
    return tally["added"], tally["replaced"]


class _Index:
    """Entries by GeoNames id, and by name, country and level."""

    def __init__(self, held: dict[int, Entry]) -> None:
        self._held = held
        self._by_id: dict[int, int] = {}
        self._by_name: dict[tuple[str, str | None, str], list[int]] = {}
        for number, entry in list(held.items()):
            self.put(number, entry)

    def put(self, number: int, entry: Entry) -> None:
        """Hold an entry under a number."""
        self._held[number] = entry
        if entry.feature.geonames is not None:
            self._by_id[entry.feature.geonames] = number
        numbers = self._by_name.setdefault(_key(entry), [])
        if number not in numbers:
            numbers.append(number)

    def find(self, entry: Entry) -> int | None:
        """The number of the entry that this one replaces."""
        known = entry.feature.geonames
        if known is not None and known in self._by_id:
            return self._by_id[known]
        for number in self._by_name.get(_key(entry), ()):
            other = self._held[number].feature
            if known is not None and other.geonames is not None:
                continue
            if kilometres(_point(entry.feature), _point(other)) <= _SAME:
                return number
        return None


def _key(entry: Entry) -> tuple[str, str | None, str]:
    return fold(entry.feature.name), entry.feature.country, entry.feature.level


def _point(feature: Feature) -> tuple[float, float]:
    return feature.lat or 0.0, feature.lon or 0.0


def _held(path: Path) -> Iterator[Entry]:
    if path.exists():
        told = zip(supplement(path.absolute()), rows(path.absolute()), strict=True)
        for (names, feature), row in told:
            yield Entry(names, feature, row.get("source") or "")


def _write(path: Path, held: Iterable[Entry]) -> None:
    """Write the file as a whole, so that a failure leaves the old one."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for names, f, source in ((e.names, e.feature, e.source) for e in held):
        aliases = ";".join(names[1:])
        table.writerow([
            f.name, aliases, f.level, f.country or "", f.lat, f.lon, f.admin1 or "", f.weight,
            f.geonames or "", source,
        ])  # fmt: skip
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        new.write_text(out.getvalue(), "utf-8")
        new.replace(path)
    except OSError as cause:
        raise KnowledgeError(f"{path}: cannot be written: {cause}") from cause
