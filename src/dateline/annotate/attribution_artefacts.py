"""Reports, statements and videos as sources: who made them, and what can speak at all."""

from typing import Any

from dateline.knowledge import agents, read
from dateline.model import Parse

_ABLE = {"PERSON", "ORG", "GPE", "NORP", "WORK_OF_ART", "LAW"}
_MAKERS = {"by", "from"}
_INSIDE = {"compound", "amod", "nmod", "poss", "det", "nummod"}
_CLIMB = 4  # heads between a participle's noun and the report that it belongs to


class Artefacts:
    """Nouns for what people say or write, which speaks for its maker, and verbs for making it."""

    def __init__(self) -> None:
        words: dict[str, Any] = read("lexicons/en/attribution_sources.yaml")
        self.nouns = frozenset(words["artefacts"])
        self.own = frozenset(words["own"])
        self.making = frozenset(words["making"])
        self.makers_of = frozenset(words["makers_of"])
        self.speaking = frozenset(words["speaking"])
        kinds: dict[str, Any] = read("lexicons/en/attribution_kinds.yaml")["kinds"]
        self.able = self.nouns.union(*kinds.values())


class Makers:
    """Find in one parse who made a report, and tell who or what can speak."""

    def __init__(self, parse: Parse, artefacts: Artefacts) -> None:
        self._parse = parse
        self._artefacts = artefacts

    def able(self, head: int) -> bool:
        """Whether a noun names someone, or something written, that can tell anything."""
        token = self._parse.tokens[head]
        if token.ent in _ABLE or token.pos in {"PROPN", "PRON"} or token.text[0].isupper():
            return True
        if token.lemma in self._artefacts.able or token.pos == "ADJ":
            return True
        words = [self._parse.tokens[i].lemma for i in self._parse.children(head, *_INSIDE)]
        return agents.load().find(token.text.lower(), token.lemma, lambda: words) is not None

    def of(self, artefact: int) -> list[int]:
        """Those who made a report ("a report released by X and Y", "data from X")."""
        parse = self._parse
        below = [artefact]
        below += [
            i for i in parse.children(artefact, "acl")
            if parse.tokens[i].lemma in self._artefacts.making
        ]  # fmt: skip
        preps = [
            by
            for at in below
            for by in parse.children(at, "prep", "agent")
            if self._leads_to_maker(artefact, by)
        ]
        makers = [
            i
            for by in preps
            for i in parse.children(by, "pobj")
            if parse.tokens[by].lemma == "by" or self.able(i)
        ]
        return [k for i in makers for k in parse.conjuncts(i) if self.speaks(k)]

    def _leads_to_maker(self, artefact: int, prep: int) -> bool:
        lemma = self._parse.tokens[prep].lemma
        if lemma in _MAKERS:
            return True
        noun = self._parse.tokens[artefact].lemma
        return lemma in {"of", "with"} and noun in self._artefacts.makers_of

    def carrier(self, noun: int) -> int:
        """The video in "a video posted on a channel showing …", else the noun itself."""
        for _, i in zip(range(_CLIMB), self._parse.ancestors(noun), strict=False):
            token = self._parse.tokens[i]
            if token.pos == "NOUN" and token.lemma in self._artefacts.nouns:
                return i
            if token.dep not in {"prep", "acl", "pobj", "agent"}:
                break
        return noun

    def speaks(self, at: int) -> bool:
        """Whether a noun, and no punctuation or verb, stands where a speaker should."""
        token = self._parse.tokens[at]
        return token.pos in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"} or bool(token.ent)
