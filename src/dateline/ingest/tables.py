"""CSV and TSV: one row with a text for each dispatch."""

import codecs
import csv
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.decoding import decode
from dateline.ingest.draft import Draft, fields, refused, text_of
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Run
from dateline.ingest.lines import skip_line
from dateline.ingest.screening import oversize
from dateline.model import Record

_MARKS = (",", ";", "\t", "|")
_TEXT_NEEDED = (
    "no column called text (nor body, content, article); the columns are: {}; rename the one with "
    "the text"
)
_WIDE = 65_536  # characters that the other columns of a row may take


def rows(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each row; a broken row is a record and the others go on.

    The first row names the columns; comma, semicolon, tabulator or bar stand between them.

    Raises:
        InputError: There is no column with the text.
    """
    feed = _Feed(entry.file, 6 * run.limits.characters + _WIDE)
    csv.field_size_limit(max(csv.field_size_limit(), feed.limit))
    head, mark = _head(feed, entry.suffix)
    reader, number = csv.reader(feed, delimiter=mark), 0
    while True:
        number, feed.taken, feed.notes = number + 1, 0, ()
        name, where = entry.numbered(number), f"{entry.where}, row {number}"
        try:
            row = next(reader)
        except StopIteration:
            return
        except _TooLong:
            yield refused(name, where, oversize("the row is too long", run.limits.characters))
            continue
        except (csv.Error, InputError) as cause:
            yield refused(name, where, f"no valid row: {cause}")
            continue
        if row:
            yield _row(dict(zip(head, row, strict=False)), len(row) - len(head), name, feed, where)
        else:
            number -= 1


def drafted(
    raw: Mapping[str, object], name: str, where: str, notes: tuple[str, ...] = ()
) -> Draft | Record:
    """The draft of one row of a table."""
    text, given = text_of(raw), raw.get("id")
    if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        name = str(given).strip()
    if text is None:
        return refused(name, where, "has no text")
    if not isinstance(text, str):
        return refused(name, where, "its text is no string")
    return Draft(name, where, text, fields(raw), notes)


def text_column(columns: list[str]) -> None:
    """Fail if no column has the text.

    Raises:
        InputError: Names the columns that are there.
    """
    if text_of(dict.fromkeys(columns, "")) is None:
        shown = ", ".join(column[:40] for column in columns[:20]) or "none"
        raise InputError(_TEXT_NEEDED.format(shown))


def _row(raw: dict[str, object], more: int, name: str, feed: "_Feed", where: str) -> Draft | Record:
    if more > 0:
        reason = f"has {more} fields more than the first row names; put texts in quotation marks"
        return refused(name, where, reason)
    return drafted(raw, name, where, feed.notes)


def _head(feed: "_Feed", suffix: str) -> tuple[list[str], str]:
    try:
        line = next(feed, "")
    except _TooLong as cause:
        raise InputError("its first row, which should name the columns, is too long") from cause
    if not line.strip():
        raise InputError("empty")
    marks = ("\t", *_MARKS) if suffix in {".tsv", ".tab"} else _MARKS
    heads = [(_names(line, mark), mark) for mark in marks]
    for head, mark in heads:
        if text_of(dict.fromkeys(head, "")) is not None:
            return head, mark
    text_column(max(heads, key=lambda found: len(found[0]))[0])
    raise InputError("no column with the text")


def _names(line: str, mark: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([line], delimiter=mark), [])]
    except csv.Error:
        return []


class _TooLong(Exception):  # noqa: N818 (never leaves this file)
    pass


class _Feed:
    """The lines of a table as text; `taken` counts the bytes of one row."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file: BinaryIO = file
        self.limit = limit
        self.taken = 0
        self.notes: tuple[str, ...] = ()
        start = file.peek(4)[:4]  # type: ignore[attr-defined]
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise InputError("a table in UTF-16 is not read; save it as UTF-8")

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._file.readline(self.limit)
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken >= self.limit:
            if not line.endswith(b"\n"):
                skip_line(self._file, self.limit)
            raise _TooLong
        text, notes = decode(line)
        self.notes = tuple(dict.fromkeys((*self.notes, *notes)))
        return text
