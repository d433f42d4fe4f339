import json
from pathlib import Path

import pytest
from tests.evaluate.gold_builders import events, gold

from dateline.errors import GoldError
from dateline.evaluate import Floors, figures, score

PERFECT = {"dev": score(gold(), {"orvel": events()})}
WORSE = {"dev": score(gold(), {"orvel": events()[:2]})}


def floors() -> Floors:
    return Floors(corpus="c", floors={}).lifted("c", PERFECT)


def test_floors_at_the_figures_reached_hold() -> None:
    assert floors().floors["dev"]["event"] == 100.0
    assert list(floors().breaches("c", PERFECT)) == []


def test_a_figure_below_its_floor_is_a_breach() -> None:
    told = list(floors().breaches("c", WORSE))
    assert "dev: event is 80.0, below its floor of 100.0" in told
    assert not any("places" in line for line in told)


def test_a_figure_that_is_no_longer_measured_is_a_breach() -> None:
    nothing = {"dev": score(gold(), {})}
    assert "dev: places was not measured; its floor is 99.0" in floors().breaches("c", nothing)
    assert "dev: event was not measured; its floor is 100.0" in floors().breaches("c", {})


def test_other_gold_records_are_a_breach() -> None:
    (told,) = floors().breaches("d", PERFECT)
    assert "not those the floors were measured on" in told


def test_lifting_never_lowers() -> None:
    assert floors().lifted("c", WORSE) == floors()
    low = Floors(corpus="c", floors={"dev": {"event": 50.0}, "train": {"event": 40.0}})
    lifted = low.lifted("c", WORSE)
    assert lifted.floors["dev"]["event"] == 80.0
    assert lifted.floors["train"] == {"event": 40.0}


def test_new_gold_records_start_new_floors() -> None:
    started = floors().lifted("d", WORSE).floors["dev"]
    assert started.keys() == figures(WORSE["dev"]).keys()
    assert (started["event"], started["places"]) == (80.0, 99.0)


def test_floors_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    floors().save(path)
    assert Floors.load(path) == floors()
    path.write_text(json.dumps({"corpus": "c", "floors": {"dev": {"event": "high"}}}))
    with pytest.raises(GoldError, match=r"floors\.json: floors\.dev\.event"):
        Floors.load(path)
    with pytest.raises(GoldError, match="cannot be read"):
        Floors.load(tmp_path / "none.json")
