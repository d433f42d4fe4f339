"""What a hostile page, name, address or body may not do."""

import re

import pytest
from starlette.testclient import TestClient

from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.review.guard import HEADERS, LARGEST
from dateline.store import Store
from tests.review.conftest import SITE
from tests.store.store_builders import CODER, dispatch

HERE = "http://127.0.0.1:8417"
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'
BODY = {"act": "accept", "claim": "x:1-2:AID"}


def bare(desk: Desk, host: str = "127.0.0.1:8417", **headers: str) -> TestClient:
    client = TestClient(application(desk), base_url=f"http://{host}", headers=headers)
    client.cookies.set("dateline_desk", desk.settings.token)
    return client


def test_without_the_token_nothing_is_told(desk: Desk) -> None:
    client = TestClient(application(desk), base_url="http://127.0.0.1:8417", headers=SITE)
    told = client.get("/api/session").json()
    assert (told["user"], told["store"], told["counts"], told["can"]) == (None, "", None, [])
    assert client.get("/api/queue").status_code == 401
    assert client.get("/?token=wrong", follow_redirects=False).status_code == 403
    answer = client.get(f"{HERE}//evil.example/x?token=launch", follow_redirects=False)
    assert answer.headers["location"] == "/evil.example/x"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/api/queue").status_code == 200


def test_the_launch_link_cannot_be_guessed(desk: Desk) -> None:
    client = TestClient(application(desk), base_url="http://127.0.0.1:8417", headers=SITE)
    codes = [client.get(f"/?token={n}", follow_redirects=False).status_code for n in range(9)]
    assert codes == [403] * 8 + [429]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8417", "127.0.0.1.evil.example", "127.0.0.1:x", ""]
)
def test_other_names_are_not_served(desk: Desk, host: str) -> None:
    answer = bare(desk).get("/api/session", headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "http://127.0.0.1:8417"}, 428),
        ({"sec-fetch-site": "same-origin"}, 428),
    ],
)
def test_another_site_changes_nothing(desk: Desk, headers: dict[str, str], status: int) -> None:
    assert bare(desk, **headers).post("/api/commands", json=BODY).status_code == status


def test_a_form_is_no_command(desk: Desk) -> None:
    client = bare(desk, **SITE)
    answer = client.post("/api/commands", content="x=1", headers={"content-type": "text/plain"})
    assert answer.status_code == 415


def test_large_bodies_are_refused(desk: Desk) -> None:
    client = bare(desk, **SITE)
    kind = {"content-type": "application/json"}
    big = b" " * (LARGEST + 1)
    assert client.post("/api/commands", content=big, headers=kind).status_code == 413
    pieces = (b" " * 65536 for _ in range(LARGEST // 65536 + 1))
    told = {**kind, "content-length": "2"}
    assert client.post("/api/commands", content=pieces, headers=told).status_code == 413


@pytest.mark.parametrize("path", ["/", "/api/session", "/api/none", "/assets/none.js", "/queue"])
def test_every_answer_is_guarded(desk: Desk, path: str) -> None:
    answer = bare(desk).get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../desk.py",
        "/..%2f..%2fdesk.py",
        "/assets/%2e%2e/%2e%2e/guard.py",
        "/%00",
        "/....//desk.py",
        "/assets/..%5c..%5cdesk.py",
    ],
)
def test_no_path_leads_out_of_the_pages(desk: Desk, path: str) -> None:
    answer = bare(desk).get(path)
    assert "class Desk" not in answer.text
    assert answer.status_code in {200, 404, 503}


def test_hostile_text_is_only_text(store: Store) -> None:
    from dataclasses import replace

    made = dispatch(7, more=EVIL)
    hostile = replace(made.document, title=EVIL, name=EVIL)
    run = store.start_run(CODER)
    store.add(replace(made, document=hostile), run)
    store.finish_run(run)
    desk = Desk(store, Settings(token="launch"))
    client = bare(desk, **SITE)
    answer = client.get(f"/api/documents/{hostile.id}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["title"] == EVIL
    assert EVIL in answer.json()["text"]
    missing = client.get(f"/{EVIL}")
    assert EVIL not in missing.text
    assert EVIL not in client.get(f"/api/{EVIL}").text
    file = client.get("/api/documents.csv")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["x-content-type-options"] == "nosniff"


def test_pages_ask_for_nothing_inline_or_elsewhere(desk: Desk) -> None:
    page = bare(desk).get("/").text
    assert not re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", page)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page)
