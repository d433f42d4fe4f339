"""Edits are checked against their version, logged, undone and done again."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from dateline.errors import StoreError
from dateline.review import quality
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.store import Store, desk_log
from dateline.store.desk_tables import audit
from tests.review.conftest import SITE

Json = dict[str, Any]


def claims_of(web: TestClient) -> tuple[Json, Json]:
    """The shelling and the meeting of the first dispatch."""
    item = web.get("/api/queue?state=all").json()["items"][0]
    first, second = web.get(f"/api/documents/{item['document']}").json()["claims"]
    return first, second


def done(web: TestClient, claim: Json, act: str, **more: Any) -> Any:
    body = {"act": act, "claim": claim["id"], **more}
    answer = web.post("/api/commands", json=body, headers={"if-match": f'"{claim["version"]}"'})
    assert answer.status_code == 200, answer.text
    return answer.json()


def state(web: TestClient) -> Any:
    """All that the desk shows of claims."""
    found = web.get("/api/queue?state=all&limit=100").json()["items"]
    documents = sorted({x["document"] for x in found})
    shown = [web.get(f"/api/documents/{x}").json() for x in documents]
    return [
        [(y["id"], y["version"], y["review"]["state"]) for y in (*x["claims"], *x["gone"])]
        for x in shown
    ]


def acts(web: TestClient) -> list[tuple[str, Json]]:
    _, second = claims_of(web)
    party = {
        "value": {"name": "Lake Front", "country": "XAB"},
        "evidence": [{"start": 0, "end": 5}],
    }
    place = {"value": {"name": "Arda", "level": "town", "lat": 1.5, "lon": 2.5}}
    parts = [
        {"trigger": {"start": 10, "end": 15}, "type": "ASSAULT", "actors": [party]},
        {"trigger": {"start": 20, "end": 25}, "type": "PROTEST", "status": "alleged"},
    ]
    return [
        ("accept", {}),
        ("reject", {"why": "no event"}),
        ("edit", {"slot": "actors", "readings": [party, party | {"evidence": []}]}),
        ("edit", {"slot": "type", "readings": [{"value": "PROTEST"}]}),
        ("edit", {"slot": "places", "readings": [place]}),
        ("edit", {"slot": "time", "readings": []}),
        (
            "edit",
            {"slot": "counts", "readings": [{"value": {"kind": "killed", "who": "x", "low": 3}}]},
        ),
        ("merge", {"into": second["id"]}),
        ("split", {"claims": parts}),
        ("accept", {"slot": "actors"}),
    ]


@pytest.mark.parametrize("number", range(10))
def test_each_act_is_undone_and_done_again(web: TestClient, number: int) -> None:
    act, more = acts(web)[number]
    before = state(web)
    first, _ = claims_of(web)
    made = done(web, first, act, **more)
    assert made["undo"]
    assert not made["redo"]
    after = state(web)
    assert after != before
    back = web.post("/api/undo").json()
    assert (back["undo"], back["redo"]) == (False, True)
    assert state(web) == before
    assert web.post("/api/undo").status_code == 409
    web.post("/api/redo")
    assert state(web) == after
    web.post("/api/undo")
    assert state(web) == before
    history = web.get("/api/history").json()["items"]
    assert [x["kind"] for x in history] == ["undo", "redo", "undo", "do"]
    assert history[-1]["undone"]


def test_several_levels_of_undo_are_in_order(web: TestClient) -> None:
    states = [state(web)]
    for act, more in (
        ("edit", {"slot": "status", "readings": [{"value": "alleged"}]}),
        ("edit", {"slot": "status", "readings": [{"value": "planned"}]}),
        ("accept", {}),
        ("reject", {}),
    ):
        done(web, claims_of(web)[0], act, **more)
        states.append(state(web))
    for wanted in states[-2::-1]:
        assert web.post("/api/undo").status_code == 200
        assert state(web) == wanted
    for wanted in states[1:]:
        assert web.post("/api/redo").status_code == 200
        assert state(web) == wanted


def test_what_was_added_is_there_until_it_is_taken_back(web: TestClient) -> None:
    first, _ = claims_of(web)
    document = first["id"].partition(":")[0]
    claim = {"trigger": {"start": 0, "end": 5}, "type": "MOBILIZE", "mode": "troops"}
    body = {"act": "add", "document": document, "claims": [claim]}
    made = web.post("/api/commands", json=body).json()
    (name,) = made["claims"]
    assert name == f"{document}:0-5:MOBILIZE"
    assert made["document"]["claims"][0]["review"]["state"] == "added"
    assert web.post("/api/commands", json=body).status_code == 422
    assert web.get("/api/queue?state=added").json()["total"] == 1
    web.post("/api/undo")
    assert name not in str(state(web))
    web.post("/api/redo")
    assert web.get("/api/queue?state=added").json()["total"] == 1


def test_a_stale_edit_is_refused_and_nothing_is_lost(web: TestClient) -> None:
    first, _ = claims_of(web)
    done(web, first, "edit", slot="status", readings=[{"value": "alleged"}])
    before = state(web)
    body = {"act": "reject", "claim": first["id"]}
    answer = web.post("/api/commands", json=body, headers={"if-match": f'"{first["version"]}"'})
    assert answer.status_code == 409
    told = answer.json()
    current = next(x for x in told["current"]["claims"] if x["id"] == first["id"])
    assert told["version"] == current["version"] != first["version"]
    assert current["status"]["value"] == "alleged"
    assert state(web) == before
    assert web.post("/api/commands", json=body).status_code == 428


def test_a_batch_is_made_and_undone_as_one(web: TestClient) -> None:
    first, second = claims_of(web)
    before = state(web)
    commands = [
        {"act": "accept", "claim": first["id"], "version": first["version"]},
        {"act": "reject", "claim": second["id"], "version": "stale"},
    ]
    assert web.post("/api/batch", json={"commands": commands}).status_code == 409
    assert state(web) == before
    commands[1]["version"] = second["version"]
    assert web.post("/api/batch", json={"commands": commands}).status_code == 200
    assert web.get("/api/queue?state=done").json()["total"] == 2
    web.post("/api/undo")
    assert state(web) == before
    incident = web.get("/api/incidents").json()["items"][0]["id"]
    body = {"act": "reject", "incidents": [incident], "why": "not an event"}
    assert web.post("/api/incidents/batch", json=body).status_code == 200
    assert web.get(f"/api/incidents/{incident}").status_code == 404
    web.post("/api/undo")
    assert state(web) == before


def test_nobody_undoes_what_others_built_on(store: Store) -> None:
    def person(name: str) -> TestClient:
        app = application(Desk(store, Settings(token="t", person=name)))
        client = TestClient(app, base_url="http://127.0.0.1:8417", headers=SITE)
        client.get("/?token=t", follow_redirects=False)
        return client

    ama, ben = person("ama"), person("ben")
    first, _ = claims_of(ama)
    done(ama, first, "edit", slot="status", readings=[{"value": "alleged"}])
    first, _ = claims_of(ben)
    done(ben, first, "edit", slot="mode", readings=[])
    before = state(ben)
    assert ama.post("/api/undo").status_code == 409
    assert state(ben) == before
    assert ben.post("/api/undo").status_code == 200
    assert ama.post("/api/undo").status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        {"act": "edit", "slot": "status", "readings": [{"value": "happened"}]},
        {"act": "edit", "slot": "actors", "readings": [{"value": "just text"}]},
        {"act": "edit", "slot": "actors", "readings": [{"value": {"name": "x", "evil": 1}}]},
        {"act": "edit", "slot": "places", "readings": [{"value": {"name": "x", "lat": 91}}]},
        {"act": "edit", "slot": "type", "readings": []},
        {"act": "edit", "slot": "mode", "readings": [{"value": "firearms"}, {"value": "drone"}]},
        {"act": "edit", "slot": "actors", "readings": [
            {"value": {"name": "x"}, "evidence": [{"start": 5, "end": 10**6}]}]},
        {"act": "edit", "slot": "actors", "readings": [
            {"value": {"name": "x"}, "evidence": [{"start": 9, "end": 9}]}]},
        {"act": "accept", "readings": [{"value": "actual"}]},
        {"act": "merge", "into": "elsewhere:1-2:AID"},
        {"act": "split", "claims": []},
        {"act": "delete"},
        {"act": "accept", "unknown": 1},
    ],
)  # fmt: skip
def test_what_fits_no_dispatch_is_refused(web: TestClient, more: Json) -> None:
    first, _ = claims_of(web)
    before = state(web)
    body = {"claim": first["id"], **more}
    answer = web.post("/api/commands", json=body, headers={"if-match": first["version"]})
    assert answer.status_code == 422, answer.text
    assert state(web) == before


def test_verdicts_move_claims_and_are_undone(web: TestClient) -> None:
    row = web.get("/api/incidents?type=ASSAULT").json()["items"][0]
    claims = web.get(f"/api/incidents/{row['id']}").json()["claims"]
    apart = [claims[0]["claim"]["id"]]
    body = {"act": "apart", "incidents": [row["id"]], "claims": apart, "why": "another day"}
    made = web.post("/api/incidents/batch", json=body)
    assert made.status_code == 200, made.text
    assert web.get("/api/incidents?type=ASSAULT").json()["total"] == 2
    judged = web.get("/api/pairs?state=judged").json()
    assert judged["items"][0]["verdict"] == "different"
    web.post("/api/undo")
    assert web.get("/api/incidents?type=ASSAULT").json()["total"] == 1
    pair = web.get("/api/pairs?state=all").json()["items"][0]
    sides = {x: pair[x]["claim"]["id"] for x in ("left", "right")}
    told = {**sides, "verdict": "unsure"}
    assert web.post("/api/pairs", json=told).status_code == 428
    assert web.post("/api/pairs", json=told, headers={"if-match": "x"}).status_code == 409
    fine = web.post("/api/pairs", json=told, headers={"if-match": pair["version"]})
    assert fine.status_code == 200
    assert web.get("/api/pairs?state=judged").json()["total"] == 1


def test_the_log_tells_everything_and_shows_tampering(web: TestClient, store: Store) -> None:
    first, _ = claims_of(web)
    done(web, first, "edit", slot="status", readings=[{"value": "alleged"}], why="a claim only")
    web.post("/api/undo")
    entries = web.get("/api/audit").json()["items"]
    assert [x["act"] for x in entries] == ["undo edit", "do edit"]
    assert entries[1]["new"][0]["says"] == ["alleged"]
    assert entries[1]["why"] == "a claim only"
    checked = web.get("/api/audit/check").json()
    assert (checked["whole"], checked["entries"]) == (True, 2)
    assert desk_log.check(store.database, entries[1]["hash"]).broken is None
    assert desk_log.check(store.database, "0" * 63 + "1").broken == 3
    for statement in (sa.delete(audit), sa.update(audit).values(why="")):
        with pytest.raises(StoreError, match="never changed"), store.database.write() as held:
            held.execute(statement)
    with store.database.write() as held:
        held.exec_driver_sql("DROP TRIGGER desk_audit_keep_update")
        held.execute(sa.update(audit).where(audit.c.key == 1).values(why="nothing"))
    assert desk_log.check(store.database).broken == 1


def test_claims_stay_corrected_in_a_new_process(web: TestClient, store: Store) -> None:
    first, _ = claims_of(web)
    done(web, first, "reject")
    fresh = Desk(store, Settings(token="t"))
    assert quality.told(fresh).states == {"open": 5, "rejected": 1}
