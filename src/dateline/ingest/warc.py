"""WARC: the pages in the archive of a web crawl."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from dateline.errors import InputError
from dateline.ingest import pages
from dateline.ingest.dates import in_url
from dateline.ingest.decoding import charset, decode
from dateline.ingest.draft import Draft, fields
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Pulse, Run
from dateline.ingest.screening import oversize
from dateline.ingest.unpack import missing
from dateline.model import Record

_HTML = ("text/html", "application/xhtml+xml")
_OK = "200"
_LINE = 2**20  # bytes of a line of headers
_TYPES = {"response", "resource", "conversion"}
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def records(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each HTML page or plain text that a server gave; all else is passed over.

    The day of the crawl stands, noted, where neither the page nor its address tells a date.

    Raises:
        InputError: It is no WARC file.
    """
    try:
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as cause:
        raise InputError(missing("WARC files", "warcio", "archives")) from cause
    pulse = Pulse(run.beat)
    numbers = count(1)
    try:
        for record in _iterated(entry.file):
            pulse()
            if (kind := _kind(record)) is None:
                continue
            number = next(numbers)
            name, where = entry.numbered(number), f"{entry.where}, page {number}"
            yield from run.part(name, where, partial(_page, record, kind, (name, where), run))
    except (ArchiveLoadFailed, OSError, ValueError, AttributeError, TypeError) as cause:
        raise InputError(f"the WARC file is broken: {str(cause)[:200]}") from cause


def _iterated(file: Any) -> Iterator[Any]:
    """The records of a file, no line of whose headers may be without end.

    The library puts such a line together in time that grows with the square of its length.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]
        def readline(self, length: int | None = None) -> bytes:
            most, line = min(length or _LINE, _LINE), b""
            while len(line) < most and not line.endswith(b"\n"):
                piece: bytes = super().readline(most - len(line))
                if not piece:
                    return line
                line += piece
            if len(line) == _LINE and not line.endswith(b"\n"):
                raise ValueError(f"a line of its headers is longer than {_LINE:,} bytes")
            return line

    found = ArchiveIterator(file)
    found.reader = Bounded(found.fh)
    return iter(found)


def _kind(record: Any) -> str | None:
    """Whether a record is a page (html) or plain text (text); None for all others."""
    if record.rec_type not in _TYPES:
        return None
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != _OK:
        return None
    kind = str((headers or record.rec_headers).get_header("Content-Type") or "")
    kind = kind.partition(";")[0].strip().lower()
    return "html" if kind in _HTML else "text" if kind == "text/plain" else None


def _page(record: Any, kind: str, told_as: tuple[str, str], run: Run) -> Iterator[Draft | Record]:
    limit = (16 if kind == "html" else 4) * run.limits.characters
    data = _body(record, limit)
    if len(data) > limit:
        raise InputError(oversize(f"more than {limit:,} bytes", run.limits.characters))
    text, notes = decode(data, _charset(record) or (charset(data) if kind == "html" else None))
    told: dict[str, object] = {}
    if kind == "html" and text.strip():
        text, told = pages.extract(text)
    told = fields(told)
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    told["url"] = url or told.get("url", "")
    crawled = str(record.rec_headers.get_header("WARC-Date") or "")
    if not told.get("date") and crawled and in_url(url) is None:
        told["date"] = crawled
        notes = (*notes, "the publication date is taken from the day of the crawl")
    yield Draft(*told_as, text, told, notes)


def _body(record: Any, limit: int) -> bytes:
    """The content, its transfer and content codings undone, up to one byte more than the limit."""
    stream, pieces, size = record.content_stream(), [], 0
    while size <= limit and (piece := stream.read(min(65_536, limit + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _charset(record: Any) -> str | None:
    headers = record.http_headers
    found = _CHARSET.search(str(headers.get_header("Content-Type") or "")) if headers else None
    return found[1] if found else None
