"""Outlets that are credited by bare name at the end of a report."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.knowledge import read
from dateline.model import Span

_TAIL = re.compile(r"[.!?][\"”’)\]]*\s+([^.!?\n]{2,160}?)\s*$|\(([^()\n]{2,80})\)[.\s]*$")


class Outlets:
    """Find the media named behind the last sentence of a paragraph."""

    def __init__(self) -> None:
        words: dict[str, Any] = read("lexicons/en/attribution_media.yaml")
        names = sorted(words["outlets"], key=lambda name: (-len(name), name))
        known = "|".join(map(re.escape, names))
        endings = "|".join(words["endings"])
        word = r"[^\W\d_a-z][\w'’.&-]*"
        link = r"(?:(?:and|of|for|the|de|del|et|la) ?){1,2}"
        self._name = re.compile(
            rf"(?<!\w)(?:{known})(?!\w)|(?<!\w){word}(?:\s(?:{word}|of|the|and|de|del))*?\s(?:{endings})\b"
            rf"|(?<!\w)(?:\d+)?{word}(?:\s(?!(?:{known})(?!\w))(?:{word}|\d+|{link}(?=\s[^\W\d_a-z])))*"
        )
        self._joints = re.compile(r"\bvia\b|\bin [A-Z][a-z]+\b")
        self._known = frozenset(names)
        self._endings = tuple(words["endings"])
        self._beginnings = tuple(f"{word} " for word in words["beginnings"])

    def __call__(self, text: str) -> Iterator[tuple[Span, Sequence[Span]]]:
        """Each paragraph that ends in outlets, without them, and the outlets' names.

        Names that no list knows count where most paragraphs of the text end in outlets.
        """
        tails = list(self._tails(text))
        sure = [any(map(self.named, (n.of(text) for n in names))) for _, names, _ in tails]
        paragraphs = sum(1 for line in text.splitlines() if line.strip())
        listed = sum(sure) >= max(2, paragraphs / 2)
        for (content, names, bracketed), known in zip(tails, sure, strict=True):
            if known or (listed and not bracketed):
                yield content, names

    def _tails(self, text: str) -> Iterator[tuple[Span, list[Span], bool]]:
        """Paragraphs with names alone behind their last sentence, the names, if in brackets."""
        start = 0
        for line in text.splitlines(keepends=True):
            tail = _TAIL.search(line[-260:]) if line.strip() else None
            if tail:
                shift = start + max(0, len(line) - 260)
                group = 1 if tail.group(1) else 2
                names = self._names(tail.group(group), shift + tail.start(group))
                if names and shift + tail.start() > start:
                    yield Span(start, shift + tail.start() + 1), names, group == 2
            start += len(line)

    def _names(self, words: str, offset: int) -> list[Span]:
        words = self._joints.sub(lambda m: " " * len(m.group()), words)
        found = list(self._name.finditer(words))
        if not found or re.search(r"\w", self._name.sub(" ", words)):
            return []
        return [Span(offset + m.start(), offset + m.end()) for m in found]

    def named(self, name: str) -> bool:
        """Whether a name is that of an outlet."""
        bare = name.removeprefix("the ").removeprefix("The ")
        if name in self._known or bare in self._known:
            return True
        return name.endswith(self._endings) or bare.startswith(self._beginnings)
