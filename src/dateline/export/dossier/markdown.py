"""A dossier as Markdown, with footnotes."""

import re
from collections.abc import Iterator, Sequence

from dateline.export.dossier.content import Cell, Dossier, Grid
from dateline.export.dossier.sketch import RINGS

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|!])")


def markdown(found: Dossier, pictures: Sequence[str] = ()) -> str:
    """The dossier; `pictures` are the file names of its maps, which lie beside it."""
    return "".join(f"{line}\n" for line in _lines(found, pictures))


def _lines(found: Dossier, pictures: Sequence[str]) -> Iterator[str]:
    yield from (f"# {_text(found.title)}", "")
    for sentence in found.summary:
        yield from (_text(sentence), "")
    yield from ("## Timeline", "")
    when = None
    for entry in found.timeline:
        if entry.when != when:
            when = entry.when
            yield from (f"### {_text(when)}", "")
        status = "" if entry.status == "actual" else f" *({entry.status})*"
        yield from (f"{entry.number}\\. {_text(entry.text)}{status}{_refs(entry.notes)}", "")
    if pictures:
        yield from ("## Map", "")
        for picture in pictures:
            yield from (f"![Map of the places named]({picture})", "")
        yield from (RINGS, "")
    for grid in found.grids:
        yield from _grid(grid)
    yield from ("## Sources", "")
    for note in found.notes:
        url = f" <{note.url}>" if note.url.startswith(("http://", "https://")) else ""
        yield f"[^{note.number}]: {_text(note.text)}{url}"


def _grid(grid: Grid) -> Iterator[str]:
    yield from (f"## {grid.heading}", "", grid.about, "")
    if not grid.rows:
        yield from ("None.", "")
        return
    yield f"| {' | '.join(grid.columns)} |"
    yield f"|{'---|' * len(grid.columns)}"
    for row in grid.rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(cell: Cell) -> str:
    return f"{_text(cell.text)}{_refs(cell.notes)}"


def _refs(notes: tuple[int, ...]) -> str:
    return "".join(f"[^{x}]" for x in notes)


def _text(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
