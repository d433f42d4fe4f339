"""Overlapping spans cut into stretches that do not overlap, for highlighting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dateline.export.phrases import told_apart
from dateline.model import Record, Span


class Mark(NamedTuple):
    """What a stretch of text is evidence for: a slot of the claim with this number (from 1)."""

    claim: int
    slot: str


class Stretch(NamedTuple):
    """Characters `start` up to `end`, and what they are evidence for (nothing: plain text)."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def evidence(record: Record) -> Iterator[tuple[Span, Mark]]:
    """Every span that a value of the record rests on; triggers are the evidence of `type`.

    Status and mode are left out where they rest on the trigger itself.
    """
    for number, claim in enumerate(record.claims, 1):
        apart = told_apart(claim)
        for slot, reading in claim.readings():
            if slot in {"status", "mode"} and (slot, reading) not in apart:
                continue
            for span in reading.evidence:
                yield span, Mark(number, slot)
        for span in claim.mentions:
            yield span, Mark(number, "mention")


def stretches(length: int, marked: Iterable[tuple[Span, Mark]]) -> Iterator[Stretch]:
    """A text of `length` characters from end to end, cut wherever a span begins or ends."""
    begins: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for span, mark in marked:
        begins[span.start].append(mark)
        ends[span.end].append(mark)
    open_marks: list[Mark] = []
    last = 0
    for at in sorted({*begins, *ends, length}):
        if last < at <= length:
            yield Stretch(last, at, tuple(sorted(set(open_marks))))
            last = at
        for mark in ends.get(at, ()):
            open_marks.remove(mark)
        open_marks.extend(begins.get(at, ()))
