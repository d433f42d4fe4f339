"""JSON Lines and JSON lists: one object with a text for each dispatch."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.decoding import decode
from dateline.ingest.draft import Draft, fields, parse, refused, text_of
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Run
from dateline.ingest.screening import oversize
from dateline.model import Record

LIST_BYTES = 64 * 2**20


def split(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each line, in order; a broken line is a record and the others go on.

    Blank lines are passed over. No more than one line is held at a time.
    """
    most = run.limits.characters
    limit = 6 * most + 65_536  # a character may be written as \\uXXXX
    file, number = entry.file, 0
    while line := file.readline(limit):
        number += 1
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            reason = "JSON Lines in UTF-16 are not read; save them as UTF-8"
            yield refused(entry.name, entry.where, reason)
            return
        place, called = f"{entry.where}, line {number}", entry.numbered(number)
        if len(line) == limit and not line.endswith(b"\n"):
            skip_line(file, limit)
            yield refused(called, place, oversize("the line is too long", most))
        elif line.strip():
            yield _line(line, called, place)


def listed(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each object in a JSON list, or for the one object of the file.

    Raises:
        InputError: The file is no JSON.
    """
    most = min(LIST_BYTES, 64 * run.limits.characters + 65_536)
    data = entry.file.read(most + 1)
    if len(data) > most:
        raise InputError(f"larger than {most:,} bytes; write it as JSON Lines")
    text, notes = decode(data)
    try:
        content = parse(text)
    except ValueError as cause:
        raise InputError(f"no valid JSON: {cause}") from cause
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        yield _item(item, entry.numbered(number), f"{entry.where}, item {number}", notes)


def skip_line(file: BinaryIO, limit: int) -> None:
    """Pass over the rest of a line."""
    while (rest := file.readline(limit)) and not rest.endswith(b"\n"):
        continue


def _line(line: bytes, name: str, where: str) -> Draft | Record:
    try:
        text, notes = decode(line)
        item = parse(text)
    except InputError as cause:
        return refused(name, where, str(cause))
    except ValueError as cause:
        return refused(name, where, f"no valid JSON: {cause}")
    return _item(item, name, where, notes)


def _item(item: object, name: str, where: str, notes: tuple[str, ...]) -> Draft | Record:
    if not isinstance(item, dict):
        return refused(name, where, 'a JSON object with a "text" is expected')
    given = item.get("id")
    if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        name = str(given).strip()
    text = text_of(item)
    if not isinstance(text, str):
        what = 'has no "text"' if text is None else 'its "text" is no string'
        return refused(name, where, what)
    return Draft(name, where, text, fields(item), notes)
