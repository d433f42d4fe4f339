"""The layout of ACLED, read by pandas."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.export.corpora import BIRKO, corpus, killed, settled, view

from dateline.export.acled import crosswalk
from dateline.export.acled_table import COLUMNS, acled_rows, categories, category, kinds
from dateline.export.formats import export
from dateline.export.rows import LeftOut
from dateline.export.tables import csv_lines
from dateline.model import Count, Party, Period

ONTOLOGY = Path(__file__).parents[3] / "shared" / "data" / "ontology" / "acled.json"
REBELS, POLICE = Party("Hill Front", "MLI", "REB"), Party("Malian police", "MLI", "COP")
FRENCH, MARCHERS = Party("French Armed Forces", "FRA", "MIL"), Party("students", "MLI", "EDU")


def row(**changes: Any) -> Any:
    """The row of the ambush with some values changed, or why there is none."""
    (found,) = acled_rows([view(**changes)])
    return found


def test_pandas_reads_the_layout(tmp_path: Path) -> None:
    export(corpus(), ["acled"], tmp_path)
    table = pd.read_csv(tmp_path / "acled.csv", parse_dates=["event_date"])
    assert tuple(table.columns) == COLUMNS
    assert len(COLUMNS) == 31
    ambush, march = (table.iloc[n] for n in (0, 1))
    assert ambush["event_date"] == pd.Timestamp("2021-05-03")
    assert (ambush["sub_event_type"], ambush["disorder_type"]) == (
        "Armed clash",
        "Political violence",
    )
    assert (ambush["actor1"], ambush["inter1"]) == ("Hill Front", "Rebel group")
    assert ambush["interaction"] == "State forces-Rebel group"
    assert (ambush["iso"], ambush["region"], ambush["country"]) == (466, "Western Africa", "Mali")
    assert (ambush["latitude"], ambush["longitude"]) == (15.25, -0.3)
    assert (ambush["time_precision"], ambush["geo_precision"]) == (1, 1)
    assert ambush["fatalities"] == 15
    assert ambush["timestamp"] == pd.Timestamp("2021-05-05").timestamp()
    assert "Disputed: status" in ambush["notes"]
    assert (march["actor1"], march["interaction"]) == ("Protesters (Mali)", "Protesters only")
    assert "crowd size=300" in march["tags"]
    assert pd.isna(march["fatalities"])
    assert march["geo_precision"] == 2
    assert march["admin2"] == "Arda"
    left = pd.read_csv(tmp_path / "acled-left-out.csv")
    assert set(left["incident"]) == {"i-seen", "i-meeting"}
    assert left["reason"].notna().all()


def test_the_old_codes_are_an_option(tmp_path: Path) -> None:
    export(corpus(), ["acled-numeric"], tmp_path)
    table = pd.read_csv(tmp_path / "acled-numeric.csv")
    assert table[["inter1", "inter2", "interaction"]].values.tolist() == [[2, 1, 12], [6, 0, 60]]


@pytest.mark.skipif(not ONTOLOGY.exists(), reason="no ../shared/data here")
def test_types_and_columns_are_those_of_the_ontology() -> None:
    ontology = json.loads(ONTOLOGY.read_text("utf-8"))
    assert list(COLUMNS) == ontology["fields"]
    events = {name: x.event for name, x in kinds().items()}
    assert events == {sub: event for event, subs in ontology["event_types"].items() for sub in subs}
    codes = {str(x.code) for x in categories().values()}
    assert codes <= set(ontology["actor_types"])


def test_every_sub_event_that_the_crosswalk_gives_has_its_types() -> None:
    assert {x.sub_event for x in crosswalk().values() if x.sub_event} <= set(kinds())


@pytest.mark.parametrize(
    ("party", "event", "name"),
    [
        (REBELS, "Battles", "Rebel group"),
        (POLICE, "Battles", "State forces"),
        (FRENCH, "Battles", "External/Other forces"),
        (MARCHERS, "Protests", "Protesters"),
        (MARCHERS, "Riots", "Rioters"),
        (MARCHERS, "Battles", "Civilians"),
        (Party("gunmen", None, "UAF"), "Battles", "Political militia"),
        (Party("a United Nations mission", "INT", "IGO"), "Battles", "External/Other forces"),
    ],
)
def test_categories(party: Party, event: str, name: str) -> None:
    found = category(party, "actor", event, "MLI")
    assert found is not None
    assert found.name == name


def test_a_generic_name_keeps_the_name_told() -> None:
    found = row(recipients=[Party("traders", "MLI", "BUS")])
    assert (found["actor2"], found["assoc_actor_2"]) == ("Civilians (Mali)", "traders")
    assert found["civilian_targeting"] == "Civilian targeting"
    assert found["event_type"] == "Violence against civilians"


def test_two_actors_without_a_recipient_stand_on_two_sides() -> None:
    found = row(actors=[REBELS, POLICE], recipients=[])
    assert (found["actor1"], found["actor2"]) == ("Hill Front", "Malian police")


def test_a_country_alone_is_no_point() -> None:
    place = type(BIRKO)("Mali", "MLI", "country", 17.0, -4.0)
    found = row(places=[place])
    assert [found[x] for x in ("country", "location")] == ["Mali", "Mali"]
    assert [found[x] for x in ("latitude", "longitude", "geo_precision")] == [None, None, None]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "planned"}, "planned"),
        ({"time": None}, "when"),
        ({"time": settled(Period("2021", "2021"))}, "year"),
        ({"places": []}, "country"),
        ({"type": "ACCUSE"}, "no ACLED"),
    ],
)
def test_what_is_left_out_has_a_reason(changes: Any, reason: str) -> None:
    found = row(**changes)
    assert isinstance(found, LeftOut)
    assert reason in found.reason


def test_a_formula_in_a_name_is_no_formula() -> None:
    evil = row(actors=[Party('=cmd|" /C calc"!A0', "MLI", "REB")])
    table = pd.read_csv(StringIO("".join(csv_lines([evil], COLUMNS))))
    assert table["actor1"][0].startswith("'=")
    assert table["longitude"][0] == -0.3


def test_nobody_dead_is_told_apart_from_not_told() -> None:
    assert row(counts=[killed("people", 0, 0, 0)])["fatalities"] == 0
    assert row(counts=[settled(Count("injured", "people", 3, 3, 3))])["fatalities"] is None
