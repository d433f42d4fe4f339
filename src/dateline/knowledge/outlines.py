"""The outlines of countries, for maps that are drawn without any outside data."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dateline.errors import KnowledgeError
from dateline.knowledge.loader import locate

FILE = "gazetteer/outlines.txt"
PARTS = 50  # parts of a degree in which the file counts


class Box(NamedTuple):
    """A part of the globe, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes have a point in common."""
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north


class Outline(NamedTuple):
    """One ring of a country (ISO 3166-1 alpha-3, or empty), as longitudes and latitudes."""

    country: str
    points: tuple[tuple[float, float], ...]


def outlines(frame: Box) -> Iterator[Outline]:
    """The rings that may be seen in a frame, in the order of the file.

    >>> sorted({x.country for x in outlines(Box(-1.0, 17.0, 0.0, 18.0))})
    ['MLI']
    """
    for country, box, told in _lines():
        if box.meets(frame):
            yield Outline(country, tuple(_points(told)))


@cache
def _lines() -> tuple[tuple[str, Box, str], ...]:
    try:
        text = locate(FILE).read_text("utf-8")
    except OSError as cause:
        raise KnowledgeError(f"{FILE}: cannot be read: {cause}") from cause
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, box, told = line.split("\t")
            edges = Box(*(int(x) / PARTS for x in box.split(" ")))
            found.append((country.strip("-"), edges, told))
    return tuple(found)


def _points(told: str) -> Iterator[tuple[float, float]]:
    x = y = 0
    for step in told.split(" "):
        right, up = step.split(",")
        x, y = x + int(right), y + int(up)
        yield x / PARTS, y / PARTS
