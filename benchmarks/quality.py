"""The quality gate: score the coder on the gold dispatches and compare with the floors.

    python benchmarks/quality.py [--gold FOLDER] [--raise] [--write] [--record FOLDER]

Exits with 1 when a figure is below its floor, when the gold records are not those the floors were
measured on, or when a dispatch could not be coded. Without the gold folder nothing is measured:
that is a failure where CI=true, and told in one line elsewhere.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import report
from acceptance import DISPATCH, checks
from dateline.errors import DatelineError
from dateline.evaluate import (
    Floors,
    GoldDocument,
    Run,
    Score,
    figures,
    fingerprint,
    load_run,
    read_gold,
    run_file,
    score,
)
from dateline.export.gold import gold as gold_layout
from dateline.model import Record
from dateline.pipeline import Pipeline

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "shared" / "gold"
FLOORS = HERE / "floors.json"
PARTS = ("train", "dev")
SHOWN_CHANGES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One folder of gold dispatches, coded and scored."""

    name: str
    corpus: str
    records: Mapping[str, Record]
    score: Score

    def problems(self) -> Iterator[str]:
        """A sentence for each dispatch that could not be coded."""
        for name, record in self.records.items():
            if record.problem:
                yield f"{self.name}: {name} could not be coded: {record.problem}"


def measure(folder: Path, gold: Sequence[GoldDocument], pipeline: Pipeline) -> Part:
    """Code and score the dispatches of one folder."""
    records = {r.document.name: r for r in pipeline.code(doc.document for doc in gold)}
    found = {name: gold_layout(record)["events"] for name, record in records.items()}
    return Part(folder.name, fingerprint([folder]), records, score(gold, found))


def changes(part: Part, folder: Path | None) -> list[str]:
    """Gains and losses against the last recorded run, as lines; then this run is recorded."""
    path = folder / f"{part.name}.json" if folder else run_file(part.corpus)
    run, earlier = Run.of(part.corpus, part.score), load_run(path)
    run.save(path)
    if earlier is None or earlier.corpus != run.corpus:
        return [f"no run on these dispatches was recorded before; this one is, in {path}"]
    found = run.since(earlier)
    gains = [f"  {change}" for change in found if change.kind == "gain"]
    losses = [f"  {change}" for change in found if change.kind == "loss"]
    moves = [
        f"{name} {earlier.figures[name]['f1']} → {run.figures[name]['f1']}"
        for name in part.score.totals
    ]
    head = f"against the last recorded run: {', '.join(moves)}; {len(gains)} gains, "
    return [f"{head}{len(losses)} losses", *_first(gains), *_first(losses)]


def _first(lines: list[str]) -> list[str]:
    left = len(lines) - SHOWN_CHANGES
    return lines if left <= 0 else [*lines[:SHOWN_CHANGES], f"  … and {left} more"]


def accepted(part: Part) -> Iterator[str]:
    """The acceptance list of the seed dispatch."""
    verdicts = {x.name: x.outcomes for x in part.score.documents}
    if DISPATCH in verdicts:
        found = sum(x.verdict == "found" for x in verdicts[DISPATCH])
        for check in checks(part.records[DISPATCH], found):
            yield f"- [{'x' if check.holds else ' '}] {check.what}"


def table(parts: Sequence[Part], floors: Floors) -> list[str]:
    """The figures and their floors as a table for the documentation."""
    head = ["F1", *(title for part in parts for title in (part.name, "floor"))]
    reached = {part.name: figures(part.score) for part in parts}
    names = list(dict.fromkeys(name for values in reached.values() for name in values))
    rows = [
        [
            name,
            *(
                values.get(name, "")
                for part in parts
                for values in (reached[part.name], floors.floors.get(part.name, {}))
            ),
        ]
        for name in names
    ]
    return report.table(head, rows)


def show(parts: Sequence[Part], folder: Path | None) -> None:
    """Print figures, changes and the acceptance list."""
    for part in parts:
        print(f"== {part.name}: {len(part.records)} dispatches")
        print("\n".join([*part.score.lines(), "by type:", *part.score.type_lines()]))
        print("\n".join(changes(part, folder)))
        listed = list(accepted(part))
        if listed:
            print("\n".join([f"{DISPATCH}:", *listed]))


def write(parts: Sequence[Part], floors: Floors) -> None:
    """Put figures, floors and acceptance list into the documentation."""
    count = " and ".join(f"{len(part.records)} ({part.name})" for part in parts)
    note = (
        f"On {count} gold dispatches. What is learned is learned on `train`; `dev` shows what to "
        "expect of unseen dispatches. Slots are counted on the events found. "
        "`python benchmarks/quality.py --write`"
    )
    lines = ["## Quality", "", note, "", *table(parts, floors), ""]
    listed = [line for part in parts for line in accepted(part)]
    report.write("quality", [*lines, *listed])


def left_out(folder: Path) -> int:
    """What to do without gold: one line, and a failure only where CI runs."""
    print(f"left out: the quality gate (no gold dispatches in {folder})")
    return int(os.environ.get("CI") == "true")


def gate(options: argparse.Namespace) -> int:
    """Measure, print, compare with the floors; 1 if anything falls short."""
    folders = [options.gold / name for name in PARTS]
    gold = [read_gold(folder) for folder in folders]
    pipeline = Pipeline()
    parts = [measure(*pair, pipeline) for pair in zip(folders, gold, strict=True)]
    show(parts, options.record)
    corpus, scores = fingerprint(folders), {part.name: part.score for part in parts}
    starting = options.lift and not FLOORS.exists()
    floors = Floors(corpus=corpus, floors={}) if starting else Floors.load(FLOORS)
    if options.lift:
        floors = floors.lifted(corpus, scores)
        floors.save(FLOORS)
    faults = [fault for part in parts for fault in part.problems()]
    faults += floors.breaches(corpus, scores)
    print("\n".join(faults) if faults else "the gate holds")
    if options.write:
        write(parts, floors)
    return int(bool(faults))


def main(arguments: Sequence[str]) -> int:
    """Run the gate with command-line arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder with train/ and dev/")
    parser.add_argument("--record", type=Path, help="folder of recorded runs (default: the cache)")
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="lift floors to the figures reached"
    )
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    if not options.gold.is_dir():
        return left_out(options.gold)
    try:
        return gate(options)
    except DatelineError as problem:
        print(f"{type(problem).__name__}: {problem}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
