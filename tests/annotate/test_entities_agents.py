"""Every entry of the agent lexicon is tried on its own examples."""

from collections.abc import Callable

import pytest

from dateline.annotate.entities import Entities
from dateline.knowledge.agents import PATH, Agent
from dateline.knowledge.loader import entries
from dateline.model import Annotated, EntityMention

KNOWN = entries(PATH, Agent)


@pytest.fixture(scope="module")
def found_by(parsed: Callable[..., Annotated]) -> Callable[[str], set[str]]:
    step = Entities()

    def run(text: str) -> set[str]:
        return {m.found_by for m in parsed(text, steps=[step])[EntityMention]}

    return run


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_examples_are_found(name: str, found_by: Callable[[str], set[str]]) -> None:
    for text in KNOWN[name].examples:
        assert f"agents#{name}" in found_by(text), text


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_counter_examples_are_not(name: str, found_by: Callable[[str], set[str]]) -> None:
    for text in KNOWN[name].counter_examples:
        assert f"agents#{name}" not in found_by(text), text
