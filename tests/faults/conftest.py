"""Commands run as in tests/cli, and as processes of their own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import dispatch, ready, run  # noqa: F401 (fixtures)

ROOT = Path(__file__).parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start `dateline` with a pipeline that answers at once (tests/faults/stub.py)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_STORE", raising=False)

    def call(*arguments: object, env: dict[str, str] | None = None, **told: Any) -> Any:
        command = [sys.executable, "-m", "tests.faults.stub", *map(str, arguments)]
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        own = {"PYTHONPATH": path, "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "100"}
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LD_LIBRARY_PATH"}}
        told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **told}
        return subprocess.Popen(command, env=kept | own | (env or {}), text=True, **told)

    return call
