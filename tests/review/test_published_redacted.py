"""A published site holds nothing of what a profile of redaction takes out."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from dateline.cli import app as cli
from dateline.errors import KnowledgeError
from dateline.export.redact import BLOCK, Rule, _measures, _names, profile
from dateline.model.codec_incident import encode_corpus
from dateline.model.correction import Act, Correction
from dateline.review import dispatches
from dateline.review.accounts import Caller
from dateline.review.desk import Desk, Settings
from dateline.review.publish import publish
from dateline.review.schemas.shared import Role
from dateline.review.serve import sample
from dateline.store import Store
from tests.export.corpora import corpus
from tests.store.store_builders import CODER

PAGE = "<html><head><title>x</title></head></html>"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Pages as they are built, but empty."""
    folder = tmp_path / "built"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    return folder


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Store]:
    """A store with two dispatches that name a civilian, one claim of them accepted."""
    found = corpus()
    with Store.open(tmp_path / "orlo-case.db") as store:
        run = store.start_run(CODER)
        for _ in store.add_all(iter(found.records), run):
            continue
        store.finish_run(run)
        store.replace_incidents(found, store.edition())
        claim = found.records[0].claims[0]
        store.correct(Correction(claim.id, "", (), "person/Ama Serwaa", act=Act.ACCEPT))
        yield store


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample dispatches, coded and linked."""
    with sample(str(tmp_path_factory.mktemp("samples") / "s.db")) as store:
        yield store


def everything(site: Path) -> str:
    """Names and contents of all files of a site, escapes resolved."""
    files = [x for x in site.rglob("*") if x.is_file()]
    names = [re.sub("~([0-9a-f]+)~", lambda m: chr(int(m[1], 16)), x.name) for x in files]
    texts = [x.read_bytes().decode("utf-8", "replace") for x in files]
    whole = [x for x in texts if x[:1] in "{[" and "\n" not in x]
    plain = [json.dumps(json.loads(x), ensure_ascii=False) for x in whole]
    return unquote("\n".join([*names, *texts, *plain]))


def test_no_file_holds_a_withheld_name(told: Store, built: Path, tmp_path: Path) -> None:
    publish(told, tmp_path / "open", built)
    publish(told, tmp_path / "closed", built, {"people": Rule(names=("CVL",))})
    before, after = everything(tmp_path / "open"), everything(tmp_path / "closed")
    for name in ("Orlo", "Nadia"):
        assert name in before
        assert name.casefold() not in after.casefold()
    assert "withheld (CVL)" in after
    assert BLOCK in after
    assert "Serwaa" not in before + after
    assert "orlo-case" not in after


def test_places_and_points_go_everywhere(told: Store, built: Path, tmp_path: Path) -> None:
    publish(told, tmp_path / "open", built)
    rule = Rule(coordinates="drop", places="division")
    publish(told, tmp_path / "closed", built, {"all": rule})
    fine = {
        x.value.name
        for record in corpus().records
        for claim in record.claims
        for x in claim.places
        if x.value.level in {"site", "town", "adm2"}
    }
    before, after = everything(tmp_path / "open"), everything(tmp_path / "closed")
    assert fine
    for name in fine:
        assert name in before
        assert name.casefold() not in after.replace("Arda Post", "").casefold()
    points = json.loads((tmp_path / "closed/data/map.json").read_text())
    assert set(points["lat"]) | set(points["lon"]) == {None}
    assert not re.search(r'"(lat|lon)":-?\d', after)


@pytest.mark.parametrize("name", ["public", "partners", "locations"])
def test_profiles_leave_no_hidden_name_of_the_samples(
    samples: Store, built: Path, tmp_path: Path, name: str
) -> None:
    rules = profile(name)
    fields = encode_corpus(samples.corpus())
    measures = _measures(fields, rules)
    claims = [claim for record in fields["records"] for claim in record["claims"]]
    parties = {x["value"]["name"] for y in claims for x in (*y["actors"], *y["recipients"])}
    hidden = parties & {x for claim in claims for x in _names(claim, measures[claim["id"]])}
    assert hidden or name != "public"
    publish(samples, tmp_path / "site", built, rules)
    # Other names of parties that are named anyway come from the actor base, not from dispatches.
    aliases = r'"aliases":\s*\[[^]]*\]'
    found = re.sub(aliases, "", everything(tmp_path / "site")).casefold()
    for one in hidden:
        assert not re.search(rf"(?<!\w){re.escape(one.casefold())}(?!\w)", found), one


def test_a_redacted_site_is_whole(told: Store, built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    number = publish(told, site, built, profile("public"))
    assert number == sum(x.is_file() for x in site.rglob("*"))
    incidents = json.loads((site / "data/incidents.json").read_text())["items"]
    assert {x["id"] for x in incidents} == {x.id for x in corpus().incidents}
    for row in incidents:
        one = json.loads((site / f"data/incidents/{row['id']}.json").read_text())
        for claim in one["claims"]:
            assert (site / f"data/documents/{claim['document']}.json").is_file()
    assert everything(site).count('"state":"accepted"') >= 1


def test_who_edited_is_told_to_colleagues_only(told: Store, built: Path, tmp_path: Path) -> None:
    claim = told.corpus().records[0].claims[0]
    edited = (replace(claim.actors[0], found_by="person/Ama Serwaa"),)
    told.correct(Correction(claim.id, "actors", edited, "person/Ama Serwaa", act=Act.EDIT))
    desk = Desk(told, Settings())
    for role in (Role.data_viewer, Role.viewer):
        found = dispatches.one(desk, claim.document_id, Caller("x", role), 0)
        assert ("Ama Serwaa" in found.model_dump_json()) == (role is Role.viewer)
    publish(told, tmp_path / "site", built)
    whole = everything(tmp_path / "site")
    assert "Serwaa" not in whole
    assert '"found_by":"person"' in whole


def test_the_command(told: Store, tmp_path: Path) -> None:
    runner = CliRunner()
    site = tmp_path / "site"
    done = runner.invoke(cli, ["publish", str(site), "--store", told.name, "--redact", "public"])
    if "pages are missing" not in str(done.exception):
        assert done.exit_code == 0, done.output
        assert "Orlo" not in everything(site)
    unknown = ["publish", str(tmp_path / "x"), "--store", told.name, "--redact", "nobody"]
    assert isinstance(runner.invoke(cli, unknown).exception, KnowledgeError | SystemExit)
    assert not (tmp_path / "x").exists()
