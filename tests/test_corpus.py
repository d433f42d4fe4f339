"""Linking from Python, as a notebook does it."""

from pathlib import Path

import pytest

import dateline
from dateline import api, model
from dateline.corpus import find_incident
from dateline.errors import ConfigError, InputError, StoreError
from dateline.knowledge import locate
from dateline.model import incident as told_together
from dateline.store import Coder, Store
from tests.cli.conftest import Ready
from tests.export.corpora import corpus
from tests.made import TEXT


@pytest.fixture
def told() -> dateline.Corpus:
    return dateline.Corpus.of(corpus())


def test_a_corpus_is_the_models_corpus(told: dateline.Corpus) -> None:
    assert isinstance(told, told_together.Corpus)
    assert told.incidents == corpus().incidents
    assert told.conflicts == corpus().conflicts
    assert told.commitments == corpus().commitments
    assert repr(told) == "<Corpus: 3 dispatches, 4 incidents, 1 disputes, 1 plans>"
    assert len(told.ledger()) == 5
    assert "<table>" in told._repr_html_()
    assert list(told.to_pandas()["incident"]) == [x.id for x in told.incidents]
    assert list(told.to_pandas("ledger")["stance"])[:2] == ["reports", "denies"]


def test_an_incident_is_found_by_its_id_or_the_beginning_of_it(told: dateline.Corpus) -> None:
    assert told.incident("i-am").id == "i-ambush"
    assert told.incident("i-old").id == "i-ambush"  # merged into it
    assert told.incident("i-ol").id == "i-ambush"
    with pytest.raises(ConfigError, match="several incidents begin so: i-meeting, i-march"):
        told.incident("i-m")
    for wanted in ("x", ""):
        with pytest.raises(ConfigError, match="no such incident"):
            told.incident(wanted)


def test_a_whole_id_is_not_ambiguous(told: dateline.Corpus) -> None:
    longer = dateline.Corpus.of(corpus()).incidents[0]
    assert find_incident(told.incidents, longer.id) is told.incidents[0]


def test_a_party_is_found_by_a_part_of_its_name_or_another_name(told: dateline.Corpus) -> None:
    assert told.timeline("Hill Front").incidents == ("i-ambush",)
    assert told.timeline("hill").party.name == "Hill Front"
    assert told.timeline("FAMa").party.name == "Malian Armed Forces"
    assert told.timeline("FAMa").roles == ("recipient",)
    with pytest.raises(ConfigError, match="several parties are called so"):
        told.timeline("l")
    with pytest.raises(ConfigError, match="those named most: "):
        told.timeline("Coast Guard")
    with pytest.raises(ConfigError, match="no incident names such a party"):
        told.timeline("")


def test_paths_records_and_corpora_are_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_pipeline", lambda _config: Ready())
    (tmp_path / "birko.txt").write_text(TEXT, "utf-8")
    found = dateline.linked(tmp_path)
    assert len(found.incidents) == 2
    assert dateline.linked([tmp_path / "birko.txt"]) == found
    assert dateline.linked(dateline.code_many(tmp_path)).incidents == found.incidents
    bold = dateline.linked(found, policy="informative")
    assert {x.type.policy for x in bold.incidents} == {"informative"}
    assert bold == dateline.linked(tmp_path, policy="informative")
    assert dateline.linked([]).incidents == ()


def test_unusable_arguments_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="policy 'x' is none of"):
        dateline.linked([], policy="x")
    with pytest.raises(InputError, match="no-such"):
        dateline.linked("no-such.txt")
    mixed: list[object] = [tmp_path, model.Record(model.Document("x"))]
    with pytest.raises(ConfigError, match="all of one kind"):
        dateline.linked(mixed)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="there is no store"):
        dateline.open_store(tmp_path / "none.db")


def test_a_store_is_opened_and_its_corpus_becomes_tables(tmp_path: Path) -> None:
    with Store.open(tmp_path / "some.db") as store:
        run = store.start_run(Coder("1"))
        for record in corpus().records:
            store.add(record, run)
        store.finish_run(run)
        store.replace_incidents(corpus(), store.edition())
    with dateline.open_store(tmp_path / "some.db") as store:
        found = dateline.Corpus.of(store.corpus())
    assert sorted(x.id for x in found.incidents) == sorted(x.id for x in corpus().incidents)
    assert len(found.to_pandas("dispute")) == 2


def test_a_sample_dispatch_tells_who_denies_and_who_reports() -> None:
    found = dateline.linked(str(locate("samples") / "2022-04-06_moura.html"))
    lines = found.ledger()
    assert {x.claim for x in lines} == {claim for x in found.incidents for claim in x.claims}
    (denial,) = [x for x in lines if x.stance == "denies"]
    assert (denial.source, denial.partisan, denial.figure) == ("Malian Armed Forces", True, "")
    assert any(x.source == "Human Rights Watch" and "300 men" in x.figure for x in lines)
