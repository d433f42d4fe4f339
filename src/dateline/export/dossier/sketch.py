"""A plain map of points: a frame with meridians and parallels, drawn without any outside data."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

WIDTH, MARGIN = 640.0, 34.0
RINGS = "Rings stand for areas of which no closer point is told; larger marks for more incidents."
_TALLEST, _SHORTEST = 480.0, 200.0
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_LEAST = 1.0  # degrees that the frame spans at least
_LINES = 6  # meridians or parallels at most
_LETTER, _LINE = 6.2, 13.0  # width and height of a label's letter


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
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """The map in drawing units, the origin at the top left."""

    width: float
    height: float
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    about: str


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

    def x(self, lon: float) -> float:
        return round(MARGIN + (lon - self.west) / self.wide * self.inner, 1)

    def y(self, lat: float) -> float:
        return round(MARGIN + (self.north - lat) / self.high * self.tall, 1)


def sketch(spots: Sequence[Spot]) -> Sketch | None:
    """The map of these places; None if there are none."""
    if not spots:
        return None
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
    names = ", ".join(x.name for x in spots)
    height = frame.tall + 2 * MARGIN
    return Sketch(WIDTH, height, tuple(lines), _dots(spots, frame), f"Places: {names}")


def svg(found: Sketch) -> str:
    """The map as SVG."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(found.about)}" '
        f'viewBox="0 0 {found.width:g} {found.height:g}" width="{found.width:g}" '
        f'height="{found.height:g}" font-family="sans-serif" font-size="11">\n',
        f'<rect width="{found.width:g}" height="{found.height:g}" fill="#f7f9fa"/>\n',
    ]
    for line in found.lines:
        ends = f'x1="{line.x1:g}" y1="{line.y1:g}" x2="{line.x2:g}" y2="{line.y2:g}"'
        parts.append(f'<line {ends} stroke="#c9d3da"/>\n')
        x, y = label_at(line)
        parts.append(f'<text x="{x:g}" y="{y:g}" fill="#5b6b76">{line.label}</text>\n')
    for dot in found.dots:
        look = 'fill="none" stroke="#b3261e"' if dot.rough else 'fill="#b3261e" fill-opacity="0.75"'
        parts.append(f'<circle cx="{dot.x:g}" cy="{dot.y:g}" r="{dot.radius:g}" {look}/>\n')
    for dot in found.dots:
        if dot.label:
            x = dot.x + dot.radius + 3
            label = escape(dot.label)
            parts.append(f'<text x="{x:g}" y="{dot.y + 4:g}" fill="#1c2429">{label}</text>\n')
    return "".join([*parts, "</svg>\n"])


def label_at(line: Line) -> tuple[float, float]:
    """Where the label of a meridian or parallel begins: above the frame, or left of it."""
    return (line.x1 - 10, MARGIN - 6) if line.x1 == line.x2 else (2.0, line.y1 + 4)


def _dots(spots: Sequence[Spot], frame: _Frame) -> tuple[Dot, ...]:
    """The dots, the weightiest labelled first; a label that would lie on another is left out."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for spot in sorted(spots, key=lambda x: (-len(x.incidents), x.name)):
        x, y = frame.x(spot.lon), frame.y(spot.lat)
        radius = round(3 + 1.5 * math.sqrt(len(spot.incidents)), 1)
        label, left = spot.name, x + radius + 3
        right = left + _LETTER * len(label)
        clash = any(
            abs(y - at) < _LINE and left < end and begin < right for begin, end, at in taken
        )
        if clash or right > WIDTH:
            label = ""
        else:
            taken.append((left, right, y))
        found.append(Dot(x, y, radius, label, spot.rough))
    return tuple(found)


def _rounds(start: float, extent: float, step: float) -> list[float]:
    first = math.ceil(start / step)
    last = math.floor((start + extent) / step)
    return [round(number * step, 6) for number in range(first, last + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    if value == 0:
        return "0°"
    return f"{abs(value):g}°{positive if value > 0 else negative}"
