"""Files that are there whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dateline.errors import ExportError

_REMEDIES = {
    errno.EACCES: "choose a place you may write to",
    errno.EPERM: "choose a place you may write to",
    errno.EROFS: "choose a place that is not read-only",
    errno.ENOSPC: "free some space or choose another disk",
    errno.EDQUOT: "free some space or choose another disk",
    errno.ENOTDIR: "a file stands where a folder should be; choose another folder",
    errno.EEXIST: "a file stands where a folder should be; choose another folder",
    errno.EISDIR: "a folder of that name is there; choose another place",
    errno.ENAMETOOLONG: "choose a shorter name",
}
_ELSE = "choose another place"


class File(NamedTuple):
    """A file to write: its name and its content, text piece by piece or bytes."""

    name: str
    content: Iterable[str] | bytes


def put(files: Iterable[File], folder: Path) -> tuple[Path, ...]:
    """Write files into a folder, which is made if it is not there; their paths.

    A file that cannot be written to its end is not left behind, and one of the same name that was
    there before stays.

    Raises:
        ExportError: Names the path, the reason and what can be done.
    """
    with reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_put(file, folder / file.name) for file in files)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to write to, which gets its name when all is written, and vanishes if it is not.

    Raises:
        ExportError: There is something of that name already, or it cannot be written.
    """
    part = folder.with_name(f".{folder.name}.part{os.getpid()}")
    with reported(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportError(
                f"{folder}: cannot be written: it is there already; choose a new folder, "
                "what was once released is not overwritten"
            )
        part.mkdir(parents=True)
    try:
        yield part
        with reported(folder):
            part.replace(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turns errors of the system into an `ExportError` that tells path, reason and remedy."""
    try:
        yield
    except OSError as cause:
        remedy = _REMEDIES.get(cause.errno or 0, _ELSE)
        reason = cause.strerror or str(cause)
        raise ExportError(f"{path}: cannot be written: {reason}; {remedy}") from cause


def _put(file: File, path: Path) -> Path:
    part = path.with_name(f".{path.name}.part{os.getpid()}")
    try:
        with reported(path):
            _write(file.content, part)
            part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def _write(content: Iterable[str] | bytes, path: Path) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        out.writelines(content)
