"""Common nouns for parties and the sectors they stand for (data in `lexicons/en/agents.yaml`)."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import Entry, entries
from dateline.knowledge.parties import KINDS, SECTORS

PATH = "lexicons/en/agents.yaml"
_REMEMBERED = 50_000  # nouns whose entries are kept at hand


class Agent(Entry):
    """Nouns that name parties of one sector; see the head of the file for the fields.

    Without a `sector` the noun names a party only through a modifier or an of-phrase. The words in
    `alike` all take the entry's `name`; the others name their party themselves.
    Where `of` is false an of-phrase does not tell the party ("a report of clashes"). `several` is
    the country of the plural where none is told ("INT" for "our allies", "" for none). `named` is
    the sector of a proper name with the word, where it is another ("the Green Party").
    """

    words: tuple[str, ...] = Field(min_length=1)
    alike: frozenset[str] = frozenset()
    kind: str
    sector: str | None = None
    state: str | None = None
    name: str | None = None
    country: str | None = None
    domestic: bool = False
    named: str | None = None
    several: Literal["INT", ""] | None = None
    open: bool = False
    of: bool = True
    role: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _known_codes(self) -> "Agent":
        for sector in (self.sector, self.named):
            if sector is not None and sector not in SECTORS:
                raise ValueError(f"unknown sector '{sector}'")
        if not self.alike <= set(self.words):
            raise ValueError("a word in 'alike' is not in 'words'")
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind '{self.kind}'")
        if self.state not in {None, "military", "police", "legislature", "government"}:
            raise ValueError(f"unknown state body '{self.state}'")
        return self


class Match(NamedTuple):
    """The phrase of an entry that fits a noun, and the entry's id."""

    found_by: str
    entry: Agent
    phrase: str


class Agents:
    """The lexicon, by head noun."""

    def __init__(self, known: dict[str, Agent]) -> None:
        self._heads: dict[str, list[tuple[frozenset[str], Match]]] = {}
        for name, entry in known.items():
            for phrase in entry.words:
                *modifiers, head = phrase.split()
                match = Match(f"agents#{name}", entry, phrase)
                self._heads.setdefault(head, []).append((frozenset(modifiers), match))
        for phrases in self._heads.values():
            phrases.sort(key=lambda x: -len(x[0]))
        self._seen: dict[tuple[str, str], tuple[tuple[frozenset[str], Match], ...]] = {}

    def heads(self, noun: str, lemma: str) -> bool:
        """Whether some phrase has this head; `noun` is the word as written, in lower case."""
        return bool(self._known(noun, lemma))

    def _known(self, noun: str, lemma: str) -> tuple[tuple[frozenset[str], Match], ...]:
        key = noun, lemma
        known = self._seen.get(key)
        if known is None:
            forms = dict.fromkeys((lemma, noun, noun.removesuffix("s")))
            known = tuple(x for form in forms for x in self._heads.get(form, ()))
            if len(self._seen) < _REMEMBERED:
                self._seen[key] = known
        return known

    def find(self, noun: str, lemma: str, modifiers: Callable[[], Collection[str]]) -> Match | None:
        """The longest phrase with this head whose other words are all among `modifiers`.

        `noun` is the head as written, in lower case. The modifiers are asked for only where a
        phrase needs some.
        """
        known = self._known(noun, lemma)
        if not known:
            return None
        told: Collection[str] | None = None
        for needed, match in known:
            if needed and told is None:
                told = modifiers()
            if not needed or needed.issubset(told or ()):
                return match
        return None


@cache
def load() -> Agents:
    """The agent lexicon of this package.

    Raises:
        KnowledgeError: An entry breaks the format, or two entries share a phrase.
    """
    known = entries(PATH, Agent)
    seen: dict[str, str] = {}
    for name, entry in known.items():
        for phrase in entry.words:
            if phrase in seen:
                raise KnowledgeError(f"{PATH}: '{name}': '{phrase}' is also in '{seen[phrase]}'")
            seen[phrase] = name
    return Agents(known)
