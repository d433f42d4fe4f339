"""Whether a text is news, told from the day it appears, or a narrative, told from its own past."""

from collections.abc import Sequence
from typing import Literal

from dateline.annotate.times.compose import Phrase

type Mode = Literal["news", "narrative"]

_STATED = 7  # a chronology states at least so many years …
_YEARS = 3  # … and this many different ones (an annual report tells of two) …
_LEAD = 600  # characters in which news says which day it is of
_PER_DEICTIC = 6  # … with so many dates for each word that points at the day of writing
_DEICTIC = frozenset({"today", "tonight", "yesterday", "tomorrow", "ago", "weekday", "last-weekday",
                      "this-weekday", "next-weekday", "last-night", "overnight", "last-unit",
                      "next-unit", "this-daypart"})  # fmt: skip


def narrates(phrases: Sequence[Phrase]) -> bool:
    """Whether the expressions are those of a narrative: many stated years, hardly a "yesterday"."""
    lead = (p.found_by.partition("#")[2] in _DEICTIC for p in phrases if p.start < _LEAD)
    years = [int(p.fields["year"]) for p in phrases if "year" in p.fields]
    if any(lead) or len(years) < _STATED or len(set(years)) < _YEARS:
        return False
    dated = sum(not p.fields.keys().isdisjoint({"year", "month"}) for p in phrases)
    pointing = sum(p.found_by.partition("#")[2] in _DEICTIC for p in phrases)
    return dated >= _PER_DEICTIC * pointing
