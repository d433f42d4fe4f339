"""The words around names that tell places from people and provinces from towns."""

from dataclasses import dataclass, fields
from functools import lru_cache

from dateline.knowledge.loader import Entry, entries

PATH = "gazetteer/cues.yaml"


class CueEntry(Entry):
    """One list of cue words with the sentences that prove it."""

    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


ARTICLES = frozenset({"al", "el", "ad", "as", "ash", "an", "at", "az"})


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The cue words by what they tell; `lowered` are those a name may begin with."""

    lowered: frozenset[str]

    levels: dict[str, str]
    plural: frozenset[str]
    locative: frozenset[str]
    site: frozenset[str]
    named_first: frozenset[str]
    direction: frozenset[str]
    soil: frozenset[str]
    title: frozenset[str]
    common: frozenset[str]
    part: frozenset[str]
    taken: frozenset[str]
    institution: frozenset[str]
    struck: frozenset[str]
    office: frozenset[str]
    branched: frozenset[str]
    stative: frozenset[str]
    addressed: frozenset[str]
    relation: frozenset[str]
    person: frozenset[str]
    ruled: frozenset[str]

    def level_of(self, word: str) -> str | None:
        """The level a type word tells, if it is one ("oblast": adm1)."""
        return self.levels.get(word.lower())


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The cue words of the package."""
    lists = {name: frozenset(e.words) for name, e in entries(PATH, CueEntry).items()}
    levels = {word: level for level in ("town", "adm2", "adm1") for word in lists[level]}
    plural = frozenset(w for w in levels if w.endswith("s"))
    rest = fields(Cues)[3:]
    lowered = lists["direction"] | ARTICLES
    return Cues(lowered, levels, plural, *(lists[field.name] for field in rest))
