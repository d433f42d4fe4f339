"""Read one document's parties: from names, titles and common nouns to party, country and sector."""

from collections.abc import Iterable, Iterator
from functools import partial

from dateline.annotate import entities_titles as titles
from dateline.annotate.entities_context import Surroundings, homeland, is_led
from dateline.annotate.entities_names import TERRITORIAL, Name, find_names
from dateline.annotate.entities_nouns import Found, Nouns
from dateline.annotate.entities_phrases import INSIDE, Phrases
from dateline.knowledge.agents import Agents, Match
from dateline.knowledge.geography import Gazetteer
from dateline.knowledge.parties import Actor, Actors
from dateline.model import Annotated, EntityMention, Party, PlaceMention, Token

_ARMED_ACTS = {"strike", "airstrike", "missile", "drone", "shelling", "bombardment", "bombing",
               "offensive", "raid", "artillery", "rocket", "warplane", "jet", "invasion", "fire",
               "incursion", "barrage", "shell", "fighter", "attack", "assault",
               "operation", "airbase", "warship", "aircraft", "submarine"}  # fmt: skip
_NOUNS = {"NOUN", "PROPN"}
_BARE = {"JJ", "VBN"}
_NOMINAL = {"nsubj", "nsubjpass", "dobj", "pobj"}
_WITHIN = {"in", "near", "outside", "around", "inside", "toward", "towards", "across"}
_EACH = {"a", "an", "every", "each", "another", "many", "some", "several"}
_BODIES = ("government", "military", "police", "legislature")
_OFFICES = "actors/bodies#"
_NAMESAKES = 12
_OPENING = frozenset({"(", ",", "-", "–", "—", "/"})  # what follows the place of a dateline
_SHORT = 3  # letters up to which capitals are an abbreviation ("US (…)")


class Reader(Nouns):
    """The names and surroundings of one document, and the parties read so far."""

    def __init__(
        self, doc: Annotated, actors: Actors, agents: Agents, gazetteer: Gazetteer
    ) -> None:
        self._names = find_names(doc.parse, doc.text, actors, doc[PlaceMention])
        titled = _countries(hit.actor for hit in actors.find(doc.document.title))
        around = Surroundings(doc.parse, self._names, doc[PlaceMention], titled)
        super().__init__(doc, Phrases(doc.parse, self._names, around), around, agents)
        self._states = actors.states
        self._actors = actors
        self._day = doc.document.published.isoformat() if doc.document.published else ""
        self._gazetteer = gazetteer
        self._read: dict[int, Found | None] = {}
        self._namesakes: dict[str, list[Name]] = {}
        self._phrases.titled = titles.behind(doc.parse, self._names, self._is_title)
        self._titles = {name.head: head for head, name in self._phrases.titled.items()}
        for name in self._names:
            if name.kind == "person":
                self._namesakes.setdefault(self._tokens[name.last].text, []).append(name)

    def mentions(self) -> Iterator[EntityMention]:
        """One mention per name or agent noun that is no mere modifier of another."""
        heads = {name.head for name in self._names}
        nominal = (t for t in self._tokens if t.pos in _NOUNS or t.tag in _BARE)
        heads.update(token.i for token in nominal if self._may_head(token))
        for head in sorted(heads):
            found = self.describe(head)
            if found is not None and not self._consumed(head):
                span = self._phrases.span(head)
                by, known = found.found_by, found.known
                yield EntityMention(span, by, head, found.kind, found.party, known)
                yield from self._joint(head, found)

    def _joint(self, head: int, found: Found) -> Iterator[EntityMention]:
        """The other parties of a joint phrase: "French and British troops" are two armies."""
        joined = [*self._phrases.joined(head)]
        own = self._states.get(found.party.country or "") if joined else None
        body = next((b for b in _BODIES if own and getattr(own, b) == found.party.name), None)
        for name in joined if own and body else ():
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

    def _may_head(self, token: Token) -> bool:
        """Whether a token is a noun of the lexicon, or an adjective as one ("the displaced")."""
        if token.pos not in _NOUNS:
            bare = token.tag in _BARE and token.pos in {"ADJ", "VERB"}
            below = self._phrases.below
            if not bare or not (token.dep in _NOMINAL or below(token.i, "poss")):
                return False
        known = self._agents.heads(token.text.lower(), token.lemma)
        return known and token.i not in self._phrases.at

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
        if self._acts_not(name):
            return None
        if name.actor is None:
            return self._person(name) if name.kind == "person" else self._unknown(name)
        if name.kind == "demonym":
            return self._demonym(name, name.actor)
        actor = self._actors.on(name.actor, self._day) if self._day else name.actor
        if name.kind == "person" and actor.found_by.startswith(_OFFICES):
            person = self._holder(name.head)
            if person is not None:
                return person
        told = self._phrases.country(name.head) if name.kind == "body" else None
        if told and told in self._states and actor.country not in {told, "INT"}:
            words = f"{self._states[told].adjective} {self._words(name)}"
            return Found(Party(words, told, actor.sector), name.kind, actor.found_by)
        party = Party(actor.name, actor.country, actor.sector)
        found = Found(party, name.kind, actor.found_by, known=True)
        if name.kind == "person":
            self._note_office(name, found)
        return found

    def _acts_not(self, name: Name) -> bool:
        """Whether a name is no party: a mere backer ("Russia-backed"), a dateline or a place."""
        if name.kind in TERRITORIAL and (is_led(self._parse, name.last) or self._opens(name)):
            return True
        unknown = name.actor is None and name.kind not in {"country", "people"}
        return unknown and self._is_place(name)

    def _opens(self, name: Name) -> bool:
        """Whether a name is the dateline of a dispatch: "BEIRUT (AP) -"."""
        words = [self._tokens[i].text for i in range(name.first, name.last + 1)]
        after = self._tokens[name.last + 1 : name.last + 2]
        before = self._tokens[name.first - 1].text if name.first else "\n"
        opened = "\n" in before and bool(after) and after[0].text in _OPENING
        return opened and all(word.isupper() for word in words) and len("".join(words)) > _SHORT

    def _is_place(self, name: Name) -> bool:
        """Whether a name only the tagger knows is that of a place, which acts in no event."""
        token = self._tokens[name.head]
        if self._around.place_covers(name.first, name.last):
            return True
        within = token.dep == "pobj" and self._tokens[token.head].lemma.lower() in _WITHIN
        alone = not self._phrases.left(name.head) and not token.text.isupper()
        return within and alone and name.full < 0

    def _demonym(self, name: Name, actor: Actor) -> Found:
        """The people ("Syrians"), the forces behind an armed act, or else the government."""
        token = self._tokens[name.head]
        if token.tag in {"NNS", "NNPS"} or self._is_somebody(name):
            party = Party(self._words(name), actor.country, "CVL")
            return Found(party, "people", actor.found_by, known=True)
        party = Party(actor.name, actor.country, actor.sector)
        state = self._states.get(actor.country or "")
        if state and token.dep in INSIDE and self._tokens[token.head].lemma in _ARMED_ACTS:
            party = Party(state.military, actor.country, "MIL")
        return Found(party, "country", actor.found_by, known=True)

    def _is_somebody(self, name: Name) -> bool:
        """Whether a demonym is one person or some ("a Kurd", "every Cuban")."""
        if self._tokens[name.head].dep in INSIDE:
            return False
        before = [self._tokens[i] for i in self._phrases.left(name.head)]
        return any(t.lemma in _EACH or t.dep == "nummod" for t in before)

    def _person(self, name: Name) -> Found | None:
        if name.full >= 0 and name.full != name.head:
            return self.describe(name.full)
        titled = [t for t in map(self._title, self._mentions_of(name)) if t is not None]
        country = self._phrases.country(name.head)
        sector = "CVL"
        if titled:
            country = country or titled[0].party.country
            sector = titled[0].party.sector or sector
        first = name.first + titles.length(self._parse, name, self._is_title)
        words = self._words(name._replace(first=first))
        party = Party(words, self._somewhere(country, name.head), sector)
        found = Found(party, "person", self._tagger(name))
        self._note_office(name, found)
        return found

    def _is_title(self, at: int) -> bool:
        if at in self._phrases.at and self._phrases.at[at].kind != "person":
            return False
        match = self._lookup(at, partial(self._modifiers, at))
        return match is not None and match.entry.role

    def _mentions_of(self, name: Name) -> list[Name]:
        """The name itself and, for a full name, its namesakes in the document."""
        same = self._namesakes.get(self._tokens[name.last].text, [])
        return [name, *(n for n in same[:_NAMESAKES] if n.full == name.head)]

    def _title(self, name: Name) -> Found | None:
        """What a title before the name or an apposition says of its bearer."""
        at = self._titles.get(name.head, -1)
        match = self._lookup(at) if at >= 0 else None
        phrase = None if match is None else partial(self._generic, at)
        if phrase is not None and match is not None and not match.entry.open:
            return phrase()
        found = self._title_before(name) or (phrase() if phrase is not None else None)
        if found is not None:
            return found
        beside = [*self._phrases.below(name.head, "appos")]
        if self._tokens[name.head].dep == "appos":
            beside.append(self._tokens[name.head].head)
        beside += titles.told(self._parse, name.head)
        told = (self._generic(i) for i in beside if i not in self._phrases.at)
        return next((found for found in told if found is not None), None)

    def _title_before(self, name: Name) -> Found | None:
        """The title that is part of a name or stands right before it."""
        own = range(name.first, name.first + titles.length(self._parse, name, self._is_title))
        for i in (*own, *reversed(self._phrases.left(name.head))):
            other = self._phrases.at.get(i)
            if other is not None and i not in own and other.kind not in TERRITORIAL:
                return self.describe(other.head)
            if i in own or (other is None and self._tokens[i].pos in _NOUNS):
                found = self._generic(i)
                if found is not None:
                    return found
        return None

    def _note_office(self, name: Name, found: Found) -> None:
        """Remember the titles of a person, so that "the president" can stand for him later."""
        for i in self._phrases.left(name.head):
            match = self._lookup(i)
            if match is not None and match.entry.role:
                self._offices[self._tokens[i].lemma] = found

    def _unknown(self, name: Name) -> Found | None:
        if name.full >= 0 and name.full != name.head:
            return self.describe(name.full)
        country = name.inner or self._somewhere(self._phrases.country(name.head), name.head)
        if country is None:
            country = homeland(self._words(name).split(), self._gazetteer)
        match = self._agent_in(name)
        sector = {"people": "CVL", "country": "GOV"}.get(name.kind)
        if match is not None:
            country = match.entry.country or country
            sector = match.entry.named or match.entry.sector
        return Found(Party(self._words(name), country, sector), name.kind, self._tagger(name))

    def _agent_in(self, name: Name) -> Match | None:
        """The entry that tells most of a name: a phrase, or else its last telling word."""
        words = {self._tokens[i].lemma for i in range(name.first, name.last + 1)}
        found = (self._lookup(i, lambda: words) for i in range(name.last, name.first - 1, -1))
        matches = [m for m in found if m is not None and m.entry.sector is not None]
        return min(matches, key=lambda m: (m.entry.open, " " not in m.phrase), default=None)

    def _words(self, name: Name) -> str:
        return " ".join(self._parse.span(name.first, name.last).of(self._text).split())

    def _tagger(self, name: Name) -> str:
        return f"spacy/{self._tokens[name.head].ent or 'PROPN'}"


def _countries(actors: Iterable[Actor]) -> set[str]:
    found = {actor.country for actor in actors if actor.kind in TERRITORIAL}
    return {country for country in found if country}
