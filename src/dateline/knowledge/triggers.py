"""Trigger rules: which words may name an event of which type (data in `rules/en/`)."""

from functools import lru_cache

from pydantic import Field, model_validator

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import Entry, entries, listed

NON_EVENTS = "lexicons/en/non_events.yaml"
PEOPLE = "@people"  # in `with`: the object names people


class TriggerRule(Entry):
    """Words of one event type, and what must or must not stand around them.

    `verbs`, `nouns` and `adjectives` are lemmas (or forms in lower case); a phrase is a sequence of
    lemmas. With `with`, one of these lemmas must stand in the neighbourhood
    (`extract/triggers.py`) or, for `@people`, the act be done to people; with `without`, none may.
    `sure` words name an event wherever the rule fits, even if the classifier, which has seen few of
    them, doubts it.
    """

    type: str
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    needs: frozenset[str] = Field(default=frozenset(), alias="with")
    without: frozenset[str] = frozenset()
    sure: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_words(self) -> "TriggerRule":
        if not (self.verbs or self.nouns or self.adjectives or self.phrases):
            raise ValueError("needs at least one of verbs, nouns, adjectives, phrases")
        return self


def load(paths: tuple[str, ...] | None = None) -> dict[str, TriggerRule]:
    """All trigger rules by id (`file-stem#entry`), those of the package unless `paths` are given.

    Raises:
        KnowledgeError: A file breaks the format, or names an unknown type or mode.
    """
    types = ontology()
    rules = {}
    for path in paths or tuple(listed("rules/en")):
        stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        for name, rule in entries(path, TriggerRule).items():
            modes = types.get(rule.type)
            if modes is None or (rule.mode is not None and rule.mode not in modes):
                unknown = f"{rule.type} {rule.mode or ''}".strip()
                raise KnowledgeError(f"{path}: '{name}': no {unknown} in ontology/plover.yaml")
            rules[f"{stem}#{name}"] = rule
    return rules


class NonEvent(Entry):
    """Words that name no event beside certain others; see the head of the lexicon."""

    words: tuple[str, ...] = Field(min_length=1)
    beside: frozenset[str] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)


def non_events() -> dict[str, tuple[NonEvent, ...]]:
    """The entries of the lexicon of non-events by lemma.

    Raises:
        KnowledgeError: The file breaks the format.
    """
    found: dict[str, tuple[NonEvent, ...]] = {}
    for entry in entries(NON_EVENTS, NonEvent).values():
        for word in entry.words:
            found[word] = (*found.get(word, ()), entry)
    return found


@lru_cache(maxsize=1)
def ontology() -> dict[str, tuple[str, ...]]:
    """The modes of each PLOVER event type."""
    from dateline.knowledge.loader import read

    return {
        name: tuple(fields.get("modes") or ())
        for name, fields in read("ontology/plover.yaml")["types"].items()
    }
