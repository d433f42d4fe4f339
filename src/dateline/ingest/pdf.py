"""PDF: the text layer of its pages."""

import logging
import os
from collections.abc import Iterator
from typing import Any

from dateline.errors import InputError
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry
from dateline.ingest.layout import paragraphs
from dateline.ingest.limits import Run
from dateline.ingest.screening import oversize
from dateline.ingest.unpack import missing
from dateline.model import Record

_LARGE, _TAIL = 64 * 2**20, 2**20  # bytes


def text(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """The draft of a PDF file; the day it was made is noted and not taken for its date.

    Raises:
        InputError: It is encrypted, broken, too long, or has no text layer.
    """
    try:
        import pypdf
    except ImportError as cause:
        raise InputError(missing("PDF files", "pypdf", "archives")) from cause
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is odd shows in the text
    try:
        _check_end(entry.file)
        file = pypdf.PdfReader(entry.file)
        if file.is_encrypted and not file.decrypt(""):
            raise InputError("the PDF file is encrypted; save it without a password")
        pages = list(_pages(file, run))
        about = file.metadata
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as cause:
        told = f"{type(cause).__name__}: {str(cause)[:200]}"
        raise InputError(f"the PDF file is broken ({told})") from cause
    if not any(page.strip() for page in pages):
        raise InputError("no text layer in the PDF file (a scan?); run text recognition on it")
    found, notes = paragraphs(pages)
    yield Draft(entry.name, entry.where, found, _told(about), (*notes, *_made(about)))


def _check_end(file: Any) -> None:
    """Fail at once where the library would search a large file from its end to its beginning.

    Raises:
        InputError: There is no end mark near the end.
    """
    if (size := file.seek(0, os.SEEK_END)) > _LARGE:
        file.seek(size - _TAIL)
        if b"%%EOF" not in file.read(_TAIL):
            raise InputError("the PDF file is broken (no end mark near its end)")
    file.seek(0)


def _pages(file: Any, run: Run) -> Iterator[str]:
    size = 0
    for number, page in enumerate(file.pages):
        if number >= run.limits.pages:
            raise InputError(f"more than {run.limits.pages:,} pages; split it")
        found = page.extract_text() or ""
        size += len(found)
        if size > 2 * run.limits.characters:
            raise InputError(oversize(f"more than {size:,} characters", run.limits.characters))
        yield found


def _told(about: Any) -> dict[str, object]:
    title = str(getattr(about, "title", None) or "").strip()
    title = title.removeprefix("Microsoft Word - ")
    return (
        {"title": title} if title and title.lower() not in {"untitled", "untitled document"} else {}
    )


def _made(about: Any) -> tuple[str, ...]:
    try:
        made = about.creation_date if about else None
    except Exception:  # noqa: BLE001 (the library's own date parser fails on odd dates)
        made = None
    return made_on(made)


def made_on(made: Any) -> tuple[str, ...]:
    """The note on the day a file was made."""
    if made is None:
        return ()
    day = made.date().isoformat() if hasattr(made, "date") else str(made)[:10]
    return (f"the file was made on {day}, which is not taken for the publication date",)
