"""The version of a store's tables: made when new, migrated when old, refused when unknown."""

from pathlib import Path

import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.store import desk_tables as desk_tables  # those of the desk are tables, too
from dateline.store import listing_tables as listing_tables
from dateline.store.connection import Database
from dateline.store.tables import VERSION_TABLE, metadata

VERSION = 5
MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x64617465  # PostgreSQL's advisory locks are numbers

_version = sa.table(VERSION_TABLE, sa.column("version_num"))


def prepare(database: Database, *, create: bool) -> None:
    """Bring the tables to the version this code works with; make them if there are none.

    Raises:
        StoreError: There is no store (and none is to be made), the database is another program's,
            or a newer Dateline wrote it.
    """
    if not create and database.missing:
        raise StoreError(f"{database.name}: there is no store; 'dateline add' makes one")
    with database.read() as connection:
        found = _found(connection, database)
    if found == VERSION:
        return
    if found == 0 and not create:
        raise StoreError(f"{database.name}: there is no store; 'dateline add' makes one")
    database.allow_readers()
    with database.write() as connection:
        if not database.embedded:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        if _found(connection, database) < VERSION:  # else another process was faster
            migrate(connection)


def migrate(connection: sa.Connection, version: int | str = "head") -> None:
    """Run the migrations up to a version, in the transaction of the connection."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS))
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    there = context.get_current_revision() or "base"
    steps = tuple(scripts.iterate_revisions(str(version), there))
    with Operations.context(context):
        for step in reversed(steps):
            step.module.upgrade()
            context.stamp(scripts, step.revision)


def _found(connection: sa.Connection, database: Database) -> int:
    """The version of the tables; 0 where there are none."""
    tables = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        foreign = tables if database.embedded else tables & set(metadata.tables)
        if foreign:
            named = ", ".join(sorted(foreign)[:3])
            raise StoreError(
                f"{database.name}: another program's database (it has tables {named}), no "
                "Dateline store; name another"
            )
        return 0
    told = connection.execute(sa.select(_version.c.version_num)).scalar()
    if told is None:
        return 0
    if not str(told).isdecimal() or int(told) > VERSION:
        raise StoreError(
            f"{database.name}: a newer Dateline wrote it (schema {told}, this one knows up to "
            f"{VERSION}); update Dateline"
        )
    return int(told)
