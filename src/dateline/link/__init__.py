"""From the claims of many dispatches to incidents, and what they tell together."""

from dateline.link.linking import Linker, link
from dateline.link.policies import DEFAULT, policies
from dateline.link.timelines import timelines

__all__ = ["DEFAULT", "Linker", "link", "policies", "timelines"]
