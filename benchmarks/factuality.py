"""How far the status that cue words imply agrees with human judgements of what happened.

    python benchmarks/factuality.py [--data FOLDER] [--write]

UDS-IH2 and MEANTIME grade each event word from -3 (certainly did not happen) to 3 (certainly
did). The cues imply one of seven statuses; its grade is the mean of the words of that status in
the training part, so that nothing but the status is told. Mean absolute error and Pearson's r are
those of the development part, beside one mean for all words.
"""

import argparse
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import report
from dateline.annotate.cues import Cues
from dateline.model import Annotated, Cue, Document
from dateline.pipeline import Pipeline

DATA = Path(__file__).parents[2] / "shared" / "data" / "factuality"
CORPORA = {"MEANTIME": "meantime", "UDS-IH2": "uds_ih2"}
# The first of these that a word stands under is its status.
PRECEDENCE = ("negated", "hypothetical", "planned", "attempted", "alleged", "ongoing")
ACTUAL = "actual"
LEARNT_FROM = 3000  # sentences of the training part
HEAD = ("corpus", "words", "MAE", "Pearson r", "MAE of one mean")


class Graded(NamedTuple):
    """A sentence and its graded words: where each begins, and its grade."""

    document: Document
    words: tuple[tuple[int, float], ...]


def read(path: Path) -> Iterator[Graded]:
    """The sentences of a file, one JSON value a line, with spans counted in its tokens."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            sentence = json.loads(line)
            tokens = sentence["text"].split(" ")
            starts = [0]
            for token in tokens:
                starts.append(starts[-1] + len(token) + 1)
            words = tuple((starts[t["span1"][0]], t["label"]) for t in sentence["targets"])
            yield Graded(Document(sentence["text"], f"sentence {number}"), words)


def implied(doc: Annotated, start: int) -> str:
    """The status that the cues give the word at `start`; two negations cancel each other."""
    over: dict[str, set[int]] = defaultdict(set)
    for cue in doc[Cue]:
        if cue.scope.start <= start < cue.scope.end:
            over[cue.category].add(cue.span.start)
    if len(over["negated"]) % 2 == 0:
        del over["negated"]
    return next((status for status in PRECEDENCE if status in over), ACTUAL)


def graded(sentences: Sequence[Graded]) -> list[tuple[str, float]]:
    """The implied status and the grade of every word.

    Raises:
        RuntimeError: A sentence could not be annotated.
    """
    out = []
    docs = Pipeline(steps=(Cues(),)).annotate(s.document for s in sentences)
    for doc, sentence in zip(docs, sentences, strict=True):
        if not isinstance(doc, Annotated):
            raise RuntimeError(f"{doc.document.name}: {doc.problem}")
        out += [(implied(doc, start), grade) for start, grade in sentence.words]
    return out


def means(words: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The mean grade of each status."""
    by_status: dict[str, list[float]] = defaultdict(list)
    for status, grade in words:
        by_status[status].append(grade)
    return {status: statistics.fmean(grades) for status, grades in by_status.items()}


def agreement(
    words: Sequence[tuple[str, float]], known: Mapping[str, float], overall: float
) -> tuple[float, float, float]:
    """Mean absolute error, Pearson's r, and the error of one grade for all."""
    grades = [grade for _, grade in words]
    told = [known.get(status, overall) for status, _ in words]
    error = statistics.fmean(abs(a - b) for a, b in zip(grades, told, strict=True))
    flat = statistics.fmean(abs(grade - overall) for grade in grades)
    varied = len(set(told)) > 1 and len(set(grades)) > 1
    return error, statistics.correlation(grades, told) if varied else 0.0, flat


def measure(data: Path) -> list[str]:
    """The tables, as lines of Markdown."""
    rows, statuses = [], []
    for name, stem in CORPORA.items():
        train = graded(list(islice(read(data / f"{stem}_train.jsonl"), LEARNT_FROM)))
        known, overall = means(train), statistics.fmean(grade for _, grade in train)
        dev = graded(list(read(data / f"{stem}_dev.jsonl")))
        figures = agreement(dev, known, overall)
        rows.append((name, len(dev), *(f"{figure:.2f}" for figure in figures)))
        found = means(dev)
        counts = {s: sum(1 for status, _ in dev if status == s) for s in (ACTUAL, *PRECEDENCE)}
        shown = (f"{found[s]:+.1f} ({n})" if (n := counts[s]) else "–" for s in counts)
        statuses.append((name, *shown))
    lines = report.table(HEAD, rows)
    lines += ["", "Mean grade of the words of each status, and how many there are:", ""]
    return lines + report.table(("corpus", ACTUAL, *PRECEDENCE), statuses)


NOTE = (
    "The status that the cue words around an event word imply, against human grades from -3 to 3. "
    "Published, trained on each corpus: MEANTIME .20 / .70, UDS-IH2 .73 / .91. "
    "`python benchmarks/factuality.py --write`"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print, or write, the tables."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--data", type=Path, default=DATA)
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(argv)
    if not options.data.exists():
        print(f"left out: factuality (no corpora in {options.data})")
        return 0
    lines = measure(options.data)
    print("\n".join(lines))
    if options.write:
        report.write("factuality", ["## Factuality", "", NOTE, "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main())
