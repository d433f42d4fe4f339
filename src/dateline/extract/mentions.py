"""Event mentions: triggers judged, typed, and their slots filled."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from dateline.extract import features
from dateline.extract.decide import FOUND_BY, NONE, Slotter, Thresholds, Trigger
from dateline.extract.linear import Linear, load
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers, candidates
from dateline.knowledge.triggers import load as load_rules
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

    def __init__(
        self, models: dict[str, Linear] | None = None, thresholds: Thresholds | None = None
    ) -> None:
        self._models = load() if models is None else models
        self._at_least = thresholds or Thresholds()
        self._triggers = Triggers(load_rules())
        self._slotter = Slotter(self._models, self._at_least)

    def __call__(self, docs: Sequence[Annotated]) -> Iterable[Iterable[EventMention]]:
        """The event mentions of each document."""
        return [self.find(Scene(doc, self._triggers)) for doc in docs]

    def find(self, scene: Scene) -> list[EventMention]:
        """The event mentions of one document, in text order."""
        return self.fill(scene, list(self._found(scene)))

    def fill(self, scene: Scene, found: Sequence[Trigger]) -> list[EventMention]:
        """The mentions at triggers of known type, with their slots."""
        out = []
        for trigger, slots in zip(found, self._slotter(scene, found), strict=True):
            span, by = _words(scene, trigger)
            score = round(trigger.score, 3)
            out.append(EventMention(span, by, trigger.at, trigger.kind, slots, score))
        return out

    @cached_property
    def _telling(self) -> frozenset[str]:
        """The features of a token that speak for an event."""
        return self._models["trigger"].against(NONE)

    def _found(self, scene: Scene) -> Iterator[Trigger]:
        """The tokens that name an event, by the classifier or by a rule that is sure.

        Only tokens are judged that a rule names, or whose lemma has named events in training.
        """
        model = self._models["trigger"]
        tokens = [
            at
            for at in candidates(scene.parse)
            if at in scene.hits or features.lemma(scene, at) in self._telling
        ]
        none = model.labels.index(NONE)
        views = [features.of_trigger(scene, at) for at in tokens]
        for at, scores in zip(tokens, model.many(views).tolist(), strict=True):
            event = 1.0 - scores[none]
            sure = [hit.rule.type for hit in scene.hits.get(at, ()) if hit.rule.sure]
            if event >= self._at_least.trigger:
                kinds = zip(scores, model.labels, strict=True)
                yield Trigger(at, max(k for k in kinds if k[1] != NONE)[1], event)
            elif sure:
                yield Trigger(at, sure[0], event)


def _words(scene: Scene, trigger: Trigger) -> tuple[Span, str]:
    """The trigger's words (a phrase if a rule of the type names one) and the rule behind them."""
    hits = [hit for hit in scene.hits.get(trigger.at, []) if hit.rule.type == trigger.kind]
    if not hits:
        return scene.parse.tokens[trigger.at].span, f"{FOUND_BY}#trigger"
    return scene.parse.span(hits[0].first, hits[0].last), hits[0].rule_id
