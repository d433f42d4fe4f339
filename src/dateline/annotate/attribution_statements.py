"""Texts that are somebody's words as a whole: bylines, announced statements, transcripts."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dateline.knowledge import read
from dateline.model import Annotated, Attribution, Span

_TURN = re.compile(r"^[\"“]?([^\W\d_a-z][^\n:]{1,40}):[ \t]+(?=\S)", re.MULTILINE)
_BYLINE_WORDS = 16
_TURNS = 3  # lines that a label must open to be a speaker's


class Statements:
    """Find who speaks a whole text or its paragraphs, by their layout."""

    def __init__(self) -> None:
        words: dict[str, Any] = read("lexicons/en/attribution_kinds.yaml")
        titles = "|".join(map(re.escape, words["titles"]))
        name = r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,4}"
        self._byline = re.compile(rf"\s*({name}), (?:[^\n.]*\b)?(?:{titles})\b[^\n.]*\n")

    def __call__(self, doc: Annotated) -> Iterator[Attribution]:
        """The attributions that the layout of the text tells."""
        yield from self._signed(doc.text)
        yield from _turns(doc.text)

    def _signed(self, text: str) -> Iterator[Attribution]:
        """The text below a first line such as "Ada Lund, Minister of Defence"."""
        line = self._byline.match(text)
        if line and len(line.group().split()) <= _BYLINE_WORDS and text[line.end() :].strip():
            name = Span(*line.span(1))
            body = _stripped(text, line.end(), len(text))
            yield Attribution(name, "attribution#byline", name, (body,), "reports")


def _turns(text: str) -> Iterator[Attribution]:
    """The turns of a transcript: lines that open with the speaker's name and a colon."""
    turns = list(_TURN.finditer(text))
    often = Counter(turn.group(1) for turn in turns)
    turns = [turn for turn in turns if often[turn.group(1)] >= _TURNS]
    ends = [*(turn.start() for turn in turns), len(text)][1:]
    for turn, end in zip(turns, ends, strict=True):
        body = _stripped(text, turn.end(), end)
        name = Span(*turn.span(1))
        yield Attribution(name, "attribution#turn", name, (body,), "reports")


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
