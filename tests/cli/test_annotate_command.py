"""`dateline annotate`, `lint` and `rule`, as far as they need no learned model."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from dateline.cli.annotate import Layer

Run = Callable[..., Result]
OWN = {
    "sentences": {"tokens"},
    "times": {
        *("type", "value", "from", "to", "earliest", "latest"),
        *("precision", "mod", "inferred"),
    },
    "places": {
        *("name", "country", "level", "lat", "lon", "geonames", "admin1", "score"),
        *("radius", "metonymic"),
    },
    "quantities": {"who", "low", "best", "high", "kind"},
    "entities": {"kind", "name", "country", "sector", "known"},
    "attributions": {"source", "cue", "content", "stance", "speaker", "kind"},
    "cues": {"category", "scope"},
}
TEXT = (
    "Rebels did not shell Timbuktu on Monday, the army of Mali said. "
    "At least 12 soldiers were killed in Gao, officials added.\n"
)


@pytest.fixture
def timbuktu(tmp_path: Path) -> Path:
    path = tmp_path / "timbuktu.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.mark.parametrize("layer", OWN)
def test_a_line_per_annotation(run: Run, timbuktu: Path, layer: str) -> None:
    result = run("annotate", "--layer", layer, "--date", "2022-08-17", timbuktu)
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows
    for row in rows:
        shared = {"document", "layer", "start", "end", "text", "found_by"}
        assert set(row) == shared | OWN[layer]
        assert (row["document"], row["layer"]) == ("timbuktu", layer)
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert row["found_by"]
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_a_time_is_settled_by_the_date(run: Run, timbuktu: Path) -> None:
    (line,) = run("annotate", "-l", "times", "--date", "2022-08-17", timbuktu).stdout.splitlines()
    time = json.loads(line)
    assert (time["text"], time["value"], time["from"]) == ("Monday", "2022-08-15", "2022-08-15")


def test_a_layer_must_be_named(run: Run, timbuktu: Path) -> None:
    assert run("annotate", timbuktu).exit_code == 2
    assert run("annotate", "--layer", "moods", timbuktu).exit_code == 2
    assert "moods" not in [layer.value for layer in Layer]


def test_rule_shows_matches_in_the_samples(run: Run) -> None:
    result = run("rule", "quantities")
    assert result.exit_code == 0, result.output
    assert "42 dead men" in " ".join(result.stdout.split())
    assert "sample dispatches" in result.stderr


def test_rule_tries_a_trigger_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "borders: {type: COERCE, mode: restrict, verbs: [close], examples: [They close it.], "
        "counter_examples: [They open it.]}\n"
    )
    result = run("rule", mine)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("borders")
    assert "borders between" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("file", "told"), [("no-such", "neither a file nor one of"), ("cues", "which of")]
)
def test_rule_wants_one_file(run: Run, file: str, told: str) -> None:
    result = run("rule", file)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_rule_refuses_a_broken_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("borders: {type: COERCE, verbs: [close]}\n")
    result = run("rule", tmp_path / "mine.yaml")
    assert result.exit_code == 2
    assert "'borders'" in result.stderr


def test_lint_finds_no_fault(run: Run) -> None:
    result = run("lint")
    assert result.stdout == ""
    assert result.exit_code == 0
    assert "0 faults" in result.stderr
