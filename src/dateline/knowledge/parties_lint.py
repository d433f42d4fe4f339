"""What is wrong with the actor base as a whole: names claimed twice, terms that clash, gaps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from dateline.knowledge.loader import listed, rows
from dateline.knowledge.parties import pieces, slug

# Every state with leaders must have someone in office in these years, or since it was founded.
_FIRST, _LAST = 2000, 2024
_FOUNDED = {"SSD": 2011, "TLS": 2002, "XKX": 2008}
_OPEN = "9999"


class Row(NamedTuple):
    """One row of an actor file."""

    path: str
    name: str
    country: str
    sector: str
    kind: str
    since: str
    until: str
    when: str
    aliases: tuple[str, ...]

    @property
    def entry(self) -> str:
        """Its id within the file."""
        return slug(self.name)


def read_rows() -> list[Row]:
    """All rows of the actor files, in order."""
    found = []
    for path in listed("actors", ".csv"):
        for row in rows(path):
            aliases = tuple(x.strip() for x in row["aliases"].split(";") if x.strip())
            name, country, sector = row["name"], row["country"], row["sector"]
            kind, since, until, when = row["kind"], row["since"], row["until"], row["when"]
            found.append(Row(path, name, country, sector, kind, since, until, when, aliases))
    return found


def faults(known: Iterable[Row] | None = None) -> Iterator[tuple[str, str, str]]:
    """Path, entry and problem of each fault, in the order of the files."""
    known = read_rows() if known is None else list(known)
    yield from _shared(known)
    yield from _clashes(known)
    yield from _gaps(known)


def _shared(known: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Names and aliases that two actors claim, of which only the first could ever be found."""
    claimed: dict[tuple[object, ...], Row] = {}
    for row in known:
        for alias in dict.fromkeys((row.name, *row.aliases)):
            key = (pieces(alias), row.when, alias if row.when == "exact" else "")
            first = claimed.setdefault(key, row)
            if first.name != row.name:
                yield row.path, row.entry, f"'{alias}' is also '{first.name}' ({first.path})"


def _clashes(known: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Rows of one name that overlap in time or bear no dates to tell them apart."""
    for same in _grouped(known).values():
        for one, other in pairwise(sorted(same, key=lambda r: (r.since, r.until or _OPEN))):
            end = one.until or _OPEN
            shared = min(len(end), len(other.since))
            if end[:shared] > other.since[:shared] or not other.since:
                problem = f"{_term(one)} and {_term(other)} overlap"
                yield other.path, other.entry, problem


def _gaps(known: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Countries with leaders of which none was in office in some of the years."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in known:
        if row.kind == "person" and row.sector == "GOV" and row.country != "INT":
            held[row.country].append(row)
    for country, leaders in sorted(held.items()):
        years = range(_FOUNDED.get(country, _FIRST), _LAST + 1)
        empty = [y for y in years if not any(_in_office(row, y) for row in leaders)]
        if empty:
            told = ", ".join(map(str, empty))
            yield leaders[0].path, country, f"nobody in office in {told}"


def _in_office(row: Row, year: int) -> bool:
    since, until = row.since[:4] or "0", row.until[:4] or _OPEN
    return int(since) <= year <= int(until)


def _grouped(known: Iterable[Row]) -> Mapping[tuple[str, str], list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in known:
        groups[row.name, row.when].append(row)
    return {key: same for key, same in groups.items() if len(same) > 1}


def _term(row: Row) -> str:
    return f"{row.sector} {row.since or '…'}–{row.until or '…'}"
