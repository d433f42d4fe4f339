"""What the review desk is measured with, and how its figures are told."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from tests.review.conftest import filled

from dateline.review import pages

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark script as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("review")


def test_every_question_is_answered(script: Any, tmp_path: Path) -> None:
    where = str(tmp_path / "desk.db")
    filled(where).close()
    found = list(script.measured(where))
    assert [x.what for x in found] == [*(x.what for x in script.QUESTIONS), "accept a claim"]
    assert all(x.taken > 0 for x in found)


def test_a_server_that_has_just_started_shows_the_first_page(script: Any, tmp_path: Path) -> None:
    if not (pages.folder() / "index.html").is_file():
        pytest.skip("the pages are not built: run scripts/build_web.sh")
    where = str(tmp_path / "desk.db")
    filled(where).close()
    assert 0 < script.pages.first_page(where) < 30
    assert 10_000 < script.pages.script_size() < 600_000


def test_only_scripts_of_the_start_count(script: Any) -> None:
    page = (
        '<script src="./assets/a-1.js"></script><link href="./assets/b-2.js"><link href="./c.css">'
    )
    assert script.pages.scripts(page) == ["./assets/a-1.js", "./assets/b-2.js"]


def test_the_table_has_a_column_for_each_store(script: Any) -> None:
    figure = script.Figure
    small, large = [figure("queue", 0.0123, 0.3)], [figure("queue", 1.5, 0.3)]
    seen = [script.pages.Seen("brush", "60 frames a second", "at least 30", good=True)]
    lines = script.section([("20, sqlite", small), ("200, sqlite", large)], seen)
    assert "| queue | 12 ms | 1,500 ms | 300 ms |" in lines
    assert "| brush | 60 frames a second | at least 30 |" in lines


def test_what_is_too_slow_fails(script: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = [("20, sqlite", [script.Figure("queue", 1.5, 0.3)])]
    monkeypatch.setattr(script, "all_of", lambda _: (slow, []))
    assert script.main([]) == 1
    fast = [("20, sqlite", [script.Figure("queue", 0.1, 0.3)])]
    monkeypatch.setattr(script, "all_of", lambda _: (fast, []))
    assert script.main([]) == 0
