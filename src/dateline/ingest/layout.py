"""From the lines of printed pages to paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence

_EDGE = 2  # lines at the top and the bottom of a page that may be its running head or foot
_OFTEN = 3  # pages on which such a line stands
_SHORT = 30  # characters of a line that may hold the number of a page
_FULL = 0.75  # of the usual line length: a shorter line may end a paragraph
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHEN = re.compile(r"[a-zà-ÿ]-$")
_DIGITS = re.compile(r"\d+")


def paragraphs(pages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    r"""The text of pages with a blank line between paragraphs, and notes.

    Lines that printing broke are joined, words that it broke are made whole, running heads and
    page numbers are left out.

    >>> paragraphs(["The convoy left the camp near\nGao. It crossed the bor-\nder at noon."])[0]
    'The convoy left the camp near Gao. It crossed the border at noon.'
    """
    sheets = [[line.rstrip() for line in page.splitlines()] for page in pages]
    running = _running(sheets)
    lines = [line for sheet in sheets for line in _body(sheet, running)]
    told = (f"left out as running heads or feet of pages: {len(running)}",) if running else ()
    return "\n\n".join(_joined(lines)), told


def _edges(sheet: Sequence[str]) -> list[int]:
    filled = [i for i, line in enumerate(sheet) if line.strip()]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _key(line: str) -> str:
    """What is the same on every page; only in short lines may the figures differ."""
    bare = " ".join(line.split())
    return _DIGITS.sub("0", bare) if len(bare) <= _SHORT else bare


def _running(sheets: Sequence[Sequence[str]]) -> set[str]:
    seen = Counter(key for sheet in sheets for key in {_key(sheet[i]) for i in _edges(sheet)})
    return {key for key, count in seen.items() if count >= max(_OFTEN, len(sheets) // 2)}


def _body(sheet: Sequence[str], running: set[str]) -> list[str]:
    out = {i for i in _edges(sheet) if _key(sheet[i]) in running}
    return [line for i, line in enumerate(sheet) if i not in out]


def _joined(lines: Sequence[str]) -> list[str]:
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    found: list[list[str]] = [[]]
    last = ""
    for line in (" ".join(line.split()) for line in lines):
        ended = not line or (_ENDS.search(last) and len(last) < _FULL * usual)
        if ended and found[-1]:
            found.append([])
        if line:
            found[-1].append(line)
        last = line
    return [text for text in map(_paragraph, found) if text]


def _paragraph(lines: Sequence[str]) -> str:
    pieces: list[str] = []
    for line in lines:
        if pieces and _HYPHEN.search(pieces[-1]) and line[:1].islower():
            pieces[-1] = pieces[-1][:-1]
        elif pieces:
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)
