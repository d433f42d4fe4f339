"""A dossier as one self-contained page: nothing is loaded from elsewhere, nothing runs."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape

from dateline.export.dossier.content import Cell, Dossier, Grid
from dateline.export.dossier.sketch import RINGS, sketches
from dateline.export.dossier.svg import svg
from dateline.export.html import is_web

_STYLE = """
body { font: 16px/1.5 Georgia, serif; color: #1c2429; background: #fff; max-width: 52rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; }
h2 { border-bottom: 1px solid #c9d3da; padding-bottom: .2rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin-bottom: .3rem; }
.entry { margin: .3rem 0 .6rem; }
.status { font: .75rem system-ui, sans-serif; border: 1px solid #8a6d00; color: #6b5400;
  border-radius: .6rem; padding: .05rem .5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font: .85rem/1.4 system-ui, sans-serif; width: 100%; }
th, td { border-bottom: 1px solid #dde4e8; text-align: left; vertical-align: top;
  padding: .35rem .5rem; }
sup a { text-decoration: none; }
svg { max-width: 100%; height: auto; }
@media print { body { max-width: none; } a { color: inherit; } }
"""


def html(found: Dossier) -> str:
    """The dossier as a page."""
    digest = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(found.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return "".join([head, *_body(found), "</body>\n</html>\n"])


def _body(found: Dossier) -> Iterator[str]:
    yield f"<h1>{escape(found.title)}</h1>\n"
    yield from (f"<p>{escape(x)}</p>\n" for x in found.summary)
    yield '<h2 id="timeline">Timeline</h2>\n'
    when = None
    for entry in found.timeline:
        if entry.when != when:
            when = entry.when
            yield f"<h3>{escape(when)}</h3>\n"
        status = "" if entry.status == "actual" else f' <span class="status">{entry.status}</span>'
        yield (
            f'<p class="entry" id="e{entry.number}"><b>{entry.number}.</b> {escape(entry.text)}'
            f"{status}{_refs(entry.notes)}</p>\n"
        )
    drawn = sketches(found.spots)
    if drawn:
        pictures = "".join(map(svg, drawn))
        yield '<h2 id="map">Map</h2>\n'
        yield f"<figure>{pictures}<figcaption>{RINGS}</figcaption></figure>\n"
    for grid in found.grids:
        yield from _grid(grid)
    yield '<h2 id="sources">Sources</h2>\n<ol>\n'
    for note in found.notes:
        told = escape(note.text)
        if is_web(note.url):
            href = escape(note.url, quote=True)
            told += f' <a href="{href}" rel="noopener noreferrer">{escape(note.url)}</a>'
        yield f'<li id="n{note.number}" value="{note.number}">{told}</li>\n'
    yield "</ol>\n"


def _grid(grid: Grid) -> Iterator[str]:
    yield f'<h2 id="{grid.heading.lower()}">{grid.heading}</h2>\n<p>{escape(grid.about)}</p>\n'
    if not grid.rows:
        yield "<p>None.</p>\n"
        return
    heads = "".join(f'<th scope="col">{x}</th>' for x in grid.columns)
    yield f'<div class="scroll"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
    for row in grid.rows:
        yield f"<tr>{''.join(f'<td>{_cell(x)}</td>' for x in row)}</tr>\n"
    yield "</tbody></table></div>\n"


def _cell(cell: Cell) -> str:
    return f"{escape(cell.text)}{_refs(cell.notes)}"


def _refs(notes: tuple[int, ...]) -> str:
    return "".join(f'<sup><a href="#n{x}">[{x}]</a></sup>' for x in notes)
