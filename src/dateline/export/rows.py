"""Tables of text: their rows, and what an export leaves out of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dateline.export.phrases import one_line
from dateline.export.tables import Cell, Row, inert
from dateline.export.view import View

JOIN = "; "
LEFT_OUT_COLUMNS = ("incident", "type", "status", "reason")


class LeftOut(NamedTuple):
    """An incident that an export does not take, and why."""

    view: View
    reason: str

    def row(self) -> Row:
        """As a row, keyed by `LEFT_OUT_COLUMNS`."""
        found = self.view.incident
        cells = (found.id, found.type.value, found.status.value, self.reason)
        return dict(zip(LEFT_OUT_COLUMNS, cells, strict=True))


def tsv_lines(rows: Iterable[Row], columns: Sequence[str], missing: str = "") -> Iterator[str]:
    """The rows as tab-separated lines, header first; a cell holds neither tab nor line break."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(_cell(row[column], missing) for column in columns) + "\n"


def joined(parts: Iterable[object]) -> str | None:
    """The parts that are told, by "; "; None if there are none."""
    told = [one_line(str(x)) for x in parts if x not in {None, ""}]
    return JOIN.join(told) or None


def _cell(cell: Cell, missing: str) -> str:
    if cell is None or cell == "":
        return missing
    return str(inert(one_line(cell) if isinstance(cell, str) else cell))
