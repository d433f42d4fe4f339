"""From paths to documents, one at a time."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest import lines, markdown, pages, sidecar
from dateline.ingest.decoding import charset, decode
from dateline.ingest.draft import Draft, fields, refused
from dateline.ingest.duplicates import Seen
from dateline.ingest.screening import MAX_CHARACTERS, admit, oversize
from dateline.ingest.sources import Source, check, walk
from dateline.model import Document, Record

_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_LINES = re.compile(rb'\s*\{\s*"')
_LIST = re.compile(rb'\s*\[\s*\{\s*"')


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    max_characters: int = MAX_CHARACTERS,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Record]:
    """The dispatches in files and folders (`-`: standard input), in a stable order.

    Read are plain text, Markdown, HTML, JSON Lines and JSON lists. Whatever is no dispatch comes as
    a `Record` that tells the problem, in its place; what is odd about a document is in its notes.
    Only one text is held at a time; to tell duplicates, 16 bytes of each dispatch are remembered.

    Raises:
        InputError: At once, if a path does not exist or a folder holds nothing to read.
    """
    arguments = [paths] if isinstance(paths, str | Path) else list(paths)
    check(arguments)
    return _read(arguments, max_characters, stdin)


def _read(
    arguments: list[str | Path], max_characters: int, stdin: BinaryIO | None
) -> Iterator[Document | Record]:
    seen = Seen()
    for draft in _all(arguments, max_characters, stdin):
        if isinstance(draft, Record):
            yield draft
        else:
            yield seen.check(admit(draft, max_characters), draft.where)


def _all(
    arguments: list[str | Path], max_characters: int, stdin: BinaryIO | None
) -> Iterator[Draft | Record]:
    folder, beside = None, sidecar.Sidecar()
    for source in walk(arguments):
        if isinstance(source, Record):
            yield source
            continue
        drafts = _drafts(source, max_characters, stdin)
        if source.path is None:
            yield from drafts
            continue
        if source.path.parent != folder:
            folder = source.path.parent
            beside, problem = _beside(folder)
            yield from problem
        for draft in drafts:
            yield draft if isinstance(draft, Record) else beside.tell(draft, source.path.name)


def _beside(folder: Path) -> tuple[sidecar.Sidecar, tuple[Record, ...]]:
    try:
        return sidecar.load(folder), ()
    except InputError as cause:
        return sidecar.Sidecar(), (Record(Document("", name="metadata"), problem=str(cause)),)


def _drafts(
    source: Source, max_characters: int, stdin: BinaryIO | None
) -> Iterator[Draft | Record]:
    try:
        file = source.open(stdin)
        try:
            kind = source.kind or _sniffed(file.peek(512))
            if kind == "lines":
                yield from lines.split(file, source.name, source.where, max_characters)
            else:
                yield from _whole(source, kind, file, max_characters)
        finally:
            if source.path is not None:
                file.close()
    except OSError as cause:
        yield refused(source.name, source.where, f"cannot be read: {cause.strerror or cause}")
    except InputError as cause:
        yield refused(source.name, source.where, str(cause))


def _sniffed(start: bytes) -> str:
    for kind, pattern in (("html", _HTML), ("lines", _LINES), ("list", _LIST)):
        if pattern.match(start.removeprefix(b"\xef\xbb\xbf")):
            return kind
    return "text"


def _whole(
    source: Source, kind: str, file: BinaryIO, max_characters: int
) -> Iterator[Draft | Record]:
    """The drafts in a file that must be read at once, never more bytes than a dispatch may have."""
    limit = {"html": 16 * max_characters, "list": lines.LIST_BYTES}.get(kind, 4 * max_characters)
    data = file.read(limit + 5)  # a byte order mark comes on top
    if len(data) == limit + 5 and kind != "list":
        size = source.path.stat().st_size if source.path else limit
        raise InputError(oversize(f"{max(size, limit + 1):,} bytes", max_characters))
    if kind == "list":
        yield from lines.listed(data, source.name, source.where)
        return
    text, notes = decode(data, charset(data) if kind == "html" else None)
    told: dict[str, object] = {}
    if kind == "markdown":
        told, text = markdown.split(text)
    elif kind == "html" and text.strip():
        text, told = pages.extract(text)
    yield Draft(source.name, source.where, text, fields(told), notes)
