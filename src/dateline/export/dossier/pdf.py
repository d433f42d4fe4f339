"""A dossier as PDF (needs the extra `dossier`)."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

from dateline.errors import ExportError
from dateline.export.dossier.content import Cell, Dossier, Grid
from dateline.export.dossier.docx import MISSING
from dateline.export.dossier.letters import latin
from dateline.export.dossier.sketch import (
    COAST,
    GRID,
    INK,
    LAND,
    MUTED,
    NAME,
    RED,
    RINGS,
    SEA,
    Sketch,
    label_at,
    sketches,
)
from dateline.export.html import is_web

_GREY = "#c9d3da"
_Look = dict[str, Any]
_SMALL = 7.5
_WIDTHS = {
    "Tolls": (1.0, 3.0, 2.6, 3.0, 2.4, 2.0, 1.6),
    "Claims": (1.0, 2.5, 2.2, 3.1, 6.2, 1.4),
    "Disputes": (1.0, 2.0, 4.4, 4.8, 1.6, 1.8),
    "Plans": (5.6, 2.6, 2.2, 4.0, 1.8),
}


def pdf(found: Dossier) -> bytes:
    """The dossier; footnote numbers are links to the list of sources at its end.

    Letters that the standard fonts of PDF lack are written without their accents, else as "?".

    Raises:
        ExportError: The libraries are not installed.
    """
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate
    except ImportError as cause:
        raise ExportError(MISSING.format(form="PDF")) from cause
    out = BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=latin(found.title),
        author="Dateline",
        invariant=1,
        leftMargin=54,
        rightMargin=54,
    )
    page.build(list(_story(found)), onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _foot(canvas: Any, page: Any) -> None:
    """The number of the page, in the middle of its foot."""
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(page.pagesize[0] / 2, 30, str(canvas.getPageNumber()))


def _story(found: Dossier) -> Iterator[Any]:
    from reportlab.platypus import Paragraph

    style = _styles()
    yield Paragraph(_text(found.title), style["Title"])
    for sentence in found.summary:
        yield Paragraph(_text(sentence), style["BodyText"])
    yield Paragraph("Timeline", style["Heading1"])
    when = None
    for entry in found.timeline:
        if entry.when != when:
            when = entry.when
            yield Paragraph(_text(when), style["Heading3"])
        status = "" if entry.status == "actual" else f" <i>({entry.status})</i>"
        told = f"<b>{entry.number}.</b> {_text(entry.text)}{status}{_refs(entry.notes)}"
        yield Paragraph(told, style["BodyText"])
    drawn = sketches(found.spots)
    if drawn:
        yield Paragraph("Map", style["Heading1"])
        yield from map(_drawing, drawn)
        yield Paragraph(RINGS, style["Small"])
    for grid in found.grids:
        yield from _grid(grid, style)
    yield Paragraph("Sources", style["Heading1"])
    for note in found.notes:
        url = ""
        if is_web(note.url):
            href = escape(note.url, quote=True)
            url = f' <a href="{href}" color="blue">{_text(note.url)}</a>'
        elif note.url:
            url = f" {_text(note.url)}"
        anchor = f'<a name="n{note.number}"/>'
        yield Paragraph(f"{anchor}{note.number}. {_text(note.text)}{url}", style["BodyText"])


def _styles() -> Any:
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet

    styles = getSampleStyleSheet()
    small = ParagraphStyle("Small", styles["BodyText"], fontSize=_SMALL, leading=9, spaceBefore=0)
    styles.add(small)
    styles["Heading1"].spaceBefore = 16
    for name in ("Heading1", "Heading3"):
        styles[name].keepWithNext = 1
    return styles


def _grid(grid: Grid, style: Any) -> Iterator[Any]:
    from reportlab.lib.units import cm
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    yield Paragraph(grid.heading, style["Heading1"])
    yield Paragraph(_text(grid.about if grid.rows else f"{grid.about} None."), style["BodyText"])
    if not grid.rows:
        return
    rows = [[Paragraph(f"<b>{x}</b>", style["Small"]) for x in grid.columns]]
    rows += [[Paragraph(_cell(x), style["Small"]) for x in row] for row in grid.rows]
    top, all_cells = ("VALIGN", (0, 0), (-1, -1), "TOP"), ((0, 0), (-1, -1))
    lines = TableStyle([top, ("LINEBELOW", *all_cells, 0.4, _GREY)])
    widths = [x * cm for x in _WIDTHS[grid.heading]]
    yield LongTable(rows, colWidths=widths, repeatRows=1, splitInRow=1, style=lines)


def _drawing(found: Sketch) -> Any:
    from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
    from reportlab.lib.colors import HexColor

    scale, high = 0.75, found.height
    drawing = Drawing(found.width * scale, found.height * scale)
    drawing.scale(scale, scale)
    left, top, right, bottom = found.frame
    sea: _Look = {"fillColor": HexColor(SEA), "strokeColor": HexColor(COAST)}
    drawing.add(Rect(left, high - bottom, right - left, bottom - top, **sea))
    shore: _Look = {
        "fillColor": HexColor(LAND),
        "strokeColor": HexColor(COAST),
        "strokeWidth": 0.7,
    }
    for land in found.lands:
        drawing.add(Polygon([z for x, y in land.corners for z in (x, high - y)], **shore))
    for line in found.lines:
        ends = (line.x1, high - line.y1, line.x2, high - line.y2)
        drawing.add(Line(*ends, strokeColor=HexColor(GRID), strokeWidth=0.5))
        x, y = label_at(line)
        drawing.add(String(x, high - y, line.label, fontSize=9, fillColor=HexColor(MUTED)))
    faint: _Look = {"fontSize": 9, "fillColor": HexColor(NAME), "textAnchor": "middle"}
    for name in found.names:
        drawing.add(String(name.x, high - name.y, latin(name.text), **faint))
    for dot in found.dots:
        fill = None if dot.rough else HexColor(RED)
        look: _Look = {
            "fillColor": fill,
            "strokeColor": HexColor(RED),
            "fillOpacity": 0.75,
        }
        drawing.add(Circle(dot.x, high - dot.y, dot.radius, **look))
    for dot in found.dots:
        at = (dot.label_x, high - dot.y - 4)
        drawing.add(String(*at, latin(dot.label), fontSize=10, fillColor=HexColor(INK)))
    return drawing


def _cell(cell: Cell) -> str:
    return f"{_text(cell.text)}{_refs(cell.notes)}"


def _refs(notes: tuple[int, ...]) -> str:
    return "".join(f'<super><a href="#n{x}" color="blue">[{x}]</a></super>' for x in notes)


def _text(text: str) -> str:
    return escape(latin(text), quote=False)
