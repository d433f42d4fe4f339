"""Coverage-guided fuzzing in a few lines: inputs that reach new lines of ours are mutated further.

Deterministic: the same target, seed and number of runs try the same inputs. The long, recorded run
of benchmarks/fuzz.py uses atheris where that is installed; this engine needs nothing.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FunctionType, ModuleType
from typing import Any

LONGEST = 4_096  # bytes of an input
_TOOL = 4  # a number that no debugger or coverage tool uses
_OURS = "/dateline/"


@dataclass(slots=True)
class Outcome:
    """What a run of the fuzzer found."""

    tried: int = 0
    kept: int = 0
    lines: int = 0
    crashes: list[tuple[bytes, BaseException]] = field(default_factory=list)
    slowest: tuple[float, bytes] = (0.0, b"")  # processor seconds per kilobyte


@contextmanager
def _watched(reached: set[Any]) -> Iterator[None]:
    """Note each line of ours when it is first executed."""
    monitoring = sys.monitoring

    def line(code: Any, number: int) -> Any:
        reached.add((code.co_filename, number))
        return monitoring.DISABLE

    ours = [*_codes()]
    monitoring.use_tool_id(_TOOL, "fuzz")
    try:
        monitoring.register_callback(_TOOL, monitoring.events.LINE, line)
        for code in ours:
            monitoring.set_local_events(_TOOL, code, monitoring.events.LINE)
        monitoring.restart_events()
        yield
    finally:
        for code in ours:
            monitoring.set_local_events(_TOOL, code, 0)
        monitoring.free_tool_id(_TOOL)


def _codes() -> Iterator[CodeType]:
    """The code of all functions of ours that are loaded."""
    waiting: list[Any] = [
        module for name, module in [*sys.modules.items()] if name.partition(".")[0] == "dateline"
    ]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, CodeType):
            if _OURS in thing.co_filename:
                yield thing
            waiting += [x for x in thing.co_consts if isinstance(x, CodeType)]
        elif isinstance(thing, FunctionType):
            waiting.append(thing.__code__)
        elif isinstance(thing, staticmethod | classmethod):
            waiting.append(thing.__func__)
        elif isinstance(thing, property):
            waiting.append(thing.fget)
        elif isinstance(thing, ModuleType | type) and _named(thing).startswith("dateline"):
            waiting += vars(thing).values()


def _named(thing: Any) -> str:
    return str(thing.__name__ if isinstance(thing, ModuleType) else thing.__module__)


def fuzz(run: Callable[[bytes], None], seeds: Sequence[bytes], runs: int, seed: int = 0) -> Outcome:
    """Try inputs, the seeds first; whatever a run raises is a crash."""
    chance = random.Random(seed)
    corpus: list[bytes] = [*seeds] or [b""]
    outcome, reached = Outcome(), set[Any]()
    with _watched(reached):
        for number in range(runs):
            fresh = number >= len(seeds)
            data = mutated(chance, corpus) if fresh else corpus[number]
            before = len(reached)
            attempt(run, data, outcome)
            if fresh and len(reached) > before:
                corpus.append(data)
                outcome.kept += 1
    outcome.lines = len(reached)
    return outcome


def attempt(run: Callable[[bytes], None], data: bytes, outcome: Outcome) -> None:
    """Try one input and note what comes of it; one that seems the slowest has a second chance."""
    outcome.tried += 1
    started = time.process_time()
    try:
        run(data)
    except Exception as cause:  # noqa: BLE001 (a crash is what is looked for)
        outcome.crashes.append((data, cause))
        return
    took = time.process_time() - started
    size = max(len(data) / 1024, 1)
    if took / size > outcome.slowest[0]:
        started = time.process_time()
        run(data)
        took = min(took, time.process_time() - started)
        if took / size > outcome.slowest[0]:
            outcome.slowest = (took / size, data)


ODD: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\n\n", b"\r", b"---\n", b"<p>", b"</div>",
    b"<!ENTITY a 'b'>",
    b"<![CDATA[", b"&#0;", b'{"text": "', b'"}', b"[", b"]", b"\\ud800", b"%PDF-1.7", b"PK\x03\x04",
    b"\x1f\x8b\x08", b"obj", b"endstream", b"0 R", b"<<", b"Content-Length: 9", b"charset=x",
    "\u202e".encode(), "\u200b".encode(), "\U0001f4a5".encode(), b"99999999999999999999", b"-1",
    b"2022-02-30", b"31 February", b"last Monday", b"since 1999", b"at least", b"12,000", b"dozens",
    b"killed", b"Gao", b"near", b"the army of", b"1/2", b"IX", "\u0664\u0665".encode(),
)  # fmt: skip


def mutated(chance: random.Random, corpus: Sequence[bytes]) -> bytes:
    """A few changes to one of the inputs, those found last more often."""
    place = int(len(corpus) * chance.random() ** 0.5)
    data = bytearray(corpus[place])
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(data))
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(ODD)
            case 1:
                del data[at : at + chance.randint(1, 16)]
            case 2 if data:
                data[min(at, len(data) - 1)] = chance.randrange(256)
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 64)] * chance.randint(1, 4)
            case 4:
                other = chance.choice(corpus)
                cut = chance.randint(0, len(other))
                data[at:] = other[cut:]
            case _:
                data[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(data[:LONGEST])
