"""Workers that may die: each batch is worked on until it is done or the item at fault is found."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, Protocol

from dateline.engine.work import Results, Work
from dateline.errors import EngineError

_log = logging.getLogger(__name__)

AHEAD = 4  # batches under way for each worker: enough that one slow batch stops none of the others
DEATHS = 40  # without one batch done between them, before a run is given up
STARTS = 2  # tries to get a worker going


class Died(Exception):  # noqa: N818 (never leaves the engine)
    """A worker is no more; says why."""


class Worker(Protocol):
    """Works on one batch at a time, somewhere else."""

    def ready(self) -> None:
        """Wait until it can work; raises `Died`, or what the start of the work raised."""
        ...

    def do(self, batch: Sequence[Any]) -> list[Any]:
        """The results of a batch; raises `Died`, or what the work raised."""
        ...

    def close(self) -> None:
        """End it at once, whatever it does; may be called from another thread, and twice."""
        ...


def supervised[In, Out](
    work: Work[In, Out], batches: Iterable[Sequence[In]], hire: Callable[[], Worker], size: int
) -> Results[Out]:
    """The results of all batches in order, of at most `size` workers that `hire` starts.

    No more than `AHEAD` batches for each worker are under way or wait to be taken.
    """
    crew = _Crew(work, hire)
    threads = ThreadPoolExecutor(size, "dateline-engine")
    waiting: deque[Future[list[Out]]] = deque()
    try:
        for batch in batches:
            waiting.append(threads.submit(crew.settle, tuple(batch)))
            while waiting and (len(waiting) >= AHEAD * size or waiting[0].done()):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        crew.close()
        threads.shutdown(wait=True, cancel_futures=True)


class _Crew[In, Out]:
    """Workers, of whom those that die are replaced."""

    def __init__(self, work: Work[In, Out], hire: Callable[[], Worker]) -> None:
        self._work, self._hire = work, hire
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._living: set[Worker] = set()
        self._deaths = 0
        self._closed = False

    def settle(self, batch: Sequence[In]) -> list[Out]:
        """The results of a batch.

        It is tried again if its worker dies, then each half of it, down to the single item that is
        lost if its worker dies twice.
        """
        reason = ""
        for _ in range(2):
            try:
                return self._done(batch)
            except Died as cause:
                reason = str(cause)
        if len(batch) == 1:
            _log.warning("given up: %s", reason)
            return [self._work.lost(batch[0], reason)]
        middle = len(batch) // 2
        return self.settle(batch[:middle]) + self.settle(batch[middle:])

    def close(self) -> None:
        """End all workers; nobody is hired any more."""
        with self._lock:
            self._closed = True
            living = list(self._living)
        for worker in living:
            worker.close()

    def _done(self, batch: Sequence[In]) -> list[Out]:
        worker = self._worker()
        try:
            found: list[Out] = worker.do(batch)
        except Died as cause:
            self._bury(worker, cause)
            raise
        except BaseException:
            self._rest(worker)
            raise
        self._rest(worker)
        if len(found) != len(batch):
            raise EngineError(f"{len(found)} results for {len(batch)} items: the work is wrong")
        return found

    def _worker(self) -> Worker:
        """An idle worker, or a new one; each thread takes one, so there are no more than threads.

        Raises:
            EngineError: None can be started.
        """
        with self._lock:
            self._check_open()
            if self._idle:
                return self._idle.pop()
        reason = ""
        for _ in range(STARTS):
            try:
                return self._hired()
            except Died as cause:
                reason = str(cause)
        raise EngineError(f"no worker can be started: {reason}")

    def _hired(self) -> Worker:
        worker = self._hire()
        with self._lock:
            self._living.add(worker)
            closed = self._closed
        try:
            if closed:
                self._check_open()
            worker.ready()
        except BaseException as cause:
            self._bury(worker, cause)
            raise
        return worker

    def _check_open(self) -> None:
        if self._closed:
            raise EngineError("the run was ended")

    def _rest(self, worker: Worker) -> None:
        with self._lock:
            self._deaths = 0
            self._idle.append(worker)

    def _bury(self, worker: Worker, cause: BaseException) -> None:
        worker.close()
        with self._lock:
            self._check_open()
            self._living.discard(worker)
            self._deaths += 1
            deaths = self._deaths
        _log.info("a worker died (%s): another one takes its place", cause)
        if deaths >= DEATHS:
            raise EngineError(f"{deaths} workers died in a row; the last one: {cause}")
