"""`dateline code` and what it writes."""

import csv
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.made import TEXT
from typer.testing import Result

from dateline.cli.outputs import last_run
from dateline.model.codec import load

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("ready")


def test_a_table_to_read(run: Run, dispatch: Path) -> None:
    result = run("code", "--date", "2021-05-03", "--title", "Market shelled", dispatch)
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "Market shelled" in lines
    assert "2021-05-03 · birko" in lines
    assert "1 ASSAULT heavy-weapons · actual “shelled”" in lines
    assert "who Hill Front (XAB REB) “Hill Front rebels”" in lines
    assert "to whom traders (XAB BUS) “at least 12 traders”" in lines
    assert "where Birko, XAB “market of Birko”" in lines
    assert "when 2021-05-03 “on Monday”" in lines
    assert "how many at least 12 traders killed “at least 12 traders”" in lines
    assert "according to army (reports) “the army”" in lines
    assert "Hill Front (denies) “The Hill Front”" in lines
    assert "2 CONSULT · planned “meet”" in lines
    assert "where Arda, XAB inferred “Arda”" in lines
    assert result.stderr.strip() == "1 dispatch coded, 2 claims"


def test_jsonl_is_without_loss(run: Run, dispatch: Path) -> None:
    result = run("code", "--format", "jsonl", dispatch)
    (line,) = result.stdout.splitlines()
    record = load(line)
    assert record.document.text == TEXT
    assert [claim.type.value for claim in record.claims] == ["ASSAULT", "CONSULT"]


def test_gold_is_a_file_per_dispatch(run: Run, dispatch: Path, tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("The market of Birko was quiet.")
    result = run("code", "-f", "gold", "-o", tmp_path / "gold", dispatch, tmp_path / "quiet.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    files = {path.name: json.loads(path.read_text()) for path in (tmp_path / "gold").iterdir()}
    assert set(files) == {"birko.json", "quiet.json"}
    assert files["birko.json"]["document"] == "birko"
    assert [event["type"] for event in files["birko.json"]["events"]] == ["ASSAULT", "CONSULT"]
    assert files["quiet.json"]["events"] == []


def test_gold_without_a_folder_is_lines(run: Run, dispatch: Path) -> None:
    (line,) = run("code", "-f", "gold", dispatch).stdout.splitlines()
    assert json.loads(line)["document"] == "birko"


def test_gold_files_stay_in_their_folder_and_overwrite_none(run: Run, tmp_path: Path) -> None:
    wire = tmp_path / "wire.jsonl"
    texts = ("The first text of the wire is here.", "The second text of the wire is here.")
    wire.write_text("".join(json.dumps({"id": "../a/b", "text": text}) + "\n" for text in texts))
    result = run("code", "-f", "gold", "-o", tmp_path / "out" / "gold", wire)
    assert result.exit_code == 0, result.stderr
    names = sorted(path.name for path in (tmp_path / "out" / "gold").iterdir())
    assert len(names) == 2
    assert all(name.startswith("_a_b") and name.endswith(".json") for name in names)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["gold"]


def test_csv_is_a_row_per_claim(run: Run, dispatch: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("code", "-f", "csv", dispatch).stdout)))
    assert [row["type"] for row in rows] == ["ASSAULT", "CONSULT"]


@pytest.mark.parametrize(
    ("form", "name", "start"),
    [
        ("table", "records.txt", "─"),
        ("jsonl", "records.jsonl", '{"layout"'),
        ("csv", "claims.csv", "document,"),
        ("html", "records.html", "<!doctype html>"),
    ],
)
def test_out_is_a_folder_or_a_file(
    run: Run, dispatch: Path, tmp_path: Path, form: str, name: str, start: str
) -> None:
    assert run("code", "-f", form, "-o", tmp_path / "new" / "out", dispatch).stdout == ""
    assert (tmp_path / "new" / "out" / name).read_text("utf-8").startswith(start)
    run("code", "-f", form, "-o", tmp_path / "mine.x", dispatch)
    assert (tmp_path / "mine.x").read_text("utf-8").startswith(start)
    assert not list(tmp_path.rglob("*.part*"))


def test_a_place_that_cannot_be_written_is_told(run: Run, dispatch: Path) -> None:
    result = run("code", "-f", "csv", "-o", dispatch / "sub", dispatch)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_failed_dispatch_is_told_and_the_rest_is_coded(run: Run, tmp_path: Path) -> None:
    for name, text in (("a", "This one will fail for sure."), ("b", "Quiet day in Birko town.")):
        (tmp_path / f"{name}.txt").write_text(text)
    (tmp_path / "c.txt").write_text("")
    result = run("code", "-f", "jsonl", tmp_path)
    assert result.exit_code == 1
    records = [load(line) for line in result.stdout.splitlines()]
    assert [record.problem is None for record in records] == [False, True, False]
    assert "dateline: a: StepError: it failed" in result.stderr
    assert "1 dispatch coded, 0 claims, 2 not coded" in result.stderr


def test_quiet_tells_only_problems(run: Run, dispatch: Path) -> None:
    assert run("code", "--quiet", dispatch).stderr == ""


def test_standard_input(run: Run) -> None:
    result = run("code", "-f", "jsonl", "-", stdin=TEXT)
    assert len(load(result.stdout).claims) == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-file.txt"], "no such file"),
        (["--date", "15/08/2022", "FILE"], "YYYY-MM-DD"),
        (["--config", "no-such.toml", "FILE"], "no-such.toml"),
        (["--format", "xml", "FILE"], "xml"),
        ([], "PATH"),
    ],
)
def test_unusable_arguments_are_told(
    run: Run, dispatch: Path, arguments: list[str], told: str
) -> None:
    result = run("code", *(str(dispatch) if x == "FILE" else x for x in arguments))
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_an_unknown_setting_names_the_nearest(run: Run, dispatch: Path, tmp_path: Path) -> None:
    config = tmp_path / "dateline.toml"
    config.write_text("batches = 3\n")
    result = run("code", "--config", config, dispatch)
    assert result.exit_code == 2
    assert "did you mean 'batch'?" in result.stderr


def test_the_last_run_is_kept_for_the_user_alone(run: Run, dispatch: Path) -> None:
    run("code", "--no-keep", dispatch)
    assert not last_run().exists()
    run("code", dispatch)
    assert len(last_run().read_text().splitlines()) == 1
    assert stat.S_IMODE(last_run().stat().st_mode) == 0o600


def test_a_cache_that_cannot_be_written_stops_nothing(
    run: Run, dispatch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(dispatch))
    result = run("code", dispatch)
    assert result.exit_code == 0
    assert "ASSAULT" in result.stdout
