"""How fast the engines are, what a worker weighs, how soon the first record is there.

    python benchmarks/engines.py [speed] [cold] [memory] [ray] [killed] [skew]
                                 [--dispatches N] [--rounds N] [--write]

Each word measures one thing, none measures all. Rates are those of a run under way: the start of
the workers, and what they code before all of them are at work, does not count. With --write the
figures go to benchmarks/engines.json, from which `benchmarks/sizing.py` works out docs/scaling.md,
and to docs/benchmarks.md.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import Any

import report
from dateline.engine import Engine, Pool, Ray, Work
from dateline.model import Document
from dateline.pipeline import batches
from speed import dispatches
from works import Bare, Coded, Sleeps, Weighed, Weight

FIGURES = Path(__file__).with_suffix(".json")
BATCH = 32
WARM = 3  # batches for each worker that do not count
SLEEPERS = 16  # workers of the simulated load
SEED = 7
Figures = dict[str, Any]


@contextmanager
def on_cores(number: int) -> Iterator[None]:
    """This process and its children use no more than so many cores."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cut(documents: Iterable[Document]) -> Iterator[Sequence[Any]]:
    """The batches of a run."""
    return batches(documents, BATCH)


def seconds(
    engine: Engine, work: Work[Any, Any], documents: Sequence[Document], warm: int
) -> float:
    """Seconds from the result number `warm` to the last one."""
    start = 0.0
    for number, _ in enumerate(engine.map(work, cut(documents)), 1):
        if number == warm:
            start = time.perf_counter()
    return time.perf_counter() - start


def speed(documents: Sequence[Document], rounds: int) -> Figures:
    """Sentences a second of the bare parser and of all stages, on one core and on two."""
    with on_cores(1):
        counts = list(Pool(1).map(Bare(BATCH), cut(documents)))
    spent: dict[tuple[str, int], list[float]] = defaultdict(list)
    warm = 2 * WARM * BATCH
    if warm >= len(documents) / 2:
        raise SystemExit(f"--dispatches {len(documents)}: more than {2 * warm} are needed")
    works: dict[str, Work[Any, Any]] = {"bare": Bare(BATCH), "coder": Coded()}
    for _, workers, (name, work) in product(range(rounds), (1, 2), works.items()):
        with on_cores(workers):
            spent[name, workers].append(seconds(Pool(workers), work, documents, warm))
    sentences = sum(counts[warm:])
    found: Figures = {
        f"{name}_{workers}": sentences / statistics.median(took)
        for (name, workers), took in spent.items()
    }
    return found | {
        "sentences": sum(counts),
        "dispatches": len(documents),
        "rounds": rounds,
        "share_1": ratio(spent["bare", 1], spent["coder", 1]),
        "share_2": ratio(spent["bare", 2], spent["coder", 2]),
        "scaling": ratio(spent["coder", 1], spent["coder", 2]),
    }


def ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The median of the ratios, round by round."""
    return statistics.median(a / b for a, b in zip(over, under, strict=True))


def cold(rounds: int) -> Figures:
    """Seconds from the command to its first record, of one dispatch."""
    sample = sorted((files("dateline.knowledge") / "samples").iterdir(), key=lambda x: x.name)
    text = next(x for x in sample if x.name.endswith(".txt"))
    command = [sys.executable, "-m", "dateline", "code", "-f", "jsonl", "--no-keep", str(text)]
    wall, work = [], []
    for _ in range(rounds + 1):  # the first one fills the system's caches
        before, start = _children(), time.perf_counter()
        with subprocess.Popen(command, stdout=PIPE, stderr=DEVNULL) as process:  # noqa: S603 (ours)
            assert process.stdout is not None  # noqa: S101 (for the type checker)
            process.stdout.readline()
            wall.append(time.perf_counter() - start)
            process.stdout.read()
        work.append(_children() - before)
    return {"wall": statistics.median(wall[1:]), "processor": statistics.median(work[1:])}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(number: int) -> Figures:
    """What two workers weigh while they code so many dispatches."""
    source = islice(dispatches(), number)
    return weights(list(Pool(2).map(Weighed(), cut(source))))


def weights(found: Sequence[Weight]) -> Figures:
    """Of the heaviest worker: its peak, and its weight after a tenth of them and at the end."""
    workers = {x.worker for x in found}
    late = found[len(found) // 10 :]
    early: dict[int, Weight] = {}
    last: dict[int, Weight] = {}
    for weight in late:
        early.setdefault(weight.worker, weight)
        last[weight.worker] = weight
    return {
        "dispatches": len(found),
        "workers": len(workers),
        "peak": max(x.peak for x in found),
        "early": max(x.now for x in early.values()),
        "end": max(x.now for x in last.values()),
        "early_peak": max(x.peak for x in early.values()),
    }


def ray(documents: Sequence[Document]) -> Figures:
    """Ray beside the local pool, both with two workers."""
    warm = 2 * WARM * BATCH
    spent = {
        name: seconds(engine, Coded(), documents, warm)
        for name, engine in (("pool", Pool(2)), ("ray", Ray(2)))
    }
    return {
        "dispatches": len(documents),
        "pool": (len(documents) - warm) / spent["pool"],
        "ray": (len(documents) - warm) / spent["ray"],
    }


def killed(documents: Sequence[Document]) -> Figures:
    """Records lost, doubled or changed when workers are killed on the way."""
    whole = list(Pool(2).map(Coded(), cut(documents)))
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    names = frozenset(x.name for x in chance.sample(documents, min(5, len(documents))))
    with tempfile.TemporaryDirectory() as folder:
        torn = list(Pool(2).map(Coded(folder, names), cut(documents)))
        deaths = len(list(Path(folder).iterdir()))
    changed = sum(a != b for a, b in zip(whole, torn, strict=False))
    return {
        "dispatches": len(documents),
        "killed": deaths,
        "missing": len(whole) - len(torn),
        "changed": changed,
    }


def skew() -> Figures:
    """How much of the workers' time is used when a few batches take far longer than the others."""
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    loads = {
        "even": [0.05] * 600,
        "skewed": [min(1.5, 0.02 * chance.paretovariate(1.2)) for _ in range(600)],
    }
    return {name: efficiency(load, _woken(load), SLEEPERS) for name, load in loads.items()} | {
        "longest": max(loads["skewed"]) / statistics.median(loads["skewed"]),
        "workers": SLEEPERS,
    }


def _woken(load: Sequence[float]) -> float:
    """Seconds that a pool takes for a load, from the time when all its workers are there."""
    start = [0.0] * SLEEPERS * 4
    ends = list(Pool(SLEEPERS).map(Sleeps(), [[x] for x in (*start, *load)]))
    return max(ends) - max(ends[: len(start)])


def efficiency(load: Sequence[float], took: float, workers: int) -> float:
    """The share of the workers' time that went into the load."""
    return sum(load) / (workers * took)


def lines(found: Figures) -> list[str]:
    """The section of the page."""
    rows = [row for name, told in found.items() if name in ROWS for row in ROWS[name](told)]
    head = ("", "figure", "aim")
    note = (
        "`python benchmarks/engines.py --write`; dispatches are those of the speed section. One "
        "core means that the command and its worker share it. What follows from these figures for "
        "large archives is in [Scaling](scaling.md)."
    )
    told = f"Measured on {found['machine']}.{shared(found)}" if "machine" in found else ""
    return ["## Engines", "", told, "", note, "", *report.table(head, rows)]


def shared(found: Figures) -> str:
    """How many others worked on the machine when the figures were measured."""
    loads = [told["load"] for name, told in found.items() if name in ROWS and "load" in told]
    if not loads:
        return ""
    return (
        f" Other processes that wanted a core before each of the measurements: {min(loads):.0f} to "
        f"{max(loads):.0f}."
    )


def _speed_rows(told: Figures) -> list[tuple[str, str, str]]:
    return [
        ("parser alone (spaCy), one core", f"{told['bare_1']:.0f} sentences/s", ""),
        ("all stages, one core", f"{told['coder_1']:.0f} sentences/s", ""),
        ("… beside the parser alone", f"{100 * told['share_1']:.0f} %", "≥ 60 %"),
        ("parser alone (spaCy), two cores", f"{told['bare_2']:.0f} sentences/s", ""),
        ("all stages, two workers on two cores", f"{told['coder_2']:.0f} sentences/s", ""),
        ("… beside the parser alone", f"{100 * told['share_2']:.0f} %", "≥ 60 %"),
        ("two workers beside one", f"{told['scaling']:.2f} times", "≥ 1.8"),
    ]


def _cold_rows(told: Figures) -> list[tuple[str, str, str]]:
    return [
        ("from the command to the first record", f"{told['wall']:.1f} s", "≤ 2.5 s"),
        ("… of processor time, to the end of the command", f"{told['processor']:.1f} s", ""),
    ]


def _memory_rows(told: Figures) -> list[tuple[str, str, str]]:
    number = f"{told['dispatches']:,} dispatches"
    return [
        (f"heaviest worker, peak over {number}", f"{told['peak']:.0f} MB", "≤ 700 MB"),
        ("… its peak after a tenth of them", f"{told['early_peak']:.0f} MB", "the same"),
        ("heaviest worker after a tenth, and at the end", _both(told), "the same"),
    ]


def _both(told: Figures) -> str:
    return f"{told['early']:.0f} and {told['end']:.0f} MB"


def _ray_rows(told: Figures) -> list[tuple[str, str, str]]:
    share = f"{100 * told['ray'] / told['pool']:.0f} %"
    what = f"Ray beside the pool, two workers, {told['dispatches']:,} dispatches"
    return [(what, share, "≥ 85 %")]


def _killed_rows(told: Figures) -> list[tuple[str, str, str]]:
    what = f"records lost, changed; {told['killed']} workers killed in {told['dispatches']:,}"
    return [(what, f"{told['missing']}, {told['changed']}", "0, 0")]


def _skew_rows(told: Figures) -> list[tuple[str, str, str]]:
    what = f"{told['workers']} workers busy, simulated load"
    return [
        (f"{what}, batches alike", f"{100 * told['even']:.0f} %", ""),
        (
            f"{what}, the longest batch {told['longest']:.0f} times the median",
            f"{100 * told['skewed']:.0f} %",
            "",
        ),
    ]


ROWS = {
    "speed": _speed_rows,
    "cold": _cold_rows,
    "memory": _memory_rows,
    "ray": _ray_rows,
    "killed": _killed_rows,
    "skew": _skew_rows,
}


def measured(what: str, options: argparse.Namespace) -> Figures | None:
    """The figures of one thing; None where it cannot be measured here."""
    number: int = options.dispatches
    match what:
        case "cold":
            return cold(options.rounds)
        case "memory":
            return memory(options.memory or number)
        case "skew":
            return skew()
        case "ray" if find_spec("ray") is None:
            print("left out: ray is not installed")
            return None
    documents = list(islice(dispatches(), number))
    if what == "speed":
        return speed(documents, options.rounds)
    return ray(documents) if what == "ray" else killed(documents)


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for and print, or write, the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*ROWS, []], help="all without any")
    parser.add_argument("--dispatches", type=int, default=600)
    parser.add_argument("--memory", type=int, help="dispatches of the measure of memory")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    found: Figures = {"machine": report.machine()}
    for what in options.what or ROWS:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        told = measured(what, options)
        if told is not None:
            found[what] = told | {"load": load}
    print("\n".join(lines(found)))
    if options.write:
        kept = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
        kept |= found
        FIGURES.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        report.write("engines", lines({x: kept[x] for x in ("machine", *ROWS) if x in kept}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
