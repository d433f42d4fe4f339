"""JSON Lines and JSON lists: one object with a text for each dispatch."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.decoding import decode
from dateline.ingest.draft import Draft, fields, parse, refused
from dateline.ingest.screening import oversize
from dateline.model import Record

LIST_BYTES = 64 * 2**20


def split(file: BinaryIO, name: str, where: str, max_characters: int) -> Iterator[Draft | Record]:
    """A draft for each line, in order; a broken line is a record and the others go on.

    Blank lines are passed over. No more than one line is held at a time.
    """
    limit = 6 * max_characters + 65_536  # a character may be written as \\uXXXX
    number = 0
    while line := file.readline(limit):
        number += 1
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield refused(name, where, "JSON Lines in UTF-16 are not read; save them as UTF-8")
            return
        place, called = f"{where}, line {number}", f"{name}-{number}"
        if len(line) == limit and not line.endswith(b"\n"):
            _skip(file, limit)
            yield refused(called, place, oversize("the line is too long", max_characters))
        elif line.strip():
            yield _line(line, called, place)


def listed(data: bytes, name: str, where: str) -> Iterator[Draft | Record]:
    """A draft for each object in a JSON list, or for the one object of the file.

    Raises:
        InputError: The file is no JSON.
    """
    if len(data) > LIST_BYTES:
        raise InputError(f"larger than {LIST_BYTES:,} bytes; write it as JSON Lines")
    text, notes = decode(data)
    try:
        content = parse(text)
    except ValueError as cause:
        raise InputError(f"no valid JSON: {cause}") from cause
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        yield _item(item, f"{name}-{number}", f"{where}, item {number}", notes)


def _skip(file: BinaryIO, limit: int) -> None:
    while (rest := file.readline(limit)) and not rest.endswith(b"\n"):
        pass


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
    text = item.get("text")
    if not isinstance(text, str):
        what = 'has no "text"' if text is None else 'its "text" is no string'
        return refused(name, where, what)
    return Draft(name, where, text, fields(item), notes)
