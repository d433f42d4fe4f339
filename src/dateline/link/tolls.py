"""The tolls of a claim by kind and side, added up."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from dateline.knowledge import Entry, entries
from dateline.knowledge.geography import fold
from dateline.link.words import sentence
from dateline.model import Claim, Count

OWN, OTHER = "attackers", "victims"


class _Nouns(Entry):
    words: frozenset[str]


class _Harm(Entry):
    words: tuple[str, ...]
    otherwise: str = ""


class Toll(NamedTuple):
    """How many, as bounds (None: open); `who` are the nouns counted."""

    low: int | None
    best: int | None
    high: int | None
    who: str = ""

    @property
    def figure(self) -> int:
        """The one figure that stands for it."""
        return next((x for x in (self.best, self.low, self.high) if x is not None), 0)


@cache
def _nouns() -> dict[str, frozenset[str]]:
    return {name: entry.words for name, entry in entries("link/sides.yaml", _Nouns).items()}


def side(count: Count) -> str:
    """Whether those counted are of the attacking side, as their noun tells."""
    words = fold(count.who).split()
    return OWN if words and words[-1] in _nouns()[OWN] else OTHER


@cache
def _harm() -> dict[str, _Harm]:
    return entries("link/harm.yaml", _Harm)


def borne_out(kind: str, words: str) -> str:
    """The kind of harm that the words of a sentence bear out.

    >>> borne_out("killed", "Four people were shot outside a bar.")
    'injured'
    """
    known = _harm()
    low = fold(words).split()
    if kind != "killed" or any(word.startswith(known["killed"].words) for word in low):
        return kind
    struck = any(word.startswith(known["struck"].words) for word in low)
    return known["struck"].otherwise if struck else kind


def tolls(claim: Claim, text: str) -> dict[tuple[str, str], Toll]:
    """The toll of a claim per kind and side: groups are added up, parts of a total are not."""
    groups: dict[tuple[str, str], list[Count]] = {}
    for reading in claim.slots.counts:
        count = reading.value
        if count.kind == "killed":
            at = reading.evidence[0] if reading.evidence else claim.trigger
            kind = borne_out(count.kind, f"{sentence(text, at)} {sentence(text, claim.trigger)}")
            count = replace(count, kind=kind)
        groups.setdefault((count.kind, side(count)), []).append(count)
    return {key: _added(found) for key, found in groups.items()}


def _added(counts: list[Count]) -> Toll:
    """One toll of several counts: alternatives by source keep the widest, groups add up."""
    if len({c.source for c in counts}) > 1:
        return Toll(
            min((x for c in counts for x in (c.low, c.best) if x is not None), default=None),
            counts[0].best,
            max((x for c in counts for x in (c.high, c.best) if x is not None), default=None),
            _joined(counts),
        )
    whole = [c for c in counts if _total(c)]
    if whole:
        most = max(whole, key=lambda c: c.best or c.low or 0)
        rest = sum(c.best or c.low or 0 for c in counts if not _total(c))
        if (most.best or most.low or 0) >= rest:
            return Toll(most.low, most.best, most.high, most.who)
    distinct = list({fold(c.who): c for c in counts}.values())
    return Toll(
        _sum([c.low if c.low is not None else c.best for c in distinct]),
        _sum([c.best for c in distinct]),
        _sum([c.high for c in distinct]),
        _joined(distinct),
    )


def _total(count: Count) -> bool:
    words = fold(count.who).split()
    return not words or words[-1] in _nouns()["anyone"]


def _sum(values: Iterable[int | None]) -> int | None:
    told = list(values)
    known = [x for x in told if x is not None]
    return sum(known) if len(known) == len(told) else None


def _joined(counts: list[Count]) -> str:
    return ", ".join(dict.fromkeys(c.who for c in counts if c.who))
