"""Parquet: one row with a text for each dispatch, a group of rows at a time."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from dateline.errors import InputError
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Run
from dateline.ingest.tables import drafted, text_column
from dateline.ingest.unpack import missing
from dateline.model import Record

_BATCH = 64  # rows in memory at a time


def rows(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each row.

    Raises:
        InputError: It is no Parquet file, or has no column with the text.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as cause:
        raise InputError(missing("Parquet files", "pyarrow", "parquet")) from cause
    try:
        file = ParquetFile(entry.file)
        names = list(file.schema_arrow.names)
        sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    except (ArrowException, OSError, ValueError) as cause:
        raise InputError(f"the Parquet file is broken: {str(cause)[:200]}") from cause
    text_column(names)
    first = 0
    for group, size in enumerate(sizes):
        work = partial(_group, file, group, first, entry)
        where = f"{entry.where}, rows {first + 1} to {first + size}"
        yield from run.part(entry.numbered(first + 1), where, work)
        first += size


def _group(file: Any, group: int, number: int, entry: Entry) -> Iterator[Draft | Record]:
    batches = file.iter_batches(_BATCH, row_groups=[group], use_threads=False)
    for batch in batches:
        for raw in batch.to_pylist():
            number += 1
            told = {key: _plain(value) for key, value in raw.items()}
            yield drafted(told, entry.numbered(number), f"{entry.where}, row {number}")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
