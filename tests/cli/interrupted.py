"""Runs a command of `dateline` again and again, and kills it each time; a process of its own.

    python -m tests.cli.killed LOG MOMENT… -- ARGUMENT…

A moment is WHAT:NUMBER:BYTES: `line` dies in writing the checkpoint's line of that number, after
so many bytes; `record` before coding that dispatch, `sql` after that statement. Each goes on from
where the one before ended; the last one is left to finish. Every dispatch coded is written to LOG.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

import dateline.cli.checkpoint
import dateline.pipeline
from dateline.cli import app
from dateline.config import Config
from dateline.model import Basis, Claim, Document, Reading, Record, Slots, Span


class Logged:
    """A pipeline that codes at once, and writes down what."""

    log = Path()
    left = 0

    def __init__(self, config: Config) -> None:
        self.config = config

    def code(self, documents: Iterable[Document | Record]) -> Iterator[Record]:
        """One claim for the first word of each document; a problem for every seventh."""
        for document in documents:
            if isinstance(document, Record):
                yield document
                continue
            _count(Logged)
            with Logged.log.open("a") as file:
                file.write(f"{document.name}\n")
            if document.text.split()[2].endswith("7"):
                yield Record(document, problem="StepError: no seven")
                continue
            word = Reading("ASSAULT", Basis.STATED, (Span(0, 6),), "made", 0.5)
            slots = Slots(Reading("actual", Basis.ASSUMED))
            yield Record(document, (Claim(document.id, word, slots),), notes=("made up",))


def main(log: str, told: list[str]) -> None:
    """Run the command once for each moment, and once more."""
    moments, arguments = told[: told.index("--")], told[told.index("--") + 1 :]
    Logged.log = Path(log)
    dateline.pipeline.Pipeline = Logged  # type: ignore[misc, assignment]
    for moment in (*moments, ""):
        child = os.fork()
        if not child:
            _prepare(moment)
            app(arguments)
        _, status = os.waitpid(child, 0)
        ended = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else "itself"
        print(f"{moment or 'to the end'}: {ended}", flush=True)  # noqa: T201 (read by the test)


def _prepare(moment: str) -> None:
    what, number, size = (moment or "none:0:0").split(":")
    if what == "record":
        Logged.left = int(number)
    elif what == "line":
        _tear(int(number), int(size))
    elif what == "sql":
        left = [int(number)]

        def executed(*_: object) -> None:
            left[0] -= 1
            if not left[0]:
                _die()

        sa.event.listen(Engine, "after_cursor_execute", executed)


def _count(counted: Any) -> None:
    counted.left -= 1
    if not counted.left:
        _die()


def _tear(number: int, size: int) -> None:
    whole, left = dateline.cli.checkpoint._write, [number]

    def torn(file: Any, data: bytes) -> None:
        left[0] -= 1
        whole(file, data if left[0] else data[:size])
        if not left[0]:
            _die()

    dateline.cli.checkpoint._write = torn


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
