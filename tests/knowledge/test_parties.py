"""The actor base: its files, its names, and how they are found in text."""

from itertools import pairwise
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge import parties
from dateline.knowledge.loader import listed, rows
from dateline.knowledge.parties import SECTORS, Actor, Actors, fold, slug
from dateline.knowledge.parties_lint import Row, faults, read_rows

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
    assert sizes["armed-groups"] >= 300
    assert sizes["leaders"] >= 2000
    assert sizes["media"] >= 400
    assert sizes["organisations"] >= 400


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


def test_the_base_has_no_overlaps_and_no_gaps() -> None:
    assert list(faults()) == []


def row(name: str, since: str = "", until: str = "", **cells: str) -> Row:
    told = {"country": "KEN", "sector": "GOV", "kind": "person", "when": ""} | cells
    aliases = tuple(filter(None, told.pop("aliases", "").split(";")))
    return Row("own.csv", name, since=since, until=until, aliases=aliases, **told)


@pytest.mark.parametrize(
    ("known", "problem"),
    [
        ([row("A", "1999"), row("B", "1999", aliases="a")], "'a' is also 'A' (own.csv)"),
        ([row("A", "1999", "2020"), row("A", "2019")], "GOV 1999–2020 and GOV 2019–… overlap"),
        ([row("A", "1999"), row("A")], "GOV …–… and GOV 1999–… overlap"),
        ([row("A", "1999", "2003"), row("B", "2005")], "nobody in office in 2004"),
    ],
)
def test_the_lint_tells_names_claimed_twice_clashing_terms_and_gaps(
    known: list[Row], problem: str
) -> None:
    assert [told for _, _, told in faults(known)] == [problem]


def test_terms_that_follow_each_other_are_no_fault() -> None:
    known = [row("A", "1999", "2005-03"), row("A", "2005-03", sector="PTY"), row("B", "2005")]
    assert list(faults(known)) == []


@pytest.mark.parametrize("year", range(2000, 2025))
def test_great_powers_have_a_leader_each_year(year: int) -> None:
    held = [r for r in read_rows() if r.kind == "person" and r.sector == "GOV"]
    for country in ("USA", "RUS", "CHN", "FRA", "GBR", "DEU", "MLI", "SDN", "UKR"):
        assert any(
            r.country == country
            and r.since
            and int(r.since[:4]) <= year <= int(r.until[:4] or 9999)
            for r in held
        ), country


def test_folding_and_ids() -> None:
    assert fold("Goïta") == "goita"
    assert slug("SPLM/A in Opposition") == "splm-a-in-opposition"
