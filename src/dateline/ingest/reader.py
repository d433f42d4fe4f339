"""From paths to documents, one at a time."""

import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest import sidecar
from dateline.ingest.child import Child
from dateline.ingest.draft import Draft, refused
from dateline.ingest.duplicates import Seen
from dateline.ingest.entry import Entry
from dateline.ingest.formats import NeedsChild, drafts
from dateline.ingest.kinds import marked
from dateline.ingest.limits import MAX_CHARACTERS, Limits, Run
from dateline.ingest.screening import admit
from dateline.ingest.sources import Source, check, walk
from dateline.model import Document, Record


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    max_characters: int = MAX_CHARACTERS,
    stdin: BinaryIO | None = None,
    limits: Limits | None = None,
) -> Iterator[Document | Record]:
    """The dispatches in files and folders (`-`: standard input), in a stable order.

    Read are plain text, Markdown, HTML, PDF and Word documents, e-mail, tables, JSON, feeds, crawls
    and archives of all these. Whatever is no dispatch comes as a `Record` that tells the problem,
    in its place; what is odd about a document is in its notes. Only one text is held at a time; to
    tell duplicates, 16 bytes of each dispatch are remembered. Parsers of binary formats work in a
    child process within `limits` (`max_characters` stands in place of theirs).

    Raises:
        InputError: At once, if a path does not exist or a folder holds nothing to read.
    """
    arguments = [paths] if isinstance(paths, str | Path) else list(paths)
    check(arguments)
    return _read(arguments, limits or Limits(max_characters), stdin)


def _read(
    arguments: list[str | Path], limits: Limits, stdin: BinaryIO | None
) -> Iterator[Document | Record]:
    seen = Seen()
    with closing(Child(limits)) as child:
        for draft in _all(arguments, limits, stdin, child):
            if isinstance(draft, Record):
                yield draft
            else:
                yield seen.check(admit(draft, limits.characters), draft.where)


def _all(
    arguments: list[str | Path], limits: Limits, stdin: BinaryIO | None, child: Child
) -> Iterator[Draft | Record]:
    folder, beside = None, sidecar.Sidecar()
    for source in walk(arguments):
        if isinstance(source, Record):
            yield source
            continue
        found = _drafts(source, limits, stdin, child)
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


def _drafts(
    source: Source, limits: Limits, stdin: BinaryIO | None, child: Child
) -> Iterator[Draft | Record]:
    name = Path(source.name).stem
    try:
        file = source.open(stdin)
        try:
            yield from _here_or_there(source, file, limits, child)
        finally:
            if source.path is not None:
                file.close()
    except OSError as cause:
        yield refused(name, source.where, f"cannot be read: {cause.strerror or cause}")
    except InputError as cause:
        yield refused(name, source.where, str(cause))


def _here_or_there(
    source: Source, file: io.BufferedReader, limits: Limits, child: Child
) -> Iterator[Draft | Record]:
    """The drafts of a file, read in this process if its format is harmless."""
    size = source.path.stat().st_size if source.path else None
    try:
        if source.path is None and marked(file.peek(512)):
            raise NeedsChild
        yield from drafts(Entry(source.name, source.where, file, 0, size), Run(limits))
    except NeedsChild:
        yield from child.drafts(source, None if source.path else _content(file, limits))


def _content(file: io.BufferedReader, limits: Limits) -> bytes:
    data = file.read(limits.held + 1)
    if len(data) > limits.held:
        raise InputError(f"larger than {limits.held:,} bytes; name it as a file instead")
    return data
