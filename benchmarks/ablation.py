"""What the parts of extraction are worth: rules alone, each classifier alone, all together.

    python benchmarks/ablation.py [--gold FOLDER] [--write]

Rules alone: the first trigger rule of a word names the type, its subject or agent acts, its object
or who stands behind "against" suffers; the nearest place and time of the sentence; cues settle the
status; nothing is merged.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

import report
from dateline.evaluate import GoldDocument, Score, figures, read_gold, score
from dateline.export.gold import gold as gold_layout
from dateline.extract import Events, claims
from dateline.extract.decide import Thresholds
from dateline.extract.encoder import FILLERS, NONE
from dateline.extract.encoder import load as load_encoder
from dateline.extract.judge import Floats, Judge
from dateline.extract.linear import load
from dateline.model import Annotated, EventMention, Record
from dateline.pipeline import Pipeline, annotation_steps

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "dev"
SHOWN = ("event", "participants", "record", "status")
APART = Thresholds(link=1.1)  # no two mentions are merged
_ACTS = {"g=subj", "g=agent", "g=poss", "g=p:by", "g=head-subj"}
_SUFFERS = {"g=obj", "g=dative", "g=head-obj", "g=p:against", "g=p:on", "g=p:with", "g=p:of"}
_SURE, _NEAR = 0.95, 0.9


class Rules(Judge):
    """Verdicts that rest on rules and the tree alone, in the form of the classifiers'."""

    def linear(self, name: str, views: Sequence[list[str]]) -> Floats:
        """A row of chances for each view."""
        labels = self.labels(name)
        rows = np.full((len(views), len(labels)), 1e-3, np.float32)
        for row, view in zip(rows, views, strict=True):
            label, chance = _verdict(name, view, labels)
            if label in labels:
                row[labels.index(label)] = chance
        return rows / rows.sum(axis=1, keepdims=True)


def _verdict(name: str, view: Sequence[str], labels: Sequence[str]) -> tuple[str, float]:
    told = set(view)
    if name == "trigger":
        return next((f[3:] for f in view if f.startswith("r1=")), NONE), _SURE
    if name == "role":
        role = "actor" if told & _ACTS else "recipient" if told & _SUFFERS else NONE
        return role, _SURE
    if name in {"place", "time"}:
        return _nearest(view)
    if name == "count":
        kinds = (f.partition("=")[2].partition("/")[0] for f in view if f.startswith("k="))
        kind = next(kinds, NONE)
        return (kind if kind in labels else NONE), _SURE
    if name == "source":
        stances = (f[3:].partition("/") for f in view if f.startswith("st="))
        stance, _, covers = next(stances, (NONE, "", ""))
        return (stance if covers == "True" else NONE), _SURE
    return "actual", _SURE


def _nearest(view: Sequence[str]) -> tuple[str, float]:
    """A place or time of the sentence, the less likely the farther."""
    steps = (f[2:].partition("/")[0] for f in view if f.startswith("d="))
    step = next(steps, None)
    return ("no", _SURE) if step is None else ("yes", _NEAR - 0.05 * int(step))


def judges() -> Iterator[tuple[str, Judge, Thresholds]]:
    """The ways to decide, by name."""
    encoder = load_encoder()
    alone = dict.fromkeys(("trigger", "mode", "status", *FILLERS), 1.0)
    yield "rules alone", Rules(load()), APART
    yield "linear classifiers", Judge(load()), Thresholds()
    yield "encoder", Judge(load(), encoder, alone), Thresholds()
    yield "both", Judge(load(), encoder), Thresholds()


def measure(gold: Sequence[GoldDocument]) -> dict[str, Score]:
    """The score of each way on the same annotated dispatches."""
    pipeline = Pipeline(steps=annotation_steps())
    docs = [d for d in pipeline.annotate(x.document for x in gold) if isinstance(d, Annotated)]
    out = {}
    for name, judge, thresholds in judges():
        step = Events(judge, thresholds)
        found = {}
        for doc in docs:
            (layer,) = step([doc])
            told = claims(doc.with_layer(EventMention, layer), load(), thresholds)
            found[doc.document.name] = gold_layout(Record(doc.document, told))["events"]
        out[name] = score(gold, found)
    return out


def table(scores: Mapping[str, Score]) -> list[str]:
    """The main figures of each way."""
    rows = []
    for name, scored in scores.items():
        told = figures(scored)
        rows.append([name, *(told[figure] for figure in SHOWN)])
    return report.table(["", *SHOWN], rows)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; write with --write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    if not options.gold.is_dir():
        print(f"{options.gold}: not there; nothing measured")
        return 0
    lines = table(measure(read_gold(options.gold)))
    print("\n".join(lines))
    if options.write:
        head = "## What the parts are worth\n\nOn the gold dispatches of `dev`"
        report.write("ablation", [f"{head} (`python benchmarks/ablation.py --write`).", "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
