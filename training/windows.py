"""What the encoder learns from: sentences with their triggers, and what is told of each."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import datasets
import train
from dateline.evaluate.matching import Event as Gold
from dateline.extract import encoder as runtime
from dateline.extract import features
from dateline.extract.encoder import FILLERS, KINDS, NONE, STATUSES, Asked, Window
from dateline.extract.linear import Linear
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers, candidates
from dateline.knowledge.triggers import load as load_rules

FOLDS = 3
NEAR_MISS = 0.12  # chance of an event from which the linear classifier's error is an example
GOLD, FURTHER, SHORT = 1.0, 0.5, 0.5  # what an example of each part counts


class Told(NamedTuple):
    """A trigger with what is to be learned from it; -1 where nothing is.

    `bare` – whether it might be no event: not told by the further codings.
    """

    at: int
    kind: int
    status: int = -1
    mode: str = ""
    fillers: Mapping[str, list[tuple[int, int]]] = MappingProxyType({})
    weight: float = 1.0
    bare: bool = True


class Example(NamedTuple):
    """A window with what is asked of it, and its triggers."""

    window: Window
    asked: Asked
    told: list[Told]


def examples_of(
    tokenizer: Any,
    scene: Scene,
    events: Sequence[Gold],
    weight: float,
    chances: Mapping[int, float] | None,
) -> list[Example]:
    """The windows of a document's events, and of likely errors where chances are given."""
    pieces = runtime.pieces_of(tokenizer, scene.parse, scene.doc.text)
    windows: dict[int, Window] = {}
    told: dict[int, Told] = {}
    for event in events:
        for head in datasets.trigger_heads(scene, event):
            if head not in told and pieces[head]:
                windows[head] = runtime.window(scene.parse, pieces, head)
                told[head] = _told(scene, event, head, windows[head])._replace(
                    weight=weight, bare=chances is not None
                )
    for at, chance in (chances or {}).items():
        if at not in told and chance >= NEAR_MISS:
            windows[at] = runtime.window(scene.parse, pieces, at)
            told[at] = Told(at, 0, weight=weight)
    heads = {at for each in told.values() for pairs in each.fillers.values() for at, _ in pairs}
    return [
        Example(batch.windows[k], batch.asked[k], [told[at] for n, at in batch.triggers if n == k])
        for batch in runtime.batches(windows, heads)
        for k in range(len(batch.windows))
    ]


def _told(scene: Scene, event: Gold, head: int, window: Window) -> Told:
    fillers = {
        name: [
            (at, FILLERS[name].index(label if label in FILLERS[name] else "some"))
            for at, label in found
            if at in window.at
        ]
        for name, found in datasets.labels(scene, head, event).items()
        if name in FILLERS
    }
    return Told(
        head,
        KINDS.index(event["type"]),
        STATUSES.index(event["status"]),
        f"{event['type']}/{event['mode'] or NONE}",
        fillers,
    )


class Guess:
    """How likely tokens are triggers, to a linear classifier."""

    def __init__(self, scenes: Sequence[Scene], gold: Sequence[Sequence[Gold]]) -> None:
        seen = [
            (features.of_trigger(scene, at), kinds.get(at, NONE))
            for scene, events in zip(scenes, gold, strict=True)
            for kinds in [{h: e["type"] for e in events for h in datasets.trigger_heads(scene, e)}]
            for at in candidates(scene.parse)
        ]
        fitted = train.fit(seen, train.STRENGTH["trigger"], [1.0] * len(seen))
        self._model = Linear(*fitted)

    def __call__(self, scene: Scene) -> dict[int, float]:
        """The chance of each candidate of a document."""
        tokens = list(candidates(scene.parse))
        scores = self._model.many([features.of_trigger(scene, at) for at in tokens])
        bare = self._model.labels.index(NONE)
        return {at: 1.0 - float(row[bare]) for at, row in zip(tokens, scores, strict=True)}


def learned(texts: train.Texts, tokenizer: Any) -> list[Example]:
    """The examples of all documents; errors are those made without having seen the document."""
    triggers = Triggers(load_rules())
    scenes = [Scene(doc, triggers) for doc, _ in texts.gold]
    gold = [events for _, events in texts.gold]
    out: list[Example] = []
    for fold in range(FOLDS):
        seen = [k for k in range(len(scenes)) if k % FOLDS != fold]
        guess = Guess([scenes[k] for k in seen], [gold[k] for k in seen])
        for k in range(fold, len(scenes), FOLDS):
            out += examples_of(tokenizer, scenes[k], gold[k], GOLD, guess(scenes[k]))
    for doc, events in texts.short:
        scene = Scene(doc, triggers)
        out += examples_of(tokenizer, scene, events, SHORT, guess(scene))
    for doc, events in texts.further:
        out += examples_of(tokenizer, Scene(doc, triggers), events, FURTHER, None)
    return out
