"""The scoring of the place benchmark, on articles made up here."""

import importlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dateline.model import (
    Basis,
    Document,
    EventMention,
    Place,
    PlaceMention,
    Reading,
    Slots,
    Span,
)

FOLDER = Path(__file__).parents[2] / "benchmarks"
TEXT = "Rebels left Gao for Kidal; French Gao smiled."
GAO, KIDAL = Place("Gao", "MLI", "town", 16.27, -0.04), Place("Kidal", "MLI", "town", 18.44, 1.41)


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("places")


def mention(start: int, end: int, place: Place, rule: str = "places/gazetteer#name") -> Any:
    return PlaceMention(Span(start, end), rule, 0, place, 0.9)


def article(places: Any) -> Any:
    marked = (
        places.Toponym(Span(12, 15), (16.3, 0.0)),
        places.Toponym(Span(20, 25), (18.4, 1.4)),
        places.Toponym(Span(27, 33), (46.0, 2.0), asked=False),
        places.Toponym(Span(34, 37), None),
    )
    return places.Article(Document(TEXT), marked)


def test_near_is_within_161_km(places: Any) -> None:
    assert places.is_near(GAO, (16.3, 0.0))
    assert places.is_near(GAO, (17.5, -0.04))
    assert not places.is_near(GAO, (18.0, -0.04))
    assert not places.is_near(Place("Gao"), (16.3, 0.0))
    assert not places.is_near(None, (16.3, 0.0))
    assert not places.is_near(GAO, None)


def test_given_counts_toponyms_with_coordinates(places: Any) -> None:
    found = [mention(12, 15, GAO), mention(20, 25, GAO), None, None]
    assert places.given(article(places), found) == (1, 3)


def test_each_toponym_is_found_once_and_wrong_points_count_against(places: Any) -> None:
    found = [mention(12, 15, GAO), mention(20, 25, GAO), mention(0, 6, KIDAL)]
    verdicts = list(places.judged(article(places), found))
    assert [right for _, right in verdicts] == [True, False, False]
    tally = places.tally(article(places), verdicts)
    assert (tally.right, tally.found, tally.asked) == (1, 3, 2)
    assert (tally.precision, tally.recall) == (pytest.approx(1 / 3), 0.5)
    assert tally.f1 == pytest.approx(0.4)


def test_what_is_not_asked_for_is_not_held_against(places: Any) -> None:
    loose = mention(0, 6, KIDAL, "places/phrases#anaphor")
    found = [mention(27, 33, GAO), mention(34, 37, GAO), loose]
    assert list(places.judged(article(places), found)) == []


def test_calibration_is_the_mean_gap(places: Any) -> None:
    assert places.calibration([]) == 0.0
    assert places.calibration([(1.0, True), (0.0, False)]) == 0.0
    assert places.calibration([(0.9, True), (0.9, False)]) == pytest.approx(0.4)
    assert places.calibration([(0.95, False), (0.05, True)]) == pytest.approx(0.95)


def test_a_tally_of_nothing_is_nought(places: Any) -> None:
    nothing = places.Tally(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


LGL = """<articles><article><title>News</title><text>Gao and Malian</text><toponyms>
<toponym><start>0</start><end>3</end><phrase>Gao</phrase><gaztag geonameid="1"><lat>16.27</lat>
<lon>-0.04</lon></gaztag></toponym>
<toponym><start>8</start><end>14</end><phrase>Malian</phrase></toponym>
</toponyms></article></articles>"""
VIRUS = """<articles><article><text>In Gao.</text><locations><location><name>Gao</name>
<start>4</start><end>7</end><lat>16.27</lat><lon>-0.04</lon></location></locations></article>
</articles>"""


def test_the_corpora_are_read(places: Any, tmp_path: Path) -> None:
    (tmp_path / "lgl.xml").write_text(LGL)
    (tmp_path / "GeoVirus.xml").write_text(VIRUS)
    (lgl,) = places.read("LGL", tmp_path)
    assert [(t.span.of(lgl.document.text), t.point, t.asked) for t in lgl.toponyms] == [
        ("Gao", (16.27, -0.04), True),
        ("Malian", None, False),
    ]
    (virus,) = places.read("GeoVirus", tmp_path)
    assert [t.span.of(virus.document.text) for t in virus.toponyms] == ["Gao"]


def test_without_the_corpora_nothing_is_measured(
    places: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert places.main(["--data", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith("left out: places")


@pytest.fixture
def event_places(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("event_places")


def test_the_place_of_an_event_is_judged_beside_the_nearest(event_places: Any) -> None:
    gao, kidal = Span(12, 15), Span(20, 25)
    verb = event_places.Verb(TEXT, Span(7, 11), (kidal,))
    place = Reading(KIDAL, Basis.STATED, (kidal,))
    slots = Slots(Reading("actual", Basis.ASSUMED), places=(place,))
    event = EventMention(Span(7, 11), "x", 1, "RETREAT", slots, 0.9)
    near = [mention(12, 15, GAO), mention(20, 25, KIDAL)]
    verdict = event_places.judge(verb, event, near)
    assert (verdict.right, verdict.nearest, verdict.located) == (True, False, True)
    elsewhere = event_places.Verb(TEXT, Span(7, 11), ())
    verdict = event_places.judge(elsewhere, event, near)
    assert (verdict.right, verdict.nearest, verdict.located) == (False, False, False)
    assert event_places.judge(elsewhere, event, []).nearest
    assert gao.overlaps(near[0].span)


def test_labelled_verbs_are_read_evenly(event_places: Any, tmp_path: Path) -> None:
    spans = [
        {"label": "VERB", "start": 7, "end": 11},
        {"label": "LOCATION", "start": 20, "end": 25},
        {"label": "LOCATION", "start": 3, "end": 3},
    ]
    rows = [{"text": f"{TEXT} {n}", "spans": spans} for n in range(10)]
    path = tmp_path / "verbs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("labeled_text.jsonl", json.dumps([*rows, {"text": "no spans"}]))
    found = event_places.read(path, 5)
    assert [v.text[-1] for v in found] == ["0", "2", "4", "6", "8"]
    assert found[0].places == (Span(20, 25),)


def test_without_the_verbs_nothing_is_measured(
    event_places: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert event_places.main(["--data", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith("left out: places of events")


def test_the_score_is_fitted_to_what_was_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    fit = importlib.import_module("fit_place_score").fit
    rows = [({"always": 1.0, "lead": n % 2, "noise": n % 3}, n % 2 == 1) for n in range(60)]
    weight = fit(rows)
    assert set(weight) == {"always", "lead", "noise"}
    assert weight["lead"] > 1 > abs(weight["noise"])
    assert weight["always"] < 0
