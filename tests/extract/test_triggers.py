"""Words that name no event beside certain others."""

from typing import Any

import pytest

from dateline.extract.triggers import candidates
from dateline.knowledge import entries
from dateline.knowledge.triggers import NON_EVENTS, NonEvent, non_events

ENTRIES = entries(NON_EVENTS, NonEvent)


def left_out(parse: Any, entry: NonEvent) -> set[str]:
    """Lemmas of the entry that are candidates without the lexicon, but not with it."""
    kept = set(candidates(parse, non_events()))
    return {parse.tokens[i].lemma for i in candidates(parse) if i not in kept} & set(entry.words)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, entry in ENTRIES.items() for text in entry.examples]
)
def test_examples_are_no_candidates(parsed: Any, name: str, text: str) -> None:
    assert left_out(parsed(text).parse, ENTRIES[name])


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, entry in ENTRIES.items() for text in entry.counter_examples],
)
def test_counter_examples_stay_candidates(parsed: Any, name: str, text: str) -> None:
    assert not left_out(parsed(text).parse, ENTRIES[name])
