"""Which format a file has, by its suffix and its first bytes."""

import re

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "list",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    ".mbox": "mbox",
    ".eml": "mail",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "gzip",
    ".gz": "gzip",
    ".zst": "zstd",
    ".zstd": "zstd",
}
PACKED = ("gzip", "zstd")
HOLDERS = ("zip", "tar", *PACKED)
# Formats whose parsers are written in C, or that unpack to more than they are: they work in a
# child process, for what is wrong with a file must not harm the run.
CONFINED = frozenset(
    {"html", "parquet", "warc", "mbox", "mail", "pdf", "docx", "feed", "zip", "tar", *PACKED}
)
# Those that fail by parts of their own, which are told one by one.
MANIFOLD = frozenset({*HOLDERS, "parquet", "warc", "mbox", "feed"})
NAMES = {
    "parquet": "Parquet file",
    "warc": "WARC file",
    "pdf": "PDF file",
    "docx": "DOCX file",
    "zip": "ZIP archive",
    "tar": "tar archive",
    "gzip": "gzip file",
    "zstd": "zstd file",
}
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PAR1", "parquet"),
    (b"WARC/1.", "warc"),
    (b"WARC/0.", "warc"),
)
_TEXTUAL = (
    ("html", re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)),
    ("lines", re.compile(rb'\s*\{\s*"')),
    ("list", re.compile(rb'\s*\[\s*\{\s*"')),
    ("feed", re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:rss|feed|rdf:RDF)[\s>]")),
    ("mbox", re.compile(rb"From \S{1,200} [^\n]{0,200}\b\d{4}\r?\n")),
)
_SURE = frozenset({"parquet", "pdf", "docx", "zip", "gzip", "zstd", "warc"})


def marked(start: bytes) -> str | None:
    """The binary format whose mark a file starts with.

    >>> marked(b"%PDF-1.7"), marked(b"Troops left.")
    ('pdf', None)
    """
    if start[257:262] == b"ustar":
        return "tar"
    return next((kind for magic, kind in _MAGIC if start.startswith(magic)), None)


def settled(told: str | None, start: bytes) -> str:
    """The format of a file: its mark outranks its suffix, what has no suffix is told by content.

    Raises:
        ValueError: Its suffix promises a binary format that its content is not; names it.
    """
    found = marked(start)
    if found is not None:
        return "docx" if (told, found) == ("docx", "zip") else found
    if told in _SURE and start:
        raise ValueError(NAMES[told])
    return told or _looks(start.removeprefix(b"\xef\xbb\xbf"))


def _looks(start: bytes) -> str:
    return next((kind for kind, pattern in _TEXTUAL if pattern.match(start)), "text")
