"""Rows as columns in memory: filters, facets and orders over many claims within milliseconds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
NO_DAY = -(2**31) + 1
_EPOCH = date(1970, 1, 1).toordinal()


class Columns:
    """Columns of four kinds: "code" (of few values), "day", "real", "whole", and "text" lists."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self.kinds = dict(kinds)
        self.words: dict[str, list[str]] = {x: [] for x, kind in kinds.items() if kind == "code"}
        self._codes: dict[str, dict[str, int]] = {x: {} for x in self.words}
        self._data: dict[str, Any] = {x: _empty(kind) for x, kind in kinds.items()}

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def __len__(self) -> int:
        return len(self._data[next(iter(self.kinds))])

    def extend(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows, whose cells are in the order of the columns."""
        if not rows:
            return
        for (name, kind), cells in zip(self.kinds.items(), zip(*rows, strict=True), strict=True):
            if kind == "text":
                self._data[name] = [*self._data[name], *cells]
                continue
            more = np.array(self._numbers(name, kind, cells), dtype=_TYPES[kind])
            self._data[name] = np.concatenate([self._data[name], more])

    def drop(self, gone: Mask) -> None:
        """Remove rows."""
        kept = np.flatnonzero(~gone)
        for name, kind in self.kinds.items():
            found = self._data[name]
            self._data[name] = [found[i] for i in kept] if kind == "text" else found[kept]

    def copy(self) -> "Columns":
        """The same rows, which may be changed without changing these."""
        other = Columns(self.kinds)
        other.words = {name: list(found) for name, found in self.words.items()}
        other._codes = {name: dict(found) for name, found in self._codes.items()}
        other._data = dict(self._data)
        return other

    def all(self) -> Mask:
        """A mask that lets every row through."""
        return np.ones(len(self), dtype=np.bool_)

    def among(self, name: str, values: Iterable[str]) -> Mask:
        """Rows whose code is one of these values."""
        known = self._codes[name]
        wanted = [known[x] for x in values if x in known]
        found: Mask = np.isin(self._data[name], wanted)
        return found

    def holding(self, name: str, part: str) -> Mask:
        """Rows whose text holds a part."""
        return np.fromiter((part in x for x in self._data[name]), np.bool_, len(self))

    def touching(self, since: date | None, until: date | None) -> Mask:
        """Rows whose known time ("start" to "end") may touch these days."""
        start, end = self._data["start"], self._data["end"]
        found = self.all()
        if since is not None:
            found &= (end >= day_of(since)) | ((end == NO_DAY) & (start != NO_DAY))
        if until is not None:
            before = (start <= day_of(until)) & (start != NO_DAY)
            found &= before | ((start == NO_DAY) & (end != NO_DAY))
        return found

    def counts(self, name: str, mask: Mask) -> list[tuple[str, int]]:
        """How many rows have each code, the most first."""
        found = np.bincount(self._data[name][mask] + 1, minlength=len(self.words[name]) + 1)[1:]
        told = [(word, int(n)) for word, n in zip(self.words[name], found, strict=True) if n]
        return sorted(told, key=lambda x: (-x[1], x[0]))

    def ordered(
        self, mask: Mask, by: str, *, descending: bool = False, ties: Sequence[str] = ()
    ) -> npt.NDArray[np.intp]:
        """The places of rows in the order of a column, those that do not tell it last.

        Rows that are equal in it are in the order of the columns `ties`, else as they came.
        """
        places = np.flatnonzero(mask)
        cells = self._data[by][places]
        if self.kinds[by] == "code":
            rank = np.argsort(np.argsort(np.array(self.words[by] or [""], dtype=str)))
            missing = cells < 0
            cells = rank[np.maximum(cells, 0)]
        else:
            missing = np.isnan(cells) if self.kinds[by] == "real" else cells == NO_DAY
        key = -cells.astype(np.float64) if descending else cells.astype(np.float64)
        others = [self._data[name][places] for name in reversed(ties)]
        order: npt.NDArray[np.intp] = places[np.lexsort((*others, key, missing))]
        return order

    def _numbers(self, name: str, kind: str, cells: Sequence[Any]) -> list[Any]:
        if kind == "code":
            return [self._code(name, x) for x in cells]
        if kind == "day":
            return [_number_of(x) for x in cells]
        if kind == "real":
            return [np.nan if x is None else x for x in cells]
        return [NO_DAY if x is None else x for x in cells]

    def _code(self, name: str, word: str | None) -> int:
        if word is None:
            return -1
        known = self._codes[name]
        code = known.get(word)
        if code is None:
            code = known[word] = len(known)
            self.words[name].append(word)
        return code


def facets(
    columns: Columns, names: Sequence[str], chosen: Mapping[str, Mask], rest: Mask
) -> dict[str, list[tuple[str, int]]]:
    """For each filter its values with what each would leave, the filter itself left open."""
    found = {}
    for name in names:
        mask = rest.copy()
        for other, theirs in chosen.items():
            if other != name:
                mask &= theirs
        found[name] = columns.counts(name, mask)
    return found


def day_of(day: date) -> int:
    """The number of days since 1970."""
    return day.toordinal() - _EPOCH


def date_of(number: int) -> date | None:
    """The day of a number."""
    return None if number == NO_DAY else date.fromordinal(int(number) + _EPOCH)


def _number_of(day: date | str | None) -> int:
    if day is None:
        return NO_DAY
    return day_of(date.fromisoformat(day) if isinstance(day, str) else day)


_TYPES: dict[str, Any] = {
    "code": np.int32,
    "day": np.int32,
    "real": np.float64,
    "whole": np.int64,
}


def _empty(kind: str) -> Any:
    return [] if kind == "text" else np.empty(0, dtype=_TYPES[kind])
