import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import dateline

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "dateline"
LOCKS = ("build", "runtime", "dev", "knowledge")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(lock(name)))


def normal(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return re.sub(r"[._-]+", "-", match.group()).lower()


def test_every_data_file_is_packaged() -> None:
    patterns = project()["tool"]["setuptools"]["package-data"]["dateline"]
    packaged = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    data = {
        path
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != ".DS_Store"
    }
    assert data
    assert data - packaged == set()


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_locks_hold_every_dependency() -> None:
    wanted = {normal(x) for x in project()["project"]["dependencies"]}
    assert wanted - pins("runtime").keys() == set()
    direct = (ROOT / "requirements" / "dev.in").read_text("utf-8").splitlines()
    tools = {normal(x) for x in direct if x and x[0] not in "#-"}
    assert (tools | wanted) - pins("dev").keys() == set()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    text = lock(name)
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert blocks
    assert [x.splitlines()[0] for x in blocks if "--hash=sha256:" not in x] == []
    assert re.findall(r"\w+://\S+|--(?:extra-)?index|--find-links|@ file", text) == []


@pytest.mark.parametrize("name", [x for x in LOCKS if x != "dev"])
def test_locks_agree(name: str) -> None:
    dev = pins("dev")
    assert {k: v for k, v in pins(name).items() if dev.get(k, v) != v} == {}
    if name != "knowledge":
        assert pins(name).keys() - dev.keys() == set()


def test_versions_agree() -> None:
    version = project()["project"]["version"]
    assert dateline.__version__ == version
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


class Machine:
    """A made-up machine on which to look for a Python."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home"
        self.bin = root / "bin"
        for folder in (self.home, self.bin):
            folder.mkdir()

    def put(self, path: str, body: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"#!/bin/sh\n{body}\n")
        target.chmod(0o755)
        return target

    def find(self, **told: str) -> "subprocess.CompletedProcess[str]":
        env = {"PATH": str(self.bin), "HOME": str(self.home), "FIND_PYTHON_ROOT": str(self.root)}
        return subprocess.run(
            ["/bin/sh", str(ROOT / "scripts" / "find_python.sh")],
            env=env | told,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


THIS = f'exec "{sys.executable}" "$@"'
OLD = "exit 1"  # what a Python answers that is too old, and a shim that leads nowhere


@pytest.mark.parametrize(
    "path",
    [
        "bin/python3.12",
        "bin/python3",
        "home/.pyenv/versions/3.12.7/bin/python3",
        "home/.local/share/uv/python/cpython-3.13.1-linux/bin/python3",
        "usr/local/bin/python3.14",
        "opt/python/bin/python3.12",
    ],
)
def test_a_python_is_found(machine: Machine, path: str) -> None:
    machine.put(path, THIS)
    found = machine.find()
    assert (found.returncode, found.stdout.strip()) == (0, sys.executable)


def test_pyenv_may_live_elsewhere(machine: Machine) -> None:
    machine.put("managed/versions/3.13.0/bin/python3", THIS)
    found = machine.find(PYENV_ROOT=str(machine.root / "managed"))
    assert found.stdout.strip() == sys.executable


def test_old_pythons_and_dead_shims_are_passed_over(machine: Machine) -> None:
    machine.put("bin/python3", OLD)
    machine.put("bin/python3.12", OLD)
    machine.put("home/.pyenv/versions/3.12.7/bin/python3", THIS)
    assert machine.find().stdout.strip() == sys.executable


def test_without_a_python_one_line_says_what_to_do(machine: Machine) -> None:
    machine.put("bin/python3", OLD)
    found = machine.find()
    assert (found.returncode, found.stdout) == (1, "")
    assert re.fullmatch(r"no Python 3\.12 .* was found; install one .*make setup.*\n", found.stderr)


def test_the_python_named_is_the_one_used(machine: Machine) -> None:
    chosen = machine.put("mine/python", THIS)
    assert machine.find(PYTHON=str(chosen)).stdout.strip() == sys.executable
    machine.put("bin/python3.12", THIS)
    unfit = machine.put("mine/old", OLD)
    found = machine.find(PYTHON=str(unfit))
    assert found.returncode == 1
    assert str(unfit) in found.stderr


def test_scripts_can_be_run() -> None:
    scripts = [*(ROOT / "scripts").glob("*.sh"), ROOT / ".ci" / "run"]
    assert [path.name for path in scripts if not os.access(path, os.X_OK)] == []
