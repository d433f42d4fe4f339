"""Common nouns that stand for parties: their entry, owner, bearer, country and name."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from dateline.annotate.entities_context import Surroundings
from dateline.annotate.entities_phrases import Phrases
from dateline.knowledge.agents import Agents, Match
from dateline.knowledge.parties import State
from dateline.model import Annotated, Party

# Sectors whose members keep their own sector beside an organisation's name ("UN refugees").
_OWN = {"CVL", "REF", "JRN", "LEG", "EDU", "REL", "MED", "JUD", "CRM", "AGR"}
# Sectors an adjective may give a noun that tells none ("military spokesman").
_BY_ADJECTIVE = {"MIL", "REB", "PRM", "COP", "OPP", "LEG", "JUD"}
_IN_OFFICE = {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"}
_INVARIANT = {"people", "police", "media", "military", "personnel", "staff", "crew", "clergy"}
_LED_BY_HEADS = {"body", "organisation", "group"}
_OF_STATE = {"MIL", "COP", "SPY"}
_FORMER = {"former", "ex", "onetime"}


class Found(NamedTuple):
    """What a noun stands for."""

    party: Party
    kind: str
    found_by: str
    known: bool = False

    def seen_as(self, found_by: str, party: Party | None = None) -> "Found":
        """The same, told by a common noun and not by its name."""
        return self._replace(known=False, found_by=found_by, party=party or self.party)


class Nouns(ABC):
    """The common nouns of one document, given the names in it and what surrounds them."""

    def __init__(
        self, doc: Annotated, phrases: Phrases, around: Surroundings, agents: Agents
    ) -> None:
        self._tokens = doc.parse.tokens
        self._parse = doc.parse
        self._text = doc.text
        self._phrases = phrases
        self._around = around
        self._agents = agents
        self._states: dict[str, State] = {}
        self._offices: dict[str, Found] = {}

    @abstractmethod
    def describe(self, at: int) -> Found | None:
        """What the noun at a token stands for, None if it can be no party."""

    def _somewhere(self, told: str | None, at: int) -> str | None:
        """The country told; where none is, that of the dispatch."""
        return self._around.near(at) if told is None else told or None

    def _lookup(self, at: int, modifiers: Callable[[], Collection[str]] = tuple) -> Match | None:
        token = self._tokens[at]
        return self._agents.find(token.text.lower(), token.lemma, modifiers)

    def _modifiers(self, at: int) -> set[str]:
        left = [self._tokens[i] for i in self._phrases.left(at)]
        return {word for token in left for word in (token.lemma, token.text.lower())}

    def _generic(self, at: int) -> Found | None:
        match = self._lookup(at, partial(self._modifiers, at))
        if match is None:
            return None
        owner = None
        found = self._bearer(at, match)
        if found is None:
            owner = self._owner(at, match)
            found = self._owned(at, match, owner)
        if found is None and match.entry.open:
            match = self._modifier(self._phrases.left(at)) or match
        found = found or self._part(at, match)
        if found is not None or match.entry.sector is None:
            return found
        return Found(self._party(at, match, owner), match.entry.kind, match.found_by)

    def _owned(self, at: int, match: Match, owner: Found | None) -> Found | None:
        """One who has left office, or the organisation whose people the noun stands for."""
        if self._is_former(at, match) and match.entry.sector in _IN_OFFICE:
            words = self._phrases.core(at).of(self._text).split()
            country = self._party(at, match, owner).country
            return Found(Party(" ".join(words), country, "ELI"), match.entry.kind, match.found_by)
        if owner is None or match.entry.sector in _OWN:
            return None
        told = owner.party.sector or match.entry.sector
        return owner.seen_as(match.found_by, replace(owner.party, sector=told))

    def _part(self, at: int, match: Match) -> Found | None:
        """What the of-phrase names: the body a title heads, or the whole of which this is part."""
        entry = match.entry
        if entry.open:
            read = self.describe if entry.of else None
        else:
            read = self._body if entry.role and entry.sector in {"GOV", "BUS"} else None
        if read is None:
            return None
        whole = next((f for f in map(read, self._phrases.of(at, "of")) if f), None)
        return whole.seen_as(match.found_by) if whole is not None else None

    def _body(self, at: int) -> Found | None:
        """The body or organisation of a known sector whose name has its head at a token."""
        name = self._phrases.heading(at)
        led = name is not None and name.kind in _LED_BY_HEADS
        found = self.describe(at) if led else None
        return found if found is not None and found.party.sector is not None else None

    def _is_former(self, at: int, match: Match) -> bool:
        """Whether the noun is the title of one who has left office ("a former CIA official")."""
        if not match.entry.role or self._tokens[at].tag not in {"NN", "NNP"}:
            return False
        left = (self._tokens[i].text.lower() for i in self._phrases.left(at))
        return any(word in {"former", "ex", "onetime"} for word in left)

    def _owner(self, at: int, match: Match) -> Found | None:
        """The organisation named before the noun, unless its name is part of the phrase known."""
        known = set(match.phrase.split())
        for name in self._phrases.owners(at):
            words = {self._tokens[i].text.lower() for i in range(name.first, name.last + 1)}
            if name.actor is not None or not words <= known:
                return self.describe(name.head)
        return None

    def _bearer(self, at: int, match: Match) -> Found | None:
        """The person a title stands beside, or "the president" after one was named as such."""
        if not (match.entry.role or match.entry.open):
            return None
        named = self._phrases.holder(at) is not None
        return self._holder(at) if named or match.entry.role else None

    def _holder(self, at: int) -> Found | None:
        """The person named beside an office, or the last one named as its holder."""
        holder = self._phrases.holder(at)
        token = self._tokens[at]
        if holder is not None:
            found = self.describe(holder.head)
            if found is not None:
                self._offices[token.lemma] = found
            return found
        if token.tag not in {"NN", "NNP"}:
            return None
        before = [self._tokens[i].text.lower() for i in self._phrases.left(at)]
        alone = before == ["the"] and not self._phrases.below(at, "prep")
        return self._offices.get(token.lemma) if alone else None

    def _modifier(self, left: list[int]) -> Match | None:
        """The entry of a modifier that tells the sector ("rebel commander")."""
        words = {self._tokens[i].lemma for i in left}
        for i in reversed(left):
            token = self._tokens[i]
            if i in self._phrases.at or token.pos not in {"NOUN", "PROPN", "ADJ"}:
                continue
            match = self._lookup(i, lambda: words)
            if match is None or match.entry.open or match.entry.sector is None:
                continue
            if token.pos != "ADJ" or match.entry.sector in _BY_ADJECTIVE:
                return match
        return None

    def _party(self, at: int, match: Match, owner: Found | None) -> Party:
        entry = match.entry
        if entry.sector in {"MIL", "UAF"} and self._phrases.is_proxy(at):
            words = self._parse.span(min(self._phrases.left(at)), at).of(self._text)
            return Party(" ".join(words.split()), self._around.near(at), "REB")
        told = entry.country or self._phrases.country(at, match.phrase.split())
        if told is None and owner is not None:
            told = owner.party.country
        if told is None and self._tokens[at].tag in {"NNS", "NNPS"}:
            told = entry.several
        country = self._somewhere(told, at) if entry.domestic else told or None
        state = self._states.get(country or "")
        name = self._called(at, match)
        if state is not None and entry.state is not None:
            name = str(getattr(state, entry.state))
        elif state and (told or entry.sector in _OF_STATE) and entry.sector not in _OWN:
            name = f"{state.adjective} {name}"
        return Party(name, country, entry.sector)

    def _called(self, at: int, match: Match) -> str:
        """The entry's name for words that share it, else the words of the text in the plural."""
        entry = match.entry
        if entry.name and (match.phrase in entry.alike or entry.state is not None):
            return entry.name
        *modifiers, _ = match.phrase.split()
        token = self._tokens[at]
        word = token.text.lower()
        if entry.kind in {"people", "person", "group"} and token.tag in {"NN", "NNP"}:
            word = plural(word)
        return " ".join([*modifiers, word])


def plural(noun: str) -> str:
    """The plural of a noun for people, by the regular rules.

    >>> plural("gunman"), plural("deputy"), plural("police")
    ('gunmen', 'deputies', 'police')
    """
    if noun in _INVARIANT:
        return noun
    if noun.endswith("man") and noun != "human":
        return noun[:-3] + "men"
    if noun.endswith("child"):
        return noun + "ren"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
