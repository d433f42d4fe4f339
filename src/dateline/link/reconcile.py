"""One incident of several claims: per slot what all say, and the value a policy makes of it."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.knowledge.geography import fold
from dateline.link.agree import parties_agree, periods_agree, places_agree, precision
from dateline.link.cluster import Group
from dateline.link.figures import settle_counts
from dateline.link.policies import DEFAULT
from dateline.link.voices import Voice, confidence, voices
from dateline.model import Claim, Party, Period, Place, Record
from dateline.model.incident import Agreement, Incident, Settled, Telling

_SURENESS = ("actual", "ongoing", "alleged", "planned", "hypothetical", "negated")
_FORCES = frozenset({"MIL", "COP", "SPY"})
_STATE = "Government of "  # the name of a state as a party; a minister stays a party of his own
_FINE = ("site", "town", "border", "adm2", "sea", "adm1", "region", "country")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its dispatch and the voices it rests on; `original` unless that is a reprint."""

    claim: Claim
    record: Record
    voices: tuple[Voice, ...]
    original: bool = True

    @property
    def key(self) -> str:
        """The voice that counts for the telling: the first that does not deny it."""
        return next((v.key for v in self.voices if v.stance != "denies"), self.voices[0].key)

    @property
    def published(self) -> date | None:
        """When the dispatch appeared."""
        return self.record.document.published

    def telling[T](self, value: T, key: str | None = None) -> Telling[T]:
        """A value this claim tells, with what it rests on."""
        document = self.record.document
        sources = tuple(reading.value for reading in self.claim.slots.sources)
        return Telling(
            value, self.claim.id, sources, document.publisher, document.published, key or self.key
        )


def told(claim: Claim, record: Record, origin: str) -> Told:
    """A claim with the voices it rests on; `origin` is the text its dispatch goes back to."""
    first = record.document.id == origin
    return Told(claim, record, tuple(voices(claim, record, origin)), first)


def incident(group: Group, found: Sequence[Told], policy: str = DEFAULT) -> Incident:
    """The incident of a group of claims, in the order of their publication."""
    days = [x.published for x in found if x.published]
    everyone = [voice for x in found for voice in x.voices]
    speaking = {voice.key for voice in everyone if voice.stance != "denies"}
    return Incident(
        id=group.id,
        claims=group.claims,
        type=_common(found, policy, lambda c: c.type.value),
        status=_status(found, policy),
        mode=_mode(found, policy),
        actors=_several(found, policy, _actors, _merge_parties),
        recipients=_several(found, policy, _recipients, _merge_parties),
        places=_several(found, policy, _places, _merge_places),
        time=_time(found, policy),
        counts=settle_counts(found, policy),
        voices=max(1, len(speaking)),
        confidence=confidence(everyone),
        first_reported=min(days, default=None),
        last_reported=max(days, default=None),
        merged=group.merged,
    )


def agreement[T](tellings: Sequence[Telling[T]], same: Callable[[T, T], bool]) -> Agreement:
    """How the tellings of a slot stand to each other, where no series can be."""
    if len({t.voice for t in tellings}) < 2 and len(tellings) < 2:
        return Agreement.SINGLE
    pairs = ((a.value, b.value) for n, a in enumerate(tellings) for b in tellings[n + 1 :])
    return Agreement.AGREED if all(same(a, b) for a, b in pairs) else Agreement.DISPUTED


def most_told[T](tellings: Sequence[Telling[T]], key: Callable[[T], Hashable]) -> T:
    """The value that most voices tell, of equals the first told."""
    speaking: dict[Hashable, set[str]] = {}
    for telling in tellings:
        speaking.setdefault(key(telling.value), set()).add(telling.voice)
    return max(tellings, key=lambda t: len(speaking[key(t.value)])).value


def _common(found: Sequence[Told], policy: str, get: Callable[[Claim], str]) -> Settled[str]:
    tellings = tuple(x.telling(get(x.claim)) for x in found)
    value = most_told(tellings, lambda v: v)
    return Settled(value, policy, agreement(tellings, lambda a, b: a == b), tellings)


def _mode(found: Sequence[Told], policy: str) -> Settled[str] | None:
    kind = most_told([x.telling(x.claim.type.value) for x in found], lambda v: v)
    tellings = tuple(
        x.telling(x.claim.slots.mode.value)
        for x in found
        if x.claim.slots.mode and x.claim.type.value == kind
    )
    if not tellings:
        return None
    value = most_told(tellings, lambda v: v)
    return Settled(value, policy, agreement(tellings, lambda a, b: a == b), tellings)


def _status(found: Sequence[Told], policy: str) -> Settled[str]:
    """Whether it happened: one voice that denies what others tell makes it alleged."""
    tellings = []
    for x in found:
        for voice in x.voices:
            status = "negated" if voice.stance == "denies" else x.claim.status.value
            if voice.stance == "alleges" and status == "actual":
                status = "alleged"
            tellings.append(x.telling(status, voice.key))
    said = {t.value for t in tellings}
    same = len(said - {"ongoing"}) <= 1 or "negated" not in said
    state = Agreement.AGREED if same else Agreement.DISPUTED
    if len(tellings) == 1:
        state = Agreement.SINGLE
    value = most_told(tellings, lambda v: v)
    if state is Agreement.DISPUTED and policy == "conservative":
        value = "alleged"
    elif policy == "informative":
        value = min(said - {"negated"} or said, key=_SURENESS.index)
    return Settled(value, policy, state, tuple(tellings))


def _actors(claim: Claim) -> list[Party]:
    return [reading.value for reading in claim.slots.actors]


def _recipients(claim: Claim) -> list[Party]:
    return [reading.value for reading in claim.slots.recipients]


def _places(claim: Claim) -> list[Place]:
    return [reading.value for reading in claim.slots.places]


def _several(
    found: Sequence[Told],
    policy: str,
    get: Callable[[Claim], Sequence[Any]],
    merge: Callable[[list[list[Telling[Any]]]], list[list[Telling[Any]]]],
) -> tuple[Settled[Any], ...]:
    """The values of a slot that may have several, those of one thing settled together."""
    groups: dict[str, list[Telling[Any]]] = {}
    for x in found:
        for value in get(x.claim):
            groups.setdefault(fold(value.name), []).append(x.telling(value))
    merged = merge(list(groups.values()))
    merged.sort(key=lambda g: (-len({t.voice for t in g}), fold(g[0].value.name)))
    return tuple(_settled(tellings, policy) for tellings in merged)


def _settled(tellings: list[Telling[Any]], policy: str) -> Settled[Any]:
    single = len({t.voice for t in tellings}) < 2
    state = Agreement.SINGLE if single else Agreement.AGREED
    return Settled(_finest(tellings), policy, state, tuple(tellings))


def _finest(tellings: Sequence[Telling[Any]]) -> Any:
    """The most specific value, of equals the one most told."""
    count = Counter(fold(t.value.name) for t in tellings)
    return max((t.value for t in tellings), key=lambda v: (_specific(v), count[fold(v.name)]))


def _specific(value: Any) -> int:
    if isinstance(value, Place):
        return -_FINE.index(value.level) if value.level in _FINE else -len(_FINE)
    return int(value.name[:1].isupper())


def _merge_parties(groups: list[list[Telling[Any]]]) -> list[list[Telling[Any]]]:
    """Descriptions join the one named party that they may mean."""
    named = [g for g in groups if g[0].value.name[:1].isupper()]
    out = [list(g) for g in named]
    for group in groups:
        if group[0].value.name[:1].isupper():
            continue
        fits = [g for g in out if parties_agree(g[0].value, group[0].value)]
        if len(fits) == 1:
            fits[0].extend(group)
        else:
            out.append(list(group))
    return _governed(out)


def _governed(groups: list[list[Telling[Any]]]) -> list[list[Telling[Any]]]:
    """A government beside the one force of its own on its side is one party with it."""
    out = list(groups)
    for group in groups:
        party = group[0].value
        if party.sector != "GOV" or not party.country or not party.name[:1].isupper():
            continue
        same = [g for g in out if g[0].value.country == party.country]
        forces = [g for g in same if g[0].value.sector in _FORCES]
        if len(forces) == 1 and party.name.startswith(_STATE):
            forces[0].extend(group)
            out.remove(group)
    return out


def _merge_places(groups: list[list[Telling[Any]]]) -> list[list[Telling[Any]]]:
    """A country or region joins the one place in it that others tell."""
    out: list[list[Telling[Any]]] = []
    for group in sorted(groups, key=lambda g: -_specific(g[0].value)):
        fits = [g for g in out if places_agree(g[0].value, group[0].value)]
        if len(fits) == 1:
            fits[0].extend(group)
        else:
            out.append(list(group))
    return out


def _time(found: Sequence[Told], policy: str) -> Settled[Period] | None:
    tellings = tuple(
        x.telling(x.claim.slots.time.value) for x in found if x.claim.slots.time is not None
    )
    if not tellings:
        return None
    finest = max(precision(t.value) for t in tellings)
    kept = [t for t in tellings if precision(t.value) == finest]
    value = most_told(kept, lambda v: v)
    return Settled(value, policy, agreement(tellings, periods_agree), tellings)
