"""`dateline export`: from dispatches to files of other programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from dateline.export.acled_table import COLUMNS

Run = Callable[..., Result]


@pytest.mark.usefixtures("ready")
def test_formats_are_written_to_a_folder(run: Run, dispatch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("export", "-f", "acled,geojson", "-f", "dossier-md", "--out", out, dispatch)
    assert result.exit_code == 0, result.output
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == [
        "acled.csv", "acled-left-out.csv", "acled-dictionary.csv", "incidents.geojson",
        "dossier.md", "dossier-map.svg",
    ]  # fmt: skip
    assert sorted(x.name for x in out.iterdir()) == sorted(names)
    assert tuple(pd.read_csv(out / "acled.csv").columns) == COLUMNS
    assert len(json.loads((out / "incidents.geojson").read_text("utf-8"))["features"]) == 2
    assert "1 dispatch coded, 2 claims" in result.stderr


@pytest.mark.usefixtures("ready")
def test_a_release_tells_what_changed(run: Run, dispatch: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "r1", tmp_path / "r2"
    shared = ("export", "-q", "-f", "csv", "--redact", "public")
    assert run(*shared, "--release", "-o", first, dispatch).exit_code == 0
    result = run(*shared, "-o", second, "--since", first, "--licence", "CC0-1.0", dispatch)
    assert result.exit_code == 0, result.output
    told = json.loads((second / "release.json").read_text("utf-8"))
    assert (told["redaction"], told["formats"], told["licence"]) == ("public", ["csv"], "CC0-1.0")
    assert told["changes"] == {"added": 0, "changed": 0, "deleted": [], "merged": {}}
    again = run(*shared, "--release", "-o", first, dispatch)
    assert again.exit_code == 2
    assert "choose a new folder" in again.stderr


@pytest.mark.usefixtures("ready")
def test_redaction_reaches_plain_exports(run: Run, dispatch: Path, tmp_path: Path) -> None:
    profile = tmp_path / "own.yaml"
    profile.write_text("all: {coordinates: drop}\n", "utf-8")
    out = tmp_path / "out"
    assert run("export", "-q", "-f", "csv", "--redact", profile, "-o", out, dispatch).exit_code == 0
    assert pd.read_csv(out / "incidents.csv")["latitude"].isna().all()


@pytest.mark.usefixtures("ready")
def test_a_dispatch_that_fails_does_not_stop_the_others(
    run: Run, dispatch: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_text("It will fail, the army said on Monday in Birko.", "utf-8")
    out = tmp_path / "out"
    result = run("export", "-f", "csv", "-o", out, dispatch, tmp_path / "bad.txt")
    assert result.exit_code == 1
    assert "1 not coded" in result.stderr
    assert pd.read_csv(out / "sources.csv")["problem"].notna().sum() == 1


def test_unusable_arguments_are_told_before_any_text_is_read(
    run: Run, dispatch: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    wrong = run("export", "-f", "shapefile", "-o", out, dispatch)
    assert wrong.exit_code == 2
    assert "shapefile: no format; one of csv" in wrong.stderr
    profile = run("export", "-f", "csv", "--redact", "nowhere", "-o", out, dispatch)
    assert profile.exit_code == 2
    assert "nowhere: cannot be read" in profile.stderr
    assert not out.exists()


@pytest.mark.usefixtures("ready")
def test_a_place_that_cannot_be_written_is_told(run: Run, dispatch: Path) -> None:
    result = run("export", "-f", "csv", "-o", dispatch / "out", dispatch)
    assert result.exit_code == 2
    assert "a file stands where a folder should be" in result.stderr
