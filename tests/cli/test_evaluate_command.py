"""`dateline evaluate`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.made import TEXT, record
from typer.testing import Result

from dateline.export import gold

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("ready")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "gold"
    path.mkdir()
    (path / "birko.txt").write_text(TEXT)
    (path / "birko.json").write_text(json.dumps(gold(record())))
    return path


def figures(result: Result) -> dict[str, list[str]]:
    lines = (line.split() for line in result.stdout.splitlines())
    return {words[0]: words[1:] for words in lines if words}


def test_what_is_right_scores_full(run: Run, folder: Path) -> None:
    result = run("evaluate", "--types", folder)
    assert result.exit_code == 0, result.output
    told = figures(result)
    for figure in ("detection", "event", "participants", "record"):
        assert told[figure][:6] == ["P", "100.0", "R", "100.0", "F1", "100.0"]
    assert "ASSAULT" in told


def test_json_figures(run: Run, folder: Path) -> None:
    told = json.loads(run("evaluate", "--json", folder).stdout)
    assert told["record"]["f1"] == 100.0


def test_other_predictions_and_what_changed(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    run("evaluate", folder)
    worse = run("evaluate", "--predictions", tmp_path / "none", folder)
    assert figures(worse)["event"][3] == "0.0"
    assert "- birko: e1 ASSAULT “shelled” missed" in worse.stdout
    better = run("evaluate", "--no-record", folder)
    assert "+ birko: e1 ASSAULT “shelled” found" in better.stdout
    assert "+ birko: e1 ASSAULT “shelled” found" in run("evaluate", folder).stdout


def test_a_folder_without_gold_is_unusable(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", tmp_path)
    assert result.exit_code == 2
    assert "no gold records" in result.stderr


def test_the_bias_page(run: Run, folder: Path) -> None:
    told = run("evaluate", "--bias", folder).stdout
    assert "battles coded as attacks on civilians" in told
    assert "by region" in told
