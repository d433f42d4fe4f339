"""A plain map of points: land, countries, meridians and parallels, without any outside data."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from dateline.export.dossier.land import LETTER, Land, Name, countries
from dateline.knowledge.outlines import Box

WIDTH, MARGIN, FOOT = 640.0, 34.0, 8.0
RINGS = (
    "Rings stand for areas of which no closer point is told; larger marks for more incidents. "
    "Outlines: Natural Earth; they take no side in questions of borders."
)
SEA, LAND, COAST = "#e6eef3", "#fbfaf6", "#b9c4cb"
GRID, NAME, MUTED, RED, INK = "#d3dde3", "#8b979f", "#5b6b76", "#b3261e", "#1c2429"
_TALLEST, _SHORTEST = 480.0, 200.0
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_LEAST = 5.0  # degrees that the frame spans at least
_WIDE = 30.0  # degrees across from which places that crowd get a map of their own
_NEAR, _CROWD, _CLOSER = 6.0, 4, 2  # degrees between neighbours; places of a crowd; closer maps
_LINES = 6  # meridians or parallels at most
_LINE = 13.0  # height of a label


class Spot(NamedTuple):
    """A place and the numbers of the incidents there; `rough` if its point stands for an area."""

    name: str
    lat: float
    lon: float
    incidents: tuple[int, ...]
    rough: bool = False


class Line(NamedTuple):
    """A meridian or parallel, with its label at its start."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


class Dot(NamedTuple):
    """A point, or a ring if `rough`; without a label where it would lie on another's."""

    x: float
    y: float
    radius: float
    label: str
    label_x: float
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """The map in drawing units, the origin at the top left."""

    width: float
    height: float
    lands: tuple[Land, ...]
    names: tuple[Name, ...]
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    about: str

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is mapped; labels of the grid stand outside."""
        return MARGIN, MARGIN, self.width - MARGIN, self.height - FOOT


class _Box(NamedTuple):
    """Where something is drawn: from left to right, around a height by half of its own."""

    left: float
    right: float
    y: float
    half: float

    def meets(self, other: "_Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and abs(self.y - other.y) < self.half + other.half


class _Frame:
    """Where a point of the globe lies on the map: plate carrée, true at the middle parallel."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        lats, lons = [x.lat for x in spots], [x.lon for x in spots]
        middle = math.cos(math.radians((min(lats) + max(lats)) / 2))
        squeeze = max(0.2, middle)
        high, wide = max(_LEAST, max(lats) - min(lats)), max(_LEAST, max(lons) - min(lons))
        high, wide = high * 1.3, wide * 1.3
        inner = WIDTH - 2 * MARGIN
        tall = inner * high / (wide * squeeze)
        if tall > _TALLEST:
            wide, tall = high * inner / (_TALLEST * squeeze), _TALLEST
        elif tall < _SHORTEST:
            high, tall = wide * squeeze * _SHORTEST / inner, _SHORTEST
        self.west = (min(lons) + max(lons)) / 2 - wide / 2
        self.north = (min(lats) + max(lats)) / 2 + high / 2
        self.wide, self.high, self.inner, self.tall = wide, high, inner, tall

    @property
    def box(self) -> Box:
        """The part of the globe that is shown."""
        return Box(self.west, self.north - self.high, self.west + self.wide, self.north)

    def x(self, lon: float) -> float:
        return round(MARGIN + (lon - self.west) / self.wide * self.inner, 1)

    def y(self, lat: float) -> float:
        return round(MARGIN + (self.north - lat) / self.high * self.tall, 1)


def sketches(spots: Sequence[Spot]) -> tuple[Sketch, ...]:
    """The maps of these places: one of all, and closer ones where they crowd on a wide one."""
    if not spots:
        return ()
    wide = max(x.lon for x in spots) - min(x.lon for x in spots)
    close = _crowds(spots) if wide > _WIDE else []
    return tuple(sketch(found) for found in (spots, *close))


def _crowds(spots: Sequence[Spot]) -> list[list[Spot]]:
    """The places that lie near one another, as groups, those of most incidents first."""
    groups: list[list[Spot]] = []
    for spot in spots:
        near = [g for g in groups if any(_near(spot, x) for x in g)]
        groups = [g for g in groups if g not in near]
        groups.append([spot, *(x for g in near for x in g)])
    crowds = [g for g in groups if len(g) >= _CROWD]
    crowds.sort(key=lambda g: (-sum(len(x.incidents) for x in g), g[0].name))
    return crowds[:_CLOSER]


def _near(one: Spot, other: Spot) -> bool:
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon)) <= _NEAR


def sketch(spots: Sequence[Spot]) -> Sketch:
    """One map of some places."""
    frame = _Frame(spots)
    step = next((x for x in _STEPS if max(frame.wide, frame.high) / x <= _LINES), _STEPS[-1])
    lines = [
        Line(frame.x(lon), MARGIN, frame.x(lon), MARGIN + frame.tall, _degrees(lon, "E", "W"))
        for lon in _rounds(frame.west, frame.wide, step)
    ]
    lines += [
        Line(MARGIN, frame.y(lat), MARGIN + frame.inner, frame.y(lat), _degrees(lat, "N", "S"))
        for lat in _rounds(frame.north - frame.high, frame.high, step)
    ]
    about = ", ".join(x.name for x in spots)
    height = frame.tall + MARGIN + FOOT
    lands, names = countries(frame.box, frame.x, frame.y)
    dots = _dots(spots, frame)
    return Sketch(
        WIDTH, height, lands, tuple(_free(names, dots)), tuple(lines), dots, f"Places: {about}"
    )


def label_at(line: Line) -> tuple[float, float]:
    """Where the label of a meridian or parallel begins: above the frame, or left of it."""
    return (line.x1 - 10, MARGIN - 6) if line.x1 == line.x2 else (2.0, line.y1 + 4)


def _dots(spots: Sequence[Spot], frame: _Frame) -> tuple[Dot, ...]:
    """The dots, the weightiest labelled first.

    A label stands right of its dot, else left; where it would lie on another or on a dot, it is
    left out.
    """
    ordered = sorted(spots, key=lambda x: (-len(x.incidents), x.name))
    bare = [
        Dot(frame.x(x.lon), frame.y(x.lat), _radius(x), "", frame.x(x.lon), x.rough)
        for x in ordered
    ]
    taken = {n: _Box(x.x - x.radius, x.x + x.radius, x.y, x.radius) for n, x in enumerate(bare)}
    found = []
    for n, (spot, dot) in enumerate(zip(ordered, bare, strict=True)):
        wide, off = LETTER * len(spot.name), dot.radius + 3
        others = [box for at, box in taken.items() if at != n]
        for left in (dot.x + off, dot.x - off - wide):
            label = _Box(left, left + wide, dot.y, _LINE / 2)
            inside = left >= MARGIN and label.right <= WIDTH - MARGIN / 2
            if inside and not any(map(label.meets, others)):
                taken[n + len(bare)] = label
                dot = dot._replace(label=spot.name, label_x=round(left, 1))
                break
        found.append(dot)
    return tuple(found)


def _radius(spot: Spot) -> float:
    return round(3 + 1.5 * math.sqrt(len(spot.incidents)), 1)


def _free(names: Iterable[Sequence[Name]], dots: Sequence[Dot]) -> Iterator[Name]:
    """The name of each country where it lies on no dot and no label."""
    taken = [_Box(x.x - x.radius, x.x + x.radius, x.y, x.radius) for x in dots]
    labelled = (x for x in dots if x.label)
    taken += [_Box(x.label_x, x.label_x + LETTER * len(x.label), x.y, _LINE / 2) for x in labelled]
    for spots in names:
        yield from islice((x for x in spots if not any(map(_around(x).meets, taken))), 1)


def _around(name: Name) -> _Box:
    half = (LETTER + 0.6) * len(name.text) / 2
    return _Box(name.x - half, name.x + half, name.y - 4, _LINE / 2)


def _rounds(start: float, extent: float, step: float) -> list[float]:
    first = math.ceil(start / step)
    last = math.floor((start + extent) / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    if value == 0:
        return "0°"
    return f"{abs(value):g}°{positive if value > 0 else negative}"
