"""The rules of the checks (data in `knowledge/checks/`): what they say, how sure they are."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePath

from pydantic import Field

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import Entry, entries, listed
from dateline.model import Finding, Span

FOLDER = "checks"


class Rule(Entry):
    """One rule: `says` is a sentence with names in braces, `score` how sure a finding is.

    `limits` are its thresholds, `words` and `table` the words it goes by.
    """

    description: str
    says: str
    score: float = Field(gt=0, le=1)
    limits: Mapping[str, float] = Field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    table: Mapping[str, Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)
    found_by: str = ""

    def finding(self, span: Span, *others: Span, share: float = 1.0, **told: object) -> Finding:
        """What the rule says of these words; `share` lowers how sure it is."""
        says = self.says.format(**told)
        return Finding(span, self.found_by, says, round(self.score * share, 2), others)

    def any_of(self, kind: str) -> str:
        """Its words of a kind as alternatives of a pattern, the longest first."""
        return alternatives(self.words[kind])


type Rules = dict[str, Rule]


@cache
def load() -> Rules:
    """All rules by name.

    Raises:
        KnowledgeError: A file breaks the format, or two rules have one name.
    """
    found: Rules = {}
    for path in listed(FOLDER):
        stem = PurePath(path).stem
        for name, rule in entries(path, Rule).items():
            if name in found:
                raise KnowledgeError(f"{path}: '{name}': another rule has this name")
            found[name] = rule.model_copy(update={"found_by": f"{FOLDER}/{stem}#{name}"})
    return found


def alternatives(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, the longest first, any white space between them."""
    longest = sorted(words, key=lambda x: (-len(x), x))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)
