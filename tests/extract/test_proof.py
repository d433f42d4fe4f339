"""Every trigger rule proves itself: its own examples are its tests."""

from collections.abc import Callable

import pytest

from dateline.extract.proof import faults
from dateline.knowledge.triggers import TriggerRule, load
from dateline.model import Annotated

RULES = load()


@pytest.mark.parametrize("rule_id", RULES)
def test_rule_matches_its_examples_only(rule_id: str, parsed: Callable[..., Annotated]) -> None:
    assert list(faults({rule_id: RULES[rule_id]}, parsed)) == []


def test_a_broken_rule_is_found(parsed: Callable[..., Annotated]) -> None:
    rule = TriggerRule.model_validate(
        {"type": "AID", "verbs": ["feed"], "examples": ["They sang."],
         "counter_examples": ["The agency fed them."]}
    )  # fmt: skip
    found = [fault for _, fault in faults({"x#y": rule}, parsed)]
    assert found == [
        "misses its example: They sang.",
        "matches its counter-example: The agency fed them.",
    ]
