"""Files whose parsers may crash, hang or eat memory, read in a child process that may."""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dateline.ingest.draft import Draft, refused, sound
from dateline.ingest.limits import Limits
from dateline.ingest.sources import Source
from dateline.model import Document, Record

_KEPT = ("PATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "TZ")
_LEAN = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class _Died(Exception):  # noqa: N818 (never leaves this file)
    """The child process is no more of use; says why."""


@dataclass(slots=True)
class _At:
    """How far the reading of a file has come."""

    part: tuple[str, str] | None = None
    begun: int = 0
    crashes: int = 0
    position: int = 0


class Child:
    """One child process that reads file after file, and another one after each that fails it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._held = bytearray()
        self._seen = 0
        self._at = _At()

    def drafts(self, source: Source, content: bytes | None = None) -> Iterator[Draft | Record]:
        """The drafts in a file (in `content` if given); what fails is told in its place.

        After a crash a new child goes on with the part after the one that it was at.
        """
        whole = (Path(source.name).stem, source.where)
        at = self._at = _At()
        while at.crashes < self._limits.crashes:
            at.part = None
            try:
                for answer in self._answers(_request(source, content, at, self._limits), content):
                    yield from _drafts(answer, whole, at)
                return
            except _Died as cause:
                at.crashes += 1
                yield refused(*(at.part or whole), str(cause))
            if at.part is None:
                return
        yield refused(*whole, f"its reader failed {at.crashes} times: the rest is left out")

    @property
    def position(self) -> int:
        """How many bytes into its file the child was at the last draft."""
        return self._at.position

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._held.clear()
        self._seen = 0
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                _shut(pipe)
            process.wait()

    def _answers(self, request: bytes, content: bytes | None) -> Iterator[list[Any]]:
        """Everything the child answers to a request; without it at the end, it is killed."""
        finished = False
        try:
            process = self._process = self._process or _started()
            self._send(process, request, content)
            while not finished:
                answer = self._answer(process)
                finished = answer[0] in {"done", "failed"}
                yield answer
        finally:
            if not finished:
                self.close()

    def _send(
        self, process: "subprocess.Popen[bytes]", request: bytes, content: bytes | None
    ) -> None:
        try:
            assert process.stdin is not None  # noqa: S101 (for the type checker)
            process.stdin.write(request)
            process.stdin.write(content or b"")
            process.stdin.flush()
        except OSError as cause:
            raise _Died(_how(process)) from cause

    def _answer(self, process: "subprocess.Popen[bytes]") -> list[Any]:
        line = self._line(process)
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError) as cause:
            raise _Died("its reader broke down") from cause
        if not isinstance(answer, list) or not answer:
            raise _Died("its reader broke down")
        return answer

    def _line(self, process: "subprocess.Popen[bytes]") -> bytes:
        assert process.stdout is not None  # noqa: S101 (for the type checker)
        number = process.stdout.fileno()
        most = 16 * self._limits.characters + 2**20
        while (end := self._held.find(b"\n", self._seen)) < 0:
            self._seen = len(self._held)
            if self._seen > most:
                raise _Died("its reader gives more than a dispatch may have")
            if os.name != "nt" and not select.select([number], [], [], self._limits.seconds)[0]:
                raise _Died(
                    f"its reader took longer than {self._limits.seconds:g} seconds: stopped"
                )
            data = os.read(number, 1 << 18)
            if not data:
                raise _Died(_how(process))
            self._held += data
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        self._seen = 0
        return line


def _drafts(answer: list[Any], whole: tuple[str, str], at: _At) -> Iterator[Draft | Record]:
    """What an answer gives; it is believed only if it has the form that it should have."""
    match answer:
        case ["part", str(name), str(where)]:
            at.part, at.begun = (name, where), at.begun + 1
        case ["end"]:
            at.part = None
        case ["draft", int(position), str(name), str(where), str(text), dict(told), list(notes)]:
            at.position = max(0, position)
            yield Draft(name, where, text, told, tuple(map(str, notes)))
        case ["record", int(position), str(name), str(problem)]:
            at.position = max(0, position)
            yield Record(Document("", name=sound(name)), problem=sound(problem))
        case ["failed", str(reason)]:
            yield refused(*whole, reason)


def _request(source: Source, content: bytes | None, at: _At, limits: Limits) -> bytes:
    path = source.path
    request = {
        "file": os.fsencode(path.absolute()).hex() if path else "",
        "path": source.name,
        "where": source.where,
        "size": path.stat().st_size if path and path.is_file() else None,
        "content": None if content is None else len(content),
        "skip": at.begun,
        "limits": asdict(limits),
    }
    return json.dumps(request).encode("ascii") + b"\n"


def _started() -> "subprocess.Popen[bytes]":
    """A new child: it sees neither the environment nor the folder that this process works in."""
    ours = str(Path(__file__).parents[2])
    kept = {key: value for key, value in os.environ.items() if key in _KEPT or key[:3] == "LC_"}
    kept["PYTHONPATH"] = os.pathsep.join(x for x in (ours, kept.get("PYTHONPATH", "")) if x)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "dateline.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **_LEAN},
    )


def _how(process: "subprocess.Popen[bytes]") -> str:
    """How a child ended."""
    try:
        code = process.wait(5)
    except subprocess.TimeoutExpired:
        return "its reader broke down"
    if code == -getattr(signal, "SIGXCPU", 0):
        return "its reader took too much processor time: stopped"
    try:
        told = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        told = f"signal {-code}"
    return f"its reader crashed ({told}), perhaps for want of memory"


def _shut(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # bytes that the dead process never read
        return
