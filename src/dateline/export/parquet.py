"""Tables as Parquet files, their columns typed."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from dateline.export.incident_tables import REAL, WHOLE
from dateline.export.tables import Row

_DAYS = frozenset({"published", "first_reported", "last_reported"})


def parquet(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    """The rows as one Parquet file: whole numbers, reals, days and text."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    held = list(rows)
    arrays = [pa.array([_cell(row[c], c) for row in held], _type(c)) for c in columns]
    out = BytesIO()
    write_table(pa.table(arrays, names=list(columns)), out, compression="zstd")
    return out.getvalue()


def _type(column: str) -> Any:
    import pyarrow as pa

    if column in _DAYS:
        return pa.date32()
    if column in REAL:
        return pa.float64()
    whole = column in WHOLE or column.endswith(("_low", "_best", "_high"))
    return pa.int64() if whole else pa.string()


def _cell(cell: Any, column: str) -> Any:
    if cell is None:
        return None
    if column in _DAYS:
        return date.fromisoformat(cell)
    if _type(column) != "string":
        return cell
    return str(cell).encode("utf-8", "backslashreplace").decode()
