"""`dateline code --limit` and `--sample`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("ready")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "wire.jsonl"
    rows = [{"text": f"Convoy number {n} left the town."} for n in range(40)]
    lines = [json.dumps(row) for row in rows]
    lines.insert(2, "{broken")
    path.write_text("\n".join(lines), "utf-8")
    return path


def names(result: Result) -> list[str]:
    assert result.exit_code in {0, 1}, result.stderr
    rows = map(json.loads, result.stdout.splitlines())
    return [row["document"]["name"] for row in rows if not row.get("problem")]


def test_a_limit_counts_dispatches(run: Run, many: Path) -> None:
    result = run("code", "--format", "jsonl", "--limit", "3", many)
    assert names(result) == ["wire.jsonl#1", "wire.jsonl#2", "wire.jsonl#4"]
    assert "1 not coded" in result.stderr


def test_a_sample_is_the_same_for_the_same_seed_and_in_order(run: Run, many: Path) -> None:
    command = ("code", "--format", "jsonl", "--sample", "7")
    first, again, other = (names(run(*command, "--seed", seed, many)) for seed in ("1", "1", "2"))
    assert first == again != other
    assert len(set(first)) == 7
    assert first == sorted(first, key=lambda name: int(name.partition("#")[2]))


def test_a_sample_of_more_than_there_are_is_all(run: Run, many: Path) -> None:
    assert len(names(run("code", "--format", "jsonl", "--sample", "99", many))) == 40


def test_every_dispatch_has_the_same_chance() -> None:
    from collections import Counter

    from dateline.cli.code import some
    from dateline.model import Document

    drawn = Counter(
        document.text
        for seed in range(600)
        for document in some(iter([Document(str(n)) for n in range(12)]), None, 3, seed)
        if isinstance(document, Document)
    )
    assert set(drawn) == {str(n) for n in range(12)}
    assert all(100 < count < 200 for count in drawn.values())  # 150 expected


def test_limit_and_sample_exclude_each_other(run: Run, many: Path) -> None:
    result = run("code", "--limit", "3", "--sample", "3", many)
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr
