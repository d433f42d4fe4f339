"""Whom a telling rests on, and how far voices of its kind are believed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.knowledge import Entry, entries, read
from dateline.knowledge.geography import fold
from dateline.knowledge.parties import load as actor_base
from dateline.model import Claim, Record, Sourcing

_SECTORS = {
    **dict.fromkeys(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"), "official"),
    **dict.fromkeys(("REB", "UAF", "PRM", "CRM", "PTY", "OPP"), "party"),
    **dict.fromkeys(("NGO", "REL", "LAB"), "rights-group"),
    **dict.fromkeys(("IGO",), "international"),
    **dict.fromkeys(("JRN",), "media"),
    **dict.fromkeys(("MED", "EDU", "ELI"), "expert"),
    **dict.fromkeys(("CVL", "REF", "SOC"), "witness"),
}
_KINDS = "lexicons/en/attribution_kinds.yaml"
OFFICIAL = frozenset({"official", "international"})


class _Prior(Entry):
    belief: float
    says: str


class _Stance(Entry):
    factor: float


@dataclass(frozen=True, slots=True)
class Voice:
    """What a telling rests on.

    `key` is "source:NAME" where a named source is quoted (whoever quotes it), else "origin:ID", the
    dispatch that the telling first appeared in; `kind` is an entry of the priors file.
    """

    key: str
    kind: str
    stance: str = "reports"

    @property
    def weight(self) -> float:
        """How far it speaks for the occurrence, from -1 to 1."""
        return priors()[self.kind] * stances().get(self.stance, 1.0)


@cache
def priors() -> dict[str, float]:
    """The belief in each kind of voice."""
    return {name: entry.belief for name, entry in entries("link/priors.yaml", _Prior).items()}


@cache
def stances() -> dict[str, float]:
    """What each stance makes of a belief."""
    return {name: entry.factor for name, entry in entries("link/stances.yaml", _Stance).items()}


@cache
def _heads() -> dict[str, str]:
    told: Mapping[str, list[str]] = read(_KINDS)["kinds"]
    return {word: kind for kind, words in told.items() for word in words}


@lru_cache(maxsize=65536)
def kind_of(name: str) -> str:
    """The kind of a source by its name: an entry of the priors file.

    >>> kind_of("two officers"), kind_of("residents"), kind_of("a report")
    ('unnamed', 'witness', 'document')
    """
    hits = actor_base().find(name)
    sectors = [hit.actor.sector for hit in hits if hit.actor.sector]
    if sectors:
        return _SECTORS.get(sectors[0], "unknown")
    for word in reversed(fold(name).split()):
        kind = _heads().get(word) or _heads().get(word.removesuffix("s"))
        if kind:
            return "unnamed" if kind == "official" and not _named(name) else kind
    return "unknown"


def _named(name: str) -> bool:
    return name[:1].isupper()


def voice(claim: Claim, record: Record, origin: str, source: Sourcing | None) -> Voice:
    """The voice of what a claim says, by one of its sources or, without, by its dispatch."""
    if source is None:
        return Voice(f"origin:{origin}", "own-voice", "reports")
    kind = kind_of(source.name)
    if partisan(source.name, claim):
        kind = "party"
    apart = not _named(source.name) or fold(source.name) == fold(record.document.publisher)
    key = f"origin:{origin}" if apart else f"source:{source.name}"
    return Voice(key, kind, source.stance)


def partisan(name: str, claim: Claim) -> bool:
    """Whether a source is itself a party to the event."""
    sides = (*claim.slots.actors, *claim.slots.recipients)
    return any(fold(party.value.name) == fold(name) for party in sides)


def voices(claim: Claim, record: Record, origin: str) -> list[Voice]:
    """The voices of a claim: its sources, else its dispatch."""
    told: list[Sourcing | None] = [reading.value for reading in claim.slots.sources]
    return [voice(claim, record, origin, source) for source in told or [None]]


def confidence(found: Iterable[Voice]) -> float:
    """How sure an occurrence is: independent voices add up, denials take away.

    >>> round(confidence([Voice("a", "own-voice"), Voice("b", "own-voice")]), 2)
    0.91
    """
    best: dict[str, float] = {}
    against = 0.0
    for one in found:
        if one.weight < 0:
            against = max(against, -one.weight)
        else:
            best[one.key] = max(best.get(one.key, 0.0), min(one.weight, 0.95))
    doubt = 1.0
    for weight in best.values():
        doubt *= 1 - weight
    return round(min(0.99, max(0.01, (1 - doubt) * (1 - 0.5 * against))), 3)
