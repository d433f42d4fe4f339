"""Decide each slot of an event mention: candidates, features, the classifier's verdict."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.extract import features
from dateline.extract.encoder import NONE, Encoded
from dateline.extract.fillers import (
    far_parties,
    name_of,
    near_parties,
    places,
    quantities,
    sources,
    times,
    told_at,
)
from dateline.extract.judge import Judge
from dateline.extract.roles import of_role
from dateline.extract.scene import Scene
from dateline.extract.status import is_asked, is_cancelled, status_cues, told_status
from dateline.model import (
    Annotation,
    Basis,
    Count,
    EntityMention,
    Party,
    Period,
    Place,
    PlaceMention,
    Reading,
    Slots,
    Sourcing,
    Span,
    TimeExpression,
)

FOUND_BY = "models/extract"
_ROLES = ("actor", "recipient")
_OUTSPOKEN = 30.0  # how much likelier a status is that words tell outright
_OTHER = {"actor": "recipient", "recipient": "actor"}

type Scored[T] = tuple[NDArray[np.float32], T]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probability from which a candidate is taken; tuned by cross-validation on training."""

    likely: float = 0.15
    trigger: float = 0.42
    role: float = 0.25
    conjunct: float = 0.1
    further: float = 0.6
    remote: float = 0.45
    place: float = 0.35
    time: float = 0.4
    count: float = 0.5
    source: float = 0.37
    link: float = 0.5


@dataclass(frozen=True, slots=True)
class Trigger:
    """A token that names an event of a type, and how certain that is."""

    at: int
    kind: str
    score: float = 1.0


class Case(NamedTuple):
    """The triggers of a document whose slots are to be filled, as the classifiers see them."""

    scene: Scene
    found: Sequence[Trigger]
    encoded: Encoded | None

    def some(self, numbers: Sequence[int]) -> "Case":
        """A choice of the triggers."""
        encoded = self.encoded and self.encoded.some(numbers)
        return Case(self.scene, [self.found[k] for k in numbers], encoded)


class Slotter:
    """Fill the slots of a document's triggers with the candidates that the classifiers accept."""

    def __init__(self, judge: Judge, thresholds: Thresholds) -> None:
        self._judge = judge
        self._at_least = thresholds
        self._modes_of: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for column, label in enumerate(judge.labels("mode")):
            kind, _, name = label.partition("/")
            self._modes_of[kind].append((name, column))

    def __call__(self, case: Case) -> list[Slots]:
        """The slots of each trigger, in order; each classifier is asked once a document."""
        statuses = self._statuses(case)
        modes = self._modes(case)
        sides = self._participants(case)
        where = self._best(case, "place", places, features.of_place)
        when = self._best(case, "time", times, features.of_time)
        tolls = self._counts(case)
        backing = self._sources(case)
        return [
            Slots(
                status=statuses[k],
                mode=modes[k],
                actors=sides[k][0],
                recipients=sides[k][1],
                places=_placed(where[k]),
                time=_timed(when[k]),
                counts=tolls[k],
                sources=backing[k],
            )
            for k in range(len(case.found))
        ]

    def _modes(self, case: Case) -> list[Reading[str] | None]:
        """The mode of each event, among those of its type."""
        views = [features.of_mode(case.scene, t.at, t.kind) for t in case.found]
        scores = self._judge.events("mode", views, case.encoded)
        judged = zip(case.found, scores.tolist(), strict=True)
        return [self._mode(case.scene, trigger, row) for trigger, row in judged]

    def _mode(self, scene: Scene, trigger: Trigger, scores: list[float]) -> Reading[str] | None:
        """The likeliest mode; where rules name modes at the trigger, the likeliest of theirs."""
        own = {name: scores[column] for name, column in self._modes_of.get(trigger.kind, ())}
        told = {
            hit.rule.mode: hit.rule_id
            for hit in reversed(scene.hits.get(trigger.at, []))
            if hit.rule.type == trigger.kind and hit.rule.mode
        }
        if told:
            name = max(told, key=lambda mode: own.get(mode, 0.0))
            span = scene.parse.tokens[trigger.at].span
            return Reading(name, Basis.STATED, (span,), told[name])
        name = max(own, key=lambda mode: (own[mode], mode), default=NONE)
        if name == NONE:
            return None
        return _judged(scene, trigger, name, own[name] / sum(own.values()), "mode")

    def _statuses(self, case: Case) -> list[Reading[str]]:
        """Whether each event happened, is planned, alleged or denied."""
        scene, labels = case.scene, self._judge.labels("status")
        views = [features.of_status(scene, t.at, t.kind) for t in case.found]
        scores = self._judge.events("status", views, case.encoded)
        out = []
        negated = labels.index("negated")
        for trigger, row in zip(case.found, scores, strict=True):
            cues = status_cues(scene, trigger.at)
            if is_cancelled(cues):
                row[negated] = 0.0
            told = told_status(cues)
            if told is not None:
                row[labels.index(told.value)] *= 1e6 if is_asked(told) else _OUTSPOKEN
            k = int(row.argmax())
            chance = float(row[k]) / float(row.sum())
            judged = _judged(scene, trigger, labels[k], chance, "status")
            out.append(told if told is not None and told.value == labels[k] else judged)
        return out

    def _participants(
        self, case: Case
    ) -> list[tuple[tuple[Reading[Party], ...], tuple[Reading[Party], ...]]]:
        """Actors and recipients of each event; from outside its sentence where that names none."""
        sides = [
            [self._near(case.scene, scored, role) for role in _ROLES]
            for scored in self._scored(case, "role", near_parties, of_role)
        ]
        lacking = [k for k, side in enumerate(sides) if not all(side)]
        far = self._scored(case.some(lacking), "role", far_parties, of_role)
        for k, scored in zip(lacking, far, strict=True):
            for side, role in enumerate(_ROLES):
                sides[k][side] = sides[k][side] or self._far(scored, role)
        return [one_side(actors, recipients) for actors, recipients in sides]

    def _near(
        self, scene: Scene, scored: Sequence[Scored[EntityMention]], role: str
    ) -> tuple[Reading[Party], ...]:
        """The likeliest party in a role, those coordinated with it, and others as certain."""
        least = self._at_least
        taken: dict[str, Reading[Party]] = {}
        heads: set[int] = set()
        for score, entity in self._ranked(scored, role):
            first = scene.first_conjunct(entity.head)
            needed = least.conjunct if first in heads else least.further
            if score >= (needed if taken else least.role) and entity.party.name not in taken:
                taken[entity.party.name] = _reading(entity.party, entity.span, score, "role")
                heads.add(first)
        return _ordered(taken.values())

    def _far(
        self, scored: Sequence[Scored[EntityMention]], role: str
    ) -> tuple[Reading[Party], ...]:
        """The likeliest party in a role, if it is likely enough."""
        for score, entity in self._ranked(scored, role)[:1]:
            if score >= self._at_least.remote:
                return (_reading(entity.party, entity.span, score, "role"),)
        return ()

    def _ranked(
        self, scored: Sequence[Scored[EntityMention]], role: str
    ) -> list[tuple[float, EntityMention]]:
        """The parties likelier in this role than in the other, the likeliest first."""
        labels = self._judge.labels("role")
        column, other = labels.index(role), labels.index(_OTHER[role])
        own = [(float(s[column]), entity) for s, entity in scored if s[column] > s[other]]
        return sorted(own, key=lambda x: (-x[0], x[1].head, x[1].span))

    def _counts(self, case: Case) -> list[tuple[Reading[Count], ...]]:
        """The tolls of each event: each figure with the kind told, else that of the classifier."""
        labels, out = self._judge.labels("count"), []
        for scored in self._scored(case, "count", quantities, features.of_count):
            tolls = []
            for row, q in scored:
                label, score = _some(labels, row)
                if score >= self._at_least.count:
                    count = Count(q.kind or label, q.who, q.low, q.best, q.high)
                    tolls.append(_reading(count, q.span, score, "count"))
            out.append(_ordered(tolls))
        return out

    def _sources(self, case: Case) -> list[tuple[Reading[Sourcing], ...]]:
        """According to whom, each source and stance once."""
        labels, out = self._judge.labels("source"), []
        for scored in self._scored(case, "source", sources, features.of_source):
            named: dict[str, Reading[Sourcing]] = {}
            for row, item in scored:
                label, score = _some(labels, row)
                if item.source is None or score < self._at_least.source:
                    continue
                name = name_of(case.scene, item.source)
                if name not in named or (named[name].score or 0) < score:
                    named[name] = _reading(Sourcing(name, label), item.source, score, "source")
            out.append(_ordered(named.values()))
        return out

    def _best[T: Annotation](
        self,
        case: Case,
        name: str,
        candidates: Callable[[Scene, int], list[T]],
        view: Callable[[Scene, int, str, T], list[str]],
    ) -> list[tuple[T, float] | None]:
        """The likeliest candidate of each trigger, the earlier on a tie, or none."""
        yes = self._judge.labels(name).index("yes")
        least = getattr(self._at_least, name)
        out: list[tuple[T, float] | None] = []
        for scored in self._scored(case, name, candidates, view):
            score, item = max(
                ((float(row[yes]), item) for row, item in scored),
                key=lambda x: x[0],
                default=(0.0, None),
            )
            out.append((item, score) if item is not None and score >= least else None)
        return out

    def _scored[T: Annotation](
        self,
        case: Case,
        name: str,
        candidates: Callable[[Scene, int], list[T]],
        view: Callable[[Scene, int, str, T], list[str]],
    ) -> Iterator[list[Scored[T]]]:
        """The candidates of each trigger and their scores."""
        scene, found = case.scene, case.found
        of_each = [candidates(scene, t.at) for t in found]
        every = [(k, item) for k, items in enumerate(of_each) for item in items]
        views = [view(scene, found[k].at, found[k].kind, item) for k, item in every]
        pairs = [(k, told_at(scene, item)) for k, item in every]
        kinds = [t.kind for t in found]
        rows = iter(self._judge.fillers(name, views, kinds, pairs, case.encoded))
        for items in of_each:
            yield [(next(rows), item) for item in items]


def _placed(found: tuple[PlaceMention, float] | None) -> tuple[Reading[Place], ...]:
    return () if found is None else (_reading(found[0].place, found[0].span, found[1], "place"),)


def _timed(found: tuple[TimeExpression, float] | None) -> Reading[Period] | None:
    if found is None:
        return None
    time, score = found
    basis = Basis.INFERRED if time.inferred else Basis.STATED
    return _reading(Period(time.start, time.end), time.span, score, "time", basis)


def one_side(
    actors: tuple[Reading[Party], ...], recipients: tuple[Reading[Party], ...]
) -> tuple[tuple[Reading[Party], ...], tuple[Reading[Party], ...]]:
    """Keep a party that stands on both sides only where it is more certain."""
    left = {r.value.name: r.score or 0.0 for r in actors}
    right = {r.value.name: r.score or 0.0 for r in recipients}
    return (
        tuple(r for r in actors if right.get(r.value.name, -1.0) <= left[r.value.name]),
        tuple(r for r in recipients if left.get(r.value.name, -1.0) < right[r.value.name]),
    )


def _some(labels: Sequence[str], row: NDArray[np.float32]) -> tuple[str, float]:
    """The likeliest label but "none", and the probability that it is not none."""
    scores = row.tolist()
    best = max((s, label) for s, label in zip(scores, labels, strict=True) if label != NONE)
    return best[1], 1.0 - float(scores[labels.index(NONE)])


def _judged[T](scene: Scene, trigger: Trigger, value: T, score: float, what: str) -> Reading[T]:
    span = scene.parse.tokens[trigger.at].span
    return _reading(value, span, score, what, Basis.INFERRED)


def _reading[T](
    value: T, span: Span, score: float, what: str, basis: Basis = Basis.STATED
) -> Reading[T]:
    return Reading(value, basis, (span,), f"{FOUND_BY}#{what}", round(score, 3))


def _ordered[T](readings: Iterable[Reading[T]]) -> tuple[Reading[T], ...]:
    return tuple(sorted(readings, key=lambda r: r.evidence))
