"""What an engine is given to do, and what an engine is."""

from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Protocol

type Results[Out] = Generator[Out, None, None]


class Work[In, Out](Protocol):
    """What is done to each item of a batch; it can be pickled, and its class be imported."""

    def start(self) -> Callable[[Sequence[In]], Iterable[Out]]:
        """Load what is needed, once per worker; the function that works on a batch.

        It gives one result for each item, in their order.
        """
        ...

    def lost(self, item: In, reason: str) -> Out:
        """What stands in the place of an item that no worker survives."""
        ...


class Engine(Protocol):
    """Works on batches, here or elsewhere."""

    def map[In, Out](self, work: Work[In, Out], batches: Iterable[Sequence[In]]) -> Results[Out]:
        """One result for each item of the batches, in their order.

        Batches are taken as they are needed, so memory does not grow with their number. What the
        work itself raises is raised here. Nothing is started before the first batch is there, and
        nothing runs any more once the iterator has ended or was closed.

        Raises:
            EngineError: No worker can be started, or one after the other dies.
        """
        ...
