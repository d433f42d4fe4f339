"""Families of reporting words: the format of their lexicon, and the lexicon by cue."""

from typing import Literal

from pydantic import Field

from dateline.knowledge import Entry

Stance = Literal["reports", "announces", "claims-responsibility", "alleges", "confirms", "denies"]


class Reporting(Entry):
    """A family of reporting words; see the head of the lexicon for its fields."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    content: tuple[str, ...]
    stance: Stance
    own: Stance | None = None
    quotes: bool = False
    back: frozenset[str] = frozenset()
    plain: bool = False
    source: Literal["subject", "object"] = "subject"
    voice: Literal["any", "able"] = "any"
    examples: dict[str, tuple[str | None, str]] = Field(default={})
    counter_examples: tuple[str, ...] = ()


class Lexicon:
    """The families of reporting words by verb, noun, adjective and first word of a phrase."""

    def __init__(self, known: dict[str, Reporting]) -> None:
        self.verbs: dict[str, list[tuple[str, Reporting]]] = {}
        self.nouns: dict[str, list[tuple[str, Reporting]]] = {}
        self.adjectives: dict[str, list[tuple[str, Reporting]]] = {}
        self.phrases: dict[str, list[tuple[str, Reporting, tuple[str, ...]]]] = {}
        for name, entry in known.items():
            for verb in entry.verbs:
                self.verbs.setdefault(verb, []).append((name, entry))
            for noun in entry.nouns:
                self.nouns.setdefault(noun, []).append((name, entry))
            for adjective in entry.adjectives:
                self.adjectives.setdefault(adjective, []).append((name, entry))
            for phrase in entry.phrases:
                first, *rest = phrase.split()
                self.phrases.setdefault(first, []).append((name, entry, tuple(rest)))

    def quoting(self, lemma: str) -> bool:
        """Whether a verb may introduce a quotation."""
        return any(entry.quotes for _, entry in self.verbs.get(lemma, ()))
