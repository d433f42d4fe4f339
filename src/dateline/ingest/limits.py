"""How much a reader may take, and the account of one run of it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.errors import InputError
from dateline.ingest.draft import Draft, refused
from dateline.model import Record

MAX_CHARACTERS = 1_000_000
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may ask of the machine; the defaults let every honest archive through.

    `ratio` (bytes unpacked per byte packed) counts from `unchecked` unpacked bytes on; `held` is
    the most bytes of a file that must be in memory whole; `memory` and `seconds` (without any
    result) bind the child process; after `crashes` of it, the rest of a file is given up.
    """

    characters: int = MAX_CHARACTERS
    ratio: int = 200
    unchecked: int = 64 * _MB
    unpacked: int = 256 * 1024 * _MB
    held: int = 128 * _MB
    members: int = 1_000_000
    depth: int = 4
    pages: int = 5_000
    memory: int = 1024 * _MB
    seconds: float = 60
    crashes: int = 20


class Gauge:
    """Watches what one packed stream grows to.

    `packed` is the size of the whole if known; else what `take` was told so far counts.
    """

    def __init__(self, limits: Limits, packed: int | None = None) -> None:
        self._limits = limits
        self._packed, self._fixed = packed or 0, packed is not None
        self._out = 0

    def take(self, packed: int, out: int) -> None:
        """Count bytes read and what they grew to.

        Raises:
            InputError: It grows as only an archive bomb does.
        """
        self._packed += 0 if self._fixed else packed
        self._out += out
        allowed = max(self._limits.unchecked, self._limits.ratio * self._packed)
        if self._out > min(allowed, self._limits.unpacked):
            raise InputError(
                f"{self._packed:,} bytes unpack to more than {self._out:,}: taken for an archive "
                "bomb; unpack it yourself if it is none"
            )


@dataclass(slots=True)
class Run:
    """One pass over a file: its limits, and which part of it is being read.

    A part is what can fail on its own (a member, a message, a group of rows). `say` is told of each
    part before it is read (name and place) and after (None); the first `skip` parts are left out.
    `beat` is told that a long search goes on. `confined` tells that this is a child process, where
    parsers of binary formats may work.
    """

    limits: Limits
    say: Callable[[tuple[str, str] | None], None] = lambda _: None
    beat: Callable[[], None] = lambda: None
    skip: int = 0
    confined: bool = False
    parts: int = 0

    def part(
        self, name: str, where: str, drafts: Callable[[], Iterator[Draft | Record]]
    ) -> Iterator[Draft | Record]:
        """The drafts of one part; whatever goes wrong in it is one record."""
        self.parts += 1
        if self.parts <= self.skip:
            return
        self.say((name, where))
        try:
            yield from drafts()
        except Exception as cause:  # noqa: BLE001 (parsers of foreign formats raise anything)
            yield refused(name, where, reason(cause))
        self.say(None)

    def enter(self, name: str, where: str) -> bool:
        """Begin a part that tells parts of its own; False if it was what failed the last time."""
        self.parts += 1
        if self.parts > self.skip:
            self.say((name, where))
        return self.parts != self.skip

    def problem(self, name: str, where: str, told: str) -> Iterator[Draft | Record]:
        """A part that cannot be read at all."""
        return self.part(name, where, lambda: iter([refused(name, where, told)]))


def reason(cause: Exception) -> str:
    """Why a part cannot be read, in one line."""
    if isinstance(cause, InputError):
        return str(cause)
    if isinstance(cause, MemoryError):
        return "it takes more memory than a reader may have"
    if isinstance(cause, RecursionError):
        return "nested too deeply"
    told = " ".join(str(cause).split())[:200]
    return f"broken, cannot be read ({type(cause).__name__}{': ' if told else ''}{told})"


class Pulse:
    """Tells at most once a second that a long search goes on."""

    def __init__(self, say: Callable[[], None]) -> None:
        self._say, self._last = say, time.monotonic()

    def __call__(self) -> None:
        """Tell, if a second has passed."""
        if (now := time.monotonic()) - self._last > 1:
            self._last = now
            self._say()
