"""From the claims of many dispatches to incidents, and what they tell together."""

from dateline.link.linking import Linker, link
from dateline.link.policies import DEFAULT, policies
from dateline.link.relinking import relink
from dateline.link.timelines import timelines

__all__ = ["DEFAULT", "Linker", "link", "policies", "relink", "timelines"]
