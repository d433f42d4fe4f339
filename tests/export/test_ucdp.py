"""The layout of UCDP GED, read by pandas beside rows of UCDP itself."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.export.corpora import ARMY, FRONT, TEACHER, corpus, killed, settled, view

from dateline.export.formats import export
from dateline.export.rows import LeftOut
from dateline.export.ucdp import COLUMNS, crosswalk, found_dyad, priogrid, ucdp_rows, violence
from dateline.model import Party, Period, Place

DATA = Path(__file__).parents[3] / "shared" / "data"
ONTOLOGY, SAMPLE = DATA / "ontology" / "ucdp_ged.json", DATA / "ucdp" / "ged_sample1000.csv"
CIVILIANS = Party("civilians", "MLI", "CVL")
RIVAL, GUNMEN = Party("Dune League", "MLI", "REB"), Party("gunmen", "MLI", "UAF")
FRENCH = Party("French Armed Forces", "FRA", "MIL")


def row(**changes: Any) -> Any:
    """The row of the ambush with some values changed, or why there is none."""
    (found,) = ucdp_rows([view(**changes)])
    return found


def deaths(found: Any) -> list[int]:
    """The dead of sides a and b, civilians and unknown."""
    return [found[f"deaths_{x}"] for x in ("a", "b", "civilians", "unknown")]


def test_pandas_reads_the_layout(tmp_path: Path) -> None:
    export(corpus(), ["ucdp"], tmp_path)
    table = pd.read_csv(tmp_path / "ucdp.csv", parse_dates=["date_start", "date_end"])
    assert tuple(table.columns) == COLUMNS
    assert len(COLUMNS) == 49
    found = table.iloc[0]
    assert (found["side_a"], found["side_b"]) == ("Government of Mali", "Hill Front")
    assert (found["type_of_violence"], found["gwnoa"]) == (1, 432)
    assert list(found[["best", "high", "low"]]) == [15, 15, 12]
    assert found["number_of_sources"] == 2
    assert found["source_office"] == "Arda Post;Hill, Radio"
    assert found["source_original"] == "army; Hill Front"
    assert (found["date_prec"], found["where_prec"]) == (1, 1)
    assert found["date_start"] == pd.Timestamp("2021-05-03")
    assert found["priogrid_gid"] == priogrid(15.25, -0.3)
    assert found["geom_wkt"] == "POINT (-0.3 15.25)"
    assert (found["country_id"], found["region"], found["adm_1"]) == (432, "Africa", "Gao")
    left = pd.read_csv(tmp_path / "ucdp-left-out.csv")
    assert len(left) == 3
    assert left["reason"].str.contains("no use of armed force").all()


@pytest.mark.skipif(not SAMPLE.exists(), reason="no ../shared/data here")
def test_columns_and_grid_are_those_of_ucdp() -> None:
    assert list(COLUMNS) == json.loads(ONTOLOGY.read_text("utf-8"))["fields"]
    rows = pd.read_csv(SAMPLE, low_memory=False)
    assert tuple(rows.columns) == COLUMNS
    points = zip(rows["latitude"], rows["longitude"], rows["priogrid_gid"], strict=True)
    assert [(lat, lon) for lat, lon, cell in points if priogrid(lat, lon) != cell] == []


@pytest.mark.skipif(not SAMPLE.exists(), reason="no ../shared/data here")
def test_names_and_numbers_of_countries_are_those_of_ucdp() -> None:
    from dateline.export.nations import nation
    from dateline.knowledge.geography import countries

    ours = {(x.ucdp_name, x.gw, x.ucdp_region) for x in map(nation, countries()) if x}
    rows = pd.read_csv(SAMPLE, low_memory=False)
    theirs = set(zip(rows["country"], rows["country_id"].astype(int), rows["region"], strict=True))
    assert theirs - ours == set()


def test_the_deaths_add_up_and_are_bounded() -> None:
    counts = [killed("soldiers", 9, 9, 9), killed("rebels", 3, 4, 6), killed("people", 20, 20, 30)]
    found = row(counts=counts)
    assert deaths(found) == [9, 4, 0, 7]
    assert found["best"] == sum(deaths(found))
    assert found["low"] <= found["best"] <= found["high"]


@pytest.mark.parametrize(
    ("actor", "recipient", "kind", "a", "b"),
    [
        (FRONT, ARMY, 1, "Government of Mali", "Hill Front"),
        (ARMY, FRONT, 1, "Government of Mali", "Hill Front"),
        (FRENCH, ARMY, 1, "Government of France", "Government of Mali"),
        (FRONT, RIVAL, 2, "Hill Front", "Dune League"),
        (FRONT, CIVILIANS, 3, "Hill Front", "Civilians"),
        (ARMY, TEACHER, 3, "Government of Mali", "Civilians"),
    ],
)
def test_type_of_violence(actor: Party, recipient: Party, kind: int, a: str, b: str) -> None:
    found = row(actors=[actor], recipients=[recipient])
    assert (found["type_of_violence"], found["side_a"], found["side_b"]) == (kind, a, b)
    assert found["dyad_name"] == f"{a} - {b}"
    assert found["conflict_name"] == (None if kind == 1 else f"{a} - {b}")


def test_every_entry_of_the_crosswalk_decides_some_case() -> None:
    pairs = [
        (ARMY, FRONT), (FRONT, ARMY), (FRENCH, ARMY), (FRONT, RIVAL), (FRONT, CIVILIANS),
        (GUNMEN, ARMY), (FRONT, GUNMEN),
    ]  # fmt: skip
    found = [found_dyad(view(actors=[a], recipients=[b])) for a, b in pairs]
    assert len(found) == len(crosswalk())
    assert [x for x in found if isinstance(x, str)] == [
        "the actor is not identified", "the other side is not identified",
    ]  # fmt: skip


def test_the_dead_of_one_sided_violence_are_civilians() -> None:
    found = row(recipients=[CIVILIANS], counts=[killed("people", 7, 7, 7)])
    assert deaths(found) == [0, 0, 7, 0]


def test_what_is_only_alleged_counts_in_best_and_high_but_not_in_low() -> None:
    found = row(status="alleged")
    assert [found[x] for x in ("best", "high", "low")] == [15, 15, 0]
    assert sum(deaths(found)) == 15


def test_a_government_and_its_own_army_are_no_two_sides() -> None:
    state = Party("Government of Mali", "MLI", "GOV")
    assert found_dyad(view(actors=[ARMY], recipients=[state])) == "both sides are of one state"


def test_without_a_point_the_country_stands_in() -> None:
    found = row(places=[Place("old fort", "MLI", "site")])
    assert (found["where_prec"], found["where_coordinates"]) == (6, "Mali")
    assert found["where_description"] == "old fort"
    assert (found["latitude"], found["longitude"]) == (17, -4)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "PROTEST"}, "no use of armed force"),
        ({"status": "negated"}, "not happened"),
        ({"counts": []}, "no deaths"),
        ({"counts": [killed("people", None, None, None)]}, "how many"),
        ({"counts": [killed("people", 0, 0, 0)]}, "nobody"),
        ({"actors": []}, "no actor"),
        ({"recipients": []}, "no other side"),
        ({"actors": [Party("jihadists", "MLI", "REB")]}, "not named"),
        ({"recipients": [Party("soldiers", None, "MIL")]}, "of which country"),
        ({"actors": [CIVILIANS]}, "no type"),
        ({"time": None}, "when"),
        ({"places": []}, "country"),
    ],
)
def test_what_is_left_out_has_a_reason(changes: Any, reason: str) -> None:
    found = row(**changes)
    assert isinstance(found, LeftOut)
    assert reason in found.reason


def test_an_open_time_has_the_coarsest_precision() -> None:
    found = row(time=settled(Period("2021-05-03", None)))
    assert (found["date_prec"], found["date_start"], found["date_end"]) == (
        5, "2021-05-03", "2021-05-03",
    )  # fmt: skip


def test_violence_is_asked_of_uses_of_force_only() -> None:
    assert violence(view()) == 1
    assert violence(view(type="ACCUSE")) is None
