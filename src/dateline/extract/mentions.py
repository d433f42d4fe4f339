"""Event mentions: triggers judged, typed, and their slots filled."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dateline.extract import features
from dateline.extract.decide import FOUND_BY, Case, Slotter, Thresholds, Trigger
from dateline.extract.encoder import NONE
from dateline.extract.judge import Judge
from dateline.extract.linear import load
from dateline.extract.scene import Scene
from dateline.extract.status import is_content, is_told
from dateline.extract.triggers import Triggers, candidates
from dateline.knowledge.triggers import load as load_rules
from dateline.knowledge.triggers import non_events
from dateline.model import (
    Annotated,
    Annotation,
    Attribution,
    Cue,
    EntityMention,
    EventMention,
    PlaceMention,
    Quantity,
    Sentence,
    Span,
    TimeExpression,
)

Floats = NDArray[np.float32]

_TOLD = 2.0  # how much likelier than to the classifiers alone a type is that a rule names


class Events:
    """Mark event mentions: rules propose triggers and types, classifiers weigh them."""

    name = "events"
    reads: tuple[type[Annotation], ...] = (
        Sentence,
        TimeExpression,
        PlaceMention,
        EntityMention,
        Quantity,
        Cue,
        Attribution,
    )
    writes = EventMention

    def __init__(self, judge: Judge | None = None, thresholds: Thresholds | None = None) -> None:
        """Without a judge, the linear classifiers of the package decide alone."""
        self._judge = judge or Judge(load())
        self._at_least = thresholds or Thresholds()
        self._triggers = Triggers(load_rules())
        self._unlikely = non_events()
        self._slotter = Slotter(self._judge, self._at_least)

    def __call__(self, docs: Sequence[Annotated]) -> Iterable[Iterable[EventMention]]:
        """The event mentions of each document."""
        return [self.find(Scene(doc, self._triggers)) for doc in docs]

    def find(self, scene: Scene) -> list[EventMention]:
        """The event mentions of one document, in text order."""
        tokens, rows = self._likely(scene)
        encoded = self._judge.encode(scene, tokens)
        rows = self._outspoken(scene, tokens, rows, self._judge.kinds(rows, encoded))
        found = [self._trigger(scene, at, row) for at, row in zip(tokens, rows, strict=True)]
        kept = [k for k, trigger in enumerate(found) if trigger is not None]
        return self._filled(
            Case(scene, [t for t in found if t is not None], encoded and encoded.some(kept))
        )

    def fill(self, scene: Scene, found: Sequence[Trigger]) -> list[EventMention]:
        """The mentions at triggers of known type, with their slots."""
        encoded = self._judge.encode(scene, [trigger.at for trigger in found])
        return self._filled(Case(scene, found, encoded))

    def _filled(self, case: Case) -> list[EventMention]:
        out = []
        for trigger, slots in zip(case.found, self._slotter(case), strict=True):
            span, by = _words(case.scene, trigger)
            score = round(trigger.score, 3)
            out.append(EventMention(span, by, trigger.at, trigger.kind, slots, score))
        return out

    @cached_property
    def _telling(self) -> frozenset[str]:
        """The features of a token that speak for an event."""
        return self._judge.against("trigger", NONE)

    def _likely(self, scene: Scene) -> tuple[list[int], NDArray[np.float32]]:
        """The tokens that may name an event, with the linear verdict on their types.

        Only tokens are judged that a rule names, or whose lemma has named events in training, and
        that do not merely name what somebody demands.
        """
        tokens = [
            at
            for at in candidates(scene.parse, self._unlikely)
            if (at in scene.hits or features.lemma(scene, at) in self._telling)
            and not is_content(scene, at)
        ]
        rows = self._judge.linear("trigger", [features.of_trigger(scene, at) for at in tokens])
        none = self._judge.labels("trigger").index(NONE)
        kept = [
            k
            for k, at in enumerate(tokens)
            if 1.0 - rows[k, none] >= self._at_least.likely or _sure(scene, at)
        ]
        return [tokens[k] for k in kept], rows[kept]

    def _outspoken(
        self, scene: Scene, tokens: Sequence[int], linear: Floats, together: Floats
    ) -> Floats:
        """The verdicts on types, where words tell the status the linear one if it sees an event."""
        none = self._judge.labels("trigger").index(NONE)
        told = np.array([is_told(scene, at) for at in tokens], dtype=bool)
        seen = told & (1.0 - linear[:, none] >= self._at_least.trigger)
        return np.where(seen[:, None], linear, together)

    def _trigger(self, scene: Scene, at: int, row: NDArray[np.float32]) -> Trigger | None:
        """The event a token names, by the classifiers or by a rule that is sure."""
        labels = self._judge.labels("trigger")
        event = 1.0 - float(row[labels.index(NONE)])
        told = {hit.rule.type for hit in scene.hits.get(at, ())}
        if event >= self._at_least.trigger:
            kinds = zip(row.tolist(), labels, strict=True)
            chances = [(p * (_TOLD if k in told else 1.0), k) for p, k in kinds if k != NONE]
            return Trigger(at, max(chances)[1], event)
        sure = _sure(scene, at)
        return Trigger(at, sure[0], event) if sure else None


def _sure(scene: Scene, at: int) -> list[str]:
    """The types that rules name at a token without doubt."""
    return [hit.rule.type for hit in scene.hits.get(at, ()) if hit.rule.sure]


def _words(scene: Scene, trigger: Trigger) -> tuple[Span, str]:
    """The trigger's words (a phrase if a rule of the type names one) and the rule behind them."""
    hits = [hit for hit in scene.hits.get(trigger.at, []) if hit.rule.type == trigger.kind]
    if not hits:
        return scene.parse.tokens[trigger.at].span, f"{FOUND_BY}#trigger"
    return scene.parse.span(hits[0].first, hits[0].last), hits[0].rule_id
