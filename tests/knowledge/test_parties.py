"""The actor base: its files, its names, and how they are found in text."""

from itertools import pairwise
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import parties
from dateline.knowledge.loader import listed, rows
from dateline.knowledge.parties import SECTORS, Actor, Actors, fold, slug

FILES = listed("actors", ".csv")


@pytest.fixture(scope="module")
def base() -> Actors:
    return parties.load()


def named(base: Actors, text: str) -> list[str]:
    return [hit.actor.name for hit in base.find(text)]


def test_every_file_names_each_actor_once_per_period() -> None:
    for path in FILES:
        keys = [(r["name"], r["since"], r["until"], r["aliases"]) for r in rows(path)]
        assert len(keys) == len(set(keys)), path


@pytest.mark.parametrize("path", FILES)
def test_every_row_is_complete_and_its_country_exists(path: str, base: Actors) -> None:
    for row in rows(path):
        assert row["name"]
        assert row["sector"] in SECTORS
        assert row["country"] in {"INT", ""} or row["country"] in base.states, row
        if row["since"] and row["until"]:
            assert row["since"] <= row["until"], row


def test_the_base_is_as_broad_as_promised() -> None:
    sizes = {Path(path).stem: sum(1 for _ in rows(path)) for path in FILES}
    assert sizes["armed-groups"] >= 150
    assert sizes["leaders"] >= 300
    assert sizes["media"] >= 150


def test_every_state_has_its_bodies(base: Actors) -> None:
    assert len(base.states) > 190
    assert base.states["GBR"].government == "Government of the United Kingdom"
    assert base.states["COD"].military == "Armed Forces of the Democratic Republic of the Congo"
    assert base.states["TCD"].military == "Chadian Armed Forces"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("al-Qaeda in the Arabian Peninsula claimed it", ["al-Qaida in the Arabian Peninsula"]),
        ("al-Qaeda claimed it", ["al-Qaida"]),
        ("Guinea-Bissau and Guinea", ["Government of Guinea-Bissau", "Government of Guinea"]),
        ("the UN Security Council met", ["United Nations Security Council"]),
        ("Erdogan und Erdoğan", ["Recep Tayyip Erdoğan", "Recep Tayyip Erdoğan"]),
        ("what they were, who they were, in time", []),
        ("WHO staff", ["World Health Organization"]),
        ("It was Time. (Time)", ["Time"]),
        ("The Sudan\nTribune", ["Government of Sudan"]),
    ],
)
def test_names_are_found_longest_first_and_by_case(
    base: Actors, text: str, names: list[str]
) -> None:
    assert named(base, text) == names


def test_hits_are_in_order_and_do_not_overlap(base: Actors) -> None:
    text = "Hamas, the IDF, Human Rights Watch and Boko Haram; Paris, French and Emmanuel Macron"
    hits = base.find(text)
    assert len(hits) == 7
    assert all(a.end <= b.start for a, b in pairwise(hits))
    assert all(text[h.start : h.end].strip() == text[h.start : h.end] for h in hits)


def test_an_actor_is_what_it_was_on_the_day(base: Actors) -> None:
    (hit,) = base.find("Taliban")
    assert base.on(hit.actor, "2021-07-30").sector == "REB"
    assert base.on(hit.actor, "2021-08-16").sector == "GOV"
    assert base.on(hit.actor, "1980-01-01") == hit.actor


def test_a_user_can_bring_an_own_base() -> None:
    guild = Actor("Dockers Guild", "MLT", "LAB", "organisation", "own#guild")
    own = Actors([("Dockers Guild", "", guild), ("DG", "", guild)], {})
    assert [h.actor for h in own.find("the DG and the dockers guild of Malta")] == [guild]


def test_a_broken_row_is_told_with_file_and_actor() -> None:
    row = dict.fromkeys(("aliases", "since", "until", "when"), "")
    row |= {"name": "Moonmen", "country": "", "sector": "XYZ", "kind": "group"}
    with pytest.raises(KnowledgeError, match=r"own\.csv: 'Moonmen': unknown sector 'XYZ'"):
        parties._actor("own.csv", "own", row)
    with pytest.raises(KnowledgeError, match="since and until"):
        parties._actor("own.csv", "own", row | {"sector": "REB", "since": "long ago"})


def test_folding_and_ids() -> None:
    assert fold("Goïta") == "goita"
    assert slug("SPLM/A in Opposition") == "splm-a-in-opposition"
