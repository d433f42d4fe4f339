"""What must hold of the one dispatch the project was started for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dateline.model import Claim, Record

DISPATCH = "seed_mali-withdrawal"
LEAST_FOUND = 15


class Check(NamedTuple):
    """One expectation, and whether it holds."""

    what: str
    holds: bool


def checks(record: Record, found: int) -> Iterator[Check]:
    """The expectations of the record; `found` is how many gold events have the right type."""
    yield Check(f"at least {LEAST_FOUND} gold events found ({found})", found >= LEAST_FOUND)
    for what, holds in _EXPECTED.items():
        yield Check(what, any(holds(record.document.text, claim) for claim in record.claims))


def _killing(text: str, claim: Claim) -> bool:
    tolls = {(x.value.kind, x.value.best) for x in claim.slots.counts}
    victims = " ".join(x.value.name.lower() for x in claim.slots.recipients)
    return (
        claim.type.value == "ASSAULT"
        and ("killed", 132) in tolls
        and "civilians" in victims
        and not _blames_the_state(text, claim)
    )


def _blames_the_state(text: str, claim: Claim) -> bool:
    quoted = {span.of(text) for actor in claim.slots.actors for span in actor.evidence}
    named = {actor.value.name for actor in claim.slots.actors}
    return not (quoted | named).isdisjoint({"Mali", "Government of Mali", "Malian Armed Forces"})


def _withdrawal(text: str, claim: Claim) -> bool:
    announced = _sentence(text, claim.trigger.start)
    return (
        claim.type.value == "RETREAT"
        and claim.slots.status.value == "planned"
        and "in February" in announced
    )


def _executions(text: str, claim: Claim) -> bool:
    triggers = " ".join(span.of(text) for span in (claim.trigger, *claim.mentions))
    stances = {source.value.stance for source in claim.slots.sources}
    return (
        claim.type.value == "ASSAULT"
        and "executions" in triggers
        and claim.slots.status.value == "alleged"
        and "denies" in stances
    )


def _crossing(text: str, claim: Claim) -> bool:
    triggers = {span.of(text) for span in (claim.trigger, *claim.mentions)}
    sources = [
        f"{source.value.name} {' '.join(span.of(text) for span in source.evidence)}"
        for source in claim.slots.sources
    ]
    return (
        claim.type.value == "RETREAT"
        and "crossed" in triggers
        and any("French Ministry" in source for source in sources)
    )


def _sentence(text: str, offset: int) -> str:
    """The line around an offset: the dispatch has one paragraph a line."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : end if end >= 0 else len(text)]


_EXPECTED: dict[str, Callable[[str, Claim], bool]] = {
    "the June killing: 132 killed, civilians, and Mali is no actor": _killing,
    "the withdrawal announced in February is planned": _withdrawal,
    "the executions are alleged, and a source denies them": _executions,
    "the border crossing is credited to the French ministry": _crossing,
}
