"""`dateline incidents`, `incident`, `timeline`, `ledger`, `disputes`, `commitments`."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from shutil import copy

import pytest
from tests.export.corpora import corpus
from typer.testing import Result

from dateline.cli import console
from dateline.model.codec_incident import decode_conflict, decode_incident
from dateline.store import Coder, Store

Run = Callable[..., Result]
COMMANDS = ("incidents", "ledger", "disputes", "commitments")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to work in, and no store named in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_STORE", raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the corpus made by hand."""
    path = tmp_path_factory.mktemp("store") / "dateline.db"
    with Store.open(path) as made:
        run = made.start_run(Coder("1"))
        for record in corpus().records:
            made.add(record, run)
        made.finish_run(run)
        made.replace_incidents(corpus(), made.edition())
    return path


@pytest.fixture
def store(filled: Path, here: Path) -> Path:
    """A copy of it in the folder of the test."""
    return Path(copy(filled, here / "dateline.db"))


def words(text: str) -> str:
    return " ".join(text.split())


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(result.stdout)))


@pytest.mark.usefixtures("store")
def test_incidents_are_listed_in_words(run: Run) -> None:
    result = run("incidents")
    assert result.exit_code == 0, result.output
    told = words(result.stdout)
    assert "2021-05-03 i-ambush actual 2 In Birko" in told
    assert "15 soldiers killed (first told as 12)" in told
    assert "disputed: whether it happened" in told
    assert "planned" in told
    assert "undated" in told
    assert result.stderr.strip() == "4 incidents"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "command",
    [(x,) for x in COMMANDS] + [("incident", "i-ambush"), ("timeline", "Hill Front")],
)
def test_every_table_keeps_to_the_width(
    run: Run, command: tuple[str, ...], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "WIDTH", width)
    result = run(*command)
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= width
    assert "…" not in result.stdout  # nothing is cut off


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--country", "Mali", "--type", "assault"], ["i-ambush"]),
        (["--country", "mli", "--status", "Actual"], ["i-ambush", "i-march"]),
        (["--country", "FRA"], []),
        (["--actor", "hill front"], ["i-ambush"]),
        (["--status", "planned"], ["i-meeting"]),
        (["--from", "2021-05-04", "--to", "2021-05"], ["i-march"]),
        (["--to", "2021-05-03"], ["i-ambush"]),
        (["--search", '"teacher, saw"'], ["i-ambush", "i-seen", "i-meeting"]),
        (["--sources", "2"], ["i-ambush"]),
    ],
)
def test_filters_choose(run: Run, options: list[str], wanted: list[str]) -> None:
    result = run("incidents", "-f", "jsonl", *options)
    assert result.exit_code == 0, result.output
    found = [decode_incident(json.loads(line)).id for line in result.stdout.splitlines()]
    assert sorted(found) == sorted(wanted)
    ledger = rows(run("ledger", "-f", "csv", *options))
    assert {row["incident"] for row in ledger} == set(wanted)
    if not wanted:
        assert run("incidents", *options).stdout == ""
        assert result.stderr.strip() == "no incidents found"


@pytest.mark.usefixtures("store")
def test_csv_of_everything(run: Run) -> None:
    assert [x["incident"] for x in rows(run("incidents", "-f", "csv", "--sources", "2"))] == [
        "i-ambush"
    ]
    assert [x["stance"] for x in rows(run("ledger", "-f", "csv"))][:2] == ["reports", "denies"]
    assert [x["says"] for x in rows(run("disputes", "-f", "csv"))] == [
        "army: yes",
        "Hill Front: no",
    ]
    assert [x["outcome"] for x in rows(run("commitments", "-f", "csv"))] == ["fulfilled"]
    (line,) = rows(run("timeline", "Hill Front", "-f", "csv"))
    assert (line["party"], line["role"]) == ("Hill Front", "actor")
    told = rows(run("incident", "i-ambush", "-f", "csv"))
    assert {x["words"] for x in told if x["slot"] == "killed"} == {"12 soldiers", "15 soldiers"}


@pytest.mark.usefixtures("store")
def test_jsonl_is_without_loss(run: Run) -> None:
    (line,) = run("disputes", "-f", "jsonl").stdout.splitlines()
    assert decode_conflict(json.loads(line)) == corpus().conflicts[0]
    (line,) = run("incident", "i-amb", "-f", "jsonl").stdout.splitlines()
    assert decode_incident(json.loads(line)) == corpus().incidents[0]
    assert [x["slot"] for x in json.loads(line)["conflicts"]] == ["status"]
    (line,) = run("timeline", "FAMa", "-f", "jsonl").stdout.splitlines()
    assert (json.loads(line)["role"], json.loads(line)["id"]) == ("recipient", "i-ambush")
    (first, *_) = run("ledger", "-f", "jsonl").stdout.splitlines()
    assert json.loads(first)["published"] == "2021-05-04"
    (line,) = run("commitments", "-f", "jsonl", "--outcome", "Fulfilled").stdout.splitlines()
    assert json.loads(line)["due"] == "2021-06"


@pytest.mark.usefixtures("store")
def test_one_incident_is_shown_in_full(run: Run) -> None:
    result = run("incident", "i-am")
    assert result.exit_code == 0, result.output
    told = words(result.stdout)
    for part in (
        "ASSAULT firearms · actual · 2021-05-03 i-ambush",
        "2 independent sources · 2 tellings in 2 dispatches",
        "confidence 0.80 · policy informative",
        "15 soldiers killed series",
        "12 soldiers killed [1] “12 soldiers”",
        "according to Hill Front (denies)",  # who is a party to another telling only
        "whether it happened weight 0.70",
        "· Hill Front: no [2]",
        "merged into it: i-old",
    ):
        assert part in told, part


@pytest.mark.usefixtures("store")
def test_a_merged_id_leads_on_with_a_note(run: Run) -> None:
    result = run("incident", "i-old")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("i-old was merged into this incident.")
    assert "i-ambush" in result.stdout


@pytest.mark.usefixtures("store")
def test_plans_and_their_evidence_are_shown_with_both_incidents(run: Run) -> None:
    promised, done = run("incident", "i-meeting").stdout, run("incident", "i-march").stdout
    assert "fulfilled · announced here · due by 2021-06" in promised
    assert "fulfilled · tells of a plan" in done
    assert "Officials plan to meet elders in June." in words(done)


@pytest.mark.usefixtures("store")
def test_another_policy_settles_the_values_anew(run: Run) -> None:
    result = run("incident", "i-ambush", "--policy", "ucdp")
    assert "policy ucdp" in result.stdout
    listed = run("incidents", "--policy", "ucdp", "--status", "planned", "-f", "jsonl")
    (line,) = listed.stdout.splitlines()
    assert json.loads(line)["status"]["policy"] == "ucdp"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["incident", "i-m"], "i-m: several incidents begin so: i-m"),
        (["incident", "nope"], "nope: no such incident; 'dateline incidents' lists them"),
        (["timeline", "Coast Guard"], "no incident names such a party"),
        (["incidents", "--country", "Maly"], "no such country; is Mali meant?"),
        (["incidents", "--type", "bang"], "--type BANG: one of AGREE"),
        (["ledger", "--status", "sure"], "one of actual, ongoing"),
        (["ledger", "--from", "soon"], "a day (YYYY-MM-DD), month or year is expected"),
        (["disputes", "--policy", "boldest"], "is none of conservative"),
        (["commitments", "--outcome", "kept"], "one of pending, fulfilled"),
        (["incidents", "--store", "none.db"], "there is no store; 'dateline add' makes one"),
        (["ledger", "no-such-file.txt"], "no such file"),
    ],
)
def test_unusable_arguments_are_told(run: Run, arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    assert told in line


@pytest.mark.parametrize("command", [*COMMANDS, "incident", "timeline"])
def test_an_empty_store_is_told(run: Run, here: Path, command: str) -> None:
    Store.open(here / "dateline.db").close()
    result = run(command, *(["x"] if command in {"incident", "timeline"} else []))
    assert result.exit_code == 2
    assert "holds no dispatches yet; 'dateline add PATH' adds some" in result.stderr


def test_what_was_not_linked_yet_is_linked(run: Run, here: Path) -> None:
    with Store.open(here / "dateline.db") as made:
        run_ = made.start_run(Coder("1"))
        for record in corpus().records:
            made.add(record, run_)
        made.finish_run(run_)
    result = run("incidents")
    assert result.exit_code == 0, result.output
    assert "linking what is new in the store" in result.stderr
    assert "linking" not in run("incidents").stderr


@pytest.mark.usefixtures("ready")
def test_dispatches_are_coded_and_linked_at_once(
    run: Run, dispatch: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "WIDTH", 200)
    result = run("ledger", "--date", "2021-05-03", dispatch)
    assert result.exit_code == 0, result.output
    told = words(result.stdout)
    assert "army reports actual at least 12 traders killed “at least 12 traders”" in told
    assert "Hill Front (a party to it) denies" in told
    assert [x.name for x in here.iterdir() if x.suffix == ".db"] == []
    kept = rows(run("ledger", "-f", "csv", "--type", "ASSAULT", "--date", "2021-05-03", dispatch))
    assert {x["type"] for x in kept} == {"ASSAULT"}
    listed = run("incidents", "-f", "csv", dispatch)
    (first, _) = rows(listed)
    full = run("incident", first["incident"][:9], dispatch)
    assert first["incident"] in full.stdout
    assert "Hill Front (denies), a party to it" in words(full.stdout)


@pytest.mark.usefixtures("ready")
def test_a_dispatch_that_fails_is_told(run: Run, dispatch: Path, here: Path) -> None:
    (here / "bad.txt").write_text("It will fail, the army said on Monday in Birko.", "utf-8")
    result = run("incidents", dispatch, here / "bad.txt")
    assert result.exit_code == 1
    assert "bad: StepError: it failed" in result.stderr
    assert run("incidents", "-q", dispatch).stderr == ""


def test_a_store_is_exported_with_the_same_filters(run: Run, store: Path, here: Path) -> None:
    out = here / "out"
    result = run("export", "--store", store, "--type", "PROTEST", "-f", "csv,jsonl", "-o", out)
    assert result.exit_code == 0, result.output
    assert "coded" not in result.stderr
    with (out / "incidents.csv").open() as file:
        assert [x["incident"] for x in csv.DictReader(file)] == ["i-march"]
    result = run("export", "--release", "--country", "Mali", "-f", "csv", "-o", here / "r1")
    assert result.exit_code == 0, result.output
    assert "country MLI" in (here / "r1" / "release.json").read_text("utf-8")
