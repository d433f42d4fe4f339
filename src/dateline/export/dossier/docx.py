"""A dossier as a Word document (needs the extra `dossier`)."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from dateline.errors import ExportError
from dateline.export.dossier.content import Cell, Dossier, Grid
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
from dateline.export.stillness import still

MISSING = (
    "a dossier as {form} needs libraries that are not installed; "
    'install them with: pip install "dateline[dossier]"'
)
_SCALE = 2  # pixels of the picture per drawing unit
_SERIF = "Georgia"


def docx(found: Dossier) -> bytes:
    """The dossier; footnote numbers are links to the list of sources at its end.

    Raises:
        ExportError: The libraries are not installed.
    """
    try:
        from docx import Document
        from docx.shared import Inches
    except ImportError as cause:
        raise ExportError(MISSING.format(form="DOCX")) from cause
    page = Document()
    page.core_properties.title = found.title
    page.core_properties.author = "Dateline"
    page.core_properties.comments = ""
    page.styles["Normal"].font.name = _SERIF
    page.add_heading(found.title, 0)
    for sentence in found.summary:
        page.add_paragraph(sentence)
    page.add_heading("Timeline", 1)
    _timeline(page, found)
    drawn = sketches(found.spots)
    if drawn:
        page.add_heading("Map", 1)
        for one in drawn:
            page.add_picture(BytesIO(png(one)), width=Inches(6))
            page.add_paragraph(f"{one.about}.")
        page.add_paragraph(RINGS)
    for grid in found.grids:
        _grid(page, grid)
    page.add_heading("Sources", 1)
    for note in found.notes:
        line = page.add_paragraph()
        _bookmark(line, f"n{note.number}", note.number)
        line.add_run(f"{note.number}. {note.text}{f' {note.url}' if note.url else ''}")
    out = BytesIO()
    page.save(out)
    return still(out.getvalue())


def png(found: Sketch) -> bytes:
    """The map as a picture."""
    from PIL import Image, ImageDraw, ImageFont

    size = (round(found.width * _SCALE), round(found.height * _SCALE))
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.truetype(_font(), 10 * _SCALE)
    draw.rectangle(_scaled(found.frame), fill=SEA, outline=COAST, width=_SCALE)
    for land in found.lands:
        ring = _scaled(x for corner in land.corners for x in corner)
        draw.polygon(ring, fill=LAND)
        draw.line([*ring, *ring[:2]], fill=COAST, width=_SCALE)
    for line in found.lines:
        draw.line(_scaled(line[:4]), fill=GRID, width=1)
        x, y = label_at(line)
        draw.text((x * _SCALE, (y - 10) * _SCALE), line.label, fill=MUTED, font=font)
    for name in found.names:
        at = (name.x * _SCALE, name.y * _SCALE)
        draw.text(at, latin(name.text), fill=NAME, font=font, anchor="ms")
    for dot in found.dots:
        left, top = dot.x - dot.radius, dot.y - dot.radius
        box = _scaled((left, top, dot.x + dot.radius, dot.y + dot.radius))
        draw.ellipse(box, fill=None if dot.rough else f"{RED}c0", outline=RED, width=_SCALE)
    for dot in found.dots:
        at, edge = (dot.label_x * _SCALE, (dot.y - 6) * _SCALE), 2 * _SCALE
        draw.text(at, latin(dot.label), fill=INK, font=font, stroke_width=edge, stroke_fill=LAND)
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _scaled(numbers: Iterable[float]) -> list[float]:
    return [x * _SCALE for x in numbers]


def _font() -> str:
    """The file of a font that comes with the libraries."""
    import reportlab

    return str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")


def _timeline(page: Any, found: Dossier) -> None:
    when = None
    for entry in found.timeline:
        if entry.when != when:
            when = entry.when
            page.add_heading(when, 2)
        line = page.add_paragraph()
        line.add_run(f"{entry.number}. ").bold = True
        line.add_run(entry.text)
        if entry.status != "actual":
            line.add_run(f" ({entry.status})").italic = True
        _refs(line, entry.notes)


def _grid(page: Any, grid: Grid) -> None:
    page.add_heading(grid.heading, 1)
    page.add_paragraph(grid.about if grid.rows else f"{grid.about} None.")
    if not grid.rows:
        return
    table = page.add_table(rows=1, cols=len(grid.columns), style="Light Grid Accent 1")
    for cell, name in zip(table.rows[0].cells, grid.columns, strict=True):
        _fill(cell, Cell(name))
    for row in grid.rows:
        for cell, told in zip(table.add_row().cells, row, strict=True):
            _fill(cell, told)


def _fill(cell: Any, told: Cell) -> None:
    from docx.shared import Pt

    line = cell.paragraphs[0]
    line.add_run(told.text).font.size = Pt(8.5)
    _refs(line, told.notes)


def _refs(line: Any, notes: Iterable[int]) -> None:
    """Raised numbers that lead to the sources."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for number in notes:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"n{number}")
        run = line.add_run(f"[{number}]")
        run.font.superscript = True
        link.append(run._r)  # noqa: SLF001 (the library has no public way to link inside)
        line._p.append(link)  # noqa: SLF001


def _bookmark(line: Any, name: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(number))
        if kind == "bookmarkStart":
            mark.set(qn("w:name"), name)
        line._p.append(mark)  # noqa: SLF001
