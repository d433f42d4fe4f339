"""How fast the coder is, beside its parser alone, and how much memory it takes.

    python benchmarks/speed.py [--rounds N] [--dispatches N] [--profile] [--memory] [--write]

spaCy's parser as it comes, and the coder, read the same texts in alternating rounds of one process;
the medians and the median of the round-by-round ratios count. Memory is the peak of a process of
its own for each size.
"""

import argparse
import gc
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import spacy

import report
from dateline.annotate.tokens import Parser
from dateline.config import Config
from dateline.model import Annotated, Document
from dateline.pipeline import Pipeline, default_steps, record_of

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "train"
SIZES = (1, 100, 2000)
BATCH = 32


class Rounds(NamedTuple):
    """Seconds of each round for the three sides, and how many sentences one round has."""

    sentences: int
    bare: list[float]
    parser: list[float]
    coder: list[float]

    def rate(self, seconds: Sequence[float]) -> float:
        """Sentences per second in the median round."""
        return self.sentences / statistics.median(seconds)

    def ratio(self) -> float:
        """How fast the coder is beside the parser alone (1: as fast)."""
        pairs = zip(self.bare, self.coder, strict=True)
        return statistics.median(bare / coder for bare, coder in pairs)


def dispatches() -> Iterator[Document]:
    """Dispatches without end: the texts at hand over and over, each time with another last line."""
    folder = GOLD if GOLD.is_dir() else Path(str(files("dateline.knowledge") / "samples"))
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    number = 0
    while True:
        for text in texts:
            number += 1
            yield Document(f"{text.rstrip()}\nThis is wire copy {number}.\n", f"copy {number}")


def bare_parser() -> Any:
    """The default parser's spaCy pipeline, with nothing of ours around it."""
    return spacy.load(import_module(Config().parser).model_path())


def rounds(count: int, documents: Sequence[Document]) -> Rounds:
    """Time the sides in turn; which goes first changes from round to round."""
    nlp, pipeline = bare_parser(), Pipeline(Config(batch=BATCH))
    first = Pipeline(Config(batch=BATCH), steps=())
    texts = [document.text for document in documents]
    sentences = 0

    def parse() -> None:
        nonlocal sentences
        sentences = sum(len(list(doc.sents)) for doc in nlp.pipe(texts, batch_size=BATCH))

    def parse_alike() -> None:
        deque(first.annotate(documents), maxlen=0)

    def code() -> None:
        for record in pipeline.code(documents):
            if record.problem:
                raise RuntimeError(record.problem)

    parse()
    code()
    result = Rounds(sentences, [], [], [])
    sides = [(parse, result.bare), (parse_alike, result.parser), (code, result.coder)]
    for number in range(count):
        for side, seconds in sides if number % 2 else reversed(sides):
            seconds.append(timed(side))
    return result


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes, the garbage of others left out."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def profile(documents: Sequence[Document]) -> list[tuple[str, float]]:
    """Milliseconds per sentence of each stage, after one batch to warm up."""
    parser, steps = Parser(Config().parser), default_steps()
    for warm in (documents[:BATCH], documents):
        spent: dict[str, float] = dict.fromkeys(["parse", *(s.name for s in steps), "claims"], 0.0)
        sentences = 0
        for start in range(0, len(warm), BATCH):
            docs = [Annotated(document) for document in warm[start : start + BATCH]]
            clock = _Clock(spent)
            docs = list(parser(docs))
            clock.lap("parse")
            for step in steps:
                layers = step(docs)
                docs = [
                    doc.with_layer(step.writes, found)
                    for doc, found in zip(docs, layers, strict=True)
                ]
                clock.lap(step.name)
            for doc in docs:
                record_of(doc)
            clock.lap("claims")
            sentences += sum(len(doc.parse.sentences) for doc in docs)
    return [(name, 1000 * seconds / sentences) for name, seconds in spent.items()]


class _Clock:
    """Adds the time since the last lap to a name."""

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent, self._last = spent, time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._spent[name] += now - self._last
        self._last = now


def peak(size: int) -> dict[str, float]:
    """Peak memory (MB) and seconds of a process that codes so many dispatches."""
    command = [sys.executable, __file__, "--child", str(size)]
    out = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (ours)
    return dict(json.loads(out.stdout.splitlines()[-1]))


def child(size: int) -> dict[str, float]:
    """Code so many dispatches, keep nothing, and tell what it took."""
    start = time.perf_counter()
    pipeline = Pipeline()
    claims = sum(len(record.claims) for record in pipeline.code(islice(dispatches(), size)))
    seconds = time.perf_counter() - start
    return {"mb": peak_kilobytes() / 1024, "seconds": seconds, "claims": claims}


def peak_kilobytes() -> int:
    """Peak resident memory of this process.

    Where /proc has it, it is taken from there: `getrusage` counts what the parent had at the fork.
    """
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def speed_section(result: Rounds, documents: int) -> list[str]:
    """The table of both sides."""
    each = (
        ("parser alone (spaCy)", result.bare),
        ("the same as dateline runs it", result.parser),
        ("dateline, all stages", result.coder),
    )
    rows = [
        (
            name,
            f"{result.rate(seconds):.0f}",
            f"{1000 * statistics.median(seconds) / result.sentences:.2f}",
            f"{1000 * min(seconds) / result.sentences:.2f}",
            f"{1000 * max(seconds) / result.sentences:.2f}",
        )
        for name, seconds in each
    ]
    head = ("one process", "sentences/s (median)", "ms per sentence", "fastest", "slowest")
    note = (
        f"{documents} dispatches, {result.sentences} sentences, {len(result.coder)} alternating "
        f"rounds. Dateline reaches **{100 * result.ratio():.0f} %** of the speed of its parser "
        "alone (median of the rounds' ratios), whose matrices it has multiplied by NumPy's "
        "OpenBLAS on one thread. `python benchmarks/speed.py --write`"
    )
    return ["## Speed", "", report.machine() + ".", "", note, "", *report.table(head, rows)]


def steps_section(steps: Sequence[tuple[str, float]]) -> list[str]:
    """The table of the stages."""
    whole = sum(ms for _, ms in steps)
    rows = [(name, f"{ms:.3f}", f"{100 * ms / whole:.1f} %") for name, ms in steps]
    rows.append(("all", f"{whole:.3f}", ""))
    head = ("stage", "ms per sentence", "share")
    note = "`python benchmarks/speed.py --profile --write`"
    return ["## Where the time goes", "", note, "", *report.table(head, rows)]


def memory_section() -> list[str]:
    """The table of peak memory by number of dispatches."""
    rows = []
    for size in SIZES:
        took = peak(size)
        rows.append((f"{size:,}", f"{took['mb']:.0f}", f"{took['seconds']:.1f}"))
    head = ("dispatches", "peak memory (MB)", "seconds with start-up")
    note = "`python benchmarks/speed.py --memory --write`, each size in a process of its own:"
    return ["## Memory", "", note, "", *report.table(head, rows)]


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for (speed, unless told otherwise) and print, or write, the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dispatches", type=int, default=100)
    parser.add_argument("--profile", action="store_true", help="time each stage instead")
    parser.add_argument("--memory", action="store_true", help="measure memory instead")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(child(options.child)))
        return 0
    documents = list(islice(dispatches(), options.dispatches))
    sections: dict[str, list[str]] = {}
    if options.profile:
        sections["steps"] = steps_section(profile(documents))
    if options.memory:
        sections["memory"] = memory_section()
    if not sections:
        sections["speed"] = speed_section(rounds(options.rounds, documents), len(documents))
    for name, lines in sections.items():
        print("\n".join(lines))
        if options.write:
            report.write(name, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
