"""Decide each slot of an event mention: candidates, features, the classifier's verdict."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dateline.extract import features
from dateline.extract.linear import Linear
from dateline.extract.scene import Scene
from dateline.model import (
    Attribution,
    Basis,
    Count,
    EntityMention,
    Party,
    Period,
    Place,
    PlaceMention,
    Quantity,
    Reading,
    Sourcing,
    Span,
    TimeExpression,
)

NONE = "-"
FOUND_BY = "models/extract"
_OTHER = {"actor": "recipient", "recipient": "actor"}
_REACH = 2  # sentences back in which an unnamed participant is looked for
_WIDE = 4  # sentences back in which a place or time is looked for


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probability from which a candidate is taken; tuned by cross-validation on training."""

    trigger: float = 0.42
    role: float = 0.25
    conjunct: float = 0.1
    further: float = 0.6
    remote: float = 0.25
    place: float = 0.4
    time: float = 0.45
    count: float = 0.5
    source: float = 0.4
    link: float = 0.5


def parties(scene: Scene, at: int) -> list[EntityMention]:
    """Who may take part in the event at a trigger: its sentence, and before it if not named."""
    number = scene.sentence(at)
    here = [
        _named(scene, e)
        for e in scene.entities_in.get(number, ())
        if e.head != at and not _renames(scene, e)
    ]
    out = [*here, *(e for e in speakers(scene, at) if e not in here)]
    known = {e.party.name for e in out}
    for back in range(1, _REACH + 1):
        for entity in scene.entities_in.get(number - back, ()):
            pronoun = scene.parse.tokens[entity.head].pos == "PRON"
            if entity.party.name not in known and not pronoun:
                known.add(entity.party.name)
                out.append(entity)
    return out


def speakers(scene: Scene, at: int) -> list[EntityMention]:
    """The parties that the words around a trigger are ascribed to."""
    start = scene.parse.tokens[at].start
    said = [
        a.source
        for a in scene.attributions
        if a.source and any(s.start <= start < s.end for s in a.content)
    ]
    heads = {scene.parse.head_of(source) for source in said}
    return [scene.entity_at[head] for head in sorted(heads) if head in scene.entity_at]


def _renames(scene: Scene, entity: EntityMention) -> bool:
    """Whether a mention only says again who the noun before it is ("Mr Tan, the minister")."""
    token = scene.parse.tokens[scene.first_conjunct(entity.head)]
    return token.dep == "appos" and token.head in scene.entity_at


def _named(scene: Scene, entity: EntityMention) -> EntityMention:
    """The party under its name where an apposition gives it ("a third minister, Mr Tan")."""
    if entity.known or entity.kind == "person":
        return entity
    for i in scene.parse.children(entity.head, "appos"):
        name = scene.entity_at.get(i)
        if name is not None and (name.known or name.kind == "person"):
            return replace(name, head=entity.head)
    return entity


def places(scene: Scene, at: int) -> list[PlaceMention]:
    """Where it may have happened: places of the sentence, of those before, and the first of all."""
    number = scene.sentence(at)
    out = list(scene.places_in.get(number, ()))
    for back in range(1, _WIDE + 1):
        out += scene.places_in.get(number - back, ())
    first = min(
        (p for found in scene.places_in.values() for p in found), key=lambda p: p.span, default=None
    )
    return out if first is None or first in out else [*out, first]


def times(scene: Scene, at: int) -> list[TimeExpression]:
    """When it may have happened: dated expressions of the sentence and of those before it."""
    number = scene.sentence(at)
    found = [scene.times_in.get(number - back, ()) for back in range(_WIDE + 1)]
    return [time for some in found for time in some if time.start is not None]


def quantities(scene: Scene, at: int) -> list[Quantity]:
    """What may be counted of it: the quantities of the sentence."""
    return list(scene.quantities_in.get(scene.sentence(at), ()))


def sources(scene: Scene, at: int) -> list[Attribution]:
    """Who may vouch for it: attributions that cover the trigger or stand near it."""
    number, start = scene.sentence(at), scene.parse.tokens[at].start
    near = [a for back in (0, -1, 1) for a in scene.attributions_in.get(number - back, ())]
    wide = [
        a
        for a in scene.attributions
        if a not in near and any(s.start <= start < s.end for s in a.content)
    ]
    return [a for a in (*near, *wide) if a.source is not None]


class Slotter:
    """Fill the slots of one trigger with the candidates that the classifiers accept."""

    def __init__(self, models: Mapping[str, Linear], thresholds: Thresholds) -> None:
        self._models = models
        self._at_least = thresholds

    def mode(self, scene: Scene, at: int, kind: str) -> Reading[str] | None:
        """The mode of the event, among those of its type."""
        model = self._models["mode"]
        scores = model(features.of_mode(scene, at, kind))
        own = [
            (float(scores[k]), label)
            for k, label in enumerate(model.labels)
            if label.startswith(kind + "/")
        ]
        if not own:
            return None
        total = sum(score for score, _ in own) or 1.0
        score, label = max(own)
        name = label.split("/", 1)[1]
        return None if name == NONE else self._read(scene, at, name, score / total, "mode")

    def status(self, scene: Scene, at: int, kind: str) -> Reading[str]:
        """Whether it happened, is planned, alleged or denied."""
        for cue in scene.cues_in.get(scene.sentence(at), ()):
            word = scene.parse.tokens[max(scene.parse.token_at(cue.span.start), 0)]
            if cue.category == "alleged" and word.head == at and word.dep == "amod":
                return Reading("alleged", Basis.STATED, (cue.span,), cue.found_by)
        label, score = _best(self._models["status"], features.of_status(scene, at, kind))
        return self._read(scene, at, label, score, "status")

    def participants(
        self, scene: Scene, at: int, kind: str
    ) -> tuple[tuple[Reading[Party], ...], tuple[Reading[Party], ...]]:
        """Actors and recipients, each party once, in text order."""
        found = parties(scene, at)
        views = [features.of_role(scene, at, kind, entity) for entity in found]
        scored = list(zip(self._models["role"].many(views), found, strict=True))
        actors = self._side(scene, at, "actor", scored)
        recipients = self._side(scene, at, "recipient", scored)
        return one_side(actors, recipients)

    def _side(
        self,
        scene: Scene,
        at: int,
        role: str,
        scored: list[tuple[NDArray[np.float32], EntityMention]],
    ) -> tuple[Reading[Party], ...]:
        """The likeliest party in a role, those coordinated with it, and others as certain."""
        labels, least = self._models["role"].labels, self._at_least
        column, other = labels.index(role), labels.index(_OTHER[role])
        ranked = sorted(
            ((float(s[column]), entity) for s, entity in scored if s[column] > s[other]),
            key=lambda x: (-x[0], x[1].head, x[1].span),
        )
        taken: dict[str, Reading[Party]] = {}
        heads: set[int] = set()
        for score, entity in ranked:
            first = scene.first_conjunct(entity.head)
            remote = scene.sentence(entity.head) != scene.sentence(at)
            needed = least.remote if remote else least.conjunct if first in heads else least.further
            if not taken:
                needed = least.remote if remote else least.role
            elif remote:
                continue
            if score >= needed and entity.party.name not in taken:
                taken[entity.party.name] = _reading(entity.party, entity.span, score, "role")
                heads.add(first)
        return _ordered(taken.values())

    def places(self, scene: Scene, at: int, kind: str) -> tuple[Reading[Place], ...]:
        """The place of the event; the most likely one, or none."""
        best = self._one(
            "place",
            places(scene, at),
            lambda p: features.of_place(scene, at, kind, p),
            self._at_least.place,
        )
        return () if best is None else (_reading(best[0].place, best[0].span, best[1], "place"),)

    def time(self, scene: Scene, at: int, kind: str) -> Reading[Period] | None:
        """The time of the event; the most likely expression, or none."""
        best = self._one(
            "time",
            times(scene, at),
            lambda t: features.of_time(scene, at, kind, t),
            self._at_least.time,
        )
        if best is None:
            return None
        return _reading(Period(best[0].start, best[0].end), best[0].span, best[1], "time")

    def counts(self, scene: Scene, at: int, kind: str) -> tuple[Reading[Count], ...]:
        """The tolls of the event: each quantity with the kind that the classifier gives it."""
        out = []
        for q in quantities(scene, at):
            label, score = _some(self._models["count"], features.of_count(scene, at, kind, q))
            if score >= self._at_least.count:
                count = Count(label, q.who, q.low, q.best, q.high)
                out.append(_reading(count, q.span, score, "count"))
        return _ordered(out)

    def sources(self, scene: Scene, at: int, kind: str) -> tuple[Reading[Sourcing], ...]:
        """According to whom, each source and stance once."""
        found: dict[str, Reading[Sourcing]] = {}
        for source in sources(scene, at):
            span = source.source
            if span is None:
                continue
            view = features.of_source(scene, at, kind, source)
            label, score = _some(self._models["source"], view)
            if score < self._at_least.source:
                continue
            name = _name(scene, span)
            if name not in found or (found[name].score or 0) < score:
                found[name] = _reading(Sourcing(name, label), span, score, "source")
        return _ordered(found.values())

    def _one[T](
        self, name: str, items: Sequence[T], view: Callable[[T], list[str]], least: float
    ) -> tuple[T, float] | None:
        if not items:
            return None
        model = self._models[name]
        yes = model.labels.index("yes")
        scores = model.many([view(item) for item in items])[:, yes]
        scored = [
            (float(s), -k, item) for k, (s, item) in enumerate(zip(scores, items, strict=True))
        ]
        score, _, item = max(scored, key=lambda x: x[:2])
        return (item, score) if score >= least else None

    def _read[T](self, scene: Scene, at: int, value: T, score: float, what: str) -> Reading[T]:
        return _reading(value, scene.parse.tokens[at].span, score, what, Basis.INFERRED)


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


def _best(model: Linear, names: list[str]) -> tuple[str, float]:
    scores = model(names)
    k = int(scores.argmax())
    return model.labels[k], float(scores[k])


def _some(model: Linear, names: list[str]) -> tuple[str, float]:
    """The likeliest label but "none", and the probability that it is not none."""
    scores = [float(s) for s in model(names)]
    none = scores[model.labels.index(NONE)]
    best = max((s, label) for s, label in zip(scores, model.labels, strict=True) if label != NONE)
    return best[1], 1.0 - none


def _reading[T](
    value: T, span: Span, score: float, what: str, basis: Basis = Basis.STATED
) -> Reading[T]:
    return Reading(value, basis, (span,), f"{FOUND_BY}#{what}", round(score, 3))


def _ordered[T](readings: Iterable[Reading[T]]) -> tuple[Reading[T], ...]:
    return tuple(sorted(readings, key=lambda r: r.evidence))


def _name(scene: Scene, span: Span) -> str:
    """The canonical name of the party that a source's words name, else the words."""
    inside = [e for e in scene.entities if e.span.overlaps(span)]
    head = scene.parse.head_of(span)
    for entity in inside:
        if entity.head == head:
            return entity.party.name
    return inside[0].party.name if inside else span.of(scene.doc.text)
