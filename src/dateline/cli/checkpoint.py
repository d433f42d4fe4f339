"""What was coded for a result that is not whole yet, so that a run that was cut short goes on."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

import dateline
from dateline.cli.outputs import Format, reported, target, write
from dateline.errors import ConfigError, InputError
from dateline.model import Document, Record
from dateline.model.codec import dump, load

if TYPE_CHECKING:
    from dateline.config import Config

Item = Document | Record


@contextmanager
def checkpoint(
    out: Path, form: Format, config: "Config", *, resume: bool
) -> Iterator["Checkpoint"]:
    """The checkpoint of the result at `out`; without `resume` one that is empty.

    It lies beside the result, a line of JSON for each record, and is named by the code and settings
    that made it: those of others are of no use here and removed.

    Raises:
        ConfigError: Another run works on the same result.
        ExportError: The place cannot be written.
    """
    whole = target(form, out).absolute()
    part = whole.with_name(f"{whole.name}.part-{_coder(config)}")
    with reported(whole):
        part.parent.mkdir(parents=True, exist_ok=True)
        for other in part.parent.glob(f"{_plain(whole.name)}.part-*"):
            if other != part:
                other.unlink()
        file = part.open("ab", buffering=0)
    with file:
        _lock(file, part)
        if not resume:
            file.truncate(0)
        yield Checkpoint(part, file, config)


class Checkpoint:
    """Records that are kept as soon as they are coded, and not coded again."""

    def __init__(self, path: Path, file: io.FileIO, config: "Config") -> None:
        self._path, self._file, self._config = path, file, config

    def coded(self, found: Iterable[Item]) -> Iterator[Record]:
        """The record of each item, in order: those kept before, then those coded now.

        Kept records count as long as they are those of the items, whole batch by whole batch, so
        that what is coded now comes in the batches of an uninterrupted run.
        """
        from dateline.pipeline import batches, coded

        waiting = batches(found, self._config.batch)
        rest: tuple[Item, ...] = ()
        sure = 0
        with self._path.open("rb") as lines:
            for batch in waiting:
                kept = _kept(lines, batch)
                if kept is None:
                    rest = batch
                    break
                sure = lines.tell()
                yield from kept
        with reported(self._path):
            self._file.truncate(sure)
        for record in coded(chain(rest, chain.from_iterable(waiting)), self._config):
            with reported(self._path):
                _write(self._file, f"{dump(record)}\n".encode())
            yield record

    def write(self, records: Iterable[Record], form: Format, out: Path) -> None:
        """Write the records as the result, after which the checkpoint is gone, or has become it.

        Raises:
            ExportError: The place cannot be written.
        """
        if form is not Format.jsonl:
            write(records, form, out)
            self._path.unlink()
            return
        for _ in records:  # each is kept as it comes, in the very form that is wanted
            continue
        with reported(out):
            self._path.replace(target(form, out))


def _write(file: io.FileIO, data: bytes) -> None:
    """Write all of it, past the buffers of this program."""
    while data:
        data = data[file.write(data) :]


def _kept(lines: IO[bytes], batch: Iterable[Item]) -> list[Record] | None:
    """The records of a batch, from where the lines are; None if these are others or too few."""
    records: list[Record] = []
    for item in batch:
        record = _record(lines.readline(), item)
        if record is None:
            return None
        records.append(record)
    return records


def _record(line: bytes, item: Item) -> Record | None:
    """The record that a line holds, if it is one of this item and was written to its end."""
    if not line.endswith(b"\n"):
        return None
    if isinstance(item, Record):
        return item if line == f"{dump(item)}\n".encode() else None
    try:
        record = load(line)
    except InputError:
        return None
    return record if record.document == item else None


def _coder(config: "Config") -> str:
    from dateline.config import UNSEEN
    from dateline.store.coder import this_coder

    return this_coder(dateline.__version__, config.model_dump(exclude=set(UNSEEN))).id[:8]


def _plain(name: str) -> str:
    """A name as a pattern that fits it alone."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _lock(file: IO[bytes], part: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not on this system
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as cause:
        told = "another run writes this result; wait, or choose another --out"
        raise ConfigError(f"{part}: {told}") from cause
