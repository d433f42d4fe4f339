"""The engines: what they promise, and which one a run gets."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from dateline.engine import Engine, Local, Pool, Ray, crew, engine, sizes
from dateline.engine.messages import carried
from dateline.errors import ConfigError, EngineError
from dateline.testing import Squares, check_engine


def test_one_process_keeps_the_contract() -> None:
    check_engine(Local())


def test_the_pool_keeps_the_contract(tmp_path: Path) -> None:
    check_engine(Pool(2), tmp_path)


class Eager:
    """An engine that breaks a promise."""

    def map(self, work: Any, batches: Iterable[Sequence[Any]]) -> Generator[Any, None, None]:
        for batch in list(zip(range(100), batches, strict=False)):
            yield from work.start()(batch[1])


class Backwards:
    def map(self, work: Any, batches: Iterable[Sequence[Any]]) -> Generator[Any, None, None]:
        yield from reversed(list(Local().map(work, batches)))


class Silent:
    def map(self, work: Any, batches: Iterable[Sequence[Any]]) -> Generator[Any, None, None]:
        try:
            yield from Local().map(work, batches)
        except ValueError:
            return


@pytest.mark.parametrize(
    ("broken", "told"),
    [(Eager(), "started 30 times"), (Backwards(), "not in order"), (Silent(), "not raised")],
)
def test_the_contract_finds_what_is_broken(broken: Engine, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_engine(broken)


@dataclass(frozen=True)
class Tells:
    """Work that tells of the process it is done in."""

    sleep: float = 0.0

    def start(self) -> Callable[[Sequence[str]], Iterable[Any]]:
        return self._told

    def lost(self, item: str, reason: str) -> str:
        return f"{item}: {reason}"

    def _told(self, batch: Sequence[str]) -> Iterator[Any]:
        for name in batch:
            time.sleep(self.sleep)
            yield os.getpid() if name == "pid" else os.environ.get(name, "")


@dataclass(frozen=True)
class Unready(Tells):
    """Work that cannot be started, or kills whoever tries."""

    deadly: bool = False

    def start(self) -> Callable[[Sequence[str]], Iterable[Any]]:
        if self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        raise LookupError("no model")


def test_workers_are_other_processes_with_one_thread_each() -> None:
    found = list(Pool(2).map(Tells(), [["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "pid"]]))
    assert found[:2] == ["1", "1"]
    assert found[2] != os.getpid()


def test_work_that_cannot_be_started_is_an_error_and_no_loss() -> None:
    with pytest.raises(LookupError, match="no model"):
        list(Pool(1).map(Unready(), [["a"], ["b"]]))
    with pytest.raises(EngineError, match=r"no worker can be started: .*SIGKILL"):
        list(Pool(1).map(Unready(deadly=True), [["a"], ["b"]]))


def test_a_worker_that_tells_nothing_is_replaced() -> None:
    (told,) = Pool(1, patience=0.5).map(Tells(sleep=60), [["a"]])
    assert told == "a: its worker told nothing for 0.5 seconds: stopped"


def test_workers_that_all_die_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "DEATHS", 3)
    with pytest.raises(EngineError, match="3 workers died in a row"):
        list(Pool(1).map(Squares(deadly=frozenset(range(8))), batched(range(8), 4)))


def test_no_process_is_left_behind() -> None:
    results = Pool(2).map(Tells(sleep=0.01), [["pid"], ["pid"]] * 9)
    first = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_worker_killed_from_outside_costs_nothing() -> None:
    found: list[Any] = []
    for pid in Pool(2).map(Tells(sleep=0.02), [["pid"] * 5] * 12):
        if len(found) == 12:
            os.kill(pid, signal.SIGKILL)
        found.append(pid)
    assert len(found) == 60
    assert all(isinstance(pid, int) for pid in found)


INTERRUPTED = """
import sys
from tests.engine.test_engines import Tells
from dateline.engine import Pool
try:
    for pid in Pool(2).map(Tells(sleep=0.05), [["pid"] * 4] * 1000):
        print(pid, flush=True)
except KeyboardInterrupt:
    sys.exit(7)
"""


@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 7), (signal.SIGKILL, -9)])
def test_workers_end_with_their_parent(kind: signal.Signals, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.killpg(parent.pid, kind)  # as the terminal does
        guard = Timer(60, parent.kill)
        guard.start()
        parent.stdout.read()
        assert parent.wait() == code
        guard.cancel()
    until = time.monotonic() + 30
    while time.monotonic() < until and _lives(worker):
        time.sleep(0.05)
    assert not _lives(worker)


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_slow_batch_does_not_stop_the_others() -> None:
    taken: list[float] = []

    def batches() -> Iterator[list[str]]:
        for number in range(9):
            taken.append(time.monotonic())
            yield ["pid"] * (8 if number == 0 else 1)

    found = list(Pool(2).map(Tells(sleep=0.1), batches()))
    assert len(found) == 16
    assert len(set(found)) == 2
    assert found[:8] == [found[0]] * 8
    assert found.count(found[0]) < 14  # the other worker did its share meanwhile


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ({}, Pool(4)),
        ({"many": False}, Local()),
        ({"workers": 1}, Local()),
        ({"workers": 2, "many": False}, Pool(2)),
        ({"address": "10.0.0.1:6379", "many": False}, Ray(0, "10.0.0.1:6379")),
        ({"name": "local"}, Local()),
        ({"name": "pool", "many": False}, Pool()),
        ({"name": "pool", "workers": 1}, Pool(1)),
        ({"name": "ray", "workers": 3}, Ray(3)),
    ],
)
def test_a_run_gets_the_engine_that_suits_it(
    monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], given: Engine
) -> None:
    monkeypatch.setattr("dateline.engine.choice.workers_here", lambda: 4)
    assert engine(**asked) == given


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": "local", "workers": 2}, "one process; try pool"),
        ({"name": "pool", "address": "x:1"}, "only the engine ray"),
        ({"name": "swarm"}, "there are auto, local, pool and ray"),
    ],
)
def test_an_engine_that_cannot_be_is_told(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        engine(**asked)


def test_memory_and_cores_bound_the_number_of_workers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    info = tmp_path / "meminfo"
    info.write_text("MemTotal: 99 kB\nMemAvailable:    3072000 kB\n")
    assert sizes.available(info) == 3000
    assert sizes.available(tmp_path / "none") >= sizes.MEGABYTES
    monkeypatch.setattr(sizes, "cores", lambda: 64)
    monkeypatch.setattr(sizes, "available", lambda: 3000)
    assert sizes.workers_here() == 4
    monkeypatch.setattr(sizes, "available", lambda: 100)
    assert sizes.workers_here() == 1


class OddError(Exception):
    """Cannot be unpickled."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def test_an_error_that_cannot_travel_is_told_in_words() -> None:
    assert str(carried(OddError("no", "where"))) == "OddError: nowhere"
    same = ValueError("x")
    assert carried(same) is same
