"""The named policies by which one value is made of several tellings."""

from functools import cache

from dateline.errors import ConfigError
from dateline.knowledge import Entry, entries

DEFAULT = "conservative"


class Policy(Entry):
    """How the figure of a toll is picked, and what the policy says in words."""

    pick: str
    says: str


@cache
def policies() -> dict[str, Policy]:
    """All policies by name."""
    return entries("link/policies.yaml", Policy)


def policy(name: str) -> Policy:
    """The policy of that name.

    Raises:
        ConfigError: There is none; names those there are.
    """
    found = policies().get(name)
    if found is None:
        raise ConfigError(f"policy '{name}' is none of {', '.join(policies())}")
    return found
