"""Double coding, agreement, adjudication; and corrections that teach."""

import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from dateline.evaluate.gold import read_gold
from dateline.evaluate.score import score
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.review.teaching import write
from dateline.store import Store
from tests.review.conftest import SITE


def person(store: Store, name: str) -> TestClient:
    app = application(Desk(store, Settings(token="t", person=name)))
    client = TestClient(app, base_url="http://127.0.0.1:8417", headers=SITE)
    client.get("/?token=t", follow_redirects=False)
    return client


def edit(client: TestClient, claim: Any, assignment: int | None, act: str, **more: Any) -> Any:
    body = {"act": act, "claim": claim["id"], "assignment": assignment, **more}
    answer = client.post("/api/commands", json=body, headers={"if-match": claim["version"]})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def coded(store: Store) -> tuple[Store, str, dict[str, TestClient]]:
    """A dispatch that ama and ben have coded: they differ on a status and on a claim."""
    people = {name: person(store, name) for name in ("ama", "ben", "chief")}
    document = people["chief"].get("/api/documents").json()["items"][0]["id"]
    told = {"coders": ["ama", "ben"], "documents": [document], "each": 2}
    made = people["chief"].post("/api/assignments", json=told)
    assert made.status_code == 201, made.text
    numbers = {x["coder"]: x["id"] for x in made.json()}
    for name, number in numbers.items():
        client = people[name]
        shown = client.get(f"/api/documents/{document}", params={"assignment": number}).json()
        first, second = shown["claims"]
        assert first["review"]["state"] == "open"  # nobody sees what the other did
        edit(client, first, number, "accept")
        if name == "ben":
            edit(client, first | {"version": _now(client, document, number)}, number, "edit",
                 slot="status", readings=[{"value": "alleged"}])  # fmt: skip
            edit(client, second, number, "reject")
        sealed = client.patch(f"/api/assignments/{number}", json={"state": "done"})
        assert sealed.json()["state"] == "done"
    return store, document, people


def _now(client: TestClient, document: str, number: int) -> str:
    shown = client.get(f"/api/documents/{document}", params={"assignment": number}).json()
    return str(shown["claims"][0]["version"])


def test_private_codings_do_not_count_until_decided(
    coded: tuple[Store, str, dict[str, TestClient]],
) -> None:
    store, document, people = coded
    chief = people["chief"]
    shown = chief.get(f"/api/documents/{document}").json()
    assert [x["review"]["state"] for x in shown["claims"]] == ["open", "open"]
    told = {x["slot"]: x for x in chief.get("/api/agreement").json()["slots"]}
    assert (told["claim"]["units"], told["claim"]["percent"]) == (2, 50)
    assert (told["status"]["units"], told["status"]["percent"]) == (1, 0)
    assert (told["type"]["percent"], told["type"]["kappa"]) == (100, None)
    differences = chief.get("/api/differences").json()["items"]
    assert {x["slot"] for x in differences} == {"claim", "status"}
    for slot, coder in (("status", "ben"), ("claim", "ben")):
        found = chief.get("/api/differences").json()["items"]
        one = next(x for x in found if x["slot"] == slot)
        answer = chief.post(
            "/api/differences",
            json={"id": one["id"], "coder": coder, "why": "as it says"},
            headers={"if-match": one["version"]},
        )
        assert answer.status_code == 200, answer.text
    assert chief.get("/api/differences").json()["total"] == 0
    shown = chief.get(f"/api/documents/{document}").json()
    assert [x["status"]["value"] for x in shown["claims"]] == ["alleged"]
    assert shown["claims"][0]["review"]["slots"] == {"status": "chief"}
    chief.post("/api/undo")
    chief.post("/api/undo")
    assert chief.get("/api/differences").json()["total"] == 2
    quality = chief.get("/api/quality").json()
    assert {x["coder"]: x["done"] for x in quality["coders"]}["ama"] == 1
    assert len(list(store.corrections())) > 0


def test_a_sealed_coding_takes_no_more(coded: tuple[Store, str, dict[str, TestClient]]) -> None:
    _, document, people = coded
    number = people["ama"].get("/api/assignments?mine=true").json()["items"][0]["id"]
    shown = people["ama"].get(f"/api/documents/{document}", params={"assignment": number}).json()
    body = {"act": "reject", "claim": shown["claims"][0]["id"], "assignment": number}
    version = {"if-match": shown["claims"][0]["version"]}
    assert people["ama"].post("/api/commands", json=body, headers=version).status_code == 403
    assert people["ben"].post("/api/commands", json=body, headers=version).status_code == 403


def test_decisions_are_gold_files_that_the_evaluator_reads(store: Store, tmp_path: Path) -> None:
    web = person(store, "ama")
    document = web.get("/api/documents").json()["items"][0]["id"]
    first, second = web.get(f"/api/documents/{document}").json()["claims"]
    assert write(store, tmp_path / "none") == 0
    edit(web, first, None, "edit", slot="status", readings=[{"value": "alleged"}])
    edit(web, second, None, "reject")
    added = {"trigger": {"start": 0, "end": 5}, "type": "MOBILIZE", "mode": "troops"}
    body = {"act": "add", "document": document, "claims": [added]}
    assert web.post("/api/commands", json=body).status_code == 200
    folder = tmp_path / "gold"
    assert write(store, folder) == 1
    (one,) = read_gold(folder)
    assert [(x["type"], x["status"]) for x in one.events] == [
        ("MOBILIZE", "actual"),
        ("ASSAULT", "alleged"),
    ]
    record = store.record(document)
    assert record is not None
    assert one.text == record.document.text
    assert one.document.published == record.document.published
    # The corrected coding is right by itself; what the machine said is not.
    assert score([one], {one.name: one.events}).totals["record"].f1 == 100
    archive = ZipFile(io.BytesIO(web.get("/api/gold.zip").content))
    names = sorted(archive.namelist())
    assert names == sorted(x.name for x in folder.iterdir())
    assert json.loads(archive.read("metadata.json"))[0]["id"] == one.name
