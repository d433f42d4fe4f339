"""The scores of the linking and reprint benchmarks are right."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from tests.link.claim_builders import record

import link as link_benchmark
import reprints
import scale
from coreference import b_cubed, ceaf_e, conll, muc

GOLD = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}


def test_scores_of_a_small_clustering() -> None:
    assert muc(GOLD, FOUND) == pytest.approx((2 / 3, 2 / 3))
    assert b_cubed(GOLD, FOUND) == pytest.approx(
        ((1 + 1 + 1 / 3 + 4 / 3) / 5, (4 / 3 + 1 / 3 + 2) / 5)
    )
    assert ceaf_e(GOLD, FOUND) == pytest.approx((0.8, 0.8))
    mean = (muc(GOLD, FOUND).f1 + b_cubed(GOLD, FOUND).f1 + ceaf_e(GOLD, FOUND).f1) / 3
    assert conll(GOLD, FOUND) == pytest.approx(mean)


def test_a_perfect_and_an_idle_clustering() -> None:
    assert conll(GOLD, GOLD) == 1.0
    alone = {item: item for item in GOLD}
    assert b_cubed(GOLD, alone).precision == 1.0
    assert muc(GOLD, alone).f1 == 0.0


def test_pairs_of_one_origin_are_counted() -> None:
    score = reprints.score(["a", "a", "b", "b"], ["x", "x", "x", "y"])
    assert score == (1, 3, 2)
    assert (score.precision, score.recall) == pytest.approx((1 / 3, 1 / 2))
    assert reprints.score(["a"], ["x"]).precision == 1.0


def test_the_set_of_rewrites_is_whole() -> None:
    found = reprints.texts()
    kinds = {text.kind for text in found}
    assert kinds == {"original", "light", "medium", "heavy", "rival", "independent"}
    assert len(found) == 12 * len(kinds)
    assert len({text.origin for text in found}) == 12 * 3


def test_rewrites_are_found_as_asked() -> None:
    found = reprints.texts()
    total = reprints.score([t.origin for t in found], reprints.grouped(found))
    assert total.precision >= 0.97
    assert total.recall >= 0.9


def test_made_claims_differ_but_by_scene() -> None:
    seed = record(
        {"time": "2021-05-03", "place": ["Birko", 12.0, -3.0], "country": "XAB", "killed": 12},
        text="Shelling hit the market of Birko.", published="2021-05-04",
    )  # fmt: skip
    found = list(scale.varied([seed], 40))
    assert len(found) == 40 == len({r.document.id for r in found})
    assert found == list(scale.varied([seed], 40))
    places = {c.places[0].value.name for r in found for c in r.claims}
    assert 1 < len(places) < 40  # some tell of the same scene
    for made in found:
        assert len(made.claims[0].trigger.of(made.document.text)) == len("Shelling")


def test_without_data_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(link_benchmark, "DATA", tmp_path / "none")
    assert link_benchmark.main([]) == 0
    assert "left out" in capsys.readouterr().out
