"""Train the classifiers of extraction from gold records and write them to one file.

    python training/train.py GOLD_FOLDER [--out FILE] [--seed N]

The records and texts of the folder must be openly licensed; docs/model-card.md names ours.
"""

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from datasets import Example, Sink, examples, links, merged
from dateline.evaluate.gold import read_gold
from dateline.evaluate.matching import Event as Gold
from dateline.extract.linear import MODEL, Linear, save
from dateline.extract.mentions import Events
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers
from dateline.knowledge import locate
from dateline.knowledge.triggers import load as load_rules
from dateline.model import Annotated

FOLDS = 4
# Inverse regularisation per decision, and how often a feature must occur to be kept.
STRENGTH = {
    "trigger": 0.3,
    "mode": 1.0,
    "status": 0.2,
    "role": 0.1,
    "place": 0.2,
    "time": 0.2,
    "count": 1.5,
    "source": 0.05,
    "link": 0.2,
}
LEAST = 2

Arrays = tuple[tuple[str, ...], list[str], NDArray[np.float32]]


def fit(found: Sequence[Example], strength: float) -> Arrays:
    """Labels, feature names and weights of a classifier for these examples."""
    often = Counter(f for names, _ in found for f in set(names))
    kept = sorted(f for f, n in often.items() if n >= LEAST and f.isprintable())
    index = {f: i for i, f in enumerate(kept)}
    rows, columns = [], []
    for row, (names, _) in enumerate(found):
        known = {index[f] for f in names if f in index}
        rows += [row] * len(known)
        columns += sorted(known)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(found), len(kept)))
    model = LogisticRegression(C=strength, max_iter=200)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the iteration limit is meant
        model.fit(matrix, [label for _, label in found])
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two labels
        coefficients, bias = (
            np.vstack([-coefficients / 2, coefficients / 2]),
            np.array([-bias[0] / 2, bias[0] / 2]),
        )
    weights = np.vstack([coefficients.T, bias]).astype(np.float16).astype(np.float32)
    return tuple(map(str, model.classes_)), kept, weights


def train(docs: Sequence[tuple[Annotated, Sequence[Gold]]]) -> dict[str, Arrays]:
    """All classifiers; linking learns from slots filled without having seen the document."""
    triggers = Triggers(load_rules())
    scenes = [Scene(doc, triggers) for doc, _ in docs]
    sinks = [examples(scene, events) for scene, (_, events) in zip(scenes, docs, strict=True)]
    out = _fit_all(sinks)
    pairs: list[Example] = []
    for fold in range(FOLDS):
        seen = (s for k, s in enumerate(sinks) if k % FOLDS != fold)
        step = Events(models(_fit_all(seen, but="trigger")))
        for k in range(fold, len(docs), FOLDS):
            pairs += links(scenes[k], docs[k][1], step)
    out["link"] = fit(pairs, STRENGTH["link"])
    return out


def models(arrays: dict[str, Arrays]) -> dict[str, Linear]:
    """Classifiers ready for use."""
    return {name: Linear(*parts) for name, parts in arrays.items()}


def _fit_all(sinks: Iterable[Sink], but: str = "") -> dict[str, Arrays]:
    together = merged(sinks)
    return {n: fit(found, STRENGTH[n]) for n, found in sorted(together.items()) if n != but}


def main() -> None:
    """Read the command line, train, write."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("gold", type=Path)
    options.add_argument("--out", type=Path, default=Path(str(locate("models"))) / Path(MODEL).name)
    from dateline.pipeline import Pipeline, annotation_steps

    chosen = options.parse_args()
    began = time.monotonic()
    gold = read_gold(chosen.gold)
    pipeline = Pipeline(steps=annotation_steps())
    docs = []
    for entry, doc in zip(gold, pipeline.annotate(g.document for g in gold), strict=True):
        if not isinstance(doc, Annotated):
            sys.exit(f"{entry.name}: {doc.problem}")
        docs.append((doc, entry.events))
    print(f"{len(docs)} dispatches annotated in {time.monotonic() - began:.0f} s")
    arrays = train(docs)
    save(chosen.out, arrays)
    for name, (labels, features, _) in sorted(arrays.items()):
        print(f"{name:8} {len(labels):3} labels {len(features):6} features")
    size = chosen.out.stat().st_size / 1e6
    print(f"{chosen.out}: {size:.1f} MB in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
