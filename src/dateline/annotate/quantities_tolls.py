"""What befell the people counted, as the words around the noun tell, and victims told by name."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dateline.model import EntityMention, Parse, Token

_OBJECT = {"dobj", "nsubjpass"}
_LEFT = {"leave"}
_OUTCOMES = ("oprd", "acomp", "advcl", "advmod", "amod", "xcomp")
_LOST = {"claim", "take", "cost", "lose"}
_REMAINS = {"body", "remains"}
_PARTS = {"including", "include", "among"}
_AMOUNTS = {"dozen", "hundred", "thousand", "million", "score", "ten", "handful", "number", "one"}


class Victims(NamedTuple):
    """Persons told by name, from first to last, who share a fate."""

    mentions: tuple[EntityMention, ...]
    kind: str


class Tolls:
    """Reads the kind of a toll from verbs, participles and nouns of harm."""

    def __init__(self, words: dict[str, Any]) -> None:
        self._nouns: dict[str, str | None] = words["tolls"]
        self._states: dict[str, str] = words["states"]
        self._patients: dict[str, str] = words["patients"]
        self._means: dict[str, str] = words["means"]
        self._agents: dict[str, str] = words["agents"]
        self._crowds = frozenset(words["crowds"])
        self._carried, self._care = frozenset(words["carried"]), frozenset(words["care"])
        self._gets, self._hurts = frozenset(words["gets"]), frozenset(words["hurts"])

    def kind(self, parse: Parse, noun: int, first: int = 0) -> str | None:
        """What the phrase around the noun, or the verb above it, says befell the people.

        `first` is the first token of the phrase: a verb of harm right before it is its verb,
        whatever the tree says.
        """
        token, tokens = parse.tokens[noun], parse.tokens
        before = tokens[first - 1] if first > 0 else token
        if before.pos == "VERB" and before.lemma in self._patients:
            return self._suffered(parse, before, first)
        for i in parse.children(noun, "amod", "acl", "compound"):
            if tokens[i].text.lower() in self._states:
                return self._states[tokens[i].text.lower()]
        if before.pos == "VERB" and before.lemma in self._means:
            return self._outcome(parse, before)
        for i in parse.children(noun, "relcl"):
            if parse.children(i, "auxpass") and tokens[i].lemma in self._patients:
                return self._patients[tokens[i].lemma]
        crowd = token.tag == "NNS" and token.lemma in self._crowds
        kind = self._counted_of(parse, token) or self._befallen(parse, noun)
        return kind or self._nouns.get(token.lemma) or ("participants" if crowd else None)

    def _counted_of(self, parse: Parse, token: Token) -> str | None:
        """The kind by the noun of harm that the people are told of ("the deaths of 42")."""
        over = parse.tokens[token.head]
        if token.dep != "pobj" or over.lemma != "of":
            return None
        above = parse.tokens[over.head]
        lost = above.lemma == "life" and parse.tokens[above.head].lemma in _LOST
        return "killed" if lost or above.lemma in _REMAINS else self._nouns.get(above.lemma)

    def _befallen(self, parse: Parse, noun: int) -> str | None:
        """The kind by the verb whose object or subject the noun is."""
        token = self._whole(parse, noun)
        verb = parse.tokens[token.head]
        if token.dep == "pobj" and verb.lemma in _PARTS:  # "nine died, including three children"
            subjects = parse.children(verb.head, "nsubj", "nsubjpass")
            token = parse.tokens[subjects[0]] if subjects else token
            verb = parse.tokens[token.head]
        if verb.i == token.i or verb.pos not in {"VERB", "AUX"}:
            return None
        if token.dep in _OBJECT and {verb.lemma} & (self._means.keys() | self._patients.keys()):
            return self._suffered(parse, verb, noun if token.dep == "dobj" else len(parse.tokens))
        if token.dep == "nsubj" and verb.lemma in self._agents:
            return self._agents[verb.lemma]
        if hurt := self._hurt(parse, token, verb):
            return hurt
        for i in parse.children(verb.i, *_OUTCOMES):
            word = parse.tokens[i].text.lower()
            if word in self._states and (verb.lemma in _LEFT or word == "dead"):
                return self._states[word]
        return self._states.get(verb.text.lower()) if token.dep == "nsubj" else None

    def _hurt(self, parse: Parse, token: Token, verb: Token) -> str | None:
        """What a subject suffers that loses its life, gets a wound or is brought to a hospital."""
        tokens = parse.tokens
        if token.dep == "nsubjpass" and verb.lemma in self._carried:
            goals = (j for i in parse.children(verb.i, "prep") for j in parse.children(i, "pobj"))
            return "injured" if any(tokens[j].lemma in self._care for j in goals) else None
        got = {tokens[i].lemma for i in parse.children(verb.i, "dobj")}
        if token.dep != "nsubj":
            return None
        if verb.lemma == "lose":
            return "killed" if "life" in got else None
        return "injured" if verb.lemma in self._gets and got & self._hurts else None

    def _suffered(self, parse: Parse, verb: Token, before: int) -> str | None:
        """What a verb does to its object, which only verbs before a token share."""
        if verb.lemma in self._means:
            return self._outcome(parse, verb)
        return None if self._mixed(parse, verb, before) else self._patients[verb.lemma]

    def _outcome(self, parse: Parse, verb: Token) -> str:
        """What a means ("shot") led to, as the words around it tell ("shot dead", "and killed")."""
        around = (*parse.children(verb.i, *_OUTCOMES, "conj"), verb.head)
        for token in (parse.tokens[i] for i in around if i != verb.i):
            coordinated = token.dep == "conj" or verb.dep == "conj"
            if coordinated and token.lemma in self._patients:
                return self._patients[token.lemma]
            if token.i != verb.head and token.text.lower() in self._states:
                return self._states[token.text.lower()]
        return self._means[verb.lemma]

    def _whole(self, parse: Parse, noun: int) -> Token:
        """The first of coordinated nouns, and the whole that a part is told of."""
        token = parse.tokens[noun]
        for _ in range(6):
            over = parse.tokens[token.head]
            if token.dep == "conj" and over.i != token.i:
                token = over
            elif token.dep == "pobj" and self._is_part(parse, over):
                token = parse.tokens[over.head]
            else:
                break
        return token

    def _is_part(self, parse: Parse, preposition: Token) -> bool:
        """Whether it joins a part to its whole: "nine, including X", "dozens of X"."""
        above = parse.tokens[preposition.head]
        if preposition.lemma in _PARTS:
            return above.pos not in {"VERB", "AUX"} and above.i != preposition.i
        return preposition.lemma == "of" and (above.pos == "NUM" or above.lemma in _AMOUNTS)

    def _mixed(self, parse: Parse, verb: Token, before: int) -> bool:
        """Whether several harms share one object ("killed or wounded 40"), which none can claim.

        Only verbs before that token can.
        """
        kind = self._patients[verb.lemma]
        others = [parse.tokens[i] for i in parse.children(verb.i, "conj")]
        if verb.dep == "conj":
            others.append(parse.tokens[verb.head])
        for other in others:
            shared = other.i < before and not parse.children(other.i, "dobj", "nsubjpass")
            if shared and self._patients.get(other.lemma, kind) != kind:
                return True
        return False

    # names

    def victims(self, parse: Parse, people: Iterable[EntityMention]) -> Iterator[Victims]:
        """Those told by name whom a verb or noun of harm names as its victims, list by list."""
        named = {m.head: m for m in people if parse.tokens[m.head].pos == "PROPN"}
        for head in sorted(named):
            token = parse.tokens[head]
            if token.dep == "conj":
                continue
            kind = self._fate(parse, token)
            if kind is None:
                continue
            listed = [i for i in parse.conjuncts(head) if i >= head]
            if all(i in named for i in listed):
                yield Victims(tuple(named[i] for i in listed), kind)

    def _fate(self, parse: Parse, token: Token) -> str | None:
        while token.dep == "appos" and token.head < token.i:
            token = parse.tokens[token.head]
        over = parse.tokens[token.head]
        if token.dep in _OBJECT and over.lemma in self._patients:
            return self._patients[over.lemma]
        if token.dep == "nsubj" and self._agents.get(over.lemma) == "killed":
            return "killed"
        if token.dep == "pobj" and over.lemma == "of":
            acts = (parse.tokens[i].lemma for i in parse.conjuncts(over.head))
            return next((kind for kind in map(self._nouns.get, acts) if kind), None)
        return self._nouns.get(over.lemma) if token.dep == "poss" else None
