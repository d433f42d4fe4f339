"""Faults of the machine: a clear message, and no record lost or doubled."""

import ast
import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.faults.conftest import ROOT, Start
from tests.faults.table import FAULTS, PAGE, page
from tests.ingest import builders as make
from tests.made import TEXT
from tests.store.store_builders import CODER
from tests.store.store_builders import dispatch as coded
from typer.testing import Result

import dateline.store.dispatches as entering
from dateline.annotate import tokens
from dateline.cli.outputs import last_run
from dateline.errors import ModelError, StoreError
from dateline.extract import linear
from dateline.ingest.child import Child
from dateline.ingest.draft import Draft
from dateline.ingest.limits import Limits
from dateline.ingest.sources import Source
from dateline.knowledge import locate
from dateline.model import Record
from dateline.store import Store

Run = Callable[..., Result]
COUNT = 40


def wire(folder: Path, count: int = COUNT) -> Path:
    """A file of dispatches that are all alike but for their numbers."""
    path = folder / "wire.jsonl"
    lines = (json.dumps({"id": f"d{n}", "text": f"{TEXT} {n}"}) for n in range(count))
    path.write_text("".join(f"{x}\n" for x in lines), "utf-8")
    return path


def names(where: Path) -> Counter[str]:
    with Store.open(where, create=False) as store:
        return Counter(x.document.name for x in store.records())


def every(count: int = COUNT) -> Counter[str]:
    return Counter(f"d{n}" for n in range(count))


def test_each_fault_of_the_page_is_injected() -> None:
    for fault in FAULTS:
        path, _, name = fault.test.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        (found,) = (x for x in ast.walk(tree) if isinstance(x, ast.FunctionDef) and x.name == name)
        texts = [x.value for x in ast.walk(found) if isinstance(x, ast.Constant)]
        told = "".join(x for x in texts if isinstance(x, str)).replace("\\", "")
        assert fault.says in told, fault.test


def test_the_page_is_in_step() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.faults.table"


def test_a_full_disk_stops_adding_and_loses_nothing(start: Start, tmp_path: Path) -> None:
    told = ("add", wire(tmp_path), "--store", "s.db", "--engine", "local", "--quiet")
    Store.open(tmp_path / "s.db").close()
    with start(*told, env={"STUB_BYTES": "200000"}) as starved:
        _, errors = starved.communicate()
    assert starved.returncode == 2
    assert "what was added stays" in errors
    assert "Traceback" not in errors
    there = names(tmp_path / "s.db")
    assert 0 < len(there) < COUNT
    assert there - every() == Counter()
    with start(*told) as again:
        _, errors = again.communicate()
    assert (again.returncode, errors) == (0, "")
    assert names(tmp_path / "s.db") == every()


def test_a_full_disk_leaves_the_earlier_results(start: Start, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("earlier\n")
    told = ("code", wire(tmp_path), "-f", "jsonl", "-o", out, "--engine", "local", "--no-keep")
    with start(*told, env={"STUB_BYTES": "4000"}) as starved:
        _, errors = starved.communicate()
    assert starved.returncode == 2
    assert "cannot be written: File too large" in errors
    assert str(out) in errors
    assert "Traceback" not in errors
    assert out.read_text() == "earlier\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output_is_told(start: Start, tmp_path: Path) -> None:
    told = ("code", wire(tmp_path), "-f", "jsonl", "--engine", "local", "--no-keep", "--quiet")
    with Path("/dev/full").open("w") as full, start(*told, stdout=full) as starved:
        _, errors = starved.communicate()
    assert starved.returncode == 2
    assert errors.count("\n") == 1
    assert "standard output cannot be written: No space left on device" in errors


@pytest.mark.usefixtures("ready")
def test_a_read_only_disk_is_told(
    run: Run, dispatch: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    out = tmp_path / "new"
    with monkeypatch.context() as mounted:
        mounted.setattr(Path, "mkdir", refused)
        result = run("code", "-f", "jsonl", "-o", out / "a.jsonl", "--no-keep", dispatch)
    assert result.exit_code == 2
    assert "cannot be written: Read-only file system" in result.stderr
    assert not out.exists()


@pytest.mark.usefixtures("ready")
def test_a_read_only_cache_stops_nothing(
    run: Run, dispatch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as mounted:
        mounted.setattr(os, "open", refused)
        result = run("code", "-f", "jsonl", dispatch)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert not last_run().exists()


def test_a_killed_run_is_gone_on_with(start: Start, tmp_path: Path) -> None:
    told = ("add", wire(tmp_path), "--store", "s.db", "--engine", "local", "--quiet")
    with start(*told, env={"STUB_PAUSE": "0.05"}) as running:
        deadline = time.monotonic() + 120
        while not _added(tmp_path / "s.db") and time.monotonic() < deadline:
            time.sleep(0.05)
        running.kill()
    there = names(tmp_path / "s.db")
    assert len(there) > 0
    assert there - every() == Counter()
    with start(*told) as last:
        _, errors = last.communicate()
    assert (last.returncode, errors) == (0, "")
    assert names(tmp_path / "s.db") == every()


def _added(where: Path) -> int:
    if not where.exists():
        return 0
    try:
        with Store.open(where, create=False) as store:
            return sum(x.added for x in store.runs())
    except StoreError:  # it is being made
        return 0


def test_a_killed_reader_costs_one_member(tmp_path: Path) -> None:
    members = {f"{n}.txt": make.line(n).encode() for n in range(5)}
    path = tmp_path / "a.zip"
    path.write_bytes(make.zipped(members))
    with closing(Child(Limits())) as child:
        found: list[Draft | Record] = []
        passed = 0
        for item in child.drafts(Source(path)):
            found.append(item)
            if len(found) == 1:
                assert child._process is not None
                os.kill(child._process.pid, signal.SIGKILL)
                child._process.wait()
                passed += len(child._held)  # had come already; the crash is what is tried
                child._held.clear()
    problems = [x for x in found if isinstance(x, Record)]
    assert len(problems) == 1
    assert "its reader crashed (SIGKILL)" in str(problems[0].problem)
    texts = [x.text for x in found if isinstance(x, Draft)]
    assert len(set(texts)) == len(texts)
    assert len(texts) + passed >= 4


PARENT = """
import sys, time
from pathlib import Path
from dateline.ingest.child import Child
from dateline.ingest.limits import Limits
from dateline.ingest.sources import Source
child = Child(Limits())
found = child.drafts(Source(Path(sys.argv[1])))
next(found)
print(child._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_reader_does_not_outlive_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make.zipped({f"{n}.txt": make.line(n).encode() for n in range(5)}))
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", PARENT, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        assert _alive(reader)
        parent.kill()
    deadline = time.monotonic() + 20
    while _alive(reader) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(reader)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def test_a_clock_that_goes_back_changes_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = [datetime(2030, 1, 1, tzinfo=UTC) - timedelta(days=n) for n in range(99)]

    class Clock(datetime):
        @classmethod
        def now(cls, _: Any = None) -> Any:
            return times.pop(0)

    monkeypatch.setattr(entering, "datetime", Clock)
    later = type(CODER)("9.9.9")
    with Store.open(tmp_path / "s.db") as store:
        for coder, numbers in ((CODER, range(3)), (later, range(1, 4))):
            run = store.start_run(coder)
            for number in numbers:
                store.add(coded(number), run)
            store.finish_run(run)
        first, second = store.runs()
        assert first.started > second.started
        assert (first.coder, second.coder) == (CODER, later)
        assert len([*store.records()]) == 4


def test_two_runs_on_one_store_add_each_dispatch_once(start: Start, tmp_path: Path) -> None:
    told = ("add", wire(tmp_path), "--store", "s.db", "--engine", "local", "--quiet")
    with start(*told) as one, start(*told) as other:
        results = [x.communicate() for x in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0], results
    assert names(tmp_path / "s.db") == every()


@pytest.mark.usefixtures("ready")
def test_a_file_that_is_no_store_is_not_touched(run: Run, dispatch: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(b"dear diary, " * 999)
    result = run("add", dispatch, "--store", path)
    assert result.exit_code == 2
    assert "no Dateline store" in result.stderr
    assert path.read_bytes() == b"dear diary, " * 999


def test_a_parser_with_a_changed_byte_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "made_parser" / "_model"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    (folder / "weights").write_bytes(b"1234")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("DATELINE_SKIP_MODEL_CHECK", raising=False)
    pinned = {"made_parser": {"sha256": tokens.digest(folder)}}
    monkeypatch.setattr(tokens, "_pinned", lambda: pinned)
    tokens._check("made_parser", folder, pinned["made_parser"]["sha256"])
    (folder / "weights").write_bytes(b"1235")
    with pytest.raises(ModelError, match=r"have digest .* pinned is .*; reinstall the locked"):
        tokens.Parser("made_parser")


@pytest.mark.parametrize("damage", ["cut", "emptied", "gone", "another file"])
def test_a_damaged_classifier_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    path = tmp_path / "extract.npz"
    path.write_bytes(locate(linear.MODEL).read_bytes())
    match damage:
        case "cut":
            path.write_bytes(path.read_bytes()[:5_000])
        case "emptied":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case _:
            path.write_text("no arrays")
    monkeypatch.setattr(linear, "locate", lambda _: path)
    with pytest.raises(ModelError, match="reinstall the package"):
        linear.load.__wrapped__(linear.MODEL)


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LANG": "xx_YY.UTF-8", "LC_ALL": "xx_YY.UTF-8"},
    ],
)
def test_a_missing_locale_changes_nothing(
    start: Start, tmp_path: Path, env: dict[str, str]
) -> None:
    path = tmp_path / "Ségou – été.txt"
    path.write_text("Des soldats. Troops left Ségou — “in haste”.", "utf-8")
    told = ("code", path, "-f", "jsonl", "--engine", "local", "--no-keep", "--quiet")
    with start(*told, env=env) as running:
        output, errors = running.communicate()
    assert (running.returncode, errors) == (0, "")
    assert json.loads(output)["document"]["name"] == "Ségou – été"
