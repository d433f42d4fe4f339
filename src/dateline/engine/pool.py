"""The engine that works in processes of this machine."""

import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from dateline.engine.crew import Died, supervised
from dateline.engine.messages import FAILED, HEAD, send
from dateline.engine.sizes import PATIENCE, STARTING, workers_here
from dateline.engine.work import Results, Work

# One thread each: more would fight over the cores that the other workers need.
PINNED = {
    f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS", "VECLIB_MAXIMUM")
} | {"MALLOC_ARENA_MAX": "1", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True, slots=True)
class Pool:
    """`workers` processes (0: one per core, if memory allows), each of which loads the work once.

    A process that dies, or tells nothing for `patience` seconds, is replaced; its batch is tried
    again, then in parts, so that only the item at fault is lost. The processes are new ones, not
    forks, and do not run the caller's main module again.
    """

    workers: int = 0
    patience: float = PATIENCE

    def map[In, Out](self, work: Work[In, Out], batches: Iterable[Sequence[In]]) -> Results[Out]:
        """One result for each item of the batches, in their order.

        Raises:
            EngineError: No worker can be started, or one after the other dies.
        """
        size = self.workers or workers_here()
        yield from supervised(work, batches, lambda: _Process(work, self.patience), size)


class _Process:
    """A worker process."""

    def __init__(self, work: Any, patience: float) -> None:
        self._work, self._patience = work, patience
        self._asking = Lock()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "dateline.engine.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **PINNED, "PYTHONPATH": search_path()},
                **_apart(),
            )
        except OSError as cause:
            raise Died(str(cause)) from cause

    def ready(self) -> None:
        """Wait until it has loaded the work."""
        self._ask(self._work, max(self._patience, STARTING))

    def do(self, batch: Sequence[Any]) -> list[Any]:
        """The results of a batch."""
        found: list[Any] = self._ask(batch, self._patience)
        return found

    def close(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()
        with self._asking:  # whoever reads from it has seen its end
            for pipe in (self._process.stdin, self._process.stdout):
                _shut(pipe)

    def _ask(self, message: Any, patience: float) -> Any:
        with self._asking:
            try:
                assert self._process.stdin is not None  # noqa: S101 (for the type checker)
                send(self._process.stdin, message)
            except (OSError, ValueError) as cause:
                raise Died(_how(self._process)) from cause
            size = int.from_bytes(self._read(HEAD, patience), "big")
            kind, told = pickle.loads(self._read(size, patience))  # noqa: S301 (our own process)
        if kind == FAILED:
            raise told
        return told

    def _read(self, size: int, patience: float) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 (for the type checker)
        number = self._process.stdout.fileno()
        found = bytearray()
        until = time.monotonic() + patience
        while len(found) < size:
            if not _readable(number, until - time.monotonic()):
                raise Died(f"its worker told nothing for {patience:g} seconds: stopped")
            data = os.read(number, min(size - len(found), 1 << 20))
            if not data:
                raise Died(_how(self._process))
            found += data
        return bytes(found)


def _readable(number: int, seconds: float) -> bool:
    """Whether there is something to read before the time is up."""
    if not hasattr(select, "poll"):  # pipes of Windows tell nothing: wait as long as it takes
        return True
    waiting = select.poll()
    waiting.register(number, select.POLLIN)
    return bool(waiting.poll(max(0, seconds) * 1000))


def _shut(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # bytes that the dead process never read
        return


def search_path() -> str:
    """Where the child finds the modules that are found here."""
    return os.pathsep.join(dict.fromkeys(os.path.abspath(x or ".") for x in sys.path))  # noqa: PTH100


def _apart() -> dict[str, Any]:
    """Out of the reach of the terminal's Ctrl-C: the parent ends its workers itself."""
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    return {"process_group": 0}


def _how(process: "subprocess.Popen[bytes]") -> str:
    """How a process ended."""
    try:
        code = process.wait(5)
    except subprocess.TimeoutExpired:
        return "its worker broke down"
    if code >= 0:
        return f"its worker ended with exit code {code}"
    try:
        told = signal.Signals(-code).name
    except ValueError:
        told = f"signal {-code}"
    return f"its worker was killed ({told}), perhaps for want of memory"
