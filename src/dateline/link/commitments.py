"""Announced acts, and what later claims tell of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from dateline.knowledge import Entry, entries
from dateline.link.agree import parties_agree, places_agree
from dateline.link.deadlines import due
from dateline.link.facts import days
from dateline.link.filing import follow_keys
from dateline.link.reconcile import Told
from dateline.link.score import overlap
from dateline.link.words import content, sentence
from dateline.model import Claim
from dateline.model.incident import Commitment, Incident, Outcome

_ENOUGH = 3.0  # points from which a claim tells of the announced act
HORIZON = 730  # days after an announcement in which its outcome is looked for
LATEST = 50  # earlier promises of a kind and country that a further one is compared with
_DONE = frozenset({"actual"})


class _Stems(Entry):
    words: frozenset[str]


@cache
def _stems() -> dict[str, frozenset[str]]:
    return {name: entry.words for name, entry in entries("link/outcomes.yaml", _Stems).items()}


@dataclass(frozen=True, slots=True)
class _Act:
    """A claim as promises and outcomes are compared."""

    told: Told
    day: date | None
    words: frozenset[str]
    text: str

    @classmethod
    def of(cls, told: Told) -> "_Act":
        claim, document = told.claim, told.record.document
        around = sentence(document.text, claim.trigger)
        return cls(told, _day(claim, told.published), frozenset(content(around)), around.lower())

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.told.claim

    def shows(self, name: str) -> bool:
        """Whether its sentence has words of a list."""
        words = self.text.split()
        return any(word.startswith(tuple(_stems()[name])) for word in words)


@dataclass(slots=True)
class _Ledger:
    """Acts by what they can be found by."""

    acts: dict[tuple[str, str], list[_Act]] = field(default_factory=dict)

    def file(self, act: _Act) -> None:
        for key in follow_keys(act.claim):
            self.acts.setdefault(key, []).append(act)

    def after(self, promise: _Act) -> list[_Act]:
        """The acts of the same kind and country from the promise on, by day, each once."""
        since = promise.told.published
        found = {
            a.claim.id: a for key in follow_keys(promise.claim) for a in self.acts.get(key, ())
        }
        later = [a for a in found.values() if since is None or _follows(a, since)]
        return sorted(later, key=lambda a: (str(a.day or a.told.published or ""), a.claim.id))


def _follows(act: _Act, since: date) -> bool:
    day = act.day or act.told.published
    published = act.told.published or day
    if day is None or published is None or published <= since:
        return False
    return 0 <= (day - since).days <= HORIZON


def _day(claim: Claim, published: date | None) -> date | None:
    told = claim.slots.time.value if claim.slots.time else None
    try:
        if told and (told.end or told.start):
            return date.fromordinal(days(told.end or told.start or "")[1])
    except ValueError:
        return published
    return published


def commitments(
    incidents: Sequence[Incident], claims: Mapping[str, Told]
) -> tuple[Commitment, ...]:
    """What became of each announced act, in the order of the announcements.

    Tellings of one promise are one commitment. An act that no later claim tells of is pending, also
    where its day has passed: that nobody tells of it does not show that it was left undone.
    """
    ledger = _Ledger()
    for incident in incidents:
        found = [claims[claim] for claim in incident.claims]
        if not planned(found):
            for x in found:
                ledger.file(_Act.of(x))
    now = max((x.published for x in claims.values() if x.published), default=None)
    groups = restated(promised(incidents, claims))
    return tuple(_followed(found, ledger, now) for found in groups)


def planned(found: Sequence[Told]) -> bool:
    """Whether an incident, so far, is a plan only."""
    return all(x.claim.status.value == "planned" for x in found)


def promised(incidents: Iterable[Incident], claims: Mapping[str, Told]) -> list[list[Told]]:
    """The incidents that are announced acts, by their tellings, in the order of the announcements.

    Somebody must answer for the plan.
    """
    told = ([claims[claim] for claim in incident.claims] for incident in incidents)
    found = [x for x in told if planned(x) and any(_announced(y.claim) for y in x)]
    return sorted(found, key=announcement)


def announcement(found: Sequence[Told]) -> tuple[str, str]:
    """Where a promise stands among others."""
    return str(found[0].published or "9999"), found[0].claim.id


def outcome(found: Sequence[Told], acts: Iterable[Told], now: date | None) -> Commitment:
    """What became of one announced act, as told by these acts."""
    ledger = _Ledger()
    for act in acts:
        ledger.file(_Act.of(act))
    return _followed(found, ledger, now)


def same_promise(one: Told, other: Told) -> bool:
    """Whether two plans, or a plan and an act, are the same undertaking."""
    return _points(_Act.of(one), _Act.of(other)) >= _ENOUGH


def restated(promises: Sequence[Sequence[Told]]) -> list[list[Told]]:
    """Promises in order, later tellings of one with it: they have the same actor and way."""
    kept: list[tuple[_Act, list[Told]]] = []
    by_key: dict[tuple[str, str], list[int]] = {}
    for found in promises:
        act = _Act.of(found[0])
        near = sorted(
            {n for key in follow_keys(act.claim) for n in by_key.get(key, ())}, reverse=True
        )
        home = next((n for n in near[:LATEST] if _points(kept[n][0], act) >= _ENOUGH), None)
        if home is not None:
            kept[home][1].extend(found)
            continue
        for key in follow_keys(act.claim):
            by_key.setdefault(key, []).append(len(kept))
        kept.append((act, list(found)))
    return [found for _, found in kept]


def _announced(claim: Claim) -> bool:
    """Whether somebody answers for the plan."""
    return bool(claim.slots.actors) or any(
        reading.value.stance == "announces" for reading in claim.slots.sources
    )


def _followed(found: Sequence[Told], ledger: _Ledger, now: date | None) -> Commitment:
    promise = _Act.of(found[0])
    until = next(
        (d for x in found if (d := due(x.claim, x.record.document.text, x.published))), None
    )
    fits = [(a, _points(promise, a)) for a in ledger.after(promise)]
    telling = [a for a, points in fits if points >= _ENOUGH]
    done = [a for a in telling if a.claim.status.value in _DONE]
    dropped = [a for a in telling if a.shows("abandoned")]
    if _lasting(promise):
        done = [a for a in done if a.shows("completed")]
    against = [a for a in telling if a.claim.status.value == "negated"]
    name = promise.claim.id
    if done:
        return _settled(name, until, done, telling)
    if dropped:
        says = f"Given up or put off by {_said(dropped[-1])}."
        return Commitment(name, Outcome.ABANDONED, until, _ids([*dropped, *telling]), says)
    if against:
        says = f"Contradicted by {_said(against[-1])}."
        return Commitment(name, Outcome.CONTRADICTED, until, _ids([*against, *telling]), says)
    return Commitment(name, Outcome.PENDING, until, _ids(telling), _open(until, now, telling))


def _settled(
    name: str, until: str | None, done: Sequence[_Act], telling: Sequence[_Act]
) -> Commitment:
    """Done: in time if the earliest telling of its end puts it before the day it was due."""
    first = min(done, key=lambda a: (str(a.day or ""), not a.told.original, a.claim.id))
    evidence = _ids([first, *(a for a in telling if a is not first)])
    if until is None or first.day is None:
        return Commitment(name, Outcome.FULFILLED, until, evidence, f"Done, as {_said(first)}.")
    if first.day.isoformat() <= until:
        says = f"Done in time: {_said(first)}; due by {until}."
        return Commitment(name, Outcome.FULFILLED, until, evidence, says)
    says = f"Done late: {_said(first)}; due by {until}."
    return Commitment(name, Outcome.LATE, until, evidence, says)


def _said(act: _Act) -> str:
    document = act.told.record.document
    who = document.publisher or "a dispatch"
    told = f" of {document.published.isoformat()}" if document.published else ""
    when = f" on {act.day.isoformat()}" if act.day else ""
    return f"“{act.claim.trigger.of(document.text)}”{when}, according to {who}{told}"


def _open(until: str | None, now: date | None, telling: Sequence[_Act]) -> str:
    part = " Parts of it are told." if telling else ""
    if until is None:
        return f"No dispatch tells that it was done; no day was set.{part}"
    passed = now is not None and now.isoformat() > until
    state = "that day has passed, and no dispatch tells" if passed else "no dispatch tells yet"
    return f"Due by {until}; {state} that it was done.{part}"


def _ids(acts: Sequence[_Act]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(act.claim.id for act in acts))


def _lasting(promise: _Act) -> bool:
    mode = promise.claim.mode
    return mode is not None and mode.value in _stems()["lasting"]


def _points(promise: _Act, act: _Act) -> float:
    """How much speaks for a claim telling of the announced act."""
    one, other = promise.claim, act.claim
    points = 1.0 if one.type.value == other.type.value else 0.0
    if one.mode and other.mode:
        points += 1.0 if one.mode.value == other.mode.value else -1.0
    points += _who(one, other)
    points += _where(one, other)
    return points + 2.0 * min(1.0, 2 * overlap(promise.words, act.words))


def _who(one: Claim, other: Claim) -> float:
    ours = [r.value for r in one.slots.actors]
    theirs = [r.value for r in other.slots.actors]
    if not ours or not theirs:
        return 0.0
    return 1.0 if any(parties_agree(a, b) for a in ours for b in theirs) else -1.5


def _where(one: Claim, other: Claim) -> float:
    ours = [r.value for r in one.slots.places]
    theirs = [r.value for r in other.slots.places]
    if not ours or not theirs:
        return 0.0
    return 0.7 if any(places_agree(a, b) for a in ours for b in theirs) else -1.0
