"""Streams that unpack as they are read, and stop where only a bomb goes on."""

import io
import zlib
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.limits import Gauge, Limits

_STEP = {"gzip": 16_384, "zstd": 1_024}  # packed bytes at a time: bounds what they can grow to
_WINDOW = 2**27


def unpacked(entry: Entry, kind: str, limits: Limits) -> Entry:
    """What a gzip or zstd file holds, as a stream.

    Raises:
        InputError: It cannot be unpacked here, or lies in too many archives.
    """
    if entry.depth >= limits.depth:
        raise InputError(f"packed more than {limits.depth} times over")
    raw = _Unpacked(entry.file, kind, Gauge(limits))
    path = entry.path
    if entry.suffix in {".gz", ".zst", ".zstd"}:
        path = path.removesuffix(path[-len(entry.suffix) :])
    elif entry.suffix == ".tgz":
        path = f"{path[:-4]}.tar"
    return Entry(path, entry.where, buffered(raw), entry.depth + 1)


class Counted(io.RawIOBase):
    """A stream that tells a gauge how much is read from it."""

    def __init__(self, file: Any, gauge: Gauge, pulse: Any = None) -> None:
        self._file, self._gauge, self._pulse = file, gauge, pulse

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes; none at the end."""
        data = self._file.read(len(buffer))
        self._gauge.take(0, len(data))
        if self._pulse:
            self._pulse()
        buffer[: len(data)] = data
        return len(data)


class _Unpacked(io.RawIOBase):
    def __init__(self, file: BinaryIO, kind: str, gauge: Gauge) -> None:
        self._file, self._kind, self._gauge = file, kind, gauge
        self._packer: Any = None
        self._out = memoryview(b"")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._out:
            if not self._more():
                return 0
        count = min(len(self._out), len(buffer))
        buffer[:count] = self._out[:count]
        self._out = self._out[count:]
        return count

    def _more(self) -> bool:
        """Unpack one step; False at the end of the file."""
        data = self._rest or self._file.read(_STEP[self._kind])
        self._rest = b""
        if not data and self._packer is not None:
            raise InputError(f"the {self._kind} file is cut short: what came before was read")
        if not data:
            return False
        if self._packer is None:
            data = data.lstrip(b"\0") if self._kind == "gzip" else data  # padding between members
            if not data:
                return True
            self._packer = _packer(self._kind)
        out = self._step(data)
        self._gauge.take(len(data) - len(self._rest), len(out))
        self._out = memoryview(out)
        return True

    def _step(self, data: bytes) -> bytes:
        try:
            out: bytes = self._packer.decompress(data)
        except Exception as cause:
            raise InputError(f"the {self._kind} file is broken: {cause}") from cause
        if self._packer.eof:
            self._rest, self._packer = self._packer.unused_data, None
        return out


def _packer(kind: str) -> Any:
    if kind == "gzip":
        return zlib.decompressobj(wbits=31)
    try:
        import zstandard
    except ImportError as cause:
        raise InputError(missing("zstd files", "zstandard", "archives")) from cause
    return zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()


def missing(what: str, package: str, extra: str) -> str:
    """What to install where a package is not there.

    >>> missing("zstd files", "zstandard", "archives")
    "zstd files need the package zstandard: pip install 'dateline[archives]'"
    """
    return f"{what} need the package {package}: pip install 'dateline[{extra}]'"
