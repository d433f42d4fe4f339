"""Connections to the database of a store, and what its errors mean."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from dateline.errors import StoreError

_log = logging.getLogger(__name__)

WAIT = 30.0  # seconds to wait for another writer
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_NO_STORE = "it is no Dateline store; name another file or database"
# What an error of SQLite (its name) or PostgreSQL (the class of its SQLSTATE) asks the user to do.
_REMEDIES = {
    "SQLITE_NOTADB": _NO_STORE,
    "SQLITE_CORRUPT": "the file is damaged; restore it from a copy, or rescue what can be read "
    "with 'sqlite3 FILE .recover'",
    "SQLITE_FULL": "the disk is full; make room and run the command again, what was added stays",
    "SQLITE_IOERR": "the disk cannot be written or read (is it full?); what was added stays",
    "SQLITE_READONLY": "it may not be written; check who owns the file and its folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check that the folder exists and who owns it",
    "SQLITE_BUSY": "another process is writing to it; try again when that has ended",
    "SQLITE_LOCKED": "another process is writing to it; try again when that has ended",
    "53": "the server is out of room; make some and run the command again, what was added stays",
    "25": "it may not be written; is the server a copy that is only read?",
    "28": "the server does not know this user or password",
    "3D": "there is no such database; make it with 'createdb'",
    "42P01": _NO_STORE,
    "42703": _NO_STORE,
    "42501": "this user may not do that there; ask who runs the server",
    "55": "another process is writing to it; try again when that has ended",
    "57": "the server has ended the connection; try again",
    "08": "the server cannot be reached; is it running?",
}
_UNREACHED = "the server cannot be reached, or refuses the user; check the address"


class Database:
    """One database by its URL or file: short transactions, errors that tell the remedy."""

    def __init__(self, where: str | Path) -> None:
        self.url = _url(where)
        shown = self.url.set(drivername=self.url.get_backend_name())
        self.name = self.url.database or "" if self.embedded else shown.render_as_string()
        try:
            self.engine = sa.create_engine(self.url, **self._options())
        except ModuleNotFoundError as cause:
            raise StoreError(
                f"{self.name}: the driver is missing; run: pip install 'dateline[postgres]'"
            ) from cause
        self._driver_error: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        event.listen(self.engine, "connect", self._connected)
        event.listen(self.engine, "begin", self._begun)

    @property
    def embedded(self) -> bool:
        """Whether it is a file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def missing(self) -> bool:
        """Whether it is a file that is not there; connecting would make it."""
        return self.embedded and not self.name.startswith("file:") and not Path(self.name).exists()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that only reads.

        Raises:
            StoreError: The database cannot be read.
        """
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction; it is kept whole or not at all. It waits for other writers.

        Raises:
            StoreError: The database cannot be written.
        """
        with self._told(), self.engine.connect() as found:
            connection = found.execution_options(writes=True)
            with connection.begin():
                yield connection

    def allow_readers(self) -> None:
        """Let others read while one writes; a file keeps to it, so it is done once.

        Raises:
            StoreError: The file cannot be written.
        """
        if self.embedded:
            with self._told(), self.engine.connect() as connection:
                plain = connection.connection.driver_connection
                if plain is not None:
                    plain.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """End all connections."""
        self.engine.dispose()

    def _options(self) -> dict[str, Any]:
        return {"connect_args": {"timeout": WAIT}} if self.embedded else {}

    def _connected(self, connection: Any, _: Any) -> None:
        if not self.embedded:
            return
        connection.isolation_level = None  # transactions are begun below
        # Without recursive triggers INSERT OR REPLACE would remove entries behind their back.
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
            connection.execute(f"PRAGMA {pragma}")

    def _begun(self, connection: sa.Connection) -> None:
        if self.embedded:
            # A reader that turns writer fails at once if another has written in between.
            writes = connection.get_execution_options().get("writes")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as cause:
            _log.debug("%s: %s", self.name, cause)
            raise StoreError(f"{self.name}: {_meaning(cause.orig)}") from cause
        except self._driver_error as cause:  # while connecting, or copying rows
            raise StoreError(f"{self.name}: {_meaning(cause)}") from cause
        except SQLAlchemyError as cause:
            raise StoreError(f"{self.name}: {cause}") from cause


def _url(where: str | Path) -> sa.URL:
    if isinstance(where, Path) or "://" not in where:
        return sa.URL.create(_DRIVERS["sqlite"], database=str(Path(where).absolute()))
    try:
        url = sa.make_url(where)
        if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
            raise ValueError("it would be lost at the end")
        return url.set(drivername=_DRIVERS[url.get_backend_name()])
    except (ArgumentError, KeyError, NoSuchModuleError, ValueError) as cause:
        kind = where.partition("://")[0]
        raise StoreError(
            f"{kind}://…: no address of a store; a file, sqlite:///FILE or "
            "postgresql://USER@HOST/DATABASE is expected"
        ) from cause


def _meaning(cause: BaseException | None) -> str:
    """What went wrong, in one line, and what to do about it."""
    told = " ".join(str(cause).split())
    name = getattr(cause, "sqlite_errorname", None) or ""
    if name:
        kind = "_".join(name.split("_")[:2])
        return f"{_REMEDIES[kind]} ({told})" if kind in _REMEDIES else told
    state = getattr(cause, "sqlstate", None)
    if state is None and type(cause).__module__.startswith("psycopg"):
        return f"{_UNREACHED} ({told})"
    told = getattr(getattr(cause, "diag", None), "message_primary", None) or told
    remedy = _REMEDIES.get(state or "") or _REMEDIES.get((state or "")[:2])
    return f"{remedy} ({told})" if remedy else told
