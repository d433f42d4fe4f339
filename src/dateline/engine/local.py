"""The engine that works in this process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.engine.work import Results, Work


@dataclass(frozen=True, slots=True)
class Local:
    """One process: batch after batch, each result as soon as it is there."""

    def map[In, Out](self, work: Work[In, Out], batches: Iterable[Sequence[In]]) -> Results[Out]:
        """One result for each item of the batches, in their order."""
        job = None
        for batch in batches:
            job = job or work.start()
            yield from job(batch)
