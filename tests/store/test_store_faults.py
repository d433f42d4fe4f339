"""What happens when processes die, disks fill up and several write at once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.store.conftest import Vacant
from tests.store.store_builders import CODER, corpus, dispatch, incident

from dateline.errors import StoreError
from dateline.store import Added, Store, connection

ROOT = Path(__file__).parents[2]
COUNT = 12
MOMENTS = [2, 3, 4, 5, 6, 7, 8, 30]  # statements: the run, then document, words, record, claims …


@contextmanager
def process(*arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """The script that adds dispatches, as a process of its own."""
    paths = [str(ROOT / "src"), str(ROOT)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        yield running


def whole(store: Store) -> set[str]:
    """The dispatches in a store, each checked to be as it was given, row by row."""
    wanted = {x.document.id: x for x in map(dispatch, range(200))}
    found = list(store.records())
    assert all(x == wanted[x.document.id] for x in found)
    readings = sum(len(list(claim.readings())) for x in found for claim in x.claims)
    assert counts(store) == (len(found), len(found), 2 * len(found), readings, len(found))
    return {x.document.name for x in found}


def counts(store: Store) -> tuple[int, ...]:
    tables = ("documents", "records", "claims", "readings")
    if not store._database.embedded:
        search = "SELECT count(*) FROM search"
    else:  # an index without the texts does not know their number
        search = "SELECT count(*) FROM search_docsize"
    with store._database.read() as found:
        asked = [*(f"SELECT count(*) FROM {x}" for x in tables), search]
        return tuple(int(found.exec_driver_sql(x).scalar_one()) for x in asked)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_process_killed_within_a_transaction_leaves_whole_dispatches(
    vacant: Vacant, kind: str
) -> None:
    address = vacant(kind)
    told: set[str] = set()
    with process(address, COUNT, 0, *MOMENTS) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        for _ in MOMENTS:
            lines = list(iter(running.stdout.readline, f"died of {signal.SIGKILL:d}\n"))
            told |= {f"copy-{line.split()[0]}" for line in lines}
            with Store.open(address) as store:
                assert told <= whole(store)
            running.stdin.write("\n")
            running.stdin.flush()
    with process(address, COUNT) as running:
        output, errors = running.communicate()
    assert (running.returncode, errors) == (0, "")
    assert output.endswith("done\n")
    with Store.open(address) as store:
        assert whole(store) == {f"copy-{n}" for n in range(COUNT)}
        runs = store.runs()
        assert sum(x.added for x in runs) == COUNT
        assert [x.finished is not None for x in runs] == [False] * (len(runs) - 1) + [True]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_process_killed_at_work_leaves_whole_dispatches(vacant: Vacant, kind: str) -> None:
    address = vacant(kind)
    with process(address, 200) as running:
        assert running.stdout is not None
        told = [running.stdout.readline().split()[0] for _ in range(7)]
        running.send_signal(signal.SIGKILL)
    with Store.open(address) as store:
        found = whole(store)
        assert {f"copy-{n}" for n in told} <= found
        assert len(found) < 200
        run = store.start_run(CODER)
        outcomes = [x for _, x in store.add_all(map(dispatch, range(30)), run)]
        store.finish_run(run)
        assert len(whole(store)) == max(30, len(found))
        assert outcomes.count(Added.KNOWN) == min(30, len(found))


def test_two_writers_get_along(store: Store) -> None:
    address = store._database.url.render_as_string(hide_password=False)

    def work(numbers: range) -> int:
        with Store.open(address) as mine:
            run = mine.start_run(CODER)
            for number in numbers:
                mine.add(dispatch(number), run)
            return mine.finish_run(run).added

    with ThreadPoolExecutor(3) as pool:
        added = list(pool.map(work, [range(30), range(10, 40), range(29, -1, -1)]))
    assert sum(added) == 40
    assert whole(store) == {f"copy-{n}" for n in range(40)}


def test_two_may_replace_incidents_at_once(store: Store) -> None:
    address = store._database.url.render_as_string(hide_password=False)
    told = corpus(*map(dispatch, range(3)))

    def work(_: int) -> None:
        with Store.open(address) as mine:
            mine.replace_incidents(told)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    assert store.incidents() == told.incidents
    assert store.judgements() == told.judgements


def test_two_may_make_a_store_at_once(address: str) -> None:
    def work(number: int) -> Added:
        with Store.open(address) as mine:
            return mine.add(dispatch(number), mine.start_run(CODER))

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(work, range(4))) == {Added.ADDED}


def test_a_reader_is_not_held_up_and_sees_no_half_dispatch(store: Store) -> None:
    run = store.start_run(CODER)
    store.add(dispatch(1), run)
    with store._database.write() as writing:
        writing.exec_driver_sql(
            "INSERT INTO documents (id, publisher, url, text) VALUES ('x', '', '', '')"
        )
        assert list(store.records()) == [dispatch(1)]
        writing.rollback()


def test_a_writer_that_waits_too_long_is_told(
    vacant: Vacant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WAIT", 0.05)
    path = vacant("sqlite")
    with Store.open(path) as one, Store.open(path) as other:
        with one._database.write(), pytest.raises(StoreError, match="another process is writing"):
            other.start_run(CODER)
        assert other.start_run(CODER).id == 1


def test_a_full_disk_is_told_and_what_was_added_stays(vacant: Vacant) -> None:
    path = vacant("sqlite")
    with Store.open(path) as store:
        engine = store._database.engine
        engine.dispose()

        def small(raw: "sa.engine.interfaces.DBAPIConnection", _: object) -> None:
            cursor = raw.cursor()
            cursor.execute("PRAGMA max_page_count = 180")
            cursor.close()

        sa.event.listen(engine, "connect", small)
        run = store.start_run(CODER)
        with pytest.raises(StoreError, match="the disk is full; make room"):
            all(store.add(dispatch(n), run) for n in range(200))
        there = whole(store)
        assert 5 < len(there) < 200
        sa.event.remove(engine, "connect", small)
        engine.dispose()
        assert len([x for _, x in store.add_all(map(dispatch, range(200)), run)]) == 200
        assert len(whole(store)) == 200


def test_a_disk_that_takes_no_more_is_told(vacant: Vacant) -> None:
    path = vacant("sqlite")
    with process(path, 200, 1.0) as running:
        output, errors = running.communicate()
    assert running.returncode == 1
    assert "StoreError" in errors
    assert "what was added stays" in errors
    told = {f"copy-{line.split()[0]}" for line in output.splitlines()}
    assert 3 < len(told) < 200
    with Store.open(path) as store:
        assert told <= whole(store)


def test_a_store_that_may_not_be_written_is_told(vacant: Vacant) -> None:
    path = vacant("sqlite")
    with Store.open(path) as store:
        store.add(dispatch(1), store.start_run(CODER))
        with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true", create=False) as reading:
            assert list(reading.records()) == [dispatch(1)]
            with pytest.raises(StoreError, match="may not be written; check who owns"):
                reading.start_run(CODER)


def test_a_server_that_hangs_up_is_told_and_asked_again(vacant: Vacant) -> None:
    with Store.open(vacant("postgresql")) as store:
        run = store.start_run(CODER)
        with store._database.read() as mine:
            pid = mine.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        address = store._database.url.render_as_string()
        with Store.open(address) as admin, admin._database.write() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        with pytest.raises(StoreError, match="the server has ended the connection; try again"):
            store.add(dispatch(1), run)
        assert store.add(dispatch(1), run) is Added.ADDED


def test_an_error_within_a_transaction_undoes_all_of_it(store: Store) -> None:
    told = corpus(*map(dispatch, range(3)))
    store.replace_incidents(told)
    twice = (incident("a", "c:1-2:AID"), incident("a", "d:1-2:AID"))
    with pytest.raises(StoreError):
        store.replace_incidents(type(told)((), twice))
    assert store.incidents() == told.incidents
    assert store.conflicts() == told.conflicts
