"""The desk as the command serves it, in a process of its own: the page and all it is made of."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from dateline.review import pages
from tests.review.conftest import filled

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script that `make wheel` runs with the installed package."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("try_desk")


@pytest.fixture
def where(tmp_path: Path) -> str:
    place = str(tmp_path / "desk.db")
    filled(place).close()
    return place


def test_the_command_serves_the_page_and_its_parts(script: Any, where: str) -> None:
    if not (pages.folder() / "index.html").is_file():
        pytest.skip("the pages are not built: run scripts/build_web.sh")
    assert script.main([where]) == 0


def test_what_is_missing_is_told(
    script: Any, where: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bare(script.Visitor):  # type: ignore[misc]
        def read(self, path: str) -> tuple[str, bytes]:
            found: tuple[str, bytes] = super().read(path)
            if path.startswith("/?"):
                return "text/html", b'<div id="root"></div><script src="./assets/no-1.js"></script>'
            return found

    monkeypatch.setattr(script, "Visitor", Bare)
    assert script.main([where]) == 1
    assert "/assets/no-1.js: 404" in capsys.readouterr().err


def test_a_desk_that_does_not_start_is_told(script: Any, tmp_path: Path) -> None:
    missing = str(tmp_path / "none.db")
    with pytest.raises(RuntimeError, match="did not start"), script.served(missing):
        pass
