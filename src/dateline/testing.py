"""The contracts that parts of your own must keep, as checks to call from your tests."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, count, islice
from pathlib import Path
from uuid import uuid4

from dateline.engine.work import Engine

_SIZES = (1, 3, 2, 5, 1, 1, 4)  # of batches
_UNDER_WAY = 64  # batches that an engine of a few workers may take before the first result is used


@dataclass(frozen=True, slots=True)
class Squares:
    """Work to try an engine with: squares numbers, fails on some, and dies of others.

    A process dies of those of `once` only as long as the file `alive` is not there.
    """

    broken: frozenset[int] = frozenset()
    deadly: frozenset[int] = frozenset()
    once: frozenset[int] = frozenset()
    alive: str = ""

    def start(self) -> Callable[[Sequence[int]], Iterable[tuple[int, str]]]:
        """The function that squares; its results tell which start they came from."""
        token = uuid4().hex
        return lambda batch: ((self._square(number), token) for number in batch)

    def lost(self, item: int, reason: str) -> tuple[int, str]:
        """The number itself, below zero."""
        return -item, reason

    def _square(self, number: int) -> int:
        if number in self.broken:
            raise ValueError(f"{number} is broken")
        if number in self.once and not Path(self.alive).exists():
            Path(self.alive).touch()
            _die()
        if number in self.deadly:
            _die()
        return number * number


def check_engine(engine: Engine, folder: Path | None = None) -> None:
    """Check that an engine of at most eight workers keeps the contract of `Engine.map`.

    With a `folder` to write in, its workers are also killed: only for engines whose workers are
    other processes.

    Raises:
        AssertionError: Says what does not hold.
    """
    _order(engine)
    _starts(engine)
    _ends(engine)
    _errors(engine)
    if folder is not None:
        _deaths(engine, folder)


def _order(engine: Engine) -> None:
    numbers = iter(range(sum(_SIZES)))
    batches = [list(islice(numbers, size)) for size in _SIZES]
    found = [square for square, _ in engine.map(Squares(), batches)]
    _hold(found == [n * n for n in range(sum(_SIZES))], f"results are not in order: {found}")
    _hold(list(engine.map(Squares(), [])) == [], "there are results without a batch")


def _starts(engine: Engine) -> None:
    batches = list(batched(range(60), 2))
    starts = {token for _, token in engine.map(Squares(), batches)}
    _hold(len(starts) <= 8, f"the work was started {len(starts)} times, once per worker is enough")


def _ends(engine: Engine) -> None:
    taken: list[int] = []

    def endless() -> Iterator[list[int]]:
        for number in count():
            taken.append(number)
            yield [number]

    results = engine.map(Squares(), endless())
    _hold(next(results)[0] == 0, "the first result is not that of the first item")
    _hold(len(taken) <= _UNDER_WAY, f"{len(taken)} batches were taken for the first result")
    results.close()
    before = len(taken)
    time.sleep(0.05)
    _hold(len(taken) == before, "batches are taken after the results were closed")


def _errors(engine: Engine) -> None:
    work = Squares(broken=frozenset({5}))
    try:
        list(engine.map(work, batched(range(9), 2)))
    except ValueError as cause:
        _hold(str(cause) == "5 is broken", f"the error of the work is not its own: {cause}")
        return
    raise AssertionError("an error of the work is not raised")


def _deaths(engine: Engine, folder: Path) -> None:
    alive = folder / "alive"
    alive.unlink(missing_ok=True)
    once = Squares(once=frozenset({7}), alive=str(alive))
    found = [square for square, _ in engine.map(once, batched(range(24), 4))]
    _hold(found == [n * n for n in range(24)], f"a worker killed once costs a result: {found}")
    deadly = Squares(deadly=frozenset({9}))
    found = [square for square, _ in engine.map(deadly, batched(range(24), 4))]
    wanted = [n * n if n != 9 else -9 for n in range(24)]
    _hold(found == wanted, f"an item that kills its worker costs more than itself: {found}")


def _hold(true: object, told: str) -> None:
    if not true:
        raise AssertionError(told)


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
