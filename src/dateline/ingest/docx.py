"""DOCX: the paragraphs of a Word document."""

import zipfile
from collections.abc import Iterator
from typing import Any

from dateline.errors import InputError
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Gauge, Limits, Run
from dateline.ingest.pdf import made_on
from dateline.ingest.screening import oversize
from dateline.ingest.unpack import Counted
from dateline.ingest.xml import elements, local
from dateline.model import Record

_BODY = "word/document.xml"
_ABOUT = "docProps/core.xml"
_GONE = {"moveFrom", "del", "Fallback", "instrText"}  # moved or deleted words, second copies
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_APART = {"word/footnotes.xml": "footnotes", "word/comments.xml": "comments"}


def text(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """The draft of a document: body and tables, without headers, footnotes and comments.

    Raises:
        InputError: It is broken, too long, or no Word document.
    """
    try:
        with zipfile.ZipFile(entry.file) as archive:
            names = set(archive.namelist())
            if _BODY not in names:
                raise InputError(f"no Word document: it has no {_BODY}")
            gauge = Gauge(run.limits, entry.size)
            with archive.open(_BODY) as part:
                found = "\n\n".join(_paragraphs(Counted(part, gauge), run.limits))
            told, notes = _about(archive, gauge) if _ABOUT in names else ({}, ())
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as cause:
        raise InputError(f"the DOCX file is broken: {str(cause)[:200]}") from cause
    left = tuple(f"{what} left out" for name, what in _APART.items() if name in names)
    yield Draft(entry.name, entry.where, found, told, (*notes, *left))


def _paragraphs(part: Any, limits: Limits) -> Iterator[str]:
    """The text of each paragraph; of one within another, too, at its own end."""
    held: list[list[str]] = []
    gone = size = 0
    for event, element in elements(part, ("start", "end")):
        name = local(element)
        if name in _GONE:
            gone += 1 if event == "start" else -1
        elif name == "p" and event == "start":
            held.append([])
        elif name == "p" and held:
            yield from filter(str.strip, ["".join(held.pop())])
        elif event == "end" and held and not gone:
            held[-1].append(_piece(element, name))
            size += len(held[-1][-1])
            if size > limits.characters:
                raise InputError(oversize(f"more than {size:,} characters", limits.characters))
        if event == "end":
            element.clear(keep_tail=True)


def _piece(element: Any, name: str) -> str:
    return (element.text or "") if name == "t" else _SPACES.get(name, "")


def _about(archive: zipfile.ZipFile, gauge: Gauge) -> tuple[dict[str, object], tuple[str, ...]]:
    told: dict[str, object] = {}
    notes: tuple[str, ...] = ()
    with archive.open(_ABOUT) as part:
        for _, element in elements(Counted(part, gauge), ("end",)):
            value = (element.text or "").strip()[:1000]
            if local(element) == "title" and value:
                told["title"] = value
            elif local(element) == "created" and value:
                notes = made_on(value)
    return told, notes
