"""Bytes to read: a file, standard input or the member of an archive."""

import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from dateline.ingest.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream of bytes under a name.

    `path` is what its dispatches are named by: the file's name, after that of the archive it lies
    in (`wire.zip/a.jsonl`). `where` names it in messages. `depth` tells how many archives and
    compressions it lies in, `size` how many bytes it has if that is known.
    """

    path: str
    where: str
    file: io.BufferedReader
    depth: int = 0
    size: int | None = None

    @property
    def name(self) -> str:
        """What its one dispatch is called: the stem of a file, the full path inside an archive."""
        return self.path if "/" in self.path else PurePosixPath(self.path).stem or self.path

    @property
    def suffix(self) -> str:
        """The end of its name, in small letters."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def kind(self) -> str | None:
        """The format its suffix tells."""
        return KINDS.get(self.suffix)

    def numbered(self, number: int) -> str:
        """What the dispatch with this number in it is called."""
        return f"{self.path}#{number}"


def buffered(raw: io.IOBase) -> io.BufferedReader:
    """A stream that can also be looked ahead in."""
    return io.BufferedReader(cast("io.RawIOBase", raw), 65_536)
