"""Contradictions within an incident: who, how many, when, where, and whether at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from dateline.link.agree import parties_agree, periods_agree, places_agree, toll_of
from dateline.link.figures import figure, whole
from dateline.link.reconcile import Told
from dateline.link.score import compatible
from dateline.model import Period
from dateline.model.incident import Agreement, Conflict, Incident, Settled, Telling

_WEIGHTS = {"status": 1.0, "killed": 0.9, "actors": 0.8, "time": 0.4, "places": 0.4}
_POINTS = frozenset({"site", "town"})
_OTHER = 0.6  # weight of the tolls that are not listed


def conflicts(incidents: Iterable[Incident], claims: Mapping[str, Told]) -> tuple[Conflict, ...]:
    """All contradictions, the weightiest first."""
    found = [x for incident in incidents for x in _of(incident, claims)]
    return tuple(sorted(found, key=lambda x: (-x.weight, x.incident, x.slot, x.sides)))


def _of(incident: Incident, claims: Mapping[str, Told]) -> Iterator[Conflict]:
    yield from _whether(incident, claims)
    for count in incident.counts:
        if count.agreement is Agreement.DISPUTED:
            yield from _figures(incident, count)
    yield from _named(incident, "actors", _named_parties(incident), parties_agree)
    yield from _named(incident, "places", _towns(incident), places_agree)
    if incident.time is not None and incident.time.agreement is Agreement.DISPUTED:
        yield from _sided(incident, "time", incident.time.tellings, _period, periods_agree)


def _whether(incident: Incident, claims: Mapping[str, Told]) -> Iterator[Conflict]:
    """Some say that it happened, others that it did not."""
    affirm = [t for t in incident.status.tellings if t.value not in {"negated", "hypothetical"}]
    deny = [t for t in incident.status.tellings if t.value == "negated"]
    if not affirm or not deny:
        return
    says = (f"{_voices(affirm)}: it happened", f"{_voices(deny)}: it did not")
    sides = (_claims(affirm), _claims(deny))
    yield Conflict(
        incident.id, "status", says, sides, _weight(incident, "status", affirm, deny),
        _answered(affirm, deny, claims),
    )  # fmt: skip


def _answered(
    affirm: Sequence[Telling[str]], deny: Sequence[Telling[str]], claims: Mapping[str, Told]
) -> bool:
    """Whether a voice that affirms it keeps to its word in a dispatch after the denial."""
    denied = min((t.published for t in deny if t.published), default=None)
    if denied is None:
        return False
    denying = {v.key for t in deny for v in claims[t.claim].voices if v.stance == "denies"}
    return any(t.voice not in denying and _after(t.published, denied) for t in affirm)


def _after(day: date | None, other: date) -> bool:
    return day is not None and day > other


def _figures(incident: Incident, count: Settled[Any]) -> Iterator[Conflict]:
    tellings = whole(count.tellings)
    sides = _split(tellings, lambda a, b: compatible(toll_of(a), toll_of(b)))
    if len(sides) < 2:
        return
    sides.sort(key=lambda side: figure(side[0]))
    says = tuple(f"{_voices(side)}: {_toll(side[0])}" for side in sides)
    slot = count.value.kind
    spread = 1 - figure(sides[0][0]) / max(1, figure(sides[-1][0]))
    weight = _weight(incident, slot, *sides) * (0.5 + 0.5 * spread)
    yield Conflict(incident.id, slot, says, tuple(map(_claims, sides)), round(weight, 3))


def _toll(telling: Telling[Any]) -> str:
    count = telling.value
    least = "at least " if count.high is None and count.low is not None else ""
    return f"{least}{figure(telling)} {count.who} {count.kind}".replace("  ", " ")


def _named_parties(incident: Incident) -> list[Telling[Any]]:
    named = (a for a in incident.actors if a.value.name[:1].isupper())
    return [telling for a in named for telling in a.tellings]


def _towns(incident: Incident) -> list[Telling[Any]]:
    return [t for p in incident.places for t in p.tellings if t.value.level in _POINTS]


def _named(
    incident: Incident,
    slot: str,
    tellings: Sequence[Telling[Any]],
    same: Callable[[Any, Any], bool],
) -> Iterator[Conflict]:
    """Different names that no single telling gives together."""
    sides = _split(tellings, same)
    together = [set(_claims(side)) for side in sides]
    if any(not a.isdisjoint(b) for a, b in combinations(together, 2)) or len(sides) < 2:
        return
    says = tuple(f"{_voices(side)}: {side[0].value.name}" for side in sides)
    weight = _weight(incident, slot, *sides)
    yield Conflict(incident.id, slot, says, tuple(map(_claims, sides)), weight)


def _period(period: Period) -> str:
    return period.start if period.start == period.end else f"{period.start} to {period.end}"  # type: ignore[return-value]


def _sided(
    incident: Incident,
    slot: str,
    tellings: Sequence[Telling[Any]],
    show: Callable[[Any], str],
    same: Callable[[Any, Any], bool],
) -> Iterator[Conflict]:
    sides = _split(tellings, same)
    if len(sides) > 1:
        says = tuple(f"{_voices(side)}: {show(side[0].value)}" for side in sides)
        weight = _weight(incident, slot, *sides)
        yield Conflict(incident.id, slot, says, tuple(map(_claims, sides)), weight)


def _split(
    tellings: Sequence[Telling[Any]], same: Callable[[Any, Any], bool]
) -> list[list[Telling[Any]]]:
    """Tellings by what they say: each joins the first side it fits with throughout."""
    sides: list[list[Telling[Any]]] = []
    for telling in tellings:
        fits = (s for s in sides if all(same(telling.value, other.value) for other in s))
        side = next(fits, None)
        if side is None:
            sides.append([telling])
        else:
            side.append(telling)
    return sides


def _claims(side: Sequence[Telling[Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(telling.claim for telling in side))


def _voices(side: Sequence[Telling[Any]]) -> str:
    """Who is of a side, in words."""
    return ", ".join(dict.fromkeys(_name(telling) for telling in side))


def _name(telling: Telling[Any]) -> str:
    if telling.voice.startswith("source:"):
        return telling.voice.removeprefix("source:")
    return telling.publisher or "a dispatch"


def _weight(incident: Incident, slot: str, *sides: Sequence[Telling[Any]]) -> float:
    """How much a contradiction matters: by slot, and by how evenly voices are split."""
    voices = [len({t.voice for t in side}) for side in sides]
    second = sorted(voices)[-2] if len(voices) > 1 else 0
    even = second / max(1, max(voices))
    size = min(1.0, 0.6 + 0.1 * incident.voices)
    return round(_WEIGHTS.get(slot, _OTHER) * (0.6 + 0.4 * even) * size, 3)
