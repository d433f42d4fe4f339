"""The parts of the engine benchmarks that work something out."""

import importlib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"

SPEED = {
    "bare_1": 200.0, "bare_2": 380.0, "coder_1": 120.0, "coder_2": 228.0, "share_1": 0.6,
    "share_2": 0.6, "scaling": 1.9, "sentences": 1200, "dispatches": 100, "rounds": 1,
}  # fmt: skip
FOUND: dict[str, Any] = {
    "machine": "a machine",
    "speed": SPEED,
    "memory": {
        "dispatches": 900, "workers": 2, "peak": 640.4, "early": 450.0, "end": 455.0,
        "early_peak": 640.0,
    },
    "cold": {"wall": 2.44, "processor": 2.2},
    "ray": {"dispatches": 500, "pool": 20.0, "ray": 18.0},
    "killed": {"dispatches": 500, "killed": 5, "missing": 0, "changed": 0},
    "skew": {"even": 0.97, "skewed": 0.9, "longest": 40.0, "workers": 16},
}  # fmt: skip


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


def test_the_sizes_follow_from_the_rates(script: Any) -> None:
    sizing = script("sizing")
    assert sizing.hourly(120.0, 12.0) == 36_000
    load = sizing.Load(1_000_000, 12.0, 0.05)
    assert sizing.cores(load, 114.0) == 2  # 1.22 cores busy, and a third to spare
    assert sizing.cores(load, 10.0) == 19
    text = "\n".join(sizing.sizing(FOUND, load))
    assert "| 1 | 36,000 | 864,000 | 27.8 | 0.6 GB |" in text
    assert "| 64 | 2,188,800 |" in text
    assert "need 2 cores (1.2 busy all day" in text


def test_the_costs_are_those_of_the_published_figures(script: Any) -> None:
    sizing = script("sizing")
    text = "\n".join(sizing.costs(FOUND, sizing.Load(1_000_000, 12.0, 0.05)))
    assert "| 0.29 | $0.01 |" in text  # TABARI
    assert "| 472–833 | $24–42 |" in text  # HeidelTime
    assert "| 28 | $1.39 |" in text  # Dateline
    assert "| 1,000 (waiting) | $62,000 |" in text


def test_the_page_keeps_its_words(script: Any) -> None:
    sizing = script("sizing")
    page = "One.\n<!-- begin costs -->\nold\n<!-- end costs -->\nTwo.\n"
    new = sizing.written(page, {"costs": ["a \\1 b"]})
    assert new == "One.\n<!-- begin costs -->\na \\1 b\n<!-- end costs -->\nTwo.\n"
    assert sizing.written(new, {"costs": ["a \\1 b"]}) == new
    with pytest.raises(ValueError, match="begin sizing"):
        sizing.written(page, {"sizing": []})
    both = sizing.written(sizing.PAGE.read_text("utf-8"), {"sizing": ["x"], "costs": ["y"]})
    assert "\nx\n" in both


def test_rates_and_weights_are_worked_out_rightly(script: Any) -> None:
    engines, works = script("engines"), script("works")
    assert engines.ratio([2.0, 3.0, 10.0], [1.0, 2.0, 10.0]) == 1.5
    assert engines.efficiency([1.0] * 8, 4.0, 2) == 1.0
    found = [works.Weight(n % 2, 400 + n, 500 + n) for n in range(100)]
    told = engines.weights(found)
    assert told == {
        "dispatches": 100, "workers": 2, "peak": 599, "early": 411, "end": 499, "early_peak": 511,
    }  # fmt: skip
    assert works.weight().peak >= works.weight().now > 1


def test_every_figure_has_its_row_and_aim(script: Any) -> None:
    text = "\n".join(script("engines").lines(FOUND))
    for row in (
        "| all stages, two workers on two cores | 228 sentences/s |  |",
        "| … beside the parser alone | 60 % | ≥ 60 % |",
        "| two workers beside one | 1.90 times | ≥ 1.8 |",
        "| from the command to the first record | 2.4 s | ≤ 2.5 s |",
        "| heaviest worker, peak over 900 dispatches | 640 MB | ≤ 700 MB |",
        "| Ray beside the pool, two workers, 500 dispatches | 90 % | ≥ 85 % |",
        "| records lost, changed; 5 workers killed in 500 | 0, 0 | 0, 0 |",
        "| 16 workers busy, simulated load, the longest batch 40 times the median | 90 % |  |",
    ):
        assert row in text
    assert "Measured on a machine." in text


def test_the_first_results_do_not_count(script: Any) -> None:
    from dateline.engine import Local
    from dateline.model import Document

    works = script("works")
    documents = [Document("x", str(n)) for n in range(40)]

    class Slow(works.Sleeps):  # type: ignore[misc, name-defined]
        def start(self) -> Any:
            return lambda batch: (works.slept(0.01 if int(x.name) < 32 else 0.0) for x in batch)

    assert script("engines").seconds(Local(), Slow(), documents, 32) < 0.2
