"""CAMEO codes, POLECAT and ICEWS-like rows, PLOVER lines."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.export.corpora import FIRST, corpus, settled, view

from dateline.export import cameo, polecat
from dateline.export.cameo import cameo_of
from dateline.export.formats import export
from dateline.export.plover import plover_lines
from dateline.export.polecat import intensity, quad
from dateline.knowledge import read

ONTOLOGY = Path(__file__).parents[3] / "shared" / "data" / "ontology"
TYPES = read("ontology/plover.yaml")["types"]
PAIRS = [(kind, mode) for kind, x in TYPES.items() for mode in (None, *x["modes"])]


def test_every_type_and_mode_has_codes() -> None:
    assert {f"{kind} {mode}" if mode else kind for kind, mode in PAIRS} <= set(cameo.crosswalk())
    for kind, mode in PAIRS:
        assert -10 <= intensity(kind, mode) <= 10


def test_no_entry_is_of_an_unknown_type_or_mode() -> None:
    known = {f"{kind} {mode}" if mode else kind for kind, mode in PAIRS}
    assert {x.removeprefix("planned ") for x in cameo.crosswalk()} <= known
    assert set(read(polecat.SCALE)) <= known


@pytest.mark.skipif(not ONTOLOGY.exists(), reason="no ../shared/data here")
def test_codes_and_scales_are_those_of_the_ontologies() -> None:
    codes = json.loads((ONTOLOGY / "cameo.json").read_text("utf-8"))["codes"]
    scale = {x["code"]: float(x["goldstein"]) for x in codes}
    ours = {x.code: x.scale for x in cameo.crosswalk().values()}
    assert {code: scale.get(code) for code in ours} == ours
    told = json.loads((ONTOLOGY / "plover.json").read_text("utf-8"))["scores"]
    for name, value in told.items():
        kind, _, mode = name.partition(": ")
        if name != "ACCUSE":  # printed there without its sign
            assert intensity(kind, mode.lower() or None) == value, name
    assert list(polecat.COLUMNS) == json.loads((ONTOLOGY / "polecat.json").read_text())["columns"]


@pytest.mark.skipif(not ONTOLOGY.exists(), reason="no ../shared/data here")
def test_back_from_cameo_the_type_is_the_same() -> None:
    back = json.loads((ONTOLOGY / "plover.json").read_text("utf-8"))["cameo_to_plover"]
    differing = {
        f"{kind} {mode}": back[cameo_of(kind, mode).code]["event"]
        for kind, mode in PAIRS
        if back.get(cameo_of(kind, mode).code, {"event": kind})["event"] != kind
    }
    assert differing == {
        "RETREAT None": "CONCEDE", "RETREAT resign": "CONCEDE", "SANCTION convict": "ACCUSE",
        "SANCTION discontinue": "COERCE",
    }  # fmt: skip


def test_a_plan_has_a_code_of_its_own() -> None:
    assert cameo_of("ASSAULT", "firearms", planned=True).code == "138"
    assert cameo_of("RETREAT", "withdraw", planned=True).code == "0356"
    assert cameo_of("PROTEST", "demo").code == "141"


def test_the_quad_comes_from_the_ontology() -> None:
    assert {quad(kind) for kind in TYPES} == {
        "verbal cooperation", "material cooperation", "verbal conflict", "material conflict",
    }  # fmt: skip


def test_pandas_reads_polecat(tmp_path: Path) -> None:
    export(corpus(), ["polecat"], tmp_path)
    table = pd.read_csv(tmp_path / "polecat.tsv", sep="\t", dtype=str, keep_default_na=False)
    assert tuple(table.columns) == polecat.COLUMNS
    assert len(polecat.COLUMNS) == 40
    found = table.iloc[0]
    assert (found["Event Type"], found["Event Mode"]) == ("ASSAULT", "firearms")
    assert (found["Intensity"], found["Quad Code"]) == ("-9.0", "MATERIAL CONFLICT")
    assert found["Contexts"] == "None"
    assert (found["Actor COW"], found["Recipient Country"]) == ("432", "MLI")
    assert found["Recipient Name Raw"] == "army convoy; soldiers"
    assert (found["City"], found["Province"], found["Country"]) == ("Birko", "Gao", "Mali")
    assert (table != "").all(axis=None)
    left = pd.read_csv(tmp_path / "polecat-left-out.csv")
    assert set(left["incident"]) == {"i-seen", "i-meeting"}


def test_pandas_reads_icews(tmp_path: Path) -> None:
    export(corpus(), ["icews"], tmp_path)
    table = pd.read_csv(tmp_path / "icews.tsv", sep="\t", dtype={"cameo_code": str})
    assert tuple(table.columns) == cameo.COLUMNS
    codes = dict(zip(table["source_name"], table["cameo_code"], strict=True))
    assert codes == {"Hill Front": "193", "officials": "036", "people": "141"}


def test_a_tab_in_a_name_shifts_no_column() -> None:
    from dateline.export.rows import tsv_lines
    from dateline.model import Party

    evil = Party("Hill\tFront\n", "MLI", "REB")
    (row,) = polecat.polecat_rows([view(actors=[evil])])
    assert isinstance(row, dict)
    lines = list(tsv_lines([row], polecat.COLUMNS, "None"))
    assert len(lines) == 2
    assert lines[1].count("\t") == 39


def test_plover_quotes_the_dispatch() -> None:
    events = [json.loads(line) for line in plover_lines(corpus())]
    assert len(events) == 5
    first = events[0]
    assert (first["event"], first["mode"], first["date"]) == ("ASSAULT", ["firearms"], "2021-05-03")
    assert first["size"] == {"dead": 12}
    assert first["dateline"]["incident"] == "i-ambush"
    place, source = first["event_loc"][0], first["dateline"]["sources"][0]
    actor = first["actor"][0]["entity_text"]
    quotes = [first["event_text"], actor, place["extracted_place"], source]
    for quote in quotes:
        assert FIRST[quote["start"] : quote["end"]] == quote["text"]


def test_what_did_not_happen_is_no_row() -> None:
    found: list[Any] = list(polecat.polecat_rows([view(status="negated"), view(time=None)]))
    found += cameo.icews_rows([view(status=settled("hypothetical")), view(time=None)])
    assert [bool(x.reason) for x in found] == [True] * 4
