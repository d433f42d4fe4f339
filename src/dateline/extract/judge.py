"""The classifiers together: named features weighed by the linear ones, words by the encoder."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.extract.encoder import FILLERS, KINDS, NONE, STATUSES, Encoded, Encoder
from dateline.extract.linear import Linear
from dateline.extract.scene import Scene

SHARE = 0.5  # the encoder's part of a verdict
SHARES = {"status": 0.3}  # where it is another: cues speak through the linear features
_LEAST = 1e-6

Floats = NDArray[np.float32]
Pair = tuple[int, int]


class Judge:
    """Ask the classifiers: probabilities in the order of a classifier's labels."""

    def __init__(
        self,
        models: Mapping[str, Linear],
        encoder: Encoder | None = None,
        shares: Mapping[str, float] = SHARES,
    ) -> None:
        self._models = models
        self._encoder = encoder
        self._shares = shares

    def labels(self, name: str) -> tuple[str, ...]:
        """What a classifier tells apart."""
        return self._models[name].labels

    def against(self, name: str, label: str) -> frozenset[str]:
        """The features that speak more for some other label of a classifier."""
        return self._models[name].against(label)

    def encode(self, scene: Scene, triggers: Sequence[int]) -> Encoded | None:
        """The triggers (tokens) of a document as the encoder sees them; None without one."""
        if self._encoder is None:
            return None
        return self._encoder(scene.parse, scene.doc.text, triggers, scene.heads)

    def linear(self, name: str, views: Sequence[list[str]]) -> Floats:
        """The linear verdict alone, a row per trigger."""
        return self._models[name].many(views)

    def kinds(self, rows: Floats, encoded: Encoded | None) -> Floats:
        """Linear verdicts on the type of each trigger, weighed with the encoder's."""
        if encoded is None:
            return rows
        return self._together(
            "trigger", rows, _ordered(encoded.label("kind"), KINDS, self.labels("trigger"))
        )

    def events(self, name: str, views: Sequence[list[str]], encoded: Encoded | None) -> Floats:
        """The verdict on each trigger (status, mode), a row per trigger."""
        rows = self.linear(name, views)
        if encoded is None or not self._encoder or not self._shares.get(name, SHARE):
            return rows
        heads = STATUSES if name == "status" else self._encoder.modes
        return self._together(name, rows, _ordered(encoded.label(name), heads, self.labels(name)))

    def fillers(
        self,
        name: str,
        views: Sequence[list[str]],
        kinds: Sequence[str],
        pairs: Sequence[Pair],
        encoded: Encoded | None,
    ) -> Floats:
        """The verdict on each candidate (number of its trigger, head token), a row per pair."""
        rows = self.linear(name, views)
        if encoded is None or name not in FILLERS or not pairs:
            return rows
        seen = encoded.fillers(name, kinds, pairs)
        if "some" in FILLERS[name]:
            seen = _split(seen, rows, self.labels(name).index(NONE))
        else:
            seen = _ordered(seen, FILLERS[name], self.labels(name))
        return self._together(name, rows, seen)

    def _together(self, name: str, rows: Floats, seen: Floats) -> Floats:
        """The weighted geometric mean; the linear verdict alone where the encoder saw nothing."""
        share = self._shares.get(name, SHARE)
        logs = (1 - share) * np.log(np.maximum(rows, _LEAST))
        logs = logs + share * np.log(np.maximum(seen, _LEAST))
        powers = np.exp(logs - logs.max(axis=1, keepdims=True))
        mixed = powers / powers.sum(axis=1, keepdims=True)
        return np.asarray(np.where(np.isnan(seen), rows, mixed), np.float32)


def _ordered(seen: Floats, heads: Sequence[str], labels: Sequence[str]) -> Floats:
    """The encoder's columns in the order of a classifier's labels; unknown ones are unlikely."""
    at = {name: k for k, name in enumerate(heads)}
    out = np.full((len(seen), len(labels)), _LEAST, np.float32)
    for column, label in enumerate(labels):
        if label in at:
            out[:, column] = seen[:, at[label]]
    out[np.isnan(seen).any(axis=1)] = np.nan
    return out


def _split(seen: Floats, rows: Floats, none: int) -> Floats:
    """Give the encoder's "some" to the labels but none, in the proportions of `rows`."""
    others = rows.copy()
    others[:, none] = 0
    others /= np.maximum(others.sum(axis=1, keepdims=True), _LEAST)
    out = others * seen[:, 1:2]
    out[:, none] = seen[:, 0]
    return np.asarray(out, np.float32)
