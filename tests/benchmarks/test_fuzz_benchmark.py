"""What the fuzzing benchmark makes of what it finds."""

import argparse
import importlib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def fuzz(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return importlib.import_module("fuzz")


def test_growth_beyond_linear_is_told_and_noise_is_not(fuzz: Any) -> None:
    times = [("linear", [0.1, 0.2, 0.4]), ("square", [0.1, 0.4, 1.6]), ("short", [0.0, 0.01, 0.1])]
    assert fuzz.slow(times) == ["square"]


def test_the_section_tells_inputs_crashes_and_growth(fuzz: Any) -> None:
    found = {"codec": {"tried": 1_200, "crashes": ["ValueError()"], "slowest": 0.0124}}
    lines = [*fuzz.section("own", found, [("square", [0.1, 0.4, 1.6])])]
    assert "| codec | 1,200 | 1 | 12 |" in lines
    assert "| square | 0.10 | 0.40 | 1.60 | 4.00 |" in lines
    assert any("1,200 inputs by the engine of the tests: 1 crashes now" in x for x in lines)
    assert any("Not linear: square." in x for x in lines)


def test_a_target_is_fuzzed_in_this_process(fuzz: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fuzz import targets

    def failing(data: bytes) -> None:
        if data == b"b":
            raise RuntimeError("found")

    made = targets.Target("made", failing, (b"a", b"b"))
    monkeypatch.setattr(targets, "targets", lambda: (made,))
    found = fuzz.fuzzed("made", "own", argparse.Namespace(runs=2, seed=0))
    assert (found["tried"], found["crashes"]) == (2, ["RuntimeError('found')"])
