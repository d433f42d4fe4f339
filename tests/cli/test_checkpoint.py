"""Runs that are cut short go on where they were."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import Result

from dateline.cli import checkpoint as module
from dateline.config import Config
from dateline.model.codec import dump
from dateline.store import Store

Run = Callable[..., Result]

NUMBER, BATCH = 60, 8


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    """Dispatches, and two lines that are none."""
    path = tmp_path / "in" / "wire.jsonl"
    path.parent.mkdir()
    lines = [
        json.dumps({"id": f"d{n}", "text": f"Convoy number {n} left the town.\u200b"})
        for n in range(NUMBER)
    ]
    lines[13:13] = ["{broken", json.dumps({"text": ""})]
    path.write_text("\n".join(lines), "utf-8")
    (tmp_path / "dateline.toml").write_text(f"batch = {BATCH}\n")
    return path


def killed(folder: Path, moments: Sequence[str], *arguments: object) -> list[str]:
    """Run a command that dies at each moment, then to its end; all that was coded."""
    log = folder / "coded.log"
    log.write_text("")
    command = [*arguments, "--quiet", "--config", folder / "dateline.toml"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.interrupted", log, *moments, "--", *map(str, command)],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": str(folder)},
    )
    ends = done.stdout.splitlines()
    assert len(ends) == len(moments) + 1, done.stderr
    assert [x.rpartition(": ")[2] for x in ends] == [*["signal 9"] * len(moments), "itself"]
    return log.read_text().split()


def moments(seed: int, kinds: Sequence[str], most: int) -> list[str]:
    """Where to die, by chance."""
    chance = random.Random(seed)
    return [
        f"{chance.choice(kinds)}:{chance.randint(1, most)}:{chance.choice((0, 1, 40, 300))}"
        for _ in range(5)
    ]


@pytest.mark.parametrize(("seed", "form"), [(1, "jsonl"), (2, "jsonl"), (3, "csv"), (4, "gold")])
def test_a_killed_run_ends_like_one_that_was_not(
    wire: Path, tmp_path: Path, seed: int, form: str
) -> None:
    out = ("code", wire.parent, "--format", form, "--out")
    once = killed(tmp_path, [], *out, tmp_path / "whole")
    assert len(once) == NUMBER
    dying = moments(seed, ("line", "record"), 9)
    coded = killed(tmp_path, dying, *out, tmp_path / "torn")
    assert set(coded) == set(once)
    assert len(coded) <= NUMBER + len(dying) * BATCH  # no more than what was not whole yet
    assert contents(tmp_path / "torn") == contents(tmp_path / "whole")
    assert not list((tmp_path / "torn").parent.glob("*part*"))


def contents(folder: Path) -> dict[str, bytes]:
    found = {x.name: x.read_bytes() for x in sorted(folder.rglob("*")) if x.is_file()}
    assert found
    return found


def test_a_killed_add_ends_like_one_that_was_not(wire: Path, tmp_path: Path) -> None:
    killed(tmp_path, [], "add", wire.parent, "--store", "whole.db")
    dying = [*moments(5, ("sql",), 300), "record:4:0"]
    coded = Counter(killed(tmp_path, dying, "add", wire.parent, "--store", "torn.db"))
    failing = {f"d{n}" for n in range(NUMBER) if n % 10 == 7}  # tried anew by each run
    assert sum(n for name, n in coded.items() if name not in failing) <= NUMBER + len(dying)
    with Store.open(tmp_path / "whole.db") as whole, Store.open(tmp_path / "torn.db") as torn:
        runs = torn.runs()
        assert len(runs) >= 3
        assert runs[-1].finished
        assert [dump(x) for x in torn.records()] == [dump(x) for x in whole.records()]
        assert len(list(torn.records())) == NUMBER - len(failing)
        lost = {x.name for x in torn.failures(runs[-1].id)}
        assert lost == {x.name for x in whole.failures()} >= failing
        assert torn.incidents() == whole.incidents()


@pytest.mark.usefixtures("ready")
class TestOneProcess:
    """What a checkpoint is good for, and what it is not."""

    def test_what_was_coded_is_not_coded_again(
        self, run: Run, wire: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        command = ("code", "-f", "jsonl", "--config", tmp_path / "dateline.toml", wire)
        out = tmp_path / "records.jsonl"
        assert run(*command, "--out", out).exit_code == 1
        whole = out.read_bytes()
        (part,) = self.left(whole, out)
        monkeypatch.setattr("dateline.pipeline.Pipeline.code", None)
        assert run(*command, "--out", out).exit_code == 1  # nothing is left to code
        assert out.read_bytes() == whole
        assert not part.exists()

    def left(self, content: bytes, out: Path) -> list[Path]:
        """A checkpoint as a run cut short leaves it."""
        part = out.with_name(f"{out.name}.part-{module._coder(Config(batch=BATCH))}")
        part.write_bytes(content)
        out.unlink(missing_ok=True)
        return [part]

    @pytest.mark.parametrize("damage", ["torn", "zeros", "other text", "too many"])
    def test_a_damaged_checkpoint_counts_as_far_as_it_is_right(
        self, run: Run, wire: Path, tmp_path: Path, damage: str
    ) -> None:
        command = ("code", "-f", "jsonl", "--config", tmp_path / "dateline.toml", wire)
        out = tmp_path / "records.jsonl"
        run(*command, "--out", out)
        whole = out.read_bytes()
        lines = whole.splitlines(keepends=True)
        content = {
            "torn": whole[: len(whole) // 2],
            "zeros": whole[: len(whole) // 2] + b"\0" * 5000,
            "other text": whole.replace(b"number 30 ", b"number 31 "),
            "too many": whole + lines[0],
        }[damage]
        self.left(content, out)
        run(*command, "--out", out)
        assert out.read_bytes() == whole

    def test_other_dates_and_other_code_start_anew(
        self, run: Run, dispatch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "r.jsonl"
        run("code", "-f", "jsonl", "--out", out, dispatch)
        told = out.read_bytes()
        old = out.with_name(f"{out.name}.part-{module._coder(Config())}")
        old.write_bytes(told)
        run("code", "-f", "jsonl", "--out", out, "--date", "2021-05-03", dispatch)
        assert b"2021-05-03" in out.read_bytes()
        old.write_bytes(told)
        monkeypatch.setattr(module, "_coder", lambda _: "other")
        run("code", "-f", "jsonl", "--out", out, dispatch)
        assert out.read_bytes() == told
        assert not old.exists()

    def test_without_resume_all_is_coded_again(
        self, run: Run, dispatch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "r.jsonl"
        run("code", "-f", "jsonl", "--out", out, dispatch)
        part = out.with_name(f"{out.name}.part-{module._coder(Config())}")
        part.write_bytes(out.read_bytes())
        monkeypatch.setattr("dateline.pipeline.Pipeline.code", None)
        assert run("code", "-f", "jsonl", "--out", out, "--no-resume", dispatch).exception

    def test_two_runs_do_not_write_the_same_result(
        self, run: Run, dispatch: Path, tmp_path: Path
    ) -> None:
        import fcntl

        out = tmp_path / "r.jsonl"
        part = out.with_name(f"{out.name}.part-{module._coder(Config())}")
        with part.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            result = run("code", "-f", "jsonl", "--out", out, dispatch)
        assert result.exit_code == 2
        assert "another run writes this result" in " ".join(result.stderr.split())
