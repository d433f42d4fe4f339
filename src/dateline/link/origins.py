"""Reprints: dispatches that go back to one text and count as one source."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from dateline.knowledge.geography import fold
from dateline.link.rewrites import Rewrites
from dateline.model import Record
from dateline.model.incident import Origin

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words of a shingle
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 7
_NEAR = 0.5  # share of common shingles from which a text is a near copy
_SHORTEST = 40  # words under which texts are too short to tell a copy by
_DAYS = 14  # between a text and its near copies


class Copy(NamedTuple):
    """A dispatch (its number) that another copies or is copied by, and why it is thought so."""

    other: int
    why: str


class Reprints:
    """Dispatches by the text they go back to; takes in one after the other."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._number: dict[str, int] = {}
        self._head: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._why: dict[tuple[int, int], str] = {}
        self._exact: dict[str, int] = {}
        self._near = RMinHashLSH(0.5, _PERMUTATIONS, _BANDS)
        self._shingles: dict[int, frozenset[int]] = {}
        self._rewrites = Rewrites()

    def add(self, record: Record) -> list[str]:
        """Take in a dispatch; the ids of those that have another origin now, itself among them."""
        n = len(self._records)
        self._records.append(record)
        self._number[record.document.id] = n
        self._head.append(n)
        self._members[n] = [n]
        for copy in self._copies(record, n):
            self._why.setdefault((copy.other, n), copy.why)
            self._join(self._head[copy.other], self._head[n])
        return [self._records[m].document.id for m in self._members[self._head[n]]]

    def origin(self, document: str) -> tuple[str, bool]:
        """The id of the original of a dispatch, and whether it has been reprinted at all."""
        group = self._members[self._head[self._number[document]]]
        return self._records[min(group, key=self._rank)].document.id, len(group) > 1

    def origins(self) -> tuple[Origin, ...]:
        """All origins, in the order of the originals' publication.

        A dispatch that copies none and is copied by none is an origin of its own.
        """
        groups = [sorted(group, key=self._rank) for group in self._members.values()]
        return tuple(self._told(group) for group in sorted(groups, key=lambda g: self._rank(g[0])))

    def _copies(self, record: Record, n: int) -> Iterator[Copy]:
        words = _WORD.findall(fold(record.document.text))
        if len(words) < _SHORTEST:
            return
        yield from self._same(words, n)
        yield from self._alike(words, n)
        for other, why in self._rewrites.add(n, record):
            yield Copy(other, why)

    def _same(self, words: Sequence[str], n: int) -> Iterator[Copy]:
        """Copies word for word, whatever the case, the signs and the spaces."""
        digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
        known = self._exact.setdefault(digest, n)
        if known != n and self._close(known, n):
            yield Copy(known, "the same words")

    def _alike(self, words: Sequence[str], n: int) -> Iterator[Copy]:
        """Copies with some words changed, left out or added."""
        runs = {" ".join(words[k : k + _SHINGLE]) for k in range(len(words) - _SHINGLE + 1)}
        signature = RMinHash(_PERMUTATIONS, _SEED)
        signature.update(sorted(runs))
        kept = frozenset(map(hash_of, runs))
        for other in sorted(self._near.query(signature)):
            theirs = self._shingles[other]
            shared = len(kept & theirs) / max(1, min(len(kept), len(theirs)))
            if shared >= _NEAR and self._close(other, n):
                yield Copy(other, f"{shared:.0%} of its three-word runs are the same")
        self._near.insert(n, signature)
        self._shingles[n] = kept

    def _close(self, one: int, other: int) -> bool:
        days = [self._records[n].document.published for n in (one, other)]
        if days[0] is None or days[1] is None:
            return True
        return abs((days[0] - days[1]).days) <= _DAYS

    def _join(self, one: int, other: int) -> None:
        if one == other:
            return
        keep, drop = min(one, other), max(one, other)
        for member in self._members[drop]:
            self._head[member] = keep
        self._members[keep].extend(self._members.pop(drop))

    def _rank(self, n: int) -> tuple[str, int, str]:
        """Which of a group is likely the original: the earliest, then the longest."""
        document = self._records[n].document
        day = document.published.isoformat() if document.published else "9999"
        return day, -len(document.text), document.id

    def _told(self, group: Sequence[int]) -> Origin:
        reasons = tuple(self._reason(group, n) for n in group[1:])
        return Origin(tuple(self._records[n].document.id for n in group), reasons)

    def _reason(self, group: Sequence[int], n: int) -> str:
        """What ties a dispatch to its group, one sentence."""
        for m in group:
            why = self._why.get((min(m, n), max(m, n)))
            if why:
                document = self._records[m].document
                name = document.publisher or document.name or "another dispatch"
                return f"It goes back to the text of {name}: {why}."
        return "It goes back to a copy."


def hash_of(words: str) -> int:
    """A number for a run of words, the same in every process."""
    return int.from_bytes(
        hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )
