"""Claims to incidents: the likeliest links first, as far as people's verdicts allow."""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from dateline.model.incident import Incident, Judgement, Verdict

_log = logging.getLogger(__name__)

_UNCOMPARED = -1.0  # log odds where nothing compares two claims
_SAMPLE = 400  # pairs of two groups beyond which a part stands for all

Pair = tuple[str, str]


class Link(NamedTuple):
    """Two claims, the smaller first, and the log odds that they tell of the same occurrence."""

    left: str
    right: str
    odds: float


class Group(NamedTuple):
    """The claims of one incident in the order given, its id and the ids that lead to it."""

    id: str
    claims: tuple[str, ...]
    merged: tuple[str, ...] = ()


def incident_id(claim: str) -> str:
    """The id of an incident whose first claim, when it comes about, is this one."""
    return "i" + hashlib.sha256(claim.encode("utf-8")).hexdigest()[:15]


def verdicts(judgements: Iterable[Judgement]) -> dict[Pair, Verdict]:
    """People's last word on each pair; a later "unsure" takes an earlier verdict back."""
    said: dict[Pair, Verdict] = {}
    for judgement in judgements:
        if judgement.by.startswith("person/"):
            said.pop((judgement.left, judgement.right), None)
            said[judgement.left, judgement.right] = judgement.verdict
    return {pair: verdict for pair, verdict in said.items() if verdict is not Verdict.UNSURE}


def cluster(
    claims: Sequence[str],
    links: Iterable[Link],
    said: Mapping[Pair, Verdict] | None = None,
    compare: Callable[[str, str], float] = lambda one, other: _UNCOMPARED,  # noqa: ARG005
) -> list[tuple[str, ...]]:
    """Groups of claims; `claims` gives the order within and among them.

    Groups grow by the likeliest link first; two become one only if the mean of all their pairs
    speaks for it, so that no chain of weak links brings strangers together. Pairs without a link
    are asked of `compare`. What a person called the same is together, what one called different is
    apart, whatever the machine thinks.
    """
    groups = _Groups(claims, said or {})
    groups.bind()
    kept = sorted(links, key=lambda x: (-x.odds, x.left, x.right))
    odds = _Odds({(x.left, x.right): x.odds for x in kept}, compare)
    for link in kept:
        if link.odds <= 0:
            break
        groups.join(link, odds)
    return groups.found()


class _Odds:
    """The log odds of pairs, compared when they are asked for the first time."""

    def __init__(self, known: dict[Pair, float], compare: Callable[[str, str], float]) -> None:
        self._known, self._compare = known, compare

    def of(self, one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = self._compare(*pair)
        return found


class _Groups:
    def __init__(self, claims: Sequence[str], said: Mapping[Pair, Verdict]) -> None:
        self._order = {claim: n for n, claim in enumerate(claims)}
        self._of = {claim: [claim] for claim in claims}
        self._said = {p: v for p, v in said.items() if p[0] in self._order and p[1] in self._order}
        self._apart: dict[str, set[str]] = {}
        for (left, right), verdict in self._said.items():
            if verdict is Verdict.DIFFERENT:
                self._apart.setdefault(left, set()).add(right)
                self._apart.setdefault(right, set()).add(left)

    def bind(self) -> None:
        """Bring together what people called the same, in the order they said so."""
        for (left, right), verdict in self._said.items():
            if verdict is not Verdict.SAME:
                continue
            ours, theirs = self._of[left], self._of[right]
            if ours is not theirs and not self._merge(ours, theirs):
                _log.warning("%s and %s are called the same, but not all they lead to", left, right)

    def join(self, link: Link, odds: _Odds) -> None:
        """Bring the groups of two claims together if all their pairs, taken together, allow it."""
        ours, theirs = self._of[link.left], self._of[link.right]
        if ours is not theirs and _mean(ours, theirs, odds) > 0:
            self._merge(ours, theirs)

    def found(self) -> list[tuple[str, ...]]:
        """The groups, claims and groups in order."""
        groups = {id(group): group for group in self._of.values()}.values()
        ordered = (tuple(sorted(group, key=self._order.__getitem__)) for group in groups)
        return sorted(ordered, key=lambda group: self._order[group[0]])

    def _merge(self, ours: list[str], theirs: list[str]) -> bool:
        inside = set(theirs)
        if any(not self._apart.get(claim, set()).isdisjoint(inside) for claim in ours):
            return False
        if len(ours) < len(theirs):
            ours, theirs = theirs, ours
        ours.extend(theirs)
        for claim in theirs:
            self._of[claim] = ours
        return True


def _mean(ours: Sequence[str], theirs: Sequence[str], odds: _Odds) -> float:
    """The mean log odds of the pairs of two groups."""
    if len(ours) * len(theirs) > _SAMPLE:
        side = int(_SAMPLE**0.5)
        ours, theirs = ours[:side], theirs[:side]
    return sum(odds.of(a, b) for a in ours for b in theirs) / (len(ours) * len(theirs))


def identify(groups: Iterable[tuple[str, ...]], known: Iterable[Incident] = ()) -> list[Group]:
    """Ids for groups: those of known incidents stay, others come from the first claim.

    A known id goes where the claim it was made from is now, else where most of its claims are. Of
    several in one group the oldest stays and the others lead to it.
    """
    ordered = list(groups)
    place = {claim: n for n, group in enumerate(ordered) for claim in group}
    spots = {_spot(claim): n for claim, n in place.items()}
    owners: dict[int, list[Incident]] = {}
    before = list({incident.id: incident for incident in known}.values())
    for incident in before:
        n = _home(incident, place, spots)
        if n is not None:
            owners.setdefault(n, []).append(incident)
    taken = {incident.id for found in owners.values() for incident in found}
    out = []
    for n, group in enumerate(ordered):
        found = sorted(owners.get(n, ()), key=_age)
        name = found[0].id if found else _new(group, taken)
        taken.add(name)
        out.append((name, group, found))
    live = {name for name, _, _ in out}
    return [Group(name, group, _led(name, found, live)) for name, group, found in out]


def _age(incident: Incident) -> tuple[str, str]:
    day = incident.first_reported.isoformat() if incident.first_reported else "9999"
    return day, incident.id


def _led(name: str, found: Sequence[Incident], live: set[str]) -> tuple[str, ...]:
    """The ids that lead to an incident: those merged into it, but for what came to life again."""
    ids = {incident.id for incident in found} | {x for i in found for x in i.merged}
    return tuple(sorted(ids - live - {name}))


def _spot(claim: str) -> str:
    """Where a claim is, whatever its type."""
    return claim.rsplit(":", 1)[0]


def _home(incident: Incident, place: Mapping[str, int], spots: Mapping[str, int]) -> int | None:
    """The group that a known incident is now, None where all its claims are gone."""
    for claim in incident.claims:
        if incident_id(claim) == incident.id and claim in place:
            return place[claim]
    where = [place.get(c, spots.get(_spot(c))) for c in incident.claims]
    votes = Counter(n for n in where if n is not None)
    return min(votes, key=lambda n: (-votes[n], n)) if votes else None


def _new(group: Sequence[str], taken: set[str]) -> str:
    return next(
        (x for x in map(incident_id, group) if x not in taken), incident_id("|".join(group))
    )
