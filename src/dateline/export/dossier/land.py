"""The countries on a map: their outlines cut at its frame, and where their names stand."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dateline.export.nations import nation
from dateline.knowledge.outlines import Box, outlines

LETTER = 6.2  # width of a label's letter
_ROWS = 12  # heights at which room for a name is looked for
_CAP = 14.0  # height that a name needs below the upper edge
Corners = tuple[tuple[float, float], ...]
Scale = Callable[[float], float]
Spots = tuple[tuple["Name", ...], ...]


class Land(NamedTuple):
    """A piece of a country within the frame, as the corners of a polygon."""

    corners: tuple[tuple[float, float], ...]


class Name(NamedTuple):
    """The name of a country, around its middle."""

    x: float
    y: float
    text: str


def countries(
    box: Box, across: Scale, down: Scale
) -> tuple[tuple[Land, ...], tuple[tuple[Name, ...], ...]]:
    """The land within a box, and per country the spots where its name would fit, the best first."""
    lands: list[Land] = []
    largest: dict[str, Corners] = {}
    for outline in outlines(box):
        seen = _clipped(outline.points, box)
        corners = tuple(dict.fromkeys((across(lon), down(lat)) for lon, lat in seen))
        if len(corners) < 3:
            continue
        lands.append(Land(corners))
        if _area(corners) > _area(largest.get(outline.country, ())):
            largest[outline.country] = corners
    names = (_names(country, corners) for country, corners in sorted(largest.items()))
    return tuple(lands), tuple(x for x in names if x)


def _names(country: str, corners: Corners) -> tuple[Name, ...]:
    """Where a country's name may stand within it, first where there is most room."""
    known = nation(country)
    rows = sorted({y for _, y in corners})
    if known is None or rows[-1] - rows[0] < 2 * _CAP:
        return ()
    high, low = rows[0] + _CAP, rows[-1] - _CAP / 2
    heights = [high + (low - high) * at / _ROWS for at in range(_ROWS + 1)]
    found = [(right - left, left, y) for y in heights for left, right in _crossed(corners, y)]
    least = LETTER * len(known.name) + 8
    return tuple(
        Name(round(left + room / 2, 1), round(y, 1), known.name)
        for room, left, y in sorted(found, reverse=True)
        if room > least
    )


def _crossed(corners: Corners, y: float) -> list[tuple[float, float]]:
    """The stretches of a line across that lie within a polygon."""
    cuts = sorted(
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)
        if (a[1] <= y) != (b[1] <= y)
    )
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def _area(corners: Corners) -> float:
    around = zip(corners, (*corners[1:], *corners[:1]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in around)) / 2


def _clipped(ring: Corners, box: Box) -> Corners:
    """The part of a ring within a box (Sutherland and Hodgman)."""
    edges = ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1))
    for axis, edge, sign in edges:
        ring = tuple(_cut(ring, axis, edge, sign))
    return ring


def _cut(ring: Corners, axis: int, edge: float, sign: int) -> Iterator[tuple[float, float]]:
    """What of a ring lies on one side of an edge."""
    before = ring[-1] if ring else (0.0, 0.0)
    for point in ring:
        inside, was = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
        if inside != was:
            part = (edge - before[axis]) / (point[axis] - before[axis])
            across = before[1 - axis] + part * (point[1 - axis] - before[1 - axis])
            yield (edge, across) if axis == 0 else (across, edge)
        if inside:
            yield point
        before = point
