"""Stores are made, migrated or refused; what is written in them stays as it is."""

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.store.conftest import KINDS, Vacant
from tests.store.store_builders import CODER, corpus, dispatch

from dateline.errors import StoreError
from dateline.model.correction import Correction
from dateline.store import Query, Store, tables
from dateline.store.connection import Database
from dateline.store.rows import claim_row, document_row, reading_rows, record_row
from dateline.store.schema import MIGRATIONS, VERSION, migrate
from dateline.store.tables import APPEND_ONLY, DERIVED, VERSION_TABLE, metadata
from postgres import Server


def version_of(database: Database) -> str:
    with database.read() as connection:
        return str(connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar())


def old_store(address: str) -> Database:
    """A store of the first version with one dispatch."""
    database = Database(address)
    made = dispatch(1)
    with database.write() as connection:
        migrate(connection, 1)

        def insert(table: sa.Table, *rows: dict[str, Any]) -> None:
            connection.execute(sa.insert(table), rows)

        told = {"version": "1.0", "configuration": "c", "models": "{}", "coder": CODER.id}
        at = datetime(2021, 1, 1, tzinfo=UTC)
        counts = {"added": 1, "known": 0, "failed": 0, "claims": 2}
        insert(tables.runs, told | counts | {"started": at, "finished": at})
        insert(tables.documents, document_row(made.document))
        insert(tables.records, record_row(made, 1, 1, CODER))
        for position, claim in enumerate(made.claims, 1):
            row = {"record": 1, "position": position - 1}
            insert(tables.claims, row | claim_row(claim, made.document.text))
            insert(tables.readings, *({"claim": position, **x} for x in reading_rows(claim)))
    return database


def test_the_version_is_that_of_the_last_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == str(VERSION)


# SQLite does not tell what an index of an expression is of.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return not (kind == "table" and name and name.startswith("search"))

    with store._database.read() as connection:
        options = {"include_object": ours, "compare_type": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_an_old_store_is_brought_up_to_date(address: str) -> None:
    database = old_store(address)
    assert version_of(database) == "1"
    with Store.open(address) as store:
        assert list(store.records()) == [dispatch(1)]
        assert list(store.records(Query(text="market birko"))) == [dispatch(1)]
        assert store.runs()[0].coder.version == "1.0"
        run = store.start_run(CODER)
        assert store.known(dispatch(1).document, CODER) == 1
        store.add(dispatch(2), run)
        assert len(list(store.records(Query(text="market")))) == 2
    assert version_of(database) == str(VERSION)
    database.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = old_store(address)

    def fails(*_: object) -> None:
        raise sa.exc.DataError("index", {}, Exception("out of words"))

    with monkeypatch.context() as patch:
        patch.setattr("dateline.store.search.index", fails)
        with pytest.raises(StoreError, match="out of words"):
            Store.open(address)
    assert version_of(database) == "1"
    with Store.open(address) as store:
        assert len(list(store.records(Query(text="market")))) == 1
    database.close()


def test_a_newer_store_is_refused(address: str) -> None:
    Store.open(address).close()
    database = Database(address)
    with database.write() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '{VERSION + 1}'")
    with pytest.raises(StoreError, match=f"newer Dateline wrote it .schema {VERSION + 1}"):
        Store.open(address)
    database.close()


@pytest.mark.parametrize("create", [True, False])
def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path, *, create: bool) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE places (name)")
    connection.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(StoreError, match=r"another program's database .it has tables places"):
        Store.open(path, create=create)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [x.name for x in tmp_path.iterdir()] == ["places.sqlite"]


def test_a_server_database_may_hold_other_tables_but_not_of_our_names(postgres: Server) -> None:
    for table in ("spatial_ref_sys", "claims"):
        address = postgres.place()
        engine = sa.create_engine(address)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE TABLE {table} (x int)")
        engine.dispose()
        if table == "claims":
            with pytest.raises(StoreError, match="another program's database"):
                Store.open(address)
        else:
            Store.open(address).close()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Minutes of the meeting. " * 200)
    with pytest.raises(StoreError, match="no Dateline store; name another file"):
        Store.open(path)
    assert path.read_text().startswith("Minutes")


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        run = store.start_run(CODER)
        for number in range(60):
            store.add(dispatch(number), run)
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 2, len(content) - 4096, 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)
    with Store.open(path) as store, pytest.raises(StoreError, match="damaged; restore it"):
        assert len(list(store.records())) == 60


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("no/such/folder/store.db", "it cannot be opened; check that the folder exists"),
        (".", "it cannot be opened"),
        ("mysql://ama:secret@here/x", "mysql://…: no address of a store"),
        ("postgresql://ama:secret@127.0.0.1:1/x", r"ama:\*\*\*@127.0.0.1:1/x: the server cannot"),
        ("sqlite://", "sqlite://…: no address of a store; a file"),
        ("sqlite:///:memory:", "no address of a store; a file"),
    ],
)
def test_unusable_places_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=told) as caught:
        Store.open(where)
    assert "secret" not in str(caught.value)


def test_a_store_that_is_not_there_is_not_made_to_be_read(address: str) -> None:
    with pytest.raises(StoreError, match="there is no store; 'dateline add' makes one"):
        Store.open(address, create=False)
    Store.open(address).close()
    with Store.open(address, create=False) as store:
        assert store.runs() == ()


@pytest.fixture(scope="module", params=KINDS)
def sealed(request: pytest.FixtureRequest, vacant: Vacant) -> Iterator[Store]:
    """A store with an entry in every table."""
    records = [dispatch(n) for n in range(3)]
    with Store.open(vacant(request.param)) as store:
        run = store.start_run(CODER)
        for record in records:
            store.add(record, run)
        store.add(type(records[0])(records[0].document, problem="it failed"), run)
        store.finish_run(run)
        store.correct(Correction(records[0].claims[0].id, "actors", (), "person/Ama"))
        store.replace_incidents(corpus(*records))
        with store._database.write() as connection:
            connection.execute(sa.insert(tables.sightings).values(run=1, record=2))
        yield store


@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_added_is_never_changed(sealed: Store, table: str, act: str) -> None:
    embedded = sealed._database.embedded
    if act.startswith("TRUNCATE") and embedded:
        act = "INSERT OR REPLACE INTO {} SELECT * FROM {}"
    column = list(metadata.tables[table].columns)[-1].name
    statement = act.format(table, *((table,) if "INSERT" in act else (f'"{column}"',) * 2))
    assert count(sealed, table) > 0
    with pytest.raises(StoreError, match=r"never|finished once"), sealed._database.write() as found:
        found.exec_driver_sql(statement)


@pytest.mark.parametrize("table", DERIVED)
def test_what_was_computed_is_not_edited(sealed: Store, table: str) -> None:
    column = list(metadata.tables[table].columns)[-1].name
    assert count(sealed, table) > 0
    with pytest.raises(StoreError, match="computed, not edited"), sealed._database.write() as found:
        found.exec_driver_sql(f"UPDATE {table} SET {column} = {column}")


def test_a_run_keeps_what_it_began_with(sealed: Store) -> None:
    run = sealed.start_run(CODER)
    for change in ("version = '2', finished = started", "added = 3"):
        with pytest.raises(StoreError, match="once"), sealed._database.write() as connection:
            connection.exec_driver_sql(f"UPDATE runs SET {change} WHERE key = {run.id}")


def count(store: Store, table: str) -> int:
    with store._database.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"driver is missing; run: pip install 'dateline\[postgr"):
        Store.open("postgresql://ama@here/x")
