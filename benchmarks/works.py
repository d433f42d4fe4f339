"""What the workers of `benchmarks/engines.py` do; a module of its own, so that they import it."""

import os
import re
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from dateline.config import Config
from dateline.model import Document
from dateline.model.codec import dump
from dateline.pipeline import Coding


@dataclass(frozen=True)
class Bare:
    """The default parser's spaCy pipeline with nothing of ours around it; counts sentences."""

    batch: int = 32

    def start(self) -> Callable[[Sequence[Document]], Iterable[int]]:
        """Load it."""
        import spacy

        nlp = spacy.load(import_module(Config().parser).model_path())

        def parse(batch: Sequence[Document]) -> Iterator[int]:
            for doc in nlp.pipe([x.text for x in batch], batch_size=self.batch):
                yield sum(1 for _ in doc.sents)

        return parse

    def lost(self, item: Document, reason: str) -> int:
        """Nothing counted."""
        raise RuntimeError(f"{item.name}: {reason}")


@dataclass(frozen=True)
class Coded:
    """All stages, down to the line of JSON."""

    folder: str = ""
    deadly: frozenset[str] = frozenset()

    def start(self) -> Callable[[Sequence[Document]], Iterable[str]]:
        """Load everything; a worker dies of each document in `deadly`, but of each only once."""
        code = Coding(Config()).start()

        def lines(batch: Sequence[Document]) -> Iterator[str]:
            for document, record in zip(batch, code(batch), strict=True):
                if document.name in self.deadly:
                    self._die(document.name)
                yield dump(record)

        return lines

    def lost(self, item: Document, reason: str) -> str:
        """The record that tells it."""
        return dump(Coding(Config()).lost(item, reason))

    def _die(self, name: str) -> None:
        mark = Path(self.folder) / f"{name}.dead"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class Weight(NamedTuple):
    """Megabytes of memory that a worker has, and has had at most."""

    worker: int
    now: float
    peak: float


@dataclass(frozen=True)
class Weighed:
    """All stages; tells what the worker weighs after each document."""

    def start(self) -> Callable[[Sequence[Document]], Iterable[Weight]]:
        """Load everything."""
        code = Coding(Config()).start()
        return lambda batch: (weight() for _ in code(batch))

    def lost(self, item: Document, reason: str) -> Weight:
        """Cannot be weighed."""
        raise RuntimeError(f"{item.name}: {reason}")


@dataclass(frozen=True)
class Sleeps:
    """A load without work: sleeps so many seconds."""

    def start(self) -> Callable[[Sequence[float]], Iterable[float]]:
        """Nothing to load."""
        return lambda batch: (slept(seconds) for seconds in batch)

    def lost(self, item: float, reason: str) -> float:  # noqa: ARG002
        """Cannot happen."""
        raise RuntimeError(reason)


def slept(seconds: float) -> float:
    """When it woke."""
    time.sleep(seconds)
    return time.monotonic()


def weight() -> Weight:
    """What this process weighs; `getrusage` alone where there is no /proc."""
    status = Path("/proc/self/status")
    if status.exists():
        told = dict(re.findall(r"(VmHWM|VmRSS):\s+(\d+) kB", status.read_text()))
        return Weight(os.getpid(), int(told["VmRSS"]) / 1024, int(told["VmHWM"]) / 1024)
    unit = 2**20 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return Weight(os.getpid(), peak, peak)
