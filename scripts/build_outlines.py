"""Write the outlines of countries that the maps of dossiers show.

    python scripts/build_outlines.py COUNTRIES_TOPOJSON

The file is `countries-50m.json` of the package world-atlas, which the pages of the review desk also
use: country outlines of Natural Earth (public domain). Each ring is a line of
`gazetteer/outlines.txt`: the country, the box around it, and its points from one to the next, all
in fiftieths of a degree.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.knowledge import rows
from dateline.knowledge.outlines import PARTS

OUT = Path(__file__).parents[1] / "src" / "dateline" / "knowledge" / "gazetteer" / "outlines.txt"
CODES = "crosswalks/countries.csv"
UNNUMBERED = {"Kosovo": "XKX"}  # has no number of ISO 3166-1
LEAST = 3  # fiftieths of a degree that an island spans at least
HEAD = (
    "# Outlines of countries: Natural Earth (public domain), by scripts/build_outlines.py.\n"
    "# country (ISO 3166-1 alpha-3), west south east north, then the points from one to the next;\n"
    f"# in {PARTS} parts of a degree.\n"
)
Point = tuple[int, int]


def arcs(world: dict[str, Any]) -> list[list[Point]]:
    """The lines of which the outlines are made, in parts of a degree."""
    (east, north), (west, south) = world["transform"]["scale"], world["transform"]["translate"]
    found = []
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for right, up in arc:
            x, y = x + right, y + up
            line.append((round((x * east + west) * PARTS), round((y * north + south) * PARTS)))
        found.append(line)
    return found


def rings(geometry: dict[str, Any], lines: Sequence[Sequence[Point]]) -> Iterator[list[Point]]:
    """The rings of a country."""
    told = geometry.get("arcs", [])
    polygons = [told] if geometry["type"] == "Polygon" else told
    for ring in (ring for polygon in polygons for ring in polygon):
        points: list[Point] = []
        for number in ring:
            line = list(lines[number]) if number >= 0 else list(reversed(lines[~number]))
            points += [p for p in line if not points or p != points[-1]]
        yield _straight(points)


def _straight(points: list[Point]) -> list[Point]:
    """A ring without the points that lie on the line between their neighbours."""
    out: list[Point] = []
    for point in points:
        while len(out) > 1 and _between(out[-2], out[-1], point):
            out.pop()
        out.append(point)
    return out


def _between(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (c[0] - a[0]) * (b[1] - a[1])


def line(country: str, ring: Sequence[Point]) -> str:
    """A ring as a line of the file; empty where it is too small to be seen."""
    across, up = [x for x, _ in ring], [y for _, y in ring]
    box = (min(across), min(up), max(across), max(up))
    if len(ring) < 4 or max(box[2] - box[0], box[3] - box[1]) < LEAST:
        return ""
    steps = [ring[0]]
    steps += [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring)]
    told = " ".join(f"{x},{y}" for x, y in steps)
    return f"{country}\t{' '.join(map(str, box))}\t{told}\n"


def main(arguments: Sequence[str]) -> int:
    """Read the TopoJSON and write the file."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    world = json.loads(Path(arguments[0]).read_text("utf-8"))
    lines = arcs(world)
    codes = {x["iso_numeric"].zfill(3): x["iso3"] for x in rows(CODES) if x["iso_numeric"]}
    found = [
        line(
            codes.get(country.get("id", ""), UNNUMBERED.get(country["properties"]["name"], "-")),
            ring,
        )
        for country in world["objects"]["countries"]["geometries"]
        for ring in rings(country, lines)
    ]
    OUT.write_text(HEAD + "".join(sorted(x for x in found if x)), "utf-8")
    print(f"{OUT}: {sum(map(bool, found))} rings, {OUT.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
