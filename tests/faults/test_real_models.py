"""The main faults once more, with the real models and their workers: nothing is lost or doubled."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dateline.model.codec import dump
from dateline.store import Store

COUNT = 42
TOWNS = ("Gao", "Kidal", "Mopti", "Sikasso", "Niono", "Kati")
DAYS = ("Monday", "Tuesday", "Thursday", "Saturday")
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")


def dispatch(number: int) -> str:
    town, day = TOWNS[number % len(TOWNS)], DAYS[number % len(DAYS)]
    return (
        f"Gunmen killed {number + 2} villagers near {town} on {day}, the regional governor said. "
        f"A local association put the toll at {number + 5}. The army denied that its men had fled "
        f"from post {number}. Elders of both communities will meet next week to negotiate a truce. "
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with dispatches, and settings that cut small batches of them."""
    rows = ({"id": f"d{n}", "text": dispatch(n), "date": "2022-08-15"} for n in range(COUNT))
    (tmp_path / "wire.jsonl").write_text("".join(f"{json.dumps(x)}\n" for x in rows), "utf-8")
    (tmp_path / "small.toml").write_text('batch = 3\nengine = "pool"\nworkers = 2\n')
    return tmp_path


def command(here: Path, *arguments: str, most: int = 0) -> "subprocess.Popen[str]":
    """`dateline`, which may write no file of more than so many blocks of 512 bytes."""
    told = [sys.executable, "-m", "dateline", *arguments, "--config", "small.toml", "--quiet"]
    if most:
        told = ["sh", "-c", f'ulimit -f {most}; exec "$@"', "sh", *told]
    env = {**os.environ, "XDG_CACHE_HOME": str(here / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        told, cwd=here, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def done(here: Path, *arguments: str) -> None:
    with command(here, *arguments) as running:
        _, errors = running.communicate(timeout=300)
    assert running.returncode == 0, errors


def workers(parent: int) -> list[int]:
    """The processes of a pool."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            born = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if born == parent and b"dateline.engine.worker" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
    return found


def until(holds: Callable[[], object], running: "subprocess.Popen[str]") -> None:
    """Wait for something, as long as the command runs."""
    deadline = time.monotonic() + 200
    while not holds():
        assert running.poll() is None, "it ended too early to be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def gone(pids: list[int]) -> Iterator[bool]:
    for pid in pids:
        with suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            yield state in {"Z", "X"}


def stored(path: Path) -> list[str]:
    with Store.open(path, create=False) as store:
        return sorted(dump(x) for x in store.records())


def added(path: Path) -> int:
    with suppress(Exception):  # it is being made
        return len(stored(path))
    return 0


def test_killed_workers_and_a_killed_command_cost_nothing(here: Path) -> None:
    code = ("code", "wire.jsonl", "--format", "jsonl", "--no-keep", "--out")
    done(here, *code, "whole.jsonl", "--engine", "local", "--workers", "1")
    whole = (here / "whole.jsonl").read_bytes()
    assert len(whole.splitlines()) == COUNT

    def parts() -> int:
        return sum(x.stat().st_size for x in here.glob("torn.jsonl.part*"))

    with command(here, *code, "torn.jsonl") as running:
        until(lambda: parts() > 0, running)
        first = workers(running.pid)[0]
        os.kill(first, signal.SIGKILL)
        before = parts()
        until(lambda: parts() > before, running)
        left = workers(running.pid)
        running.kill()
        running.communicate()
    deadline = time.monotonic() + 60
    while not all(gone(left)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(gone(left))  # no worker outlives the command
    assert not (here / "torn.jsonl").exists()
    done(here, *code, "torn.jsonl")
    assert (here / "torn.jsonl").read_bytes() == whole
    assert not [*here.glob("torn.jsonl.part*")]


def test_a_full_disk_and_a_killed_add_lose_and_double_nothing(here: Path) -> None:
    done(here, "add", "wire.jsonl", "--store", "whole.db")
    whole = stored(here / "whole.db")
    assert len(whole) == COUNT
    done(here, "add", "wire.jsonl", "--store", "torn.db", "--limit", "2")
    blocks = 1 + (here / "torn.db").stat().st_size // 512
    with command(here, "add", "wire.jsonl", "--store", "torn.db", most=blocks + 60) as starved:
        _, errors = starved.communicate(timeout=300)
    assert starved.returncode == 2
    assert "what was added stays" in errors
    assert "Traceback" not in errors
    held = added(here / "torn.db")
    assert 2 <= held < COUNT
    with command(here, "add", "wire.jsonl", "--store", "torn.db") as running:
        until(lambda: added(here / "torn.db") > held, running)
        running.kill()
        running.communicate()
    assert set(stored(here / "torn.db")) < set(whole)
    done(here, "add", "wire.jsonl", "--store", "torn.db")
    assert stored(here / "torn.db") == whole


def test_a_model_with_a_changed_byte_stops_the_run(here: Path) -> None:
    """The whole package is copied: what is installed is not touched."""
    import dateline

    ours = Path(dateline.__file__).parent
    copy = here / "copy" / "dateline"
    shutil.copytree(ours, copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    model = copy / "knowledge" / "models" / "encoder.onnx"
    data = bytearray(model.read_bytes())
    data[len(data) // 2] ^= 1
    model.write_bytes(data)
    env = {**os.environ, "PYTHONPATH": str(copy.parent), "XDG_CACHE_HOME": str(here / "cache")}
    told = [sys.executable, "-m", "dateline", "code", "wire.jsonl", "-f", "jsonl", "--limit", "2"]
    for engine in ("local", "pool"):
        running = subprocess.run(
            [*told, "--engine", engine, "--no-keep"], cwd=here, env=env, text=True,
            capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        assert running.returncode == 2
        assert running.stdout == ""
        assert "encoder.onnx: not the file that its heads belong to" in running.stderr
        assert "reinstall the package" in running.stderr
        assert "Traceback" not in running.stderr
