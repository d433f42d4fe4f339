"""`dateline watch`: following, coding once, and telling each event once."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.made import TEXT
from typer.testing import Result

from dateline.cli import following as module
from dateline.cli.changes import Stream, changes, follow
from dateline.cli.following import Following
from dateline.errors import ExportError, InputError
from dateline.ingest.fetch import Fetched
from dateline.model import Document, Record
from dateline.store import Store

Run = Callable[..., Result]
SOURCES = Path(module.__file__).parents[2]
READY = pytest.mark.usefixtures("ready")


@pytest.fixture
def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to follow, in an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_STORE", raising=False)
    (tmp_path / "wire").mkdir()
    return tmp_path / "wire"


def put(wire: Path, name: str, text: str = TEXT) -> None:
    (wire / name).write_text(text, "utf-8")


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def known(path: Path) -> dict[str, dict[str, Any]]:
    """What one knows who followed the stream."""
    state: dict[str, dict[str, Any]] = {}
    for event in told(path):
        follow(state, event)
    return state


@READY
def test_what_is_new_is_coded_linked_and_told_once(run: Run, wire: Path) -> None:
    put(wire, "a.txt")
    again = ("watch", wire, "--once", "--events", "out/events.jsonl")
    assert run(*again).exit_code == 0
    path = wire.parent / "out" / "events.jsonl"
    first = told(path)
    assert [x["event"] for x in first] == [1, 2]
    assert {x["kind"] for x in first} == {"added"}
    assert sorted(x["values"]["type"] for x in first) == ["ASSAULT", "CONSULT"]
    shelling = next(x["values"] for x in first if x["values"]["type"] == "ASSAULT")
    assert shelling["places"][0]["name"] == "Birko"
    assert (shelling["counts"][0]["kind"], shelling["counts"][0]["best"]) == ("killed", 12)
    before = path.read_bytes()
    assert run(*again).exit_code == 0
    assert path.read_bytes() == before
    with Store.open("dateline.db", create=False) as store:
        assert len([*store.records()]) == 1
        assert set(known(path)) == {x.id for x in store.incidents()}


@READY
def test_a_change_is_told_with_its_old_and_new_values(run: Run, wire: Path) -> None:
    put(wire, "a.txt")
    path = wire.parent / "events.jsonl"
    run("watch", wire, "--once", "--events", path)
    (wire / "b.md").write_text(f"---\npublisher: Arda Times\ndate: 2021-05-04\n---\n{TEXT}")
    result = run("watch", wire, "--once", "--events", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "dateline.db: 1 dispatch added" in result.stderr
    new = told(path)[2:]
    assert new
    for event in new:
        assert event["kind"] in {"changed", "added"}
        if event["kind"] == "changed":
            assert len(event["changes"]["claims"]["old"]) < len(event["changes"]["claims"]["new"])
    with Store.open("dateline.db", create=False) as store:
        state: dict[str, dict[str, Any]] = {}
        for event in changes({}, store.incidents()):
            follow(state, event)
        assert known(path) == state


@READY
def test_without_a_file_events_go_to_standard_output(run: Run, wire: Path) -> None:
    put(wire, "a.txt")
    result = run("watch", wire, "--once", "--quiet")
    assert {json.loads(x)["kind"] for x in result.stdout.splitlines()} == {"added"}
    assert result.stderr == ""
    assert run("watch", wire, "--once").stdout == ""


@READY
def test_a_problem_is_told_and_ends_nothing(run: Run, wire: Path) -> None:
    put(wire, "a.txt")
    put(wire, "b.txt", "It will fail.")
    put(wire, "c.txt", "")
    result = run("watch", wire, "--once")
    assert result.exit_code == 1
    assert "b: StepError: it failed" in result.stderr
    assert "empty" in result.stderr
    with Store.open("dateline.db", create=False) as store:
        assert (len([*store.records()]), len(store.failures())) == (1, 2)


@READY
def test_a_run_that_was_cut_short_is_told_at_the_next_start(run: Run, wire: Path) -> None:
    """What was added but neither linked nor told is linked and told, and not added again."""
    put(wire, "a.txt")
    run("add", wire)
    path = wire.parent / "events.jsonl"
    run("watch", wire, "--once", "--events", path)
    assert [x["kind"] for x in told(path)] == ["added", "added"]
    with Store.open("dateline.db", create=False) as store:
        assert len(store.runs()) == 1


@READY
@pytest.mark.parametrize("cut", [1, 9, 40, 200])
def test_a_torn_last_line_is_told_again_and_whole(run: Run, wire: Path, cut: int) -> None:
    put(wire, "a.txt")
    path = wire.parent / "events.jsonl"
    run("watch", wire, "--once", "--events", path)
    whole = told(path)
    path.write_bytes(path.read_bytes()[:-cut])
    run("watch", wire, "--once", "--events", path)
    assert [{**x, "at": ""} for x in told(path)] == [{**x, "at": ""} for x in whole]


@READY
@pytest.mark.parametrize("content", ["dear diary\n", "dear diary", '{"event": 2}\n', "[]\n", "{\n"])
def test_another_programs_file_is_not_touched(run: Run, wire: Path, content: str) -> None:
    put(wire, "a.txt")
    path = wire.parent / "events.jsonl"
    path.write_text(content)
    result = run("watch", wire, "--once", "--events", path)
    assert result.exit_code == 2
    assert "line 1 is no event of this stream; name another file" in result.stderr
    assert path.read_text() == content


def test_two_do_not_write_to_one_stream(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with Stream(path), pytest.raises(ExportError, match="another 'dateline watch' writes there"):
        Stream(path)
    Stream(path).__exit__(None, None, None)


@READY
def test_times_never_go_back(run: Run, wire: Path) -> None:
    path = wire.parent / "events.jsonl"
    put(wire, "a.txt")
    run("watch", wire, "--once", "--events", path)
    later = path.read_text("utf-8").replace(told(path)[0]["at"], "2999-01-01T00:00:00+00:00")
    path.write_text(later, "utf-8")
    (wire / "b.md").write_text(f"---\npublisher: Arda Times\n---\n{TEXT}")
    run("watch", wire, "--once", "--events", path)
    assert len(told(path)) > 2
    assert {x["at"] for x in told(path)[2:]} == {"2999-01-01T00:00:00+00:00"}


@READY
def test_a_full_disk_leaves_no_event_in_part(
    run: Run, wire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(wire, "a.txt")
    path = wire.parent / "events.jsonl"

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as at_first:
        at_first.setattr(os, "fsync", full)
        result = run("watch", wire, "--once", "--events", path)
    assert result.exit_code == 2
    assert f"{path}: cannot be written: No space left on device" in result.stderr
    assert path.read_bytes() == b""
    assert run("watch", wire, "--once", "--events", path).exit_code == 0
    assert len(told(path)) == 2


def found(following: Following, *, hasty: bool = False) -> list[str]:
    return [
        x.name if isinstance(x, Document) else str(x.problem) for x in following.new(hasty=hasty)
    ]


def test_a_file_is_read_when_it_no_longer_changes(wire: Path) -> None:
    following = Following(wire, characters=1_000)
    assert found(following) == []
    put(wire, "a.txt", "Troops")
    assert (found(following), following.waiting) == ([], True)
    put(wire, "a.txt", "Troops left the town of Gao.")
    assert (found(following), following.waiting) == ([], True)
    assert (found(following), following.waiting) == (["a"], False)
    assert found(following) == []
    put(wire, "a.txt", "Troops left the town of Gao on Monday.")
    assert (found(following), found(following), found(following)) == ([], ["a"], [])
    (wire / "a.txt").unlink()
    put(wire, "b.txt", "Rebels shelled the market.")
    assert found(following, hasty=True) == ["b"]
    put(wire, "a.txt", "Troops left the town of Gao on Monday.")
    assert found(following, hasty=True) == ["a"]


def test_a_problem_is_told_until_it_is_another(wire: Path) -> None:
    following = Following(wire, characters=1_000)
    put(wire, "a.pdf", "no PDF")
    assert len(found(following, hasty=True)) == 1
    put(wire, "a.pdf", "no PDF at all")
    assert found(following, hasty=True) == []
    (wire / "a.pdf").unlink()
    put(wire, "a.txt", " ")
    assert "nothing but white space" in found(following, hasty=True)[0]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, run: Run) -> None:
    with pytest.raises(InputError, match="there is no such folder or feed list"):
        Following(tmp_path / "gone", characters=9)
    assert run("watch", tmp_path / "gone", "--once").exit_code == 2


FEED = (
    "<rss><channel><title>Sahel Wire</title><item><title>Out</title>"
    "<description>{}</description></item></channel></rss>"
)


def test_a_list_names_feed_files_and_addresses(wire: Path) -> None:
    feeds = wire / "feeds.txt"
    put(wire, "a.rss", FEED.format("Troops left the town of Gao on Monday."))
    feeds.write_text("# ours\na.rss\n\nmissing.rss\nhttps://wire.example/rss\n")
    said = found(Following(feeds, characters=1_000), hasty=True)
    assert said[0].endswith("feeds.txt, line 4: missing.rss: there is no such file")
    assert said[1].endswith("line 5: addresses are fetched only with --allow-fetch")
    assert said[2:] == ["a.rss#1"]


def test_addresses_are_fetched_where_that_is_allowed(wire: Path) -> None:
    feeds = wire / "feeds.txt"
    feeds.write_text("https://wire.example/rss\nhttps://wire.example/page\nhttp://no.example/\n")
    answers = {
        "https://wire.example/rss": Fetched(
            "https://wire.example/all", FEED.format("Troops left Gao on Monday.").encode(), ".rss"
        ),
        "https://wire.example/page": Fetched(
            "https://wire.example/page", b"<html><p>Rebels shelled the market of Gao.", ".html"
        ),
    }

    def fetching(url: str) -> Fetched:
        if url not in answers:
            raise InputError(f"{url}: answered 404 Not Found")
        return answers[url]

    following = Following(feeds, characters=1_000, fetching=fetching)
    first, second, third = following.new()
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Record)
    assert (first.name, first.publisher) == ("wire.example-rss.rss#1", "Sahel Wire")
    assert first.url == "https://wire.example/all"
    assert (second.name, second.url) == ("wire.example-page", "https://wire.example/page")
    assert third.problem == "http://no.example/: answered 404 Not Found"
    assert [*following.new()] == []
    answers["http://no.example/"] = Fetched("http://no.example/", b"no PDF", ".pdf")
    (odd,) = following.new()
    assert isinstance(odd, Record)
    assert "/tmp" not in str(odd.problem)


def test_nothing_is_fetched_without_the_option(
    run: Run, wire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(module, "fetch", asked.append)
    (wire / "feeds.txt").write_text("http://127.0.0.1:1/\n")
    assert run("watch", wire / "feeds.txt", "--once").exit_code == 1
    assert asked == []
    monkeypatch.undo()
    result = run("watch", wire / "feeds.txt", "--once", "--allow-fetch", "--store", wire / "s.db")
    assert result.exit_code == 1
    assert "port 1 is not asked" in result.stderr


def test_it_follows_until_it_is_asked_to_end(wire: Path) -> None:
    """As a process of its own: what comes is told, a request to end is obeyed."""
    path = wire.parent / "events.jsonl"
    put(wire, "a.txt")
    command = [sys.executable, "-m", "tests.faults.stub", "watch", str(wire), "--interval", "0.2"]
    roots = os.pathsep.join([str(SOURCES), str(SOURCES.parent)])
    with subprocess.Popen(
        [*command, "--events", str(path), "--quiet"], stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": roots},
    ) as running:  # fmt: skip
        deadline = time.monotonic() + 120
        while not (path.exists() and path.read_bytes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        _, errors = running.communicate()
    assert (running.returncode, errors) == (0, "")
    assert told(path)[0]["kind"] == "added"
