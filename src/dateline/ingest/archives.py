"""The members of ZIP and tar archives, one at a time, never written to disk."""

import io
import logging
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from dateline.errors import InputError
from dateline.ingest.draft import sound
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.limits import Gauge, Limits, Pulse, Run
from dateline.ingest.sources import is_dispatch, unread
from dateline.ingest.unpack import Counted

_log = logging.getLogger(__name__)
_SEEKING = frozenset({"zip", "parquet", "pdf", "docx"})  # read from the end or to and fro
_OFFICE = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Fault:
    """A member that cannot be read, and why."""

    path: str
    where: str
    reason: str


def members(entry: Entry, kind: str, run: Run) -> Iterator[Entry | Fault]:
    """The members that may be dispatches, in the order of the archive.

    Raises:
        InputError: The archive cannot be read (on).
    """
    if entry.depth >= run.limits.depth:
        raise InputError(f"archives are nested more than {run.limits.depth} deep")
    found = _zipped(entry, run) if kind == "zip" else _tarred(entry, run)
    for number, member in enumerate(found):
        if number >= run.limits.members:
            raise InputError(f"more than {run.limits.members:,} members: the rest is left out")
        yield member


def _zipped(entry: Entry, run: Run) -> Iterator[Entry | Fault]:
    try:
        entry = _seekable(entry, run.limits)
        archive = zipfile.ZipFile(entry.file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as cause:
        raise InputError(f"the ZIP archive is broken: {cause}") from cause
    with archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        if _OFFICE in names:
            raise InputError("an office document; only .docx is read, give it that name if it is")
        gauge, pulse = Gauge(run.limits, entry.size), Pulse(run.beat)
        for info in infos:
            pulse()
            if info.is_dir() or not _wanted(entry, info.filename, names):
                continue
            reason = _bad_name(info.filename) or _bad_zipped(info, run.limits)
            if reason:
                yield _fault(entry, info.filename, reason)
                continue
            yield from _opened(entry, archive, info, (gauge, pulse, run.limits))


def _opened(
    entry: Entry, archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: tuple[Any, ...]
) -> Iterator[Entry | Fault]:
    gauge, pulse, limits = bounds
    try:
        file = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as cause:
        yield _fault(entry, info.filename, f"broken, cannot be unpacked: {cause}")
        return
    with file:
        yield _member(entry, info.filename, Counted(file, gauge, pulse), limits)


def _bad_zipped(info: zipfile.ZipInfo, limits: Limits) -> str | None:
    if info.flag_bits & 0x1:
        return "encrypted; unpack it yourself"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not followed"
    if info.file_size > max(limits.unchecked, limits.ratio * info.compress_size):
        return (
            f"{info.compress_size:,} bytes unpack to {info.file_size:,}: taken for an archive bomb"
        )
    return None


class _Strict(tarfile.TarInfo):
    """A header that tells of damage where the library would end in silence."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Any:
        """The next header."""
        try:
            return super().fromtarfile(tarfile)
        except (_INVALID, _CUT) as cause:
            raise InputError(f"the tar archive is broken: {cause}") from cause


_INVALID: Any = tarfile.InvalidHeaderError  # type: ignore[attr-defined]
_CUT: Any = tarfile.TruncatedHeaderError  # type: ignore[attr-defined]


def _tarred(entry: Entry, run: Run) -> Iterator[Entry | Fault]:
    gauge, pulse = Gauge(run.limits, entry.size), Pulse(run.beat)
    stream: Any = Counted(entry.file, Gauge(run.limits, run.limits.unpacked), pulse)
    try:
        archive = tarfile.open(  # noqa: SIM115 (closed below)
            fileobj=stream, mode="r|", tarinfo=_Strict, errorlevel=0
        )
        with archive:
            for info in archive:
                pulse()
                archive.members = []  # type: ignore[attr-defined]  # else each one is kept
                yield from _of_tar(entry, archive, info, gauge, run.limits)
    except (tarfile.TarError, ValueError, OSError, EOFError, OverflowError) as cause:
        raise InputError(f"the tar archive is broken: {cause}") from cause


def _of_tar(
    entry: Entry, archive: tarfile.TarFile, info: tarfile.TarInfo, gauge: Gauge, limits: Limits
) -> Iterator[Entry | Fault]:
    if info.isdir() or not _wanted(entry, info.name, set()):
        return
    reason = _bad_name(info.name) or (None if info.isfile() else "a link, not followed")
    file = archive.extractfile(info) if reason is None else None
    if file is None:
        yield _fault(entry, info.name, reason or "no file")
        return
    sparse = gauge if info.issparse() else Gauge(limits, limits.unpacked)
    yield _member(entry, info.name, Counted(file, sparse), limits)


def _member(entry: Entry, name: str, raw: io.RawIOBase, limits: Limits) -> Entry | Fault:
    path, where = f"{entry.path}/{sound(name)}", f"{entry.where}/{sound(name)}"
    member = Entry(path, where, buffered(raw), entry.depth + 1)
    if member.kind not in _SEEKING:
        return member
    try:
        return _seekable(member, limits)
    except Exception as cause:  # noqa: BLE001 (any damage of the archive shows here)
        return Fault(path, where, str(cause) or type(cause).__name__)


def _seekable(entry: Entry, limits: Limits) -> Entry:
    """The entry itself if it can be read to and fro, else with what it holds in memory.

    Raises:
        InputError: It is too large for that.
    """
    if entry.file.seekable():
        return entry
    data = entry.file.read(limits.held + 1)
    if len(data) > limits.held:
        raise InputError(
            f"larger than {limits.held:,} bytes inside an archive; unpack it to have it read"
        )
    return replace(entry, file=buffered(io.BytesIO(data)), size=len(data))


def _wanted(entry: Entry, name: str, beside: set[str]) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    if not hidden and (is_dispatch(name, beside) or unread(name)):
        return True
    _log.info("%s/%s: passed over, no dispatch", entry.where, name)
    return False


def _bad_name(name: str) -> str | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\0" in name or name[1:2] == ":":
        return "its path leads out of the archive"
    return unread(name)


def _fault(entry: Entry, name: str, reason: str) -> Fault:
    return Fault(f"{entry.path}/{sound(name)}", f"{entry.where}/{sound(name)}", reason)
