"""The public verbs, as a notebook uses them."""

import importlib
import inspect
import itertools
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import dateline
from dateline import api, model
from dateline.config import Config
from dateline.errors import ConfigError, InputError, StepError
from tests.made import TEXT, record

DISPATCH = (
    "ARDA - Rebels shelled a market in Birko on Monday, killing at least 12 traders, the army said."
)


@pytest.fixture
def told() -> dateline.Record:
    return dateline.Record.of(record())


def test_no_stage_hides_a_verb() -> None:
    for stage in ("annotate.tokens", "extract", "evaluate", "export", "ingest", "link", "pipeline"):
        module = importlib.import_module(f"dateline.{stage}")
        assert isinstance(module, ModuleType)
    for verb in (
        "annotated", "code", "code_many", "explain", "linked", "open_store", "to_pandas",
    ):  # fmt: skip
        assert inspect.isfunction(getattr(dateline, verb)), verb


def test_all_that_is_promised_is_there() -> None:
    assert all(hasattr(dateline, name) for name in dateline.__all__)
    assert dateline.__version__.count(".") == 2


def test_a_record_is_the_models_record_and_frozen(told: dateline.Record) -> None:
    assert isinstance(told, model.Record)
    assert (told.document, told.claims) == (record().document, record().claims)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        told.claims = ()  # type: ignore[misc]
    assert repr(told) == "<Record 'birko': 2 claims>"


def test_a_claim_gives_its_slots(told: dateline.Record) -> None:
    claim = told.claims[0]
    assert claim.actors[0].value.name == "Hill Front"
    assert claim.recipients[0].value.name == "traders"
    assert claim.places[0].value.name == "Birko"
    assert claim.time is not None
    assert claim.time.value.start == "2021-05-03"
    assert claim.counts[0].value.low == 12
    assert [x.value.stance for x in claim.sources] == ["reports", "denies"]
    assert claim.mode is not None
    assert (claim.status.value, claim.mode.value) == ("actual", "heavy-weapons")
    assert told.words(claim.time) == ("on Monday",)


def test_readings_go_through_every_slot(told: dateline.Record) -> None:
    assert [slot for slot, _ in told.claims[0].readings()] == [
        "type", "mode", "status", "actors", "recipients", "places", "time", "counts",
        "sources", "sources",
    ]  # fmt: skip


def test_a_table_per_claim_and_per_value(told: dateline.Record) -> None:
    table = told.to_pandas()
    assert list(table["type"]) == ["ASSAULT", "CONSULT"]
    values = told.to_pandas("value")
    assert set(values["words"].dropna()) >= {"Hill Front rebels", "on Monday"}
    both = dateline.to_pandas([told, record()])
    assert len(both) == 4


def test_it_shows_itself_in_a_notebook(told: dateline.Record) -> None:
    html = told._repr_html_()
    assert html.startswith("<style>")
    assert '<mark class="type"' in html
    assert "<script" not in html


def test_json_there_and_back(told: dateline.Record) -> None:
    assert dateline.Record.from_json(told.to_json()) == told


def test_explain_leads_to_the_words(told: dateline.Record) -> None:
    (found,) = told.explain(told.claims[0], "time")
    assert found == dateline.explain(record(), told.claims[0], "time")[0]
    assert found.quotes[0].words == "on Monday"


@pytest.mark.parametrize("published", ["15 August 2022", "2022-8-15", "2022-13-01", ""])
def test_an_impossible_date_is_refused(published: str) -> None:
    with pytest.raises(ConfigError, match="YYYY-MM-DD"):
        dateline.code("Rebels shelled Birko.", published=published)


def test_code_reads_a_dispatch() -> None:
    told = dateline.code(DISPATCH, published="2021-05-05", title="Market shelled")
    assert told.problem is None
    assert told.document.published == date(2021, 5, 5)
    assert told.document.title == "Market shelled"
    assault = next(claim for claim in told.claims if claim.type.value == "ASSAULT")
    assert assault.trigger.of(DISPATCH) in {"shelled", "killing"}
    assert assault.time is not None
    assert assault.time.value.start == "2021-05-03"
    assert told == dateline.code(DISPATCH, published=date(2021, 5, 5), title="Market shelled")


@pytest.mark.parametrize(
    "text", ["", " \n", "🙂" * 50, "\x00\x01\x02", "a" * 100_000, "\u202e??"], ids=range(6)
)
def test_odd_texts_stop_nothing(text: str) -> None:
    told = dateline.code(text)
    assert told.problem is not None or told.document.text == text
    assert isinstance(told._repr_html_(), str)
    assert dateline.Record.from_json(told.to_json()) == told


def test_a_text_that_is_no_dispatch_tells_its_problem() -> None:
    assert dateline.code("").problem == "text: empty"
    french = dateline.code("Seize soldats maliens ont été tués lundi dans une embuscade. " * 3)
    assert french.problem == "text: language fr, only English is coded"
    with pytest.raises(StepError, match="text: empty"):
        dateline.annotated("")


def test_annotate_gives_the_layers() -> None:
    doc = dateline.annotated(DISPATCH, published="2021-05-05")
    (found,) = doc[model.TimeExpression]
    assert found.value == "2021-05-03"
    assert doc[model.Sentence]


def test_one_pipeline_per_configuration() -> None:
    from dateline.config import Config

    assert api._pipeline(None) is api._pipeline(Config())
    assert api._pipeline(None) is api._pipeline(Config())


def test_many_are_coded_a_batch_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"Quiet day number {number} in the port.")
    read: list[str] = []

    class Slow:
        def code(self, documents: Iterator[model.Document]) -> Iterator[model.Record]:
            for document in documents:
                read.append(document.name)
                yield model.Record(document)

    monkeypatch.setattr(api, "_kept", lambda _config: Slow())
    records = dateline.code_many(tmp_path, config=Config(engine="local", batch=2))
    assert iter(records) is records
    assert [x.document.name for x in itertools.islice(records, 2)] == ["0", "1"]
    assert read == ["0", "1"]
    assert all(isinstance(x, dateline.Record) for x in records)


def test_many_from_nowhere_fail_at_once() -> None:
    with pytest.raises(InputError, match="no-such"):
        dateline.code_many(["no-such.txt"])


def test_a_dispatch_that_is_none_is_a_record_with_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("")
    first, second = dateline.code_many(tmp_path)
    assert first.problem is None
    assert second.problem is not None
    assert "b.txt" in second.problem
    assert repr(second).startswith("<Record 'b': problem: ")
