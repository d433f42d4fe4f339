"""The engine that works on a Ray cluster, on this machine or by its address."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from dateline.engine.crew import Died, supervised
from dateline.engine.messages import FAILED, READY, answer, started
from dateline.engine.pool import PINNED, search_path
from dateline.engine.sizes import PATIENCE, STARTING, workers_here
from dateline.engine.work import Results, Work
from dateline.errors import EngineError

_NEEDED = "Ray is not installed: pip install 'dateline[ray]'"


@dataclass(frozen=True, slots=True)
class Ray:
    """`workers` actors (0: one per processor of the cluster), each of which loads the work once.

    Without an `address` a cluster of this machine is started, and ended afterwards; one that the
    caller is connected to already is used as it is. Actors that die, with their node or alone, are
    replaced as processes of the local pool are.
    """

    workers: int = 0
    address: str = ""
    patience: float = PATIENCE

    def map[In, Out](self, work: Work[In, Out], batches: Iterable[Sequence[In]]) -> Results[Out]:
        """One result for each item of the batches, in their order.

        Raises:
            EngineError: Ray is not there, or no worker can be started or kept alive.
        """
        waiting = iter(batches)
        first = next(waiting, None)
        if first is None:
            return
        with _cluster(self.address, self.workers) as ray:
            size = self.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
            actor = ray.remote(num_cpus=1, max_restarts=0)(Actor)
            hire = partial(_Remote, ray, actor, work, self.patience)
            yield from supervised(work, chain((first,), waiting), hire, size)


class Actor:
    """What lives on the cluster: the work, started."""

    def __init__(self, work: Any) -> None:
        self._job = started(work)

    def ready(self) -> tuple[str, Any]:
        """Whether it could be started."""
        return self._job if isinstance(self._job, tuple) else (READY, None)

    def do(self, batch: Sequence[Any]) -> tuple[str, Any]:
        """What a batch comes to."""
        return self._job if isinstance(self._job, tuple) else answer(self._job, batch)


class _Remote:
    """An actor, from here."""

    def __init__(self, ray: Any, actor: Any, work: Any, patience: float) -> None:
        self._ray, self._patience = ray, patience
        self._actor = actor.remote(work)

    def ready(self) -> None:
        """Wait until it has loaded the work."""
        self._told(self._actor.ready.remote(), max(self._patience, STARTING))

    def do(self, batch: Sequence[Any]) -> list[Any]:
        """The results of a batch."""
        try:
            asked = self._actor.do.remote(batch)
        except self._ray.exceptions.RayError as cause:
            raise Died(_first(cause)) from cause
        found: list[Any] = self._told(asked, self._patience)
        return found

    def close(self) -> None:
        """End it."""
        if self._ray.is_initialized():
            self._ray.kill(self._actor)

    def _told(self, asked: Any, patience: float) -> Any:
        try:
            kind, told = self._ray.get(asked, timeout=patience)
        except self._ray.exceptions.GetTimeoutError as cause:
            reason = f"its worker told nothing for {patience:g} seconds: stopped"
            raise Died(reason) from cause
        except self._ray.exceptions.RayError as cause:
            raise Died(_first(cause)) from cause
        if kind == FAILED:
            raise told
        return told


def _first(cause: Exception) -> str:
    """The first line of what Ray says, which goes on at length."""
    return f"its worker was lost: {str(cause).strip().partition('\n')[0]}"


@contextmanager
def _cluster(address: str, workers: int) -> Iterator[Any]:
    """Ray, connected; what was started here is ended here."""
    # Ray reports its use to its makers unless told not to.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as cause:
        raise EngineError(_NEEDED) from cause
    if ray.is_initialized():
        yield ray
        return
    try:
        with _environment({} if address else {**PINNED, "PYTHONPATH": search_path()}):
            ray.init(**_settings(address, workers))
    except Exception as cause:
        where = f"{address}: " if address else ""
        reason = str(cause).strip().partition("\n")[0]
        raise EngineError(f"{where}Ray cannot be reached or started: {reason}") from cause
    try:
        yield ray
    finally:
        ray.shutdown()


@contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    """What is started meanwhile sees these variables; a cluster has those of its own machines."""
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _settings(address: str, workers: int) -> dict[str, Any]:
    quiet = {"logging_level": "ERROR", "log_to_driver": False}
    if address:
        return {**quiet, "address": address}
    return {**quiet, "num_cpus": workers or workers_here(), "include_dashboard": False}
