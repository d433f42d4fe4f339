"""Train the classifiers of extraction from gold records and write them to one file.

    python training/train.py GOLD_FOLDER [--texts FOLDER] [--out FILE] [--folds N]

The records and texts of the folder must be openly licensed; docs/model-card.md names ours. The
dispatches and sentences beside this file count too, and the codings in `open` whose texts FOLDER
has, with lower weights (see README.md). With --folds nothing is written: the records are scored by
classifiers that have not seen them.
"""

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import codings
from datasets import Example, Sink, examples, links, merged
from dateline.evaluate import score
from dateline.evaluate.gold import GoldDocument, read_gold
from dateline.evaluate.matching import Event as Gold
from dateline.export.gold import gold as gold_layout
from dateline.extract import claims
from dateline.extract.judge import Judge
from dateline.extract.linear import MODEL, Linear, save
from dateline.extract.mentions import Events
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers
from dateline.knowledge import locate
from dateline.knowledge.triggers import load as load_rules
from dateline.model import Annotated, Document, EventMention, Record
from dateline.pipeline import Pipeline, annotation_steps

HERE = Path(__file__).parent
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
# What an example from our own codings counts beside one from the gold records, for the decisions
# that gain by them. The further dispatches are denser in events and sources, and were coded more
# quickly; the short texts tell of hedges and denials far more often than news does.
FURTHER = dict.fromkeys(("mode", "status", "role", "place", "time", "count"), 0.3) | {"source": 0.2}
SHORT = {"trigger": 0.3, "status": 1.0, "mode": 0.3, "role": 0.3}

Arrays = tuple[tuple[str, ...], list[str], NDArray[np.float32]]
Coded = tuple[Annotated, Sequence[Gold]]


def fit(found: Sequence[Example], strength: float, weights: Sequence[float]) -> Arrays:
    """Labels, feature names and weights of a classifier for these weighted examples."""
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
        model.fit(matrix, [label for _, label in found], sample_weight=np.asarray(weights))
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two labels
        coefficients, bias = (
            np.vstack([-coefficients / 2, coefficients / 2]),
            np.array([-bias[0] / 2, bias[0] / 2]),
        )
    weights = np.vstack([coefficients.T, bias]).astype(np.float16).astype(np.float32)
    return tuple(map(str, model.classes_)), kept, weights


class Texts(NamedTuple):
    """What there is to learn from: gold records, further codings of our own, short texts."""

    gold: Sequence[Coded]
    further: Sequence[Coded] = ()
    short: Sequence[Coded] = ()


def train(texts: Texts) -> dict[str, Arrays]:
    """All classifiers; linking learns from slots filled without having seen the document."""
    triggers = Triggers(load_rules())
    docs = texts.gold
    scenes = [Scene(doc, triggers) for doc, _ in docs]
    sinks = [examples(scene, events) for scene, (_, events) in zip(scenes, docs, strict=True)]
    more = [
        (weights, merged(examples(Scene(doc, triggers), events) for doc, events in found))
        for weights, found in ((FURTHER, texts.further), (SHORT, texts.short))
    ]
    out = _fit_all(sinks, more)
    pairs: list[Example] = []
    for fold in range(FOLDS):
        seen = (s for k, s in enumerate(sinks) if k % FOLDS != fold)
        step = Events(Judge(models(_fit_all(seen, (), but="trigger"))))
        for k in range(fold, len(docs), FOLDS):
            pairs += links(scenes[k], docs[k][1], step)
    out["link"] = fit(pairs, STRENGTH["link"], [1.0] * len(pairs))
    return out


def models(arrays: dict[str, Arrays]) -> dict[str, Linear]:
    """Classifiers ready for use."""
    return {name: Linear(*parts) for name, parts in arrays.items()}


def _fit_all(
    sinks: Iterable[Sink], more: Iterable[tuple[Mapping[str, float], Sink]], but: str = ""
) -> dict[str, Arrays]:
    together = merged(sinks)
    out = {}
    for name in sorted(together.keys() - {but}):
        found = list(together[name])
        weights = [1.0] * len(found)
        for weighing, sink in more:
            if name in weighing:
                found += sink.get(name, [])
                weights += [weighing[name]] * (len(found) - len(weights))
        out[name] = fit(found, STRENGTH[name], weights)
    return out


def annotated(found: Iterable[tuple[Document, Sequence[Gold]]]) -> list[Coded]:
    """Documents with their layers below the events, beside their coded events."""
    listed = list(found)
    pipeline = Pipeline(steps=annotation_steps())
    out = []
    layers = pipeline.annotate(document for document, _ in listed)
    for (document, events), doc in zip(listed, layers, strict=True):
        if not isinstance(doc, Annotated):
            sys.exit(f"{document.name}: {doc.problem}")
        out.append((doc, events))
    return out


def read(folder: Path, texts: Path | None) -> Texts:
    """The gold records and our own codings, annotated."""
    began = time.monotonic()
    others = codings.others(HERE / "open", texts) if texts else ()
    found = Texts(
        annotated((entry.document, entry.events) for entry in read_gold(folder)),
        annotated(chain(codings.own(HERE / "dispatches"), others)),
        annotated(codings.sentences(HERE / "sentences")),
    )
    told = ", ".join(
        f"{len(part)} {name} texts with {sum(len(events) for _, events in part):,} events"
        for name, part in found._asdict().items()
    )
    print(f"{told} annotated in {time.monotonic() - began:.0f} s")
    return found


def held_out(gold: Sequence[GoldDocument], texts: Texts, folds: int) -> None:
    """Print how classifiers do on the records that they have not seen."""
    found = {}
    docs = texts.gold
    for fold in range(folds):
        seen = [doc for k, doc in enumerate(docs) if k % folds != fold]
        judges = models(train(texts._replace(gold=seen)))
        step = Events(Judge(judges))
        for k in range(fold, len(docs), folds):
            (layer,) = step([docs[k][0]])
            doc = docs[k][0].with_layer(EventMention, layer)
            record = Record(doc.document, claims(doc, judges))
            found[gold[k].name] = gold_layout(record)["events"]
        print(f"fold {fold + 1} of {folds} done", file=sys.stderr, flush=True)
    print("\n".join(score(gold, found).lines()))


def main() -> None:
    """Read the command line, train, write."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("gold", type=Path)
    options.add_argument("--texts", type=Path, help="folder with open/ and the press releases")
    options.add_argument("--out", type=Path, default=Path(str(locate("models"))) / Path(MODEL).name)
    options.add_argument("--folds", type=int, default=0, help="cross-validate, write nothing")
    chosen = options.parse_args()
    began = time.monotonic()
    texts = read(chosen.gold, chosen.texts)
    if chosen.folds:
        held_out(read_gold(chosen.gold), texts, chosen.folds)
        return
    arrays = train(texts)
    save(chosen.out, arrays)
    for name, (labels, features, _) in sorted(arrays.items()):
        print(f"{name:8} {len(labels):3} labels {len(features):6} features")
    size = chosen.out.stat().st_size / 1e6
    print(f"{chosen.out}: {size:.1f} MB in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
