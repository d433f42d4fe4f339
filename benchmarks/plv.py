"""The PLOVER type of what one marked party of a sentence does to another, by five-fold training.

    python benchmarks/plv.py [--data FILE] [--write]

The sentences (measured only: nothing that is trained on them is kept) mark a source and a target;
asked is the type, of fifteen, of what the one does to the other, CONCEDE and RETREAT being one. A
linear classifier is trained on four fifths of them and asked of the rest, in turn. It sees what
Dateline sees of the word that joins the two in the parse: its lemma and those around it, the
verdicts of the package's classifiers and the encoder's vectors; and, like the bag of words that it
is compared with, the words of the sentence.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import logsumexp

import report
from dateline.config import Config
from dateline.errors import DatelineError
from dateline.extract import features
from dateline.extract.encoder import load as load_encoder
from dateline.extract.judge import Judge
from dateline.extract.linear import load as load_linear
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers, candidates
from dateline.knowledge.triggers import load as load_rules
from dateline.model import Annotated, Document, Span
from dateline.pipeline import Pipeline, annotation_steps

DATA = Path(__file__).parents[2] / "shared" / "data" / "plover" / "PLV_train.tsv"
FOLDS = 5
STRENGTH = 3.0  # inverse regularisation
ROUNDS = 200
LEAST = 2  # how often a word must occur to count
_HEADS = ("kind", "mode", "status")
_LEAST = 1e-4
HEAD = ("seen by the classifier", "accuracy", "mean F1 of the types")
PEERS = (("TF-IDF and SVM, on its own test half", "0.749", "0.711"),)
_MARK = re.compile(r"</?[st]>")
_WORD = re.compile(r"\w+")
_VERBS = {"VERB", "AUX"}

Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """A sentence, where its source and its target stand, and the type of what joins them.

    A party may not be marked.
    """

    text: str
    source: Span | None
    target: Span | None
    kind: str

    @property
    def parties(self) -> list[Span]:
        """Where the marked parties stand."""
        return [span for span in (self.source, self.target) if span is not None]

    @classmethod
    def of(cls, marked: str, kind: str) -> "Pair":
        """Read a sentence whose source is in <s> and whose target in <t>.

        >>> Pair.of("<s>Oslo</s> met <t>Bonn</t>.", "CONSULT")[:2]
        ('Oslo met Bonn.', Span(start=0, end=4))
        """
        at: dict[str, int] = {}
        shift = 0
        for mark in _MARK.finditer(marked):
            at[mark.group()] = mark.start() - shift
            shift += len(mark.group())
        source, target = (
            Span(at[f"<{x}>"], at[f"</{x}>"]) if f"</{x}>" in at else None for x in "st"
        )
        return cls(_MARK.sub("", marked), source, target, kind)


def read(path: Path) -> list[Pair]:
    """The pairs of the file."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Pair.of(row["marked_sentence"], row["gold_root"]) for row in rows]


class View(NamedTuple):
    """What a classifier sees of a pair: features by name, and numbers."""

    names: list[str]
    words: list[str]
    numbers: Floats


class Viewer:
    """Sees pairs as Dateline does."""

    def __init__(self) -> None:
        self._judge = Judge(load_linear(), load_encoder())
        self._triggers = Triggers(load_rules())

    def __call__(self, doc: Annotated, pair: Pair) -> View:
        """The views of the word that joins the parties, and of the likeliest trigger near it."""
        scene = Scene(doc, self._triggers)
        joint = _joint(scene, pair)
        near = _near(scene, joint, pair)
        encoded = self._judge.encode(scene, near)
        rows = self._judge.linear("trigger", [features.of_trigger(scene, at) for at in near])
        kinds = self._judge.kinds(rows, encoded)
        none = self._judge.labels("trigger").index("-")
        best = int(np.argmin(kinds[:, none]))
        names = [f"joint {name}" for name in features.of_trigger(scene, joint)]
        names += [f"best {name}" for name in features.of_trigger(scene, near[best])]
        at = near.index(joint)
        numbers = [kinds[best], kinds[at], kinds.max(axis=0)]
        heads = [encoded.label(name) for name in _HEADS] if encoded is not None else []
        for verdicts in heads:
            numbers += [verdicts[best], verdicts[at]]
        logs = np.log(np.concatenate(numbers) + _LEAST)
        return View(names, list(_words(pair)), np.asarray(logs, np.float64))


def _joint(scene: Scene, pair: Pair) -> int:
    """The word under which both parties hang, itself neither, or the nearest verb above it."""
    parse = scene.parse
    heads = [parse.head_of(span) for span in pair.parties]
    chains = [[head, *parse.ancestors(head)] for head in heads]
    shared = [at for at in chains[0] if all(at in chain for chain in chains)]
    inside = {i for span in pair.parties for i in parse.tokens_in(span)}
    told = [at for at in shared if at not in inside]
    verbs = (at for at in told if at in scene.hits or parse.tokens[at].pos in _VERBS)
    return next(verbs, (told or chains[0])[0])


def _near(scene: Scene, joint: int, pair: Pair) -> list[int]:
    """The joining word, and what may name an event below it or between the parties."""
    parse = scene.parse
    first, last = (min(s.start for s in pair.parties), max(s.end for s in pair.parties))
    between = set(parse.tokens_in(Span(first, last))) if len(pair.parties) > 1 else set()
    below = {joint, *parse.children(joint, "dobj", "xcomp", "ccomp", "prep", "attr", "acomp")}
    below |= {i for at in tuple(below) for i in parse.children(at, "pobj", "pcomp", "dobj")}
    return sorted({joint, *((between | below) & set(candidates(parse)))})


def _words(pair: Pair) -> Iterator[str]:
    """The words of a sentence and each two that stand together, the parties' as theirs."""
    marks = [(s, mark) for s, mark in ((pair.source, " source "), (pair.target, " target ")) if s]
    text = pair.text
    for span, mark in sorted(marks, reverse=True):
        text = text[: span.start] + mark + text[span.end :]
    for told in (pair.text, text):
        words = [w.lower() for w in _WORD.findall(told)]
        yield from words
        yield from (f"{one} {other}" for one, other in pairwise(words))


def views(pairs: Sequence[Pair]) -> list[View]:
    """All pairs as Dateline sees them."""
    config = Config()
    viewer, pipeline = Viewer(), Pipeline(config, annotation_steps(config))
    documents = (Document(pair.text, f"sentence {n}") for n, pair in enumerate(pairs))
    out = []
    for doc, pair in zip(pipeline.annotate(documents), pairs, strict=True):
        if not isinstance(doc, Annotated):
            raise DatelineError(f"{doc.document.name} could not be coded: {doc.problem}")
        out.append(viewer(doc, pair))
    return out


# classifying -------------------------------------------------------------------------------------
def bag(texts: Sequence[Sequence[str]], seen: Sequence[int]) -> csr_matrix:
    """Words weighed by how rare they are among the `seen` texts, rows of length one."""
    often = Counter(w for k in seen for w in set(texts[k]))
    index = {w: i for i, w in enumerate(sorted(w for w, n in often.items() if n >= LEAST))}
    rare = np.array([1 + np.log((1 + len(seen)) / (1 + often[w])) for w in index])
    told = [Counter(index[w] for w in words if w in index) for words in texts]
    rows = [row for row, counts in enumerate(told) for _ in counts]
    columns = [i for counts in told for i in counts]
    values = np.array([(1 + np.log(n)) * rare[i] for counts in told for i, n in counts.items()])
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(index)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1), np.float64)).ravel()
    scale: Floats = 1.0 / np.maximum(lengths, 1e-9)
    return csr_matrix(matrix.multiply(scale[:, None]))


def scaled(numbers: Floats, seen: Sequence[int]) -> csr_matrix:
    """Numbers with the mean and spread of the `seen` rows taken out, rows about as long as one."""
    known = numbers[seen]
    shifted = (numbers - known.mean(axis=0)) / (known.std(axis=0) + 1e-6)
    return csr_matrix(shifted / np.sqrt(numbers.shape[1]))


def fit(matrix: csr_matrix, labels: NDArray[np.int64], number: int) -> Floats:
    """The weights of a logistic regression: a column per label."""
    wanted = np.eye(number)[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(matrix.shape[1], number)
        scores = matrix @ weights
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        slope = matrix.T @ (np.exp(logs) - wanted) * STRENGTH + weights
        return float(-(logs * wanted).sum() * STRENGTH + (weights**2).sum() / 2), slope.ravel()

    start = np.zeros(matrix.shape[1] * number)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return np.asarray(found.x).reshape(matrix.shape[1], number)


Parts = Sequence[Callable[[Sequence[int]], csr_matrix]]


def accuracy(parts: Parts, kinds: Sequence[str]) -> tuple[float, float]:
    """The share of types that classifiers name right which have not seen them, and the mean F1."""
    labels = sorted(set(kinds))
    truth = np.array([labels.index(kind) for kind in kinds])
    told = np.empty_like(truth)
    for fold in range(FOLDS):
        seen = [k for k in range(len(kinds)) if k % FOLDS != fold]
        matrix = csr_matrix(hstack([part(seen) for part in parts]))
        asked = slice(fold, None, FOLDS)
        told[asked] = (matrix[asked] @ fit(matrix[seen], truth[seen], len(labels))).argmax(axis=1)
    f1 = [_f1(truth == k, told == k) for k in range(len(labels))]
    return float((told == truth).mean()), sum(f1) / len(f1)


def _f1(truth: NDArray[np.bool_], told: NDArray[np.bool_]) -> float:
    named = int(truth.sum()) + int(told.sum())
    return 2 * int((truth & told).sum()) / max(named, 1)


def measure(pairs: Sequence[Pair]) -> list[list[str]]:
    """The figures of the bag of words, of what Dateline sees, and of both."""
    seen = views(pairs)
    kinds = [pair.kind for pair in pairs]
    words = partial(bag, [v.words for v in seen])
    names = partial(bag, [v.names for v in seen])
    numbers = partial(scaled, np.stack([v.numbers for v in seen]))
    rows = (
        ("words alone", (words,)),
        ("Dateline's view", (names, numbers)),
        ("both", (words, names, numbers)),
    )
    figures = ((name, accuracy(parts, kinds)) for name, parts in rows)
    return [[name, f"{share:.3f}", f"{f1:.3f}"] for name, (share, f1) in figures]


NOTE = (
    "1,050 sentences with two marked parties, and the type, of fifteen, of what one does to the "
    "other (measured only). Five-fold: a linear classifier sees the words, or what Dateline makes "
    "of the word that joins the parties, or both. `python benchmarks/plv.py --write`"
)


def main(arguments: Sequence[str]) -> int:
    """Measure with command-line arguments."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--data", type=Path, default=DATA)
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(arguments)
    if not options.data.exists():
        print(f"left out: plv (no {options.data})")
        return 0
    pairs = read(options.data)
    lines = report.table(HEAD, [*measure(pairs), *PEERS])
    print("\n".join(lines))
    if options.write:
        report.write("plv", ["## Type between two parties", "", NOTE, "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
