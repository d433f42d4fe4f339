"""Tables as sheets of one Excel workbook, in which nothing can be run."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from dateline.export.phrases import visible
from dateline.export.stillness import still
from dateline.export.tables import Cell, Row

LONGEST = 32_000  # characters of a cell; Excel takes 32,767
_GUESSED = ("=", "#")  # what the library would write as a formula or an error


class Sheet(NamedTuple):
    """A sheet: its title, its columns, and a row per thing."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Row]


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    """The workbook.

    Every text is written as text, so that one that begins with "=" or "+" is no formula. A text too
    long for a cell is cut, which its last character (…) tells.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        page.append([_cell(page, name) for name in sheet.columns])
        for row in sheet.rows:
            page.append([_cell(page, row[column]) for column in sheet.columns])
    out = BytesIO()
    book.save(out)
    return still(out.getvalue())


def _cell(page: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value
    text = visible(value)
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    if not text.startswith(_GUESSED):
        return text
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell
