"""Bytes to text: which encoding, or why there is none."""

import codecs
import re

from dateline.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file; convert it to text first"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save its text as .txt"),
    (b"{\\rtf", "a rich text file; save its text as .txt"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"\x89PNG", "an image, not text"),
    (b"\xff\xd8\xff", "an image, not text"),
    (b"GIF8", "an image, not text"),
    (b"\x7fELF", "a program, not text"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_FOREIGN_SHARE = 0.3  # of the letters: more accented ones than any Western language has


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was read; a byte order mark is no part of the text.

    Tried in order: the byte order mark, UTF-8, the `declared` encoding, UTF-8 with a few damaged
    bytes, Windows-1252, Latin-1.

    Raises:
        InputError: The bytes are no text; says what they seem to be.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(what)
    if b"\0" in data:
        raise InputError("binary data (it holds NUL bytes); if it is UTF-16 text, save it as UTF-8")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _declared(data, declared) or _damaged(data) or _western(data)


def charset(page: bytes) -> str | None:
    """The encoding an HTML page declares in its first two kilobytes.

    >>> charset(b'<html><head><meta charset="iso-8859-1">')
    'iso-8859-1'
    """
    found = _CHARSET.search(page[:2048])
    return found[1].decode("ascii", "replace") if found else None


def _marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as cause:
        text = data.decode(encoding, "replace")
        damaged = text.count("\ufffd")
        if damaged * 10 > len(text):
            raise InputError(f"no text, although it starts with the mark of {encoding}") from cause
        return text, (f"{damaged} damaged byte sequences read as U+FFFD ({encoding})",)


def _declared(data: bytes, encoding: str | None) -> tuple[str, tuple[str, ...]] | None:
    if encoding is None or encoding.lower().replace("-", "") == "utf8":
        return None
    try:
        return data.decode(encoding), (f"read as {encoding}, the encoding it declares",)
    except (LookupError, ValueError, UnicodeError):
        return None


def _damaged(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 in which sound multi-byte characters outnumber the damaged ones."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - damaged <= damaged:
        return None
    return text, (f"{damaged} damaged byte sequences read as U+FFFD (UTF-8)",)


def _western(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        text, encoding = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, encoding = data.decode("latin-1"), "Latin-1"
    high = sum(c > "\x7f" for c in text)
    if high > _FOREIGN_SHARE * max(sum(c.isalpha() for c in text), 1):
        raise InputError("neither UTF-8 nor a Western encoding; save it as UTF-8")
    return text, (f"not UTF-8: read as {encoding}",)
