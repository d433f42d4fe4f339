"""Read one document's parties: from names, titles and common nouns to party, country and sector."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dateline.annotate.entities_context import Surroundings
from dateline.annotate.entities_names import TERRITORIAL, Name, find_names
from dateline.annotate.entities_phrases import INSIDE, Phrases
from dateline.knowledge.agents import Agents, Match
from dateline.knowledge.parties import Actor, Actors
from dateline.model import Annotated, EntityMention, Party, PlaceMention, Token

# Sectors whose members keep their own sector beside an organisation's name ("UN refugees").
_OWN = {"CVL", "REF", "JRN", "LEG", "EDU", "REL", "MED", "JUD", "CRM", "AGR"}
# Sectors an adjective may give a noun that tells none ("military spokesman").
_BY_ADJECTIVE = {"MIL", "REB", "PRM", "COP", "OPP", "LEG", "JUD"}
_ARMED_ACTS = {"strike", "airstrike", "missile", "drone", "shelling", "bombardment", "bombing",
               "offensive", "raid", "artillery", "rocket", "warplane", "jet", "invasion", "fire",
               "incursion", "barrage", "shell", "fighter"}  # fmt: skip
_INVARIANT = {"people", "police", "media", "military", "personnel", "staff", "crew", "clergy"}
_OF_STATE = {"MIL", "COP", "SPY"}
_BODIES = ("government", "military", "police", "legislature")
_OFFICES = "actors/bodies#"
_NAMESAKES = 12


class Found(NamedTuple):
    """What a noun stands for."""

    party: Party
    kind: str
    found_by: str
    known: bool = False

    def seen_as(self, found_by: str) -> "Found":
        """The same, told by a common noun and not by its name."""
        return self._replace(known=False, found_by=found_by)


class Reader:
    """The names and surroundings of one document, and the parties read so far."""

    def __init__(self, doc: Annotated, actors: Actors, agents: Agents) -> None:
        self._tokens = doc.parse.tokens
        self._parse = doc.parse
        self._text = doc.text
        self._states = actors.states
        self._actors = actors
        self._day = doc.document.published.isoformat() if doc.document.published else ""
        self._agents = agents
        self._names = find_names(doc.parse, doc.text, actors)
        titled = _countries(hit.actor for hit in actors.find(doc.document.title))
        self._around = Surroundings(doc.parse, self._names, doc[PlaceMention], titled)
        self._phrases = Phrases(doc.parse, self._names, self._around)
        self._read: dict[int, Found | None] = {}
        self._offices: dict[str, Found] = {}
        self._namesakes: dict[str, list[Name]] = {}
        for name in self._names:
            if name.kind == "person":
                self._namesakes.setdefault(self._tokens[name.last].text, []).append(name)

    def mentions(self) -> Iterator[EntityMention]:
        """One mention per name or agent noun that is no mere modifier of another."""
        heads = {name.head for name in self._names}
        nouns = (t.i for t in self._tokens if t.pos in {"NOUN", "PROPN"})
        heads.update(i for i in nouns if i not in self._phrases.at)
        for head in sorted(heads):
            found = self.describe(head)
            if found is not None and not self._consumed(head):
                span = self._phrases.span(head)
                by, known = found.found_by, found.known
                yield EntityMention(span, by, head, found.kind, found.party, known)
                yield from self._joint(head, found)

    def _joint(self, head: int, found: Found) -> Iterator[EntityMention]:
        """The other parties of a joint phrase: "French and British troops" are two armies."""
        own = self._states.get(found.party.country or "")
        body = next((b for b in _BODIES if own and getattr(own, b) == found.party.name), None)
        for name in self._phrases.joined(head) if own and body else ():
            state = self._states.get(name.actor.country or "") if name.actor else None
            if body and state is not None and state != own:
                party = Party(str(getattr(state, body)), state.country, found.party.sector)
                span = self._parse.span(name.first, name.last)
                yield EntityMention(span, found.found_by, head, found.kind, party)

    def describe(self, at: int) -> Found | None:
        """What the noun at a token stands for, None if it can be no party."""
        if at not in self._read:
            self._read[at] = None  # a loop in a broken tree ends here
            name = self._phrases.at.get(at)
            if name is None:
                self._read[at] = self._generic(at)
            elif name.head == at:
                self._read[at] = self._named(name)
        return self._read[at]

    def _consumed(self, at: int) -> bool:
        """Whether the word only modifies a noun that is itself a party."""
        while self._modifies(at):
            at = self._tokens[at].head
            if not self._modifies(at) and self.describe(at) is not None:
                return True
        return False

    def _modifies(self, at: int) -> bool:
        token = self._tokens[at]
        joined = token.dep == "conj" and self._tokens[token.head].dep in INSIDE
        return token.head != at and (token.dep in INSIDE or joined)

    # names ---------------------------------------------------------------------------------------

    def _named(self, name: Name) -> Found | None:
        if name.actor is None:
            return self._person(name) if name.kind == "person" else self._unknown(name)
        if name.kind == "demonym":
            return self._demonym(name, name.actor)
        actor = self._actors.on(name.actor, self._day) if self._day else name.actor
        if name.kind == "person" and actor.found_by.startswith(_OFFICES):
            person = self._holder(name.head)
            if person is not None:
                return person
        party = Party(actor.name, actor.country, actor.sector)
        found = Found(party, name.kind, actor.found_by, known=True)
        if name.kind == "person":
            self._note_office(name, found)
        return found

    def _demonym(self, name: Name, actor: Actor) -> Found:
        """The people ("Syrians"), the forces behind an armed act, or else the government."""
        token = self._tokens[name.head]
        if token.tag in {"NNS", "NNPS"}:
            party = Party(self._words(name), actor.country, "CVL")
            return Found(party, "people", actor.found_by, known=True)
        party = Party(actor.name, actor.country, actor.sector)
        state = self._states.get(actor.country or "")
        if state and token.dep in INSIDE and self._tokens[token.head].lemma in _ARMED_ACTS:
            party = Party(state.military, actor.country, "MIL")
        return Found(party, "country", actor.found_by, known=True)

    def _person(self, name: Name) -> Found | None:
        if name.full >= 0 and name.full != name.head:
            return self.describe(name.full)
        titled = [t for t in map(self._title, self._mentions_of(name)) if t is not None]
        country = self._phrases.country(name.head)
        sector = "CVL"
        if titled:
            country = country or titled[0].party.country
            sector = titled[0].party.sector or sector
        party = Party(self._words(name), country or self._around.near(name.head), sector)
        found = Found(party, "person", self._tagger(name))
        self._note_office(name, found)
        return found

    def _mentions_of(self, name: Name) -> list[Name]:
        """The name itself and, for a full name, its namesakes in the document."""
        same = self._namesakes.get(self._tokens[name.last].text, [])
        return [name, *(n for n in same[:_NAMESAKES] if n.full == name.head)]

    def _title(self, name: Name) -> Found | None:
        """What a title before the name or an apposition says of its bearer."""
        for i in reversed(self._phrases.left(name.head)):
            other = self._phrases.at.get(i)
            if other is not None and other.kind not in TERRITORIAL:
                return self.describe(other.head)
            if other is None and self._tokens[i].pos in {"NOUN", "PROPN"}:
                found = self._generic(i)
                if found is not None:
                    return found
        beside = [*self._parse.children(name.head, "appos")]
        if self._tokens[name.head].dep == "appos":
            beside.append(self._tokens[name.head].head)
        for i in beside:
            if i not in self._phrases.at:
                found = self._generic(i)
                if found is not None:
                    return found
        return None

    def _note_office(self, name: Name, found: Found) -> None:
        """Remember the titles of a person, so that "the president" can stand for him later."""
        for i in self._phrases.left(name.head):
            match = self._lookup(self._tokens[i], set())
            if match is not None and match.entry.role:
                self._offices[self._tokens[i].lemma] = found

    def _unknown(self, name: Name) -> Found | None:
        if name.full >= 0 and name.full != name.head:
            return self.describe(name.full)
        country = name.inner or self._phrases.country(name.head) or self._around.near(name.head)
        match = self._agent_in(name)
        sector = "CVL" if name.kind == "people" else None
        if match is not None:
            country, sector = match.entry.country or country, match.entry.sector
        return Found(Party(self._words(name), country, sector), name.kind, self._tagger(name))

    def _agent_in(self, name: Name) -> Match | None:
        """The entry that tells most of a name: a phrase, or else its last telling word."""
        words = {self._tokens[i].lemma for i in range(name.first, name.last + 1)}
        found = (self._lookup(self._tokens[i], words) for i in range(name.last, name.first - 1, -1))
        matches = [m for m in found if m is not None and m.entry.sector is not None]
        return min(matches, key=lambda m: (m.entry.open, " " not in m.phrase), default=None)

    def _words(self, name: Name) -> str:
        return " ".join(self._parse.span(name.first, name.last).of(self._text).split())

    def _tagger(self, name: Name) -> str:
        return f"spacy/{self._tokens[name.head].ent or 'PROPN'}"

    # common nouns --------------------------------------------------------------------------------

    def _lookup(self, token: Token, modifiers: set[str]) -> Match | None:
        lower = token.text.lower()
        for form in dict.fromkeys((token.lemma, lower, lower.removesuffix("s"))):
            match = self._agents.find(form, modifiers)
            if match is not None:
                return match
        return None

    def _generic(self, at: int) -> Found | None:
        left = self._phrases.left(at)
        words = {w for i in left for w in (self._tokens[i].lemma, self._tokens[i].text.lower())}
        match = self._lookup(self._tokens[at], words)
        if match is None:
            return None
        person = self._bearer(at, match)
        if person is not None:
            return person
        owner = next((self.describe(name.head) for name in self._phrases.owners(at)), None)
        if owner is not None and match.entry.sector not in _OWN:
            return owner.seen_as(match.found_by)
        if match.entry.open:
            match = self._modifier(left) or match
        if match.entry.open and match.entry.of:
            whole = next((f for f in map(self.describe, self._phrases.of(at, "of")) if f), None)
            if whole is not None:
                return whole.seen_as(match.found_by)
        if match.entry.sector is None:
            return None
        return Found(self._party(at, match, owner), match.entry.kind, match.found_by)

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
        return self._offices.get(token.lemma) if before == ["the"] else None

    def _modifier(self, left: list[int]) -> Match | None:
        """The entry of a modifier that tells the sector ("rebel commander")."""
        words = {self._tokens[i].lemma for i in left}
        for i in reversed(left):
            token = self._tokens[i]
            if i in self._phrases.at or token.pos not in {"NOUN", "PROPN", "ADJ"}:
                continue
            match = self._lookup(token, words)
            if match is None or match.entry.open or match.entry.sector is None:
                continue
            if token.pos != "ADJ" or match.entry.sector in _BY_ADJECTIVE:
                return match
        return None

    def _party(self, at: int, match: Match, owner: Found | None) -> Party:
        entry = match.entry
        if entry.sector == "MIL" and self._phrases.is_proxy(at):
            words = self._parse.span(min(self._phrases.left(at)), at).of(self._text)
            return Party(" ".join(words.split()), self._around.near(at), "REB")
        told = entry.country or self._phrases.country(at)
        if told is None and owner is not None:
            told = owner.party.country
        country = told or (self._around.near(at) if entry.domestic else None)
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


def _countries(actors: Iterable[Actor]) -> set[str]:
    found = {actor.country for actor in actors if actor.kind in TERRITORIAL}
    return {country for country in found if country}
