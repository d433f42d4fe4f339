"""Quoted words and the outlets credited at the end of a report."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.knowledge import read
from dateline.model import Span

_QUOTES = re.compile(r"“[^“”]{2,2000}(?:”|$|(?=\n))|\"[^\"\n]{2,2000}(?:\"|(?=\n)|$)", re.MULTILINE)
_WORDY = 4  # words that make a quotation a statement, not a name or a scare quote
_TAIL = re.compile(r"[.!?][\"”’)\]]*\s+([^.!?\n]{2,160}?)\s*$|\(([^()\n]{2,80})\)[.\s]*$")


def quotations(text: str) -> list[Span]:
    """Quoted statements in text order; names and single words in quotation marks are none."""
    return [
        Span(m.start(), m.end()) for m in _QUOTES.finditer(text) if len(m.group().split()) >= _WORDY
    ]


class Outlets:
    """Find the media named behind the last sentence of a paragraph."""

    def __init__(self) -> None:
        words: dict[str, Any] = read("lexicons/en/attribution_media.yaml")
        names = sorted(words["outlets"], key=lambda name: (-len(name), name))
        known = "|".join(map(re.escape, names))
        endings = "|".join(words["endings"])
        word = r"[^\W\d_a-z][\w'’.&-]*"
        self._name = re.compile(
            rf"(?<!\w)(?:{known})(?!\w)|(?<!\w){word}(?:\s(?:{word}|of|the|and|de|del))*?\s(?:{endings})\b"
            rf"|(?<!\w){word}(?:\s{word})*"
        )
        self._known = frozenset(names)
        self._endings = tuple(words["endings"])

    def __call__(self, text: str) -> Iterator[tuple[Span, Sequence[Span]]]:
        """Each paragraph that ends in outlets, without them, and the outlets' names."""
        start = 0
        for line in text.splitlines(keepends=True):
            tail = _TAIL.search(line[-260:]) if line.strip() else None
            if tail:
                shift = start + max(0, len(line) - 260)
                group = 1 if tail.group(1) else 2
                names = self._names(tail.group(group), shift + tail.start(group))
                if names and shift + tail.start() > start:
                    yield Span(start, shift + tail.start() + 1), names
            start += len(line)

    def _names(self, words: str, offset: int) -> list[Span]:
        found = list(self._name.finditer(words))
        left = self._name.sub(" ", words)
        if re.search(r"\w", left) or not any(self._outlet(m.group()) for m in found):
            return []
        return [Span(offset + m.start(), offset + m.end()) for m in found]

    def _outlet(self, name: str) -> bool:
        return name in self._known or name.endswith(self._endings)
