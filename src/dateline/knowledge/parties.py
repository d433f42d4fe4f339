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
_NO_STATE = {"ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"}  # land without a people of its own
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
    short: bool  # an abbreviation: taken only in capitals


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


def pieces(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared.

    >>> pieces("Da'esh (IS)")
    ('da', 'esh', 'is')
    """
    return tuple(map(fold, _PIECE.findall(name)))


class Actors:
    """All actors, findable by any of their names."""

    def __init__(self, named: Iterable[tuple[str, str, Actor]], states: dict[str, State]) -> None:
        self.states = states
        self._index: dict[tuple[str, ...], list[_Alias]] = {}
        for text, when, actor in named:
            key = pieces(text)
            if key:
                self._index.setdefault(key, []).append(_Alias(key, text, when, actor, _short(text)))
        self._tree: dict[str, Any] = {}  # by piece after piece; "" holds the aliases ending there
        for key, aliases in self._index.items():
            node = self._tree
            for piece in key:
                node = node.setdefault(piece, {})
            node[""] = aliases
        self._first = _first_words(a for known in self._index.values() for a in known)

    def find(self, text: str) -> list[Hit]:
        """Names in `text`, the longest first where they compete, without overlaps, in order."""
        hits, end = [], 0
        for match in self._first.finditer(text):
            node = self._tree.get(fold(match.group()))
            if node is None or match.start() < end:
                continue
            hit = self._longest(text, match, node)
            if hit is not None:
                hits.append(hit)
                end = hit.end
        return hits

    def names(self, name: str) -> tuple[str, ...]:
        """All that the party of a name is called."""
        known = (x for found in self._index.values() for x in found if x.actor.name == name)
        return tuple(dict.fromkeys(x.text for x in known))

    def on(self, actor: Actor, day: str) -> Actor:
        """What the actor was on an ISO date: rows of one name may follow each other in time."""
        if _within(actor, day):
            return actor
        known = self._index.get(pieces(actor.name), ())
        rows = [a.actor for a in known if a.actor.name == actor.name]
        return next((a for a in rows if _within(a, day)), actor)

    def _longest(self, text: str, first: re.Match[str], node: dict[str, Any]) -> Hit | None:
        """The longest name that begins with a match, whose node in the tree is given."""
        start, end = first.span()
        known: list[tuple[int, list[_Alias]]] = [(end, node[""])] if "" in node else []
        piece = _PIECE.search(text, end) if len(node) > len(known) else None
        while piece is not None:
            node = node.get(fold(piece.group())) or {}
            if "" in node:
                known.append((piece.end(), node[""]))
            piece = _PIECE.search(text, piece.end()) if node else None
        for end, aliases in reversed(known):
            if _BREAK.search(text, start, end) is None:
                alias = next((a for a in aliases if _fits(a, text, (start, end))), None)
                if alias is not None:
                    return Hit(start, end, alias.actor)
        return None


def _first_words(aliases: Iterable[_Alias]) -> re.Pattern[str]:
    """Words a name may begin with: any with a capital, and those that begin one in lower case."""
    small = {a.pieces[0] for a in aliases if not a.text[0].isupper()}
    plain = "|".join(sorted(map(re.escape, small), key=lambda w: (-len(w), w)))
    small_words = rf"|(?:{plain})(?![^\W_])" if plain else ""
    return re.compile(rf"(?<![^\W_])(?:[^\W_a-z][^\W_]*{small_words})")


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
    if alias.short:
        return all(c.isupper() for c in found if c.isalpha())
    return found[0].isupper() or not alias.text[0].isupper()


def _short(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) <= 7 and all(c.isupper() for c in letters)


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
    return "-".join(pieces(name))


def _states(special: dict[str, Any]) -> dict[str, State]:
    states = {}
    for row in rows("gazetteer/countries.csv"):
        if row["iso3"] in _NO_STATE:
            continue
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
        if row["iso3"] not in states:
            continue
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
