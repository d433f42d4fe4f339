"""Linear classifiers over named features: small, fast, readable, shipped as one file of arrays."""

import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.knowledge import locate

MODEL = "models/extract.npz"


class Linear:
    """Multinomial logistic regression: probabilities of labels given a set of feature names."""

    def __init__(
        self, labels: tuple[str, ...], features: Iterable[str], weights: NDArray[np.float32]
    ) -> None:
        self.labels = labels
        self._index: Mapping[str, int] = {name: i for i, name in enumerate(features)}
        self._weights = weights
        if weights.shape != (len(self._index) + 1, len(labels)):
            raise ModelError(
                f"weights of shape {weights.shape} do not fit their labels and features"
            )

    def __call__(self, features: Iterable[str]) -> NDArray[np.float32]:
        """Probabilities in the order of `labels`; unknown features do not count."""
        (scores,) = self.many([features])
        return np.asarray(scores, dtype=np.float32)

    def many(self, candidates: Sequence[Iterable[str]]) -> NDArray[np.float32]:
        """Probabilities of several candidates at once: one row each, in the order of `labels`."""
        bias, known = len(self._index), self._index.get
        rows: list[int] = []
        starts = []
        for features in candidates:
            starts.append(len(rows))
            rows += [i for i in set(map(known, features)) if i is not None]
            rows.append(bias)
        if not rows:
            return np.empty((0, len(self.labels)), dtype=np.float32)
        scores = np.add.reduceat(self._weights.take(rows, axis=0), starts, axis=0)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), dtype=np.float32)

    def against(self, label: str) -> frozenset[str]:
        """The features that speak more for some other label than for `label`."""
        own = self._weights[:, self.labels.index(label), None]
        stronger = (self._weights > own).any(axis=1)
        return frozenset(name for name, i in self._index.items() if stronger[i])

    def explain(self, features: Iterable[str], label: str, top: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for `label`, with their weights."""
        column = self.labels.index(label)
        known = [
            (f, float(self._weights[self._index[f], column]))
            for f in set(features)
            if f in self._index
        ]
        return sorted(known, key=lambda x: (-x[1], x[0]))[:top]


@lru_cache(maxsize=1)
def load(path: str | Path = MODEL) -> dict[str, Linear]:
    """The classifiers of the package by the decision they make.

    Raises:
        ModelError: The file is missing or broken.
    """
    try:
        with locate(path).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            names = sorted({key.split(".")[0] for key in arrays.files})
            return {name: _read(arrays, name) for name in names}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as cause:
        raise ModelError(
            f"{path}: {cause}; reinstall the package, or train it: make train"
        ) from cause


def _read(arrays: Mapping[str, NDArray[np.float32]], name: str) -> Linear:
    labels = tuple(arrays[f"{name}.labels"].tobytes().decode().split("\n"))
    features = arrays[f"{name}.features"].tobytes().decode().split("\n")
    return Linear(labels, features, arrays[f"{name}.weights"].astype(np.float32))


def save(
    path: Path, models: Mapping[str, tuple[tuple[str, ...], list[str], NDArray[np.float32]]]
) -> None:
    """Write classifiers to one file: labels, feature names, weights with the bias as last row."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, (labels, features, weights) in sorted(models.items()):
        arrays[f"{name}.labels"] = np.frombuffer("\n".join(labels).encode(), np.uint8)
        arrays[f"{name}.features"] = np.frombuffer("\n".join(features).encode(), np.uint8)
        arrays[f"{name}.weights"] = weights.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **arrays)
