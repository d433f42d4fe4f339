"""The desk on a real port, in a real browser's headers; and a published release."""

import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.cli import app as cli
from dateline.errors import ConfigError, ExportError
from dateline.review import serve
from dateline.review.accounts import Caller, make
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.review.guard import HEADERS
from dateline.review.publish import data, publish
from dateline.review.schemas.shared import Role
from dateline.store import Store, desk_log
from tests.review.conftest import filled


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    """Where a desk is served by a real server."""
    listening = serve.listen(serve.Place(port=0))
    port = listening.getsockname()[1]
    app = application(Desk(store, Settings(token="launch")))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def test_a_real_server_guards_every_answer(address: str) -> None:
    with urllib.request.urlopen(f"{address}/api/session") as answer:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert answer.headers["server"] is None
        assert json.load(answer)["user"] is None
    bad = urllib.request.Request(f"{address}/api/queue", headers={"host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(bad)
    at, port = address.removeprefix("http://").split(":")
    with socket.create_connection((at, int(port))) as raw:
        raw.sendall(b"GET /../../desk.py HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        told = b"".join(iter(lambda: raw.recv(65536), b""))
    assert b"class Desk" not in told


def test_others_reach_it_only_with_accounts_and_tls(store: Store) -> None:
    open_to_all = serve.Place("0.0.0.0", 0)
    with pytest.raises(ConfigError, match="no accounts"):
        serve.settings(store, open_to_all)
    with pytest.raises(ConfigError, match="no accounts"):
        serve.settings(store, serve.Place(proxy="https://desk.example.org"))
    with store.database.write() as connection:
        make(connection, Caller("ama", Role.owner), "long enough for all", "test")
    with pytest.raises(ConfigError, match="TLS"):
        serve.settings(store, open_to_all)
    with pytest.raises(ConfigError, match="TLS"):
        serve.settings(store, serve.Place("0.0.0.0", 0, "http://desk.example.org"))
    with pytest.raises(ConfigError, match="an address like"):
        serve.settings(store, serve.Place("0.0.0.0", 0, "desk"))
    chosen = serve.settings(store, serve.Place("0.0.0.0", 0, "https://desk.example.org"))
    assert (chosen.team, chosen.secure) == (True, True)
    assert "desk.example.org" in chosen.hosts
    assert serve.settings(store, serve.Place()).team


def test_a_taken_port_gives_way_to_the_next() -> None:
    with serve.listen(serve.Place(port=0)) as first:
        port = first.getsockname()[1]
        with serve.listen(serve.Place(port=port)) as second:
            assert second.getsockname()[1] != port


def test_missing_pages_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("dateline.review.pages.folder", lambda: tmp_path)
    answer = TestClient(application(desk), base_url="http://127.0.0.1").get("/")
    assert answer.status_code == 503
    assert "build_web.sh" in answer.text
    with pytest.raises(ExportError, match="pages are missing"):
        publish(desk.store, tmp_path / "site")


def test_a_published_release_holds_what_the_api_says(
    store: Store, desk: Desk, web: TestClient, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    built.mkdir()
    page = '<html><head><base href="/"><title>x</title></head></html>'
    (built / "index.html").write_text(page)
    item = web.get("/api/queue").json()["items"][0]
    body = {"act": "accept", "claim": item["id"]}
    web.post("/api/commands", json=body, headers={"if-match": item["version"]})
    site = tmp_path / "site"
    number = publish(store, site, built)
    assert number == sum(x.is_file() for x in site.rglob("*"))
    told = (site / "index.html").read_text()
    assert '<meta name="dateline-mode" content="static">' in told
    incidents = web.get("/api/incidents").json()
    assert json.loads((site / "data/incidents.json").read_text()) == incidents
    for row in incidents["items"]:
        one = json.loads((site / f"data/incidents/{row['id']}.json").read_text())
        live = web.get(f"/api/incidents/{row['id']}").json()
        assert one["slots"] == live["slots"]
    files = dict(data(desk))
    assert '"by":"editor"' not in "".join(files.values())
    assert re.search(r'"state":"accepted"', "".join(files.values()))
    with pytest.raises(ExportError, match="not empty"):
        publish(store, site, built)


def test_the_commands(tmp_path: Path) -> None:
    where = str(tmp_path / "desk.db")
    with filled(where) as made:
        head = desk_log.check(made.database).head
    runner = CliRunner()
    link = runner.invoke(cli, ["invite", "--store", where, "--role", "owner"]).output
    assert link.startswith("/invite/")
    told = runner.invoke(cli, ["audit", "verify", "--store", where])
    assert (told.exit_code, told.output.partition(",")[0]) == (0, "1 entries")
    cut = runner.invoke(cli, ["audit", "verify", "--store", where, "--head", "ab" * 32])
    assert cut.exit_code == 1
    assert head != told.output.split()[-1]
    wrong = runner.invoke(cli, ["invite", "--store", where, "--role", "king"])
    assert wrong.exit_code == 2
    folder = str(tmp_path / "gold")
    assert "0 dispatches" in runner.invoke(cli, ["gold", folder, "--store", where]).output
