"""Event mentions: triggers judged, typed, and their slots filled."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.extract import features
from dateline.extract.decide import FOUND_BY, NONE, Slotter, Thresholds
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
    Slots,
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
        return [list(self.find(Scene(doc, self._triggers))) for doc in docs]

    def find(self, scene: Scene) -> Iterator[EventMention]:
        """The event mentions of one document, in text order."""
        tokens = list(candidates(scene.parse))
        model = self._models["trigger"]
        none = model.labels.index(NONE)
        views = [features.of_trigger(scene, at) for at in tokens]
        for at, scores in zip(tokens, model.many(views), strict=True):
            event = 1.0 - float(scores[none])
            sure = [hit.rule.type for hit in scene.hits.get(at, ()) if hit.rule.sure]
            if event >= self._at_least.trigger:
                kinds = zip(map(float, scores), model.labels, strict=True)
                kind = max(k for k in kinds if k[1] != NONE)[1]
                yield self.fill(scene, at, kind, event)
            elif sure:
                yield self.fill(scene, at, sure[0], event)

    def fill(self, scene: Scene, at: int, kind: str, score: float) -> EventMention:
        """The mention at a trigger of known type, with its slots."""
        slotter = self._slotter
        actors, recipients = slotter.participants(scene, at, kind)
        slots = Slots(
            status=slotter.status(scene, at, kind),
            mode=slotter.mode(scene, at, kind),
            actors=actors,
            recipients=recipients,
            places=slotter.places(scene, at, kind),
            time=slotter.time(scene, at, kind),
            counts=slotter.counts(scene, at, kind),
            sources=slotter.sources(scene, at, kind),
        )
        span, found_by = _trigger(scene, at, kind)
        return EventMention(span, found_by, at, kind, slots, round(score, 3))


def _trigger(scene: Scene, at: int, kind: str) -> tuple[Span, str]:
    """The trigger's words (a phrase if a rule of the type names one) and the rule behind them."""
    hits = [hit for hit in scene.hits.get(at, []) if hit.rule.type == kind]
    if not hits:
        return scene.parse.tokens[at].span, f"{FOUND_BY}#trigger"
    return scene.parse.span(hits[0].first, hits[0].last), hits[0].rule_id
