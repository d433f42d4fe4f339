"""`dateline gazetteer`: what is added, what is told, and what a name may mean then."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
TABLE = """\
name,country,lat,lon,aliases
Tolokombe,ML,14.5,-3.9,Toloko
Ber,MLI,131.5,2,
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A settings file that names a gazetteer of one's own beside it."""
    path = tmp_path / "settings.toml"
    path.write_text('gazetteer = "places.csv"\n')
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_table_is_added_and_its_bad_line_told(run: Run, table: Path, mine: Path) -> None:
    result = run("gazetteer", "add", table, "--config", mine)
    assert result.exit_code == 1, result.output
    assert f"{mine.parent / 'places.csv'}: 1 added, 0 replaced" in result.stdout
    assert "1 rejected" in result.stdout
    told = " ".join(result.stderr.split())
    assert "table.csv:3: has the latitude 131.5, outside -90 to 90; correct it" in told
    again = run("gazetteer", "add", table, "--config", mine)
    assert "0 added, 1 replaced" in again.stdout


def test_without_a_bad_line_all_is_fine(run: Run, table: Path, mine: Path) -> None:
    table.write_text("\n".join(TABLE.splitlines()[:2]), "utf-8")
    result = run("gazetteer", "add", "--quiet", table, "--config", mine)
    assert (result.exit_code, result.output) == (0, "")


def test_what_was_added_is_found_and_used(run: Run, table: Path, mine: Path) -> None:
    assert run("gazetteer", "find", "Toloko").exit_code == 1
    run("gazetteer", "add", table, "--config", mine)
    result = run("gazetteer", "find", "Toloko", "--config", mine)
    assert result.exit_code == 0
    assert result.stdout.split() == ["Tolokombe", "town", "MLI", "14.50", "-3.90"]
    text = mine.parent / "text.txt"
    text.write_text(
        "BAMAKO, Mali - Gunmen killed ten people in an attack near Toloko on Monday, the army said "
        "in a statement.\n"
    )
    layer = run("annotate", "--layer", "places", "--config", mine, text)
    assert '"text": "Toloko"' in layer.stdout
    assert '"lat": 14.5' in layer.stdout


def test_a_gazetteer_of_ones_own_must_be_named(run: Run, table: Path) -> None:
    result = run("gazetteer", "add", table)
    assert result.exit_code == 2
    assert 'write gazetteer = "places.csv"' in result.stderr


def test_a_file_of_another_kind_is_refused(run: Run, mine: Path) -> None:
    result = run("gazetteer", "add", mine, "--config", mine)
    assert result.exit_code == 2
    assert "neither a GeoNames dump" in result.stderr
    assert not (mine.parent / "places.csv").exists()


def test_a_name_has_its_readings(run: Run) -> None:
    result = run("gazetteer", "find", "Tripoli")
    assert result.exit_code == 0
    assert {"LBY", "LBN"} <= set(result.stdout.split())
