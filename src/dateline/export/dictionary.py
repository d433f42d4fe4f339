"""The data dictionary: what the columns of exported tables mean."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.export.tables import Row
from dateline.knowledge import Entry, entries

FILE = "crosswalks/columns.yaml"
COLUMNS = ("layout", "column", "meaning")


class Layout(Entry):
    """A layout: what it is, and the meaning of each of its columns."""

    note: str
    columns: dict[str, str]


@lru_cache(maxsize=1)
def layouts() -> Mapping[str, Layout]:
    """All layouts by name."""
    return entries(FILE, Layout)


def dictionary_rows() -> Iterator[Row]:
    """One row per layout (its note) and per column, keyed by `COLUMNS`."""
    for name, layout in layouts().items():
        yield dict(zip(COLUMNS, (name, None, layout.note), strict=True))
        for column, meaning in layout.columns.items():
            yield dict(zip(COLUMNS, (name, column, meaning), strict=True))
