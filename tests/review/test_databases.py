"""The desk's own tables and reads, on both databases."""

from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from dateline.corpus import conclude
from dateline.errors import StoreError
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.store import Store, desk_log
from dateline.store.desk_tables import APPEND_ONLY
from dateline.store.tables import metadata
from tests.review.conftest import SITE
from tests.store.conftest import address, postgres, vacant
from tests.store.store_builders import CODER, dispatch

__all__ = ["address", "postgres", "vacant"]  # fixtures


def test_the_desk_works_on_both(address: str) -> None:
    with Store.open(address) as store:
        run = store.start_run(CODER)
        for number in (1, 2, 3):
            store.add(dispatch(number), run)
        store.finish_run(run)
        conclude(store)
        desk = Desk(store, Settings(token="t"))
        client = TestClient(application(desk), base_url="http://127.0.0.1", headers=SITE)
        client.get("/?token=t", follow_redirects=False)
        _lists(client)
        _edits(client)
        _sealed(store)


def _get(client: TestClient, path: str) -> Any:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def _lists(client: TestClient) -> None:
    assert _get(client, "queue?q=birko&type=ASSAULT")["total"] == 3
    row = _get(client, "incidents?type=ASSAULT")["items"][0]
    assert (row["place"], row["level"], row["tolls"][0]["best"]) == ("Birko", "town", 12)
    assert _get(client, "incidents?level=town&q=traders")["total"] >= 1
    assert _get(client, "incidents?sort=killed")["items"][0]["id"] == row["id"]
    assert _get(client, "actors")["items"][0]["name"] == "Hill Front"
    assert _get(client, "pairs?state=all")["total"] > 0
    for name in ("documents", "ledger", "plans", "map", "network", "quality", "agreement"):
        _get(client, name)


def _edits(client: TestClient) -> None:
    item = _get(client, "queue")["items"][0]
    body = {"act": "reject", "claim": item["id"], "why": "a NUL \x00 and a \u2028"}
    made = client.post("/api/commands", json=body, headers={"if-match": item["version"]})
    assert made.status_code == 200, made.text
    assert client.post("/api/undo").status_code == 200
    assert _get(client, "queue")["items"][0]["version"] == item["version"]
    assert client.post("/api/redo").status_code == 200
    assert _get(client, "queue?state=rejected")["total"] == 1
    checked = _get(client, "audit/check")
    assert (checked["whole"], checked["entries"]) == (True, 3)


def _sealed(store: Store) -> None:
    for name in APPEND_ONLY[:2]:
        table = metadata.tables[name]
        for act in (sa.delete(table), sa.update(table).values(why="x")):
            with pytest.raises(StoreError, match="never changed"), store.database.write() as held:
                held.execute(act)
    assert desk_log.check(store.database).broken is None
