"""Fuzzing of every reader, the layers and the codec, and how their time grows with the input.

    python benchmarks/fuzz.py [--runs N] [--seconds S] [--seed N] [--write]

Each target is fuzzed by atheris (coverage-guided, libFuzzer) in a process of its own where that is
installed, else by the engine of the tests. What is written to the docs are the inputs tried, the
crashes found and the slowest input per kilobyte. Then all layers run over texts made to be slow, at
three sizes, each twice the one before; a growth of 2.0 is linear.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import report

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

LINEAR = 2.6  # growth, at twice the size, up to which a layer counts as linear
SIZES = (8_000, 16_000, 32_000)  # characters
ROUNDS = 3
# Faults found by earlier runs and mended since; each has a test.
MENDED: tuple[tuple[str, str], ...] = ()


def own(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """What the engine of the tests finds."""
    from tests.fuzz.engine import fuzz

    target = _warmed(name)
    found = fuzz(target.run, target.seeds, options.runs, options.seed)
    crashes = [repr(cause) for _, cause in found.crashes]
    return {"tried": found.tried, "crashes": crashes, "slowest": found.slowest[0]}


def _target(name: str) -> Any:
    from tests.fuzz.targets import targets

    return next(x for x in targets() if x.name == name)


def _warmed(name: str) -> Any:
    """A target that has loaded what it loads once: no input is slow for that."""
    target = _target(name)
    for seed in target.seeds:
        with suppress(Exception):  # told when it is tried
            target.run(seed)
    return target


def _tell(tried: int, crashes: list[str], slowest: float) -> None:
    print(json.dumps({"tried": tried, "crashes": crashes, "slowest": slowest}), flush=True)


def by_atheris(name: str, options: argparse.Namespace) -> None:
    """Fuzz one target in this process, guided by coverage; tells lines of JSON."""
    atheris: Any = import_module("atheris")

    with atheris.instrument_imports(include=_parts(name)):
        import tests.fuzz.targets  # noqa: F401 (what is instrumented)
        from tests.fuzz.engine import Outcome, attempt

    target, outcome = _warmed(name), Outcome()

    def run(data: bytes) -> None:
        attempt(target.run, data, outcome)
        crashes = [repr(cause) for _, cause in outcome.crashes[:20]]
        if outcome.tried == options.runs or outcome.tried % 50 == 0:
            _tell(outcome.tried, crashes, outcome.slowest[0])

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(target.seeds):
            (Path(folder) / str(number)).write_bytes(seed)
        flags = [f"-runs={options.runs}", f"-max_total_time={options.seconds}", "-max_len=4096",
                 f"-seed={options.seed + 1}", "-timeout=30", "-rss_limit_mb=2048",
                 "-verbosity=0"]  # fmt: skip
        atheris.Setup([sys.argv[0], *flags, folder], run)
        atheris.Fuzz()


def _parts(name: str) -> list[str]:
    """The packages whose lines guide the fuzzing of a target."""
    if name.startswith("all layers"):
        return ["dateline.annotate", "dateline.check", "dateline.extract"]
    return ["dateline.model"] if name == "codec" else ["dateline.ingest"]


def fuzzed(name: str, engine: str, options: argparse.Namespace) -> dict[str, Any]:
    """What the fuzzing of a target found; by atheris in a process of its own."""
    if engine == "own":
        return own(name, options)
    flags = ["--target", name, "--seed", str(options.seed)]
    flags += ["--runs", str(options.runs), "--seconds", str(options.seconds)]
    done = subprocess.run(  # noqa: S603 (this very script)
        [sys.executable, __file__, *flags], capture_output=True, text=True, check=False
    )
    found: dict[str, Any] = {"tried": 0, "crashes": [], "slowest": 0.0}
    for line in done.stdout.splitlines():
        with suppress(ValueError):
            found = json.loads(line)
    if done.returncode and not found["crashes"]:
        found["crashes"] = [(done.stderr.strip().splitlines() or ["died"])[-1][:200]]
    return found


def grown() -> Iterator[tuple[str, list[float]]]:
    """Seconds of all layers over each hostile text at each size."""
    from tests.fuzz.targets import parsed
    from tests.fuzz.test_fuzz import HOSTILE, timed

    timed(parsed("Troops left Gao on Monday.", 1))
    for name, make in HOSTILE.items():
        docs = [parsed(make(size), 1, date(2022, 8, 15)) for size in SIZES]
        best = [math.inf] * len(docs)
        for k, doc in [*enumerate(docs)] * ROUNDS:
            best[k] = min(best[k], timed(doc))
        yield name, best


def rows(found: dict[str, dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """The table of the targets."""
    for name, told in found.items():
        slowest = f"{told['slowest'] * 1000:.0f}"
        yield name, f"{told['tried']:,}", str(len(told["crashes"])), slowest


def main(arguments: Sequence[str]) -> int:
    """Fuzz and measure; 1 if anything crashes or grows faster than its input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000, help="inputs for each target")
    parser.add_argument("--seconds", type=int, default=60, help="the longest for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", help="only this one, by atheris, in this process")
    parser.add_argument("--engine", choices=("atheris", "own"), help="by default what is there")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    options = parser.parse_args(arguments)
    if options.target:
        by_atheris(options.target, options)
        return 0
    engine = options.engine or ("atheris" if find_spec("atheris") else "own")
    from tests.fuzz.targets import targets

    found = {x.name: fuzzed(x.name, engine, options) for x in targets()}
    times = [*grown()]
    lines = [*section(engine, found, times)]
    print("\n".join(lines))
    for name, told in found.items():
        for crash in told["crashes"]:
            print(f"{name}: {crash}", file=sys.stderr)
    if options.write:
        report.write("fuzz", lines)
    return int(any(x["crashes"] for x in found.values()) or bool(slow(times)))


def slow(times: Sequence[tuple[str, Sequence[float]]]) -> list[str]:
    """The texts on which the time grows faster than the text."""
    return [name for name, best in times if best[-1] > 0.2 and best[-1] > LINEAR * best[-2]]


def section(
    engine: str, found: dict[str, dict[str, Any]], times: Sequence[tuple[str, Sequence[float]]]
) -> Iterator[str]:
    """The section of the docs."""
    tried = sum(x["tried"] for x in found.values())
    crashes = sum(len(x["crashes"]) for x in found.values())
    by = "atheris, guided by coverage" if engine == "atheris" else "the engine of the tests"
    yield from ("## Fuzzing", "", report.machine() + ".", "")
    yield f"`python benchmarks/fuzz.py --write`; {tried:,} inputs by {by}: {crashes} crashes now."
    head = ("target", "inputs", "crashes", "slowest, ms/kB")
    yield from ("", *report.table(head, rows(found)))
    yield from ("", "Found by earlier runs and mended, each with a test:" if MENDED else "")
    yield from (f"- {what}: {how}" for what, how in MENDED)
    late = slow(times)
    verdict = f"Not linear: {', '.join(late)}." if late else "No layer grows faster than its text."
    sizes = [f"s at {size // 1000},000" for size in SIZES]
    yield from ("", f"All layers over texts made to be slow (characters). {verdict}", "")
    growth = (
        (name, *(f"{x:.2f}" for x in best), f"{best[-1] / max(best[-2], 1e-3):.2f}")
        for name, best in times
    )
    yield from report.table(("text", *sizes, "growth per doubling"), growth)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
