"""From paths to documents, one at a time."""

import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest import sidecar
from dateline.ingest.child import Child
from dateline.ingest.draft import Draft, refused
from dateline.ingest.duplicates import Seen
from dateline.ingest.entry import Entry
from dateline.ingest.formats import NeedsChild, drafts
from dateline.ingest.limits import MAX_CHARACTERS, Limits, Run
from dateline.ingest.meter import Meter
from dateline.ingest.screening import admit
from dateline.ingest.sources import Source, check, walk
from dateline.model import Document, Record


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    max_characters: int = MAX_CHARACTERS,
    stdin: BinaryIO | None = None,
    limits: Limits | None = None,
    meter: Meter | None = None,
) -> Iterator[Document | Record]:
    """The dispatches in files and folders (`-`: standard input), in a stable order.

    Read are plain text, Markdown, HTML, PDF and Word documents, e-mail, tables, JSON, feeds, crawls
    and archives of all these. Whatever is no dispatch comes as a `Record` that tells the problem,
    in its place; what is odd about a document is in its notes. Only one text is held at a time; to
    tell duplicates, 16 bytes of each dispatch are remembered. Parsers of pages and of binary and
    packed formats work in a child process within `limits` (`max_characters` stands in place of
    theirs). A `meter` is kept up
    to date with how far the reading has come.

    Raises:
        InputError: At once, if a path does not exist or a folder holds nothing to read.
    """
    arguments = [paths] if isinstance(paths, str | Path) else list(paths)
    check(arguments)
    reading = _Reading(limits or Limits(max_characters), stdin, meter or Meter())
    return _read(arguments, reading, measured=meter is not None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all files are read with."""

    limits: Limits
    stdin: BinaryIO | None
    meter: Meter


def _read(
    arguments: list[str | Path], reading: _Reading, *, measured: bool
) -> Iterator[Document | Record]:
    seen = Seen()
    if measured:
        reading.meter.total = _bytes(arguments)
    with closing(Child(reading.limits)) as child:
        for draft in _all(arguments, reading, child):
            reading.meter.read += 1
            if isinstance(draft, Record):
                yield draft
            else:
                yield seen.check(admit(draft, reading.limits.characters), draft.where)


def _bytes(arguments: list[str | Path]) -> int | None:
    """How large all files are; None if one is a stream."""
    total = 0
    for source in walk(arguments):
        if isinstance(source, Source):
            if (size := _size(source)) is None:
                return None
            total += size
    return total


def _size(source: Source) -> int | None:
    try:
        return source.path.stat().st_size if source.path and source.path.is_file() else None
    except OSError:  # told when it is read
        return None


def _all(arguments: list[str | Path], reading: _Reading, child: Child) -> Iterator[Draft | Record]:
    folder, beside = None, sidecar.Sidecar()
    for source in walk(arguments):
        if isinstance(source, Record):
            yield source
            continue
        found = _drafts(source, reading, child)
        if source.path is None:
            yield from found
            continue
        if source.path.parent != folder:
            folder = source.path.parent
            beside, problem = _beside(folder)
            yield from problem
        for draft in found:
            yield draft if isinstance(draft, Record) else beside.tell(draft, source.path.name)


def _beside(folder: Path) -> tuple[sidecar.Sidecar, tuple[Record, ...]]:
    try:
        return sidecar.load(folder), ()
    except InputError as cause:
        return sidecar.Sidecar(), (Record(Document("", name="metadata"), problem=str(cause)),)


def _drafts(source: Source, reading: _Reading, child: Child) -> Iterator[Draft | Record]:
    name = Path(source.name).stem
    try:
        file = source.open(reading.stdin)
        try:
            yield from _metered(source, file, reading, child)
        finally:
            if source.path is not None:
                file.close()
    except OSError as cause:
        yield refused(name, source.where, f"cannot be read: {cause.strerror or cause}")
    except InputError as cause:
        yield refused(name, source.where, str(cause))


def _metered(
    source: Source, file: io.BufferedReader, reading: _Reading, child: Child
) -> Iterator[Draft | Record]:
    """The drafts of a file; the meter tells how far into it each is."""
    meter, begun = reading.meter, reading.meter.done
    try:
        for draft in _here_or_there(source, file, reading.limits, child):
            if source.path is not None:
                meter.done = begun + (file.tell() or child.position)
            yield draft
    finally:
        meter.done = begun + (_size(source) or 0)


def _here_or_there(
    source: Source, file: io.BufferedReader, limits: Limits, child: Child
) -> Iterator[Draft | Record]:
    """The drafts of a file, read in this process if its format is harmless."""
    size = source.path.stat().st_size if source.path else None
    try:
        yield from drafts(Entry(source.name, source.where, file, 0, size), Run(limits))
    except NeedsChild:
        yield from child.drafts(source, None if source.path else _content(file, limits))


def _content(file: io.BufferedReader, limits: Limits) -> bytes:
    data = file.read(limits.held + 1)
    if len(data) > limits.held:
        raise InputError(f"larger than {limits.held:,} bytes; name it as a file instead")
    return data
