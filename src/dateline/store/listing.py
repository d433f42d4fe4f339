"""What the tables of the lists have in common: numbers of days, and counts by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Kind = tuple[str, ...]

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_BATCH = 100  # kinds in one condition; databases limit the number of values
_LOCK = 0x6C697374  # PostgreSQL's advisory locks are numbers
_EPOCH = date(1970, 1, 1).toordinal()


def alone(connection: sa.Connection) -> None:
    """Let others who change lists wait until this transaction ends, and then see what it did."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def day_number(day: date | None) -> int | None:
    """The number of days since 1970.

    >>> day_number(date(1970, 1, 3))
    2
    """
    return None if day is None else day.toordinal() - _EPOCH


def day_of(number: int | None) -> date | None:
    """The day of a number."""
    return None if number is None else date.fromordinal(number + _EPOCH)


def kinds(connection: sa.Connection, table: sa.Table, wanted: Iterable[Kind]) -> dict[Kind, int]:
    """The keys of kinds, which are entered if they are new."""
    told = sorted(set(wanted))
    found = _known(connection, table, told)
    missing = [x for x in told if x not in found]
    if missing:
        names = _names(table)
        rows = [dict(zip(names, x, strict=True)) | {"number": 0} for x in missing]
        insert = INSERT[connection.dialect.name](table).on_conflict_do_nothing()
        connection.execute(insert, rows)
        found |= _known(connection, table, missing)
    return found


def count(connection: sa.Connection, table: sa.Table, more: Mapping[int, int]) -> None:
    """Add to the numbers of kinds (keys)."""
    changed = [{"at": key, "by": more[key]} for key in sorted(more) if more[key]]
    if changed:
        statement = sa.update(table).where(table.c.key == sa.bindparam("at"))
        number = table.c.number + sa.bindparam("by")
        connection.execute(statement.values(number=number), changed)


def difference(gone: Iterable[int], come: Iterable[int]) -> Counter[int]:
    """How many more there are of each kind."""
    found = Counter(come)
    found.subtract(Counter(gone))
    return found


def _known(connection: sa.Connection, table: sa.Table, wanted: Iterable[Kind]) -> dict[Kind, int]:
    columns = [table.c[name] for name in _names(table)]
    found: dict[Kind, int] = {}
    for some in batched(wanted, _BATCH):
        rows = connection.execute(
            sa.select(table.c.key, *columns).where(sa.tuple_(*columns).in_(some))
        )
        found |= {tuple(row[1:]): row[0] for row in rows}
    return found


def _names(table: sa.Table) -> list[str]:
    return [x.name for x in table.columns if x.name not in {"key", "number"}]
