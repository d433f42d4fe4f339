"""GeoJSON, TimeMap and GraphML, read by the programs they are for."""

import json
from pathlib import Path

import geopandas
import networkx
import pytest
from tests.export.corpora import ARMY, FRONT, corpus, view

from dateline.export.formats import export
from dateline.export.geojson import geojson_pieces
from dateline.export.graphml import graphml_pieces
from dateline.model import Party
from dateline.model.incident import Corpus


def test_geopandas_reads_geojson(tmp_path: Path) -> None:
    export(corpus(), ["geojson"], tmp_path)
    table = geopandas.read_file(tmp_path / "incidents.geojson")
    assert table.crs.to_epsg() == 4326
    assert len(table) == 4
    first = table.iloc[0]
    assert (first.geometry.x, first.geometry.y) == (-0.3, 15.25)
    assert (first["killed_best"], first["time_precision"], first["where_prec"]) == (15, 1, 1)
    assert table.geometry.isna().sum() == 2
    assert list(table.total_bounds) == [-0.3, 15.25, 1.5, 16.0]


def test_geojson_keeps_the_standard(tmp_path: Path) -> None:
    export(corpus(), ["geojson"], tmp_path)
    found = json.loads((tmp_path / "incidents.geojson").read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert found["bbox"] == [-0.3, 15.25, 1.5, 16.0]
    assert {x["type"] for x in found["features"]} == {"Feature"}
    assert "crs" not in found  # RFC 7946: always WGS 84


def test_a_collection_may_be_empty() -> None:
    found = json.loads("".join(geojson_pieces([])))
    assert found == {"type": "FeatureCollection", "features": []}


def test_timemap_has_what_its_schema_asks_for(tmp_path: Path) -> None:
    export(corpus(), ["timemap"], tmp_path)
    events, sources, associations = (
        json.loads((tmp_path / f"timemap-{x}.json").read_text("utf-8"))
        for x in ("events", "sources", "associations")
    )
    assert [x["id"] for x in events] == ["i-ambush", "i-meeting", "i-march"]
    for event in events:
        assert {type(v) for k, v in event.items() if k not in {"sources", "associations"}} == {str}
        assert ("latitude" in event) == ("longitude" in event)
        assert set(event["sources"]) <= set(sources)
        assert event["category"] in {x["id"] for x in associations}
    assert {x["id"] for x in sources.values()} == set(sources)


def test_networkx_reads_graphml(tmp_path: Path) -> None:
    export(corpus(), ["graphml"], tmp_path)
    graph = networkx.read_graphml(tmp_path / "actors.graphml", force_multigraph=True)
    names = networkx.get_node_attributes(graph, "label")
    assert set(names.values()) >= {"Hill Front", "Malian Armed Forces", "Nadia Orlo"}
    edges = [(names[a], names[b], told) for a, b, told in graph.edges(data=True)]
    assert ("Hill Front", "Malian Armed Forces") in {(a, b) for a, b, _ in edges}
    told = next(told for a, _, told in edges if a == "Hill Front")
    assert (told["type"], told["weight"], told["incidents"]) == ("ASSAULT", 1, "i-ambush")
    assert told["first"] == "2021-05-03"


def test_two_actors_are_joined_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "two.graphml"
    path.write_text("".join(graphml_pieces([view(actors=[FRONT, ARMY], recipients=[])])), "utf-8")
    assert networkx.read_graphml(path).number_of_edges() == 2


@pytest.mark.parametrize("name", ['<&">', "a\x00b\x1b", "\ud800"])
def test_odd_names_break_no_xml(name: str, tmp_path: Path) -> None:
    found = graphml_pieces([view(actors=[Party(name, "MLI", "REB")])])
    path = tmp_path / "odd.graphml"
    path.write_text("".join(found), "utf-8")
    assert networkx.read_graphml(path).number_of_nodes() == 2


def test_an_empty_corpus_gives_empty_files(tmp_path: Path) -> None:
    export(Corpus(()), ["graphml", "timemap", "geojson"], tmp_path)
    assert networkx.read_graphml(tmp_path / "actors.graphml").number_of_nodes() == 0
    assert json.loads((tmp_path / "timemap-events.json").read_text()) == []
