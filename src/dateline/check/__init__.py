"""A dispatch checked against itself, the calendar, the gazetteer and the actor base."""

from dateline.check.step import Checks

__all__ = ["Checks"]
