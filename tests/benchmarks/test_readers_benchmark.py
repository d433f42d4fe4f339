"""What the benchmark of the readers decides."""

import importlib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("readers")


def test_growth_is_between_the_larger_sizes(script: Any) -> None:
    measured = script.Measured("x", (1_000_000, 2_000_000, 4_000_000), (1.0, 1.5, 3.0), 4)
    assert measured.growth == pytest.approx(2)
    assert measured.rate == pytest.approx(4 / 3)
    (row,) = script.rows([measured])
    assert row == ("x", "4.0", "4", "1.00", "1.50", "3.00", "1.3", "2.00")


def test_dispatches_differ_and_every_format_can_be_made(script: Any) -> None:
    assert script.dispatch(1) != script.dispatch(2)
    for _, file, make, _ in (*script.FORMATS, *script.HOSTILE):
        assert make(2) != make(4), file


def test_a_format_is_measured_at_three_sizes(script: Any) -> None:
    measured = script.measure("JSON Lines", "a.jsonl", script.jsonl, 3)
    assert len(measured.sizes) == len(measured.seconds) == 3
    assert measured.sizes == tuple(sorted(measured.sizes))
    assert measured.documents == 11  # the first of them was read before
