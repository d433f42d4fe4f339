"""The child process in which parsers of binary formats work: bounded, and without a way to write.

It reads requests (a line of JSON, then the content if the file has no path) from standard input
and answers in lines of JSON: `part` and `end` around each part, `beat`, `draft` and `record` (both
tell how far into the file it is), and `done` or `failed` at the end.
"""

import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.formats import drafts
from dateline.ingest.limits import Limits, Run, reason
from dateline.model import Record


def main() -> None:
    """Answer requests until there are no more."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb", 65_536)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a parser prints is no answer
    bound = False
    while line := requests.readline():
        request = json.loads(line)
        limits = Limits(**request["limits"])
        if not bound:
            bound = _bind(limits)
        size = request["content"]
        content = None if size is None else requests.read(size)
        _answer(request, limits, content, answers)


def _answer(
    request: dict[str, Any], limits: Limits, content: bytes | None, answers: BinaryIO
) -> None:
    def tell(*answer: object) -> None:
        answers.write(json.dumps(answer).encode("ascii") + b"\n")

    def say(part: tuple[str, str] | None) -> None:
        _more_time(limits)
        tell("part", *part) if part else tell("end")
        answers.flush()

    def beat() -> None:
        _more_time(limits)
        tell("beat")
        answers.flush()

    _more_time(limits)
    run = Run(limits, say, beat, request["skip"], confined=True)
    try:
        with _opened(request, content) as file:
            size = request["size"] if content is None else len(content)
            entry = Entry(request["path"], request["where"], file, 0, size)
            for found in drafts(entry, run):
                _more_time(limits)
                tell(*_told(found, file))
                answers.flush()
        tell("done")
    except Exception as cause:  # noqa: BLE001 (parsers of foreign formats raise anything)
        tell("failed", _failure(cause))
    answers.flush()


def _failure(cause: Exception) -> str:
    """Why a file as a whole cannot be read."""
    if isinstance(cause, OSError) and cause.errno is not None:
        return f"cannot be read: {cause.strerror or cause}"
    return reason(cause)


def _opened(request: dict[str, Any], content: bytes | None) -> io.BufferedReader:
    if content is not None:
        return buffered(io.BytesIO(content))
    return Path(os.fsdecode(bytes.fromhex(request["file"]))).open("rb")


def _told(found: Draft | Record, file: BinaryIO) -> tuple[object, ...]:
    at = 0 if file.closed else file.tell()
    if isinstance(found, Record):
        return ("record", at, found.document.name, found.problem)
    told = {key: _plain(value) for key, value in found.told.items()}
    return ("draft", at, found.name, found.where, found.text, told, found.notes)


def _plain(value: object) -> object:
    """What JSON can tell of a value; other things are no metadata anyway."""
    return value if isinstance(value, str | int | float | bool | None) else str(value)[:200]


def _bind(limits: Limits) -> bool:
    """Take no more memory than allowed, write no file, leave no image of a crash."""
    try:
        import resource
    except ImportError:  # not on this system: a crash is contained all the same
        return True
    space = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for kind, most in (
        (space, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))
    return True


def _more_time(limits: Limits) -> None:
    """Give the next part its time; an endless one ends even if the parent is gone."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(time.process_time() + 2 * limits.seconds) + 2
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    main()
