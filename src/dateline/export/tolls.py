"""The dead of an incident, by side: what the layouts of other sets ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.export.view import View
from dateline.knowledge import Entry, entries
from dateline.model import Count
from dateline.model.incident import Agreement, Settled

VICTIMS = "crosswalks/victims.yaml"
UNKNOWN = "unknown"


class Nouns(Entry):
    """The nouns that count the dead of one side."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many: the lowest and highest of all tellings, and what the policy makes of them."""

    low: int = 0
    best: int = 0
    high: int = 0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.low + other.low, self.best + other.best, self.high + other.high)

    def above(self, other: "Figure") -> "Figure":
        """What a total holds beyond its parts; never below 0."""
        return Figure(
            max(0, self.low - other.low),
            max(0, self.best - other.best),
            max(0, self.high - other.high),
        )

    def most(self, other: "Figure") -> "Figure":
        """The higher of each bound: a count that may be part of another adds nothing."""
        return Figure(
            max(self.low, other.low), max(self.best, other.best), max(self.high, other.high)
        )


def killed(view: View) -> tuple[Settled[Count], ...]:
    """The settled counts of people killed."""
    return tuple(x for x in view.incident.counts if x.value.kind == "killed")


def dead(view: View) -> Mapping[str, Figure]:
    """The dead by side: "state", "armed", "civilians" and "unknown"; empty where none are told.

    Of several counts of one side the highest stands, since one may be part of another (children of
    civilians). A count that tells no side is taken for the total of all sides.
    """
    found: dict[str, Figure] = {}
    for count in killed(view):
        told = figure(count)
        if told is not None:
            side = side_of(count.value.who)
            found[side] = told.most(found.get(side, Figure()))
    if UNKNOWN in found:
        parts = _sum(x for side, x in found.items() if side != UNKNOWN)
        found[UNKNOWN] = found[UNKNOWN].above(parts)
    return found


def total(view: View) -> Figure | None:
    """The dead of all sides; None where no dispatch tells how many."""
    found = dead(view)
    return _sum(found.values()) if found else None


def conservative(view: View) -> int | None:
    """The dead as the most cautious reading has them: of disputed figures the lowest."""
    found = total(view)
    if found is None:
        return None
    disputed = any(x.agreement is Agreement.DISPUTED for x in killed(view))
    return found.low if disputed else found.best


def figure(count: Settled[Count]) -> Figure | None:
    """The bounds over all tellings of a count and its settled value; None if it has no number."""
    best = _first(count.value.best, count.value.low, count.value.high)
    if best is None:
        return None
    told = [x.value for x in count.tellings] or [count.value]
    lows = [_first(x.low, x.best, x.high) for x in told]
    highs = [_first(x.high, x.best, x.low) for x in told]
    low = min((x for x in lows if x is not None), default=best)
    high = max((x for x in highs if x is not None), default=best)
    return Figure(min(low, best), best, max(high, best))


def side_of(who: str) -> str:
    """Whose dead a noun counts.

    >>> side_of("Malian soldiers"), side_of("people")
    ('state', 'unknown')
    """
    words = who.lower().split()
    for side, nouns in _nouns().items():
        if any(word in nouns or word.removesuffix("s") in nouns for word in reversed(words)):
            return side
    return UNKNOWN


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(x.words) for name, x in entries(VICTIMS, Nouns).items()}


def _sum(figures: Iterable[Figure]) -> Figure:
    return sum(figures, Figure())


def _first(*numbers: int | None) -> int | None:
    return next((x for x in numbers if x is not None), None)
