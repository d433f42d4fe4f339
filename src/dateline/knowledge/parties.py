"""The actor base: who the parties are (data in `actors/` and `gazetteer/countries.csv`)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import listed, read, rows

# fmt: off
SECTORS = frozenset([
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "IGO", "NGO", "JRN", "LAB", "MED", "OPP", "PRE", "REF", "REL",
    "SOC",
])
KINDS = frozenset([
    "person", "organisation", "group", "people", "government", "body", "country", "demonym",
])
# fmt: on
_COLUMNS = ("name", "aliases", "country", "sector", "kind", "since", "until", "when")
_PIECE = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d{4}(-\d{2})?")
_BREAK = re.compile(r"[\n;()\[\]\"“”!?:]")


@dataclass(frozen=True, slots=True)
class Actor:
    """A party the base knows.

    `since` and `until` bound its time in office or existence where sure: a year or YYYY-MM.
    """

    name: str
    country: str | None
    sector: str | None
    kind: str
    found_by: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What a country's state bodies and people are called."""

    country: str
    name: str
    adjective: str
    government: str
    military: str
    police: str
    legislature: str


class Hit(NamedTuple):
    """Characters `start` up to `end` name `actor`."""

    start: int
    end: int
    actor: Actor


class _Alias(NamedTuple):
    pieces: tuple[str, ...]
    text: str
    when: str
    actor: Actor


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Lower case without diacritics.

    >>> fold("Ménaka")
    'menaka'
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


class Actors:
    """All actors, findable by any of their names."""

    def __init__(self, named: Iterable[tuple[str, str, Actor]], states: dict[str, State]) -> None:
        self.states = states
        self._index: dict[tuple[str, ...], list[_Alias]] = {}
        lengths: dict[str, set[int]] = {}
        for text, when, actor in named:
            pieces = tuple(map(fold, _PIECE.findall(text)))
            if pieces:
                self._index.setdefault(pieces, []).append(_Alias(pieces, text, when, actor))
                lengths.setdefault(pieces[0], set()).add(len(pieces))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def find(self, text: str) -> list[Hit]:
        """Names in `text`, the longest first where they compete, without overlaps, in order."""
        found = list(_PIECE.finditer(text))
        words = [fold(m.group()) for m in found]
        hits, at = [], 0
        while at < len(words):
            alias = self._longest(text, found, words, at) if words[at] in self._lengths else None
            if alias is None:
                at += 1
                continue
            last = at + len(alias.pieces) - 1
            hits.append(Hit(found[at].start(), found[last].end(), alias.actor))
            at = last + 1
        return hits

    def on(self, actor: Actor, day: str) -> Actor:
        """What the actor was on an ISO date: rows of one name may follow each other in time."""
        if _within(actor, day):
            return actor
        known = self._index.get(tuple(map(fold, _PIECE.findall(actor.name))), ())
        rows = [a.actor for a in known if a.actor.name == actor.name]
        return next((a for a in rows if _within(a, day)), actor)

    def _longest(
        self, text: str, found: list[re.Match[str]], words: list[str], at: int
    ) -> _Alias | None:
        for length in self._lengths.get(words[at], ()):
            known = self._index.get(tuple(words[at : at + length]))
            if known is None or at + length > len(words):
                continue
            span = found[at].start(), found[at + length - 1].end()
            if _BREAK.search(text, *span) is None:
                alias = next((a for a in known if _fits(a, text, span)), None)
                if alias is not None:
                    return alias
        return None


def _within(actor: Actor, day: str) -> bool:
    since, until = actor.since or "", actor.until or "9999"
    return since <= day[: len(since)] and day[: len(until)] <= until


def _fits(alias: _Alias, text: str, span: tuple[int, int]) -> bool:
    """Whether case and surroundings of these characters allow the alias.

    Abbreviations are taken only in capitals, other names only with the capital they begin with.
    """
    found = text[span[0] : span[1]]
    if alias.when == "exact":
        return found == alias.text
    if alias.when == "bracketed" and not _bracketed(text, span):
        return False
    letters = [c for c in alias.text if c.isalpha()]
    if len(letters) <= 7 and all(c.isupper() for c in letters):
        return all(c.isupper() for c in found if c.isalpha())
    return found[0].isupper() or not alias.text[0].isupper()


def _bracketed(text: str, span: tuple[int, int]) -> bool:
    before, after = text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
    return "(" in before[before.rfind(")") + 1 :] and ")" in after.partition("(")[0]


@cache
def load() -> Actors:
    """The actor base of this package.

    Raises:
        KnowledgeError: A file breaks the format; names the file and the actor.
    """
    special = read("actors/states.yaml")
    states = _states(special)
    named = [*_listed_actors(), *_state_actors(states, special)]
    return Actors(named, states)


def _listed_actors() -> Iterator[tuple[str, str, Actor]]:
    for path in listed("actors", ".csv"):
        stem = path.removesuffix(".csv").rsplit("/", 1)[-1]
        for row in rows(path):
            actor = _actor(path, stem, row)
            for alias in (row["name"], *_split(row["aliases"])):
                yield alias, row["when"] or "", actor


def _actor(path: str, stem: str, row: dict[str, str]) -> Actor:
    if any(row.get(column) is None for column in _COLUMNS):
        raise KnowledgeError(f"{path}: '{row.get('name')}': a row needs {', '.join(_COLUMNS)}")
    for column, allowed in (("sector", SECTORS), ("kind", KINDS)):
        if row[column] not in allowed:
            raise KnowledgeError(f"{path}: '{row['name']}': unknown {column} '{row[column]}'")
    years = [row[c] or None for c in ("since", "until")]
    if not all(year is None or _YEAR.fullmatch(year) for year in years):
        raise KnowledgeError(f"{path}: '{row['name']}': since and until are YYYY or YYYY-MM")
    found_by = f"actors/{stem}#{slug(row['name'])}"
    return Actor(row["name"], row["country"] or None, row["sector"], row["kind"], found_by, *years)


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as an entry's id.

    >>> slug("Wagner Group")
    'wagner-group'
    """
    return "-".join(map(fold, _PIECE.findall(name)))


def _states(special: dict[str, Any]) -> dict[str, State]:
    states = {}
    for row in rows("gazetteer/countries.csv"):
        own = special.get(row["iso3"], {})
        full = ("the " if own.get("article") else "") + (own.get("name") or row["name"])
        adjective = own.get("adjective") or (_split(row["adjectives"]) or [row["name"]])[0]
        states[row["iso3"]] = State(
            row["iso3"],
            row["name"],
            adjective,
            own.get("government") or f"Government of {full}",
            own.get("military") or f"{adjective} Armed Forces",
            own.get("police") or f"{adjective} police",
            own.get("legislature") or f"Parliament of {full}",
        )
    return states


def _state_actors(
    states: dict[str, State], special: dict[str, Any]
) -> Iterator[tuple[str, str, Actor]]:
    for row in rows("gazetteer/countries.csv"):
        state, own = states[row["iso3"]], special.get(row["iso3"], {})
        yield from _country(row, state, own)
        bodies = (("military", "MIL"), ("police", "COP"), ("legislature", "LEG"))
        for body, sector in bodies:
            name = getattr(state, body)
            found_by = f"actors/states#{state.country}-{body}"
            actor = Actor(name, state.country, sector, "body", found_by)
            for alias in (name, *own.get(f"{body}_aliases", ())):
                yield alias, "", actor


def _country(
    row: dict[str, str], state: State, own: dict[str, Any]
) -> Iterator[tuple[str, str, Actor]]:
    iso = state.country
    country = Actor(state.government, iso, "GOV", "country", f"actors/states#{iso}")
    capital = Actor(state.government, iso, "GOV", "country", f"actors/states#{iso}-capital")
    government = Actor(
        state.government, iso, "GOV", "government", f"actors/states#{iso}-government"
    )
    demonym = Actor(state.government, iso, "GOV", "demonym", f"actors/states#{iso}-demonym")
    for alias in (row["name"], *_split(row["aliases"]), *own.get("aliases", ())):
        yield alias, "", country
    if row["capital"] and not own.get("no_capital"):
        yield row["capital"], "", capital
    for alias in (state.government, *own.get("government_aliases", ())):
        yield alias, "", government
    for alias in (*_split(row["adjectives"]), *own.get("adjectives", ())):
        yield alias, "", demonym


def _split(cell: str) -> list[str]:
    return [x.strip() for x in cell.split(";") if x.strip()]
