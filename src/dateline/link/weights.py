"""The weighted features by which claims are compared, as the knowledge file lists them."""

from functools import cache
from typing import Any

from dateline.knowledge import Entry, entries

WEIGHTS = "link/weights.yaml"
REVISION = "link-1"  # of features and weights; what machine judgements are signed with


class Weight(Entry):
    """A feature: its weight (log odds), what it says, and pairs that must and must not show it."""

    weight: float
    says: str
    fires: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = ()
    silent: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = ()


@cache
def load(path: str = WEIGHTS) -> dict[str, Weight]:
    """The features by name.

    Raises:
        KnowledgeError: An entry breaks the format.
    """
    return entries(path, Weight)
