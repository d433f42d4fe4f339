"""From the arguments of a command to the files to read."""

import io
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from dateline.errors import InputError
from dateline.ingest.draft import refused, sound
from dateline.ingest.kinds import KINDS
from dateline.ingest.sidecar import NAMES
from dateline.model import Record

_log = logging.getLogger(__name__)

_OFFICE = {".doc", ".odt", ".rtf", ".epub", ".xlsx"}  # may hold a dispatch: told, not read
_ABOUT = {"readme", "license", "licence", "notice", "changelog"}  # file stems that tell of a folder


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read; without a path, standard input."""

    path: Path | None

    @property
    def name(self) -> str:
        """What its dispatches are named by: the file's name."""
        return sound(self.path.name) if self.path else "stdin"

    @property
    def where(self) -> str:
        """The file as messages name it."""
        return sound(str(self.path)) if self.path else "standard input"

    def open(self, stdin: BinaryIO | None = None) -> io.BufferedReader:
        """The bytes; standard input is `stdin` if given."""
        if self.path is not None:
            return self.path.open("rb")
        stream = stdin or sys.stdin.buffer
        if isinstance(stream, io.BufferedReader):
            return stream
        return io.BufferedReader(cast("io.RawIOBase", stream))


def check(arguments: Sequence[str | Path]) -> None:
    """Fail before any work starts if an argument leads nowhere.

    Raises:
        InputError: Names the argument and says what is wrong with it.
    """
    if not arguments:
        raise InputError("nothing to read: name files or folders, or - for standard input")
    if sum(str(argument) == "-" for argument in arguments) > 1:
        raise InputError("- (standard input) can be read only once")
    for argument in arguments:
        if str(argument) != "-":
            _check(Path(argument))


def _check(path: Path) -> None:
    shown = sound(str(path))
    try:
        path.stat()
        if path.is_dir():
            os.scandir(path).close()
            readable = any(isinstance(found, Source) for found in _walk(path))
            if not readable:
                kinds = " ".join(KINDS)
                raise InputError(f"{shown}: no dispatch in this folder (read are {kinds})")
    except FileNotFoundError as cause:
        raise InputError(f"{shown}: there is no such file or folder") from cause
    except (OSError, ValueError) as cause:
        reason = getattr(cause, "strerror", None) or cause
        raise InputError(f"{shown}: cannot be read: {reason}") from cause


def walk(arguments: Sequence[str | Path]) -> Iterator[Source | Record]:
    """The files of all arguments: arguments as given, folders by name, files before subfolders."""
    for argument in arguments:
        if str(argument) == "-":
            yield Source(None)
        elif Path(argument).is_dir():
            yield from _walk(Path(argument))
        else:
            yield Source(Path(argument))


def _walk(folder: Path) -> Iterator[Source | Record]:
    try:
        with os.scandir(folder) as found:
            items = sorted((x for x in found if not x.name.startswith(".")), key=lambda x: x.name)
    except OSError as cause:
        yield refused(folder.name, str(folder), f"cannot be read: {cause.strerror}")
        return
    names = {item.name for item in items}
    for item in items:
        if item.is_file() and is_dispatch(item.name, names):
            yield Source(folder / item.name)
        elif (reason := unread(item.name)) and item.is_file():
            yield refused(Path(item.name).stem, str(folder / item.name), reason)
        elif not item.is_dir():
            _log.info("%s/%s: passed over, no dispatch", folder, item.name)
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from _walk(folder / item.name)


def is_dispatch(name: str, beside: set[str]) -> bool:
    """Whether a file in a folder is read; JSON beside a text of its name is about that text."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix not in KINDS or path.name in NAMES or path.stem.lower() in _ABOUT:
        return False
    return suffix != ".json" or not any(
        str(path.with_suffix(other)) in beside for other in KINDS if other != ".json"
    )


def unread(name: str) -> str | None:
    """Why a file that may well hold a dispatch is not read; None for all others."""
    suffix = PurePosixPath(name).suffix.lower()
    return f"{suffix} files are not read; save the text as .txt" if suffix in _OFFICE else None
