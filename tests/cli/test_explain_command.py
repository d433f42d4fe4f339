"""`dateline explain`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from dateline.model.codec import load

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("ready")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_from_a_value_to_its_words(run: Run, dispatch: Path) -> None:
    run("code", "--date", "2021-05-03", dispatch)
    told = flat(run("explain", "birko#1", "when").stdout)
    assert told.startswith("ASSAULT heavy-weapons · actual birko · 2021-05-03 ")
    assert "shelled the market of Birko «on Monday», killing at least 12 traders" in told
    assert "found by made#hand" in told
    assert "places" not in told


def test_all_slots_and_a_claim_id(run: Run, dispatch: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mine.jsonl"
    run("code", "-f", "jsonl", "-o", kept, "--no-keep", dispatch)
    claim = load(kept.read_text()).claims[1]
    told = flat(run("explain", claim.id, "--record", kept).stdout)
    for slot in ("type", "status", "actors", "places"):
        assert f" {slot} " in told


def test_an_empty_slot_is_told(run: Run, dispatch: Path) -> None:
    run("code", dispatch)
    result = run("explain", "birko#2", "counts")
    assert result.exit_code == 0
    assert "tells no counts" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["birko#9"], "no such claim"),
        (["birko#1", "weather"], "weather: no slot; one of type"),
        (["birko#1", "--record", "no-such.jsonl"], "dateline code"),
    ],
)
def test_what_cannot_be_explained(
    run: Run, dispatch: Path, arguments: list[str], told: str
) -> None:
    run("code", dispatch)
    result = run("explain", *arguments)
    assert result.exit_code == 2
    assert told in flat(result.stderr)


def test_before_any_run(run: Run) -> None:
    result = run("explain", "birko#1")
    assert result.exit_code == 2
    assert "run 'dateline code' first" in flat(result.stderr)


def test_a_broken_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{\n")
    result = run("explain", "birko#1", "--record", tmp_path / "x.jsonl")
    assert result.exit_code == 2
    assert "no valid JSON" in result.stderr
