"""Which claims are compared at all: those near in time that share a place, party, name or toll."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from dateline.link.facts import Facts, Point, families, related
from dateline.link.prints import number

_BUCKET = 4  # days of a block
_SHORT = 10  # days beyond which a claim is filed by months
_MONTH = 32
_CELL = 0.5  # degrees of a map cell
_TELLING = 15  # tolls from which the figure alone brings claims together
_MANY = 1500  # pairs of a block beyond which only neighbours in time are compared
_BESIDE = 20  # of those neighbours
REACH = 2 * _BESIDE  # claims to know on either side to choose from a block
_NAMES = 40  # full names of a claim by which it is filed
_LEAD = 40  # names of a dispatch's beginning by which its first claims are filed
_MOVES = frozenset({"RETREAT", "MOBILIZE"})  # told by where they begin or by where they lead
_WORDS = 8  # words of a title by which it is filed


def keys(a: Facts) -> Iterator[str]:
    """The blocks a claim is filed under: a stretch of time and what it is found by."""
    spans, anchors = list(_spans(a)), list(_anchors(a))
    for family in families().get(a.type, (a.type,)):
        for anchor in anchors:
            for span in spans:
                yield f"{span}|{anchor}|{family}"
    for name in sorted(a.full | a.known if a.title else a.full)[:_NAMES]:
        yield f"any|n:{name}"
    for word in sorted(a.lead)[:_LEAD]:
        yield f"any|s:{word}"
    yield from _titles(a)


def blocks(a: Facts) -> list[tuple[int, int]]:
    """The blocks of a claim as numbers, with the day by which each is in order."""
    return [(number(key), _time(a)[0]) for key in dict.fromkeys(keys(a))]


def chosen(at: int, block: Sequence[tuple[int, str]]) -> list[str]:
    """The claims (with their days) of a block that are compared with one of a day."""
    if len(block) ** 2 <= _MANY:
        return [name for _, name in block]
    ordered = sorted(block, key=lambda x: (abs(x[0] - at), x[1]))
    return [name for _, name in ordered[: 2 * _BESIDE]]


def meets(a: Facts, b: Facts, shared: Iterable[str]) -> bool:
    """Whether any of the blocks that two claims share brings them together."""
    return related(a.type, b.type) and any(_meet(key, a, b) for key in shared)


def _titles(a: Facts) -> Iterator[str]:
    """Two words of the title: follow-ups may come long after."""
    for one, other in combinations(sorted(a.title)[:_WORDS], 2):
        yield f"any|h:{one}:{other}"
    for name in sorted(a.heads)[:_WORDS]:
        yield f"any|y:{name}"


def _anchors(a: Facts) -> Iterator[str]:
    for point in a.points:
        yield from _corners(point)
    for area in sorted(a.areas):
        yield f"a:{area}"
    for land in sorted(a.lands) or ["?"]:
        yield f"c:{land}"
    for who in (*a.actors, *a.recipients):
        if who.named:
            yield f"w:{who.key}"
    if a.type in _MOVES:
        for word in sorted(a.single)[:_BESIDE]:
            yield f"b:{word}"
    for (kind, _), toll in sorted(a.tolls.items()):
        if toll.figure >= _TELLING:
            yield f"t:{kind}:{toll.figure}"


def _corners(point: Point) -> Iterator[str]:
    """The corners of the map cell: neighbouring cells share two."""
    if point.lat is None or point.lon is None:
        yield f"p:{point.key}"
        return
    row, column = math.floor(point.lat / _CELL), math.floor(point.lon / _CELL)
    for up in (0, 1):
        for right in (0, 1):
            yield f"g:{row + up}:{column + right}"


def _spans(a: Facts) -> Iterator[str]:
    """The stretches of time a claim is filed under: days where it tells them, and months."""
    if a.when is None:
        yield "any"
        return
    first, last = a.when.first, a.when.last
    if not _wide(a):
        for bucket in range((first - 2) // _BUCKET, (last + 2) // _BUCKET + 1):
            yield f"d{bucket}"
    for month in sorted({first // _MONTH, last // _MONTH}):
        yield f"m{month}"


def _wide(a: Facts) -> bool:
    return a.when is not None and a.when.wide > _SHORT


def _loose(a: Facts) -> bool:
    """Whether a claim tells no day, or more days than blocks of days are for."""
    return a.when is None or not a.when.told or _wide(a)


def _rough(a: Facts) -> bool:
    return not a.points


class Index:
    """Claims by their blocks."""

    def __init__(self, claims: Iterable[Facts] = ()) -> None:
        self._blocks: dict[str, list[Facts]] = {}
        for a in claims:
            self.add(a)

    def add(self, a: Facts) -> None:
        """File a claim."""
        for key in dict.fromkeys(keys(a)):
            self._blocks.setdefault(key, []).append(a)

    def near(self, a: Facts) -> Iterator[Facts]:
        """The claims filed under a block of this one, each once, itself left out."""
        seen = {a.id}
        for key in dict.fromkeys(keys(a)):
            block = self._blocks.get(key, [])
            for b in block if len(block) ** 2 <= _MANY else _beside(block, a):
                if b.id not in seen and _meet(key, a, b) and related(a.type, b.type):
                    seen.add(b.id)
                    yield b

    def pairs(self) -> Iterator[tuple[Facts, Facts]]:
        """Every pair of claims to compare, once, in a stable order."""
        seen: set[tuple[str, str]] = set()
        for key in sorted(self._blocks):
            for a, b in _pairs(key, self._blocks[key]):
                pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
                if pair not in seen and a.id != b.id and related(a.type, b.type):
                    seen.add(pair)
                    yield a, b


def _meet(key: str, a: Facts, b: Facts) -> bool:
    """Whether a block brings two claims together.

    By month they meet only if one tells no day, by country only if one tells no town, by country or
    party only where they may be in one division of it: what tells more is found by it.
    """
    span, anchor = key.split("|")[:2]
    open_ = _wide if anchor[0] == "c" else _loose
    if span[0] == "m" and not (open_(a) or open_(b)):
        return False
    if anchor[0] in "cw" and a.divisions and b.divisions and a.divisions.isdisjoint(b.divisions):
        return False
    return anchor[0] != "c" or _rough(a) or _rough(b)


def _pairs(key: str, block: Sequence[Facts]) -> Iterator[tuple[Facts, Facts]]:
    if len(block) < 2:
        return
    span, anchor = key.split("|")[:2]
    open_ = list(block)
    if span[0] == "m":
        open_ = [a for a in block if (_wide(a) if anchor[0] == "c" else _loose(a))]
    elif anchor[0] == "c":
        open_ = [a for a in block if _rough(a)]
    if len(open_) * len(block) > _MANY:
        yield from _neighbours(key, block)
        return
    for a in open_:
        for b in block:
            if a is not b and _meet(key, a, b):
                yield a, b


def _time(a: Facts) -> tuple[int, int, str]:
    return (a.when.last, a.when.first, a.id) if a.when else (0, 0, a.id)


def _neighbours(key: str, block: Sequence[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """Of a block too full to compare all with all: each with the next in time."""
    ordered = sorted(block, key=_time)
    for n, a in enumerate(ordered):
        for b in ordered[n + 1 : n + 1 + _BESIDE]:
            if _meet(key, a, b):
                yield a, b


def _beside(block: Sequence[Facts], a: Facts) -> list[Facts]:
    """The claims of a full block that lie next to one in time."""
    at = _time(a)
    return sorted(block, key=lambda b: (abs(_time(b)[0] - at[0]), b.id))[: 2 * _BESIDE]
