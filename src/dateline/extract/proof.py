"""Run the examples of trigger rules: what each must match and must not."""

from collections.abc import Callable, Iterator, Mapping

from dateline.extract.triggers import Triggers
from dateline.knowledge.triggers import TriggerRule
from dateline.model import Annotated


def faults(
    rules: Mapping[str, TriggerRule], parsed: Callable[[str], Annotated]
) -> Iterator[tuple[str, str]]:
    """Rule id and fault for each example a rule misses and each counter-example it matches.

    `parsed` turns a text into a parsed document.
    """
    for rule_id, rule in rules.items():
        finder = Triggers({rule_id: rule})
        for text in rule.examples:
            if not finder(parsed(text).parse):
                yield rule_id, f"misses its example: {text}"
        for text in rule.counter_examples:
            if finder(parsed(text).parse):
                yield rule_id, f"matches its counter-example: {text}"
