"""What texts are told to be copies of each other by, worked out once for each."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rensa import RMinHash

from dateline.knowledge.geography import fold
from dateline.link.rewrites import Sketch, rewritten, sketch
from dateline.model import Record

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words of a shingle
_SHORTEST = 40  # words under which texts are too short to tell a copy by
_NEAR = 0.5  # share of common shingles from which a text is a near copy
_DAYS = 14  # between a text and its near copies
_HIGH = 2**63


@dataclass(frozen=True, slots=True)
class Print:
    """What is compared of a text: its words as one number, its runs of three, and its sketch.

    Copies share at least one of the `bands`, by which they are found.
    """

    words: int
    runs: frozenset[int]
    sketch: Sketch
    day: int | None
    bands: tuple[int, ...]


def print_of(record: Record) -> Print | None:
    """The print of a dispatch; None where it is too short to tell a copy by."""
    words = _WORD.findall(fold(record.document.text))
    if len(words) < _SHORTEST:
        return None
    day = record.document.published
    runs = {" ".join(words[k : k + _SHINGLE]) for k in range(len(words) - _SHINGLE + 1)}
    whole, drawn = number(" ".join(words)), sketch(record)
    bands = (whole, *_bands("near", runs, 128, 4, 7))
    if drawn.telling:
        bands += tuple(_bands("facts", drawn.facts, 126, 3, 11))
    ordinal = day.toordinal() if day else None
    return Print(whole, frozenset(map(number, runs)), drawn, ordinal, tuple(dict.fromkeys(bands)))


def copied(a: Print, b: Print) -> str:
    """Why one text is a copy of the other, empty if it is none."""
    if _close(a, b):
        if a.words == b.words:
            return "the same words"
        shared = len(a.runs & b.runs) / max(1, min(len(a.runs), len(b.runs)))
        if shared >= _NEAR:
            return f"{shared:.0%} of its three-word runs are the same"
    return rewritten(a.sketch, b.sketch)


def number(words: str) -> int:
    """A number for some words, the same in every process; databases have room for it."""
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) - _HIGH


def _bands(name: str, told: Iterable[str], size: int, wide: int, seed: int) -> Iterator[int]:
    """Numbers of which texts that share many of their parts are likely to share one (MinHash)."""
    signature = RMinHash(size, seed)
    signature.update(sorted(set(told)))
    drawn = signature.digest()
    for at in range(0, size, wide):
        yield number(f"{name} {at} {drawn[at : at + wide]}")


def _close(a: Print, b: Print) -> bool:
    return a.day is None or b.day is None or abs(a.day - b.day) <= _DAYS
