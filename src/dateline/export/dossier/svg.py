"""A map as SVG."""

from html import escape

from dateline.export.dossier.land import Land
from dateline.export.dossier.sketch import (
    COAST,
    GRID,
    INK,
    LAND,
    MUTED,
    NAME,
    RED,
    SEA,
    Dot,
    Line,
    Sketch,
    label_at,
)


def svg(found: Sketch) -> str:
    """The map as SVG."""
    left, top, right, bottom = found.frame
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(found.about)}" '
        f'viewBox="0 0 {found.width:g} {found.height:g}" width="{found.width:g}" '
        f'height="{found.height:g}" font-family="sans-serif" font-size="11">\n',
        f'<rect width="{found.width:g}" height="{found.height:g}" fill="#fff"/>\n',
        f'<rect x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}" '
        f'fill="{SEA}" stroke="{COAST}"/>\n',
        *map(_land, found.lands),
        *map(_line, found.lines),
    ]
    for name in found.names:
        at = f'x="{name.x:g}" y="{name.y:g}" text-anchor="middle" letter-spacing="0.6"'
        parts.append(f'<text {at} fill="{NAME}">{escape(name.text)}</text>\n')
    for dot in found.dots:
        look = f'fill="none" stroke="{RED}"' if dot.rough else f'fill="{RED}" fill-opacity="0.75"'
        parts.append(f'<circle cx="{dot.x:g}" cy="{dot.y:g}" r="{dot.radius:g}" {look}/>\n')
    parts += [_label(dot) for dot in found.dots if dot.label]
    return "".join([*parts, "</svg>\n"])


def _land(land: Land) -> str:
    path = " ".join(f"{x:g},{y:g}" for x, y in land.corners)
    return f'<polygon points="{path}" fill="{LAND}" stroke="{COAST}" stroke-linejoin="round"/>\n'


def _line(line: Line) -> str:
    ends = f'x1="{line.x1:g}" y1="{line.y1:g}" x2="{line.x2:g}" y2="{line.y2:g}"'
    x, y = label_at(line)
    label = f'<text x="{x:g}" y="{y:g}" fill="{MUTED}">{line.label}</text>'
    return f'<line {ends} stroke="{GRID}" stroke-width="0.7"/>\n{label}\n'


def _label(dot: Dot) -> str:
    """The name of a place, with a bright edge that keeps it readable over lines."""
    at = f'x="{dot.label_x:g}" y="{dot.y + 4:g}"'
    edge = f'stroke="{LAND}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
    return f'<text {at} fill="{INK}" {edge}>{escape(dot.label)}</text>\n'
