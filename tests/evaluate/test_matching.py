from typing import Any

import pytest

from dateline.evaluate.matching import (
    Coded,
    Filler,
    Tally,
    align,
    compare,
    distance_km,
    same_count,
    same_party,
    same_place,
)
from dateline.evaluate.quotes import Sentences

TEXT = "Rebels hit Orvel. The army hit back at Orvel and at Senn."


def filler(**fields: Any) -> Filler:
    return Filler.of(TEXT, fields)


def coded(**fields: Any) -> Coded:
    return Coded.of(TEXT, Sentences(TEXT), fields)


def test_parties_agree_by_words_in_the_text_or_by_name() -> None:
    army = filler(text="The army", name="Armed Forces of Veltania")
    assert same_party(army, filler(text="army", name="soldiers"))
    assert same_party(army, filler(text="no such words", name="the Veltania armed forces"))
    assert same_party(filler(text="Rebels"), filler(name="the rebels"))
    assert not same_party(army, filler(text="Rebels", name="rebels"))
    assert not same_party(filler(name="the"), filler(name="of"))


def test_places_agree_by_name_distance_or_words() -> None:
    orvel = filler(text="Orvel", name="Orvel", level="town", lat=10.0, lon=20.0)
    assert same_place(orvel, filler(name="Orvel", level="town", lat=50.0, lon=20.0))
    assert same_place(orvel, filler(name="Orvil", level="town", lat=10.4, lon=20.0))
    assert not same_place(orvel, filler(text="Orvel", name="Orvil", lat=10.5, lon=20.0))
    assert same_place(orvel, filler(text="Orvel", name="Orvil", lat=None, lon=None))


def test_a_country_equals_only_itself() -> None:
    country = filler(text="Orvel", name="Mali", level="country", country="MLI")
    assert same_place(country, filler(name="Republic of Mali", level="country", country="MLI"))
    assert not same_place(country, filler(name="Niger", level="country", country="NER"))
    assert not same_place(country, filler(text="Orvel", name="Mali", level="town", country="MLI"))


def test_distance_is_that_on_the_globe() -> None:
    bamako, kati = {"lat": 12.64, "lon": -8.0}, {"lat": 12.74, "lon": -8.07}
    assert distance_km(bamako, kati) == pytest.approx(13.5, abs=0.2)
    quarter = distance_km({"lat": 0, "lon": 0}, {"lat": 0, "lon": 90})
    assert quarter == pytest.approx(10_007, abs=1)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"kind": "killed", "low": 1, "best": 9, "high": None}, True),
        ({"kind": "injured", "low": 9, "best": 9, "high": 9}, False),
        ({"kind": "killed", "low": 9, "best": None, "high": None}, False),
    ],
)
def test_counts_agree_by_kind_and_figure(other: dict[str, Any], *, same: bool) -> None:
    assert same_count(filler(kind="killed", low=9, best=9, high=9), filler(**other)) is same


def test_counts_without_a_best_figure_agree_by_their_bounds() -> None:
    dozens = filler(kind="killed", low=24, best=None, high=None)
    assert same_count(dozens, filler(kind="killed", low=24))
    assert not same_count(dozens, filler(kind="killed", low=24, high=30))


def test_single_slots_are_missed_and_spurious_when_wrong() -> None:
    gold = coded(type="ASSAULT", status="actual", mode="beat", trigger={"text": "hit"})
    found = coded(type="ASSAULT", status="planned", time={"start": "2024", "end": "2024"})
    tallies = compare(gold, found)
    assert tallies["type"] == Tally(1, 0, 0)
    assert tallies["status"] == Tally(0, 1, 1)
    assert tallies["mode"] == Tally(0, 1, 0)
    assert tallies["time"] == Tally(0, 0, 1)
    assert "acled" not in tallies


def test_a_time_that_is_quoted_but_not_resolved_is_no_filler() -> None:
    quoted = coded(type="ASSAULT", time={"text": "back", "start": None, "end": None})
    assert "time" not in compare(quoted, quoted)


def test_one_side_alone_is_all_missed_or_all_spurious() -> None:
    event = coded(type="ASSAULT", actors=[{"text": "Rebels"}, {"text": "army"}])
    assert compare(event, None)["actors"] == Tally(0, 2, 0)
    assert compare(None, event)["actors"] == Tally(0, 0, 2)


def test_each_filler_is_used_once() -> None:
    twice = coded(actors=[{"text": "Rebels"}, {"text": "Rebels"}])
    once = coded(actors=[{"text": "Rebels"}])
    assert compare(twice, once)["actors"] == Tally(1, 1, 0)


def test_alignment_prefers_overlapping_triggers_and_more_right_slots() -> None:
    first = coded(type="ASSAULT", trigger={"text": "hit", "nth": 2})
    second = coded(type="ASSAULT", trigger={"text": "back"}, mode="beat")
    same = coded(type="ASSAULT", trigger={"text": "back"})
    other = coded(type="ASSAULT", trigger={"text": "Senn"}, mode="beat")
    elsewhere = coded(type="ASSAULT", trigger={"text": "hit"})
    assert align([first, second], [elsewhere, other, same], lambda *_: True) == [(1, 2), (0, 1)]
    assert align([first], [elsewhere], lambda *_: True) == []


def test_a_mention_in_the_sentence_is_enough() -> None:
    gold = coded(type="ASSAULT", trigger={"text": "hit"}, mentions=[{"text": "hit", "nth": 2}])
    found = coded(type="ASSAULT", trigger={"text": "Senn"})
    assert align([gold], [found], lambda *_: True) == [(0, 0)]


def test_figures_of_nothing_are_zero() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)
    assert Tally(2, 1, 0).recall == 66.7
