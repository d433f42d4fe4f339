"""Entering many rows at once, by the quickest way that each database has."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

Row = Mapping[str, Any]


def keys(connection: sa.Connection, table: sa.Table, number: int) -> Sequence[int]:
    """Keys for new rows of a table, in a transaction that writes."""
    if connection.dialect.name == "postgresql":
        drawn = sa.func.nextval(sa.func.pg_get_serial_sequence(table.name, "key"))
        wanted = sa.select(drawn).select_from(sa.func.generate_series(1, number))
        return connection.execute(wanted).scalars().all()
    # Nobody else writes in the meantime.
    last = connection.execute(sa.select(sa.func.max(table.c.key))).scalar() or 0
    return range(last + 1, last + 1 + number)


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Enter rows that all have the same columns."""
    if not rows:
        return
    columns = [table.c[name] for name in rows[0]]
    quote = connection.dialect.identifier_preparer.quote
    into = f"{table.name} ({', '.join(quote(column.name) for column in columns)})"
    values = _values(connection, columns, rows)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {into} FROM STDIN", values)
        return
    marks = ", ".join("?" * len(columns))
    # The names are those of our own tables.
    connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", list(values))  # noqa: S608


def _values(
    connection: sa.Connection, columns: Sequence["sa.Column[Any]"], rows: Iterable[Row]
) -> Iterator[tuple[Any, ...]]:
    """The values of the rows as the driver takes them."""
    dialect = connection.dialect
    ways: list[tuple[str, Callable[[Any], Any]]] = [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is)
        for column in columns
    ]
    for row in rows:
        yield tuple([way(row[name]) for name, way in ways])


def _as_it_is(value: Any) -> Any:
    return value


def _copy(connection: sa.Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
