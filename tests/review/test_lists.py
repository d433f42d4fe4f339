"""Every list and every page of the desk, on a small store."""

import csv
import io
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.model.correction import Act, Correction
from dateline.store import Store
from tests.store.store_builders import CODER, dispatch

LISTS = [
    *("queue", "documents", "failures", "history", "incidents", "pairs", "ledger", "actors"),
    *("plans", "audit", "assignments", "differences"),
]
FILES = [
    *("queue", "documents", "failures", "history", "incidents", "pairs", "ledger", "actors"),
    *("plans", "audit", "assignments"),
]


def got(web: TestClient, path: str, **query: Any) -> Any:
    answer = web.get(f"/api/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_pages(web: TestClient, name: str) -> None:
    page = got(web, name)
    assert {"items", "total", "next", "previous", "facets"} == set(page)
    assert web.get(f"/api/{name}?sort_by=password").status_code == 422
    assert web.get(f"/api/{name}?limit=201").status_code == 422
    assert web.get(f"/api/{name}?cursor=-1").status_code == 422


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "geojson"])
def test_lists_have_twins(web: TestClient, name: str, kind: str) -> None:
    answer = web.get(f"/api/{name}.{kind}")
    if kind == "geojson" and name not in {"queue", "incidents"}:
        assert answer.status_code == 404
        return
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.{kind}"'
    if kind == "geojson":
        assert len(answer.json()["features"]) == got(web, name)["total"]


def test_the_queue_is_filtered_sorted_and_counted(web: TestClient) -> None:
    page = got(web, "queue", limit=2)
    assert page["total"] == 6
    assert len(page["items"]) == 2
    assert page["previous"] is None
    more = got(web, "queue", limit=2, cursor=page["next"])
    assert not {x["id"] for x in page["items"]} & {x["id"] for x in more["items"]}
    assert more["previous"] == "0"
    types = {x["value"]: x["count"] for x in page["facets"]["type"]}
    assert types == {"ASSAULT": 3, "CONSULT": 3}
    told = got(web, "queue", type="ASSAULT", actor="hill front")
    assert told["total"] == 3
    # The filter itself is left open in its own facet.
    assert {x["value"] for x in told["facets"]["type"]} == {"ASSAULT", "CONSULT"}
    assert {x["value"] for x in told["facets"]["status"]} == {"actual"}
    assert got(web, "queue", q="market birko")["total"] == 6
    assert got(web, "queue", q="nowhere")["total"] == 0
    assert got(web, "queue", since="2021-05-03", until="2021-05-03")["total"] == 3
    assert got(web, "queue", since="2021-05-04")["total"] == 0


def test_a_claim_in_the_queue_shows_its_words(web: TestClient) -> None:
    item = next(x for x in got(web, "queue")["items"] if x["type"] == "ASSAULT")
    words = item["quote"][item["trigger"]["start"] : item["trigger"]["end"]]
    assert words == "shelled"
    assert item["says"] == "Hill Front · ASSAULT heavy-weapons · traders · Birko"
    assert item["quote"].startswith("BIRKO, 3 May")
    assert item["quote"].endswith("the army said.")


def test_a_dispatch_is_verbatim_and_its_slots_point_at_words(web: TestClient) -> None:
    item = got(web, "queue")["items"][0]
    document = got(web, f"documents/{item['document']}")
    assault = next(x for x in document["claims"] if x["type"]["value"] == "ASSAULT")
    span = assault["actors"][0]["evidence"][0]
    assert document["text"][span["start"] : span["end"]] == "Hill Front rebels"
    assert assault["incident"]
    assert got(web, f"claims/{assault['id']}")["claim"] == assault["id"]
    assert web.get("/api/documents/none").status_code == 404
    assert web.get("/api/claims/none:1-2:ASSAULT").status_code == 404


def test_incidents_and_their_tellings(web: TestClient) -> None:
    page = got(web, "incidents", type="ASSAULT")
    row = page["items"][0]
    assert row["place"] == "Birko"
    assert row["radius"] == 5.0
    assert row["tolls"][0]["best"] == 12
    one = got(web, f"incidents/{row['id']}")
    assert one["row"] == row | {"says": one["row"]["says"]}
    places = next(x for x in one["slots"] if x["slot"] == "places")
    tellings = places["tellings"]
    assert len(tellings) == len(one["claims"]) == 3
    quote = one["claims"][0]
    start = quote["claim"]["type"]["evidence"][0]["start"] - quote["offset"]
    assert quote["quote"][start:].startswith("shelled")
    points = got(web, "map")
    assert points["total"] == got(web, "incidents")["total"]
    at = points["ids"].index(row["id"])
    assert (points["lat"][at], points["types"][points["type"][at]]) == (12.5, "ASSAULT")
    assert got(web, "incidents", north=10)["total"] == 0
    assert got(web, "incidents", q="traders")["total"] == got(web, "incidents")["total"]
    for slot, total in {x["value"]: x["count"] for x in page["facets"]["disputed"]}.items():
        assert got(web, "incidents", type="ASSAULT", disputed=slot)["total"] == total


def test_the_ledger_names_sources_and_disputes_first(web: TestClient) -> None:
    entries = got(web, "ledger")["items"]
    assert entries[0]["incident"]["disputed"]
    lines = entries[0]["lines"]
    assert {x["stance"] for x in lines} == {"reports", "denies"}
    assert any(x["partisan"] for x in lines if x["source"] == "Hill Front")


def test_parties_have_a_timeline_and_neighbours(web: TestClient) -> None:
    actors = got(web, "actors")["items"]
    assert actors[0]["name"] == "Hill Front"
    one = got(web, f"actors/{actors[0]['id']}")
    assert {x["role"] for x in one["timeline"]} == {"actor"}
    assert "Hill Front rebels" in one["called"]
    network = got(web, "network")
    assert "hill front" in {x["id"] for x in network["nodes"]}
    assert web.get("/api/actors/nobody").status_code == 404


def test_the_sidebar_counts_what_the_lists_show(web: TestClient) -> None:
    before = got(web, "session")["counts"]
    assert before["pairs"] == got(web, "pairs")["total"] > 0
    assert before["queue"] == got(web, "queue")["total"]
    pair = got(web, "pairs")["items"][0]
    sent = {"left": pair["left"]["claim"]["id"], "right": pair["right"]["claim"]["id"]}
    answer = web.post(
        "/api/pairs", json=sent | {"verdict": "same"}, headers={"if-match": pair["version"]}
    )
    assert answer.status_code == 200, answer.text
    claim = pair["left"]["claim"]
    body = {"act": "reject", "claim": claim["id"]}
    web.post("/api/commands", json=body, headers={"if-match": claim["version"]})
    after = got(web, "session")["counts"]
    assert after["pairs"] == got(web, "pairs")["total"] < before["pairs"]
    assert after["queue"] == got(web, "queue")["total"] == before["queue"] - 1


def test_pages_follow_what_others_write(web: TestClient, store: Store) -> None:
    before, total = got(web, "session")["edition"], got(web, "queue")["total"]
    assert got(web, "session")["edition"] == before
    with Store.open(store.name) as other:  # as another process has it
        run = other.start_run(CODER)
        other.add(dispatch(77), run)
        other.finish_run(run)
    assert got(web, "queue")["total"] == total + 2
    assert got(web, "documents")["items"][0]["claims"] == 2
    after = got(web, "session")["edition"]
    assert after != before
    store.correct(Correction(dispatch(77).claims[0].id, "", (), "person/Ama", act=Act.REJECT))
    assert got(web, "queue", state="rejected")["total"] == 1
    assert got(web, "session")["edition"] not in {before, after}


def test_pages_follow_one_another_to_the_end(web: TestClient) -> None:
    for name in ("queue", "incidents", "pairs", "documents", "actors"):
        whole = got(web, name, limit=200)
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = got(web, name, limit=1, cursor=cursor)
            assert (page["total"], page["facets"]) == (whole["total"], whole["facets"])
            seen += [x["id"] for x in page["items"]]
            cursor = page["next"]
        assert seen == [x["id"] for x in whole["items"]]
        assert len(set(seen)) == whole["total"]


def test_what_no_incident_has_matches_nothing(web: TestClient) -> None:
    for query in ("country=", "level=", "disputed=mode", "q=!!!", "actor=nobody", "voices=9"):
        assert web.get(f"/api/incidents?{query}").json()["total"] == 0, query
    assert got(web, "incidents", disputed="any")["total"] == len(
        {x["incident"]["id"] for x in got(web, "ledger")["items"] if x["disputes"]}
    )
    assert got(web, "queue", document="nothing\x00")["total"] == 0


def test_tables_hold_no_formulas(web: TestClient) -> None:
    told = {"coders": ["a"], "sample": 1, "each": 1, "note": "=HYPERLINK(1)"}
    answer = web.post("/api/assignments", json=told)
    assert answer.status_code == 201, answer.text
    rows = list(csv.DictReader(io.StringIO(web.get("/api/assignments.csv").text)))
    assert [x["note"] for x in rows] == ["'=HYPERLINK(1)"]
    lines = [json.loads(x) for x in web.get("/api/assignments.jsonl").text.splitlines()]
    assert lines[0]["note"] == "=HYPERLINK(1)"


def test_the_vocabulary_is_that_of_the_model(web: TestClient) -> None:
    from dateline.model import KINDS, LEVELS, STANCES, STATUSES, TYPES

    words = got(web, "vocabulary")
    for name, known in (
        ("types", TYPES), ("statuses", STATUSES), ("stances", STANCES), ("kinds", KINDS),
        ("levels", LEVELS),
    ):  # fmt: skip
        assert {x["code"] for x in words[name]} == set(known)
    assert {"MLI", "FRA"} <= {x["code"] for x in words["countries"]}
    assert got(web, "session")["counts"]["queue"] == 6
    assert got(web, "search", q="traders")[0]["words"]
    assert [x["added"] for x in got(web, "runs")] == [3]
