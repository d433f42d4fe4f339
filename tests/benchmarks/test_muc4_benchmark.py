"""The marks of MUC-4 are those of its guidelines."""

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.model import (
    Basis,
    Claim,
    Count,
    Document,
    Party,
    Period,
    Place,
    Reading,
    Record,
    Slots,
    Sourcing,
    Span,
)

FOLDER = Path(__file__).parents[2] / "benchmarks"
TEXT = "Rebels of the Free Front killed 4 farmers in Lima on Monday, police suspect."


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


@pytest.fixture
def script() -> Any:
    """The benchmark script as a module."""
    return importlib.import_module("muc4")


@pytest.fixture
def scoring() -> Any:
    """How fills are marked."""
    return importlib.import_module("muc4_scoring")


@pytest.fixture
def making() -> Any:
    """How claims become templates."""
    return importlib.import_module("muc4_templates")


@pytest.mark.parametrize(
    ("slot", "key", "told", "credit"),
    [
        ("date", "26 AUG 89", "26 AUG 89", 1.0),
        ("date", "25 AUG 89 - 26 AUG 89", "26 AUG 89", 0.5),
        ("date", "- 26 AUG 89", "25 AUG 89", 0.5),
        ("date", "26 AUG 89", "- 26 AUG 89", 0.5),
        ("date", "16 AUG 89", "- 26 AUG 89", 0.0),
        ("location", "COLOMBIA: MEDELLIN (CITY)", "COLOMBIA: MEDELLIN", 1.0),
        ("location", "COLOMBIA: MEDELLIN (CITY)", "COLOMBIA", 0.5),
        ("location", "COLOMBIA: MEDELLIN (CITY)", "BOLIVIA: MEDELLIN", 0.5),
        ("location", "COLOMBIA: MEDELLIN (CITY)", "PERU", 0.0),
        ("type", "BOMBING", "ATTACK", 0.5),
        ("type", "ATTACK", "BOMBING", 0.0),
        ("stage", "ACCOMPLISHED / ATTEMPTED", "ATTEMPTED", 1.0),
    ],
)
def test_a_fill_is_marked(scoring: Any, slot: str, key: str, told: str, credit: float) -> None:
    assert scoring.score(slot, scoring.Fill.read(key), scoring.Fill((told,))) == credit


@pytest.mark.parametrize(
    ("key", "told", "tag", "credit"),
    [
        ('7: "JUDGES"', "7", "THE JUDGES", 1.0),
        ('7: "JUDGES"', "7", "PEASANTS", 0.5),
        ('5 - 7: "JUDGES"', "7", "JUDGES", 0.5),
        ('PLURAL: "JUDGES"', "7", "JUDGES", 0.0),
    ],
)
def test_what_a_number_counts_matters(
    scoring: Any, key: str, told: str, tag: str, credit: float
) -> None:
    fill = scoring.Fill((told,), (tag,))
    assert scoring.score("number", scoring.Fill.read(key), fill) == credit


def test_optional_fills_are_not_missed(scoring: Any) -> None:
    optional, asked = scoring.Fill.read("? ATTEMPTED"), scoring.Fill.read("ATTEMPTED")
    assert scoring.mark("stage", [optional], []) == (0, 0.0)
    assert scoring.mark("stage", [asked], []) == (1, 0.0)


def _template(scoring: Any, kind: str, name: str) -> Any:
    out = scoring.Template()
    out.slots["type"] = [scoring.Fill((kind,))]
    out.names["targets"] = {name}
    return out


def test_templates_are_compared_where_type_and_a_name_agree(scoring: Any) -> None:
    key = _template(scoring, "BOMBING", "BRIDGE")

    def beside(kind: str, name: str) -> list[Any]:
        return list(scoring.mapped([key], [_template(scoring, kind, name)]))

    assert len(beside("BOMBING", "THE BRIDGE")) == 1
    assert (key, None) in beside("BOMBING", "CHURCH")
    assert (key, None) in beside("KIDNAPPING", "BRIDGE")


def test_case_is_made_from_how_words_are_written(script: Any) -> None:
    usual = {"the": "the", "army": "army", "raided": "raided", "peru": "Peru"}
    cased = script.cased("THE ARMY RAIDED QUITE. THE PERU", usual)
    assert cased == "The army raided Quite. The Peru"


def test_a_key_is_read(script: Any, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(
        "0.  MESSAGE: ID                     TST2-MUC4-0001\n"
        "1.  MESSAGE: TEMPLATE               1 (OPTIONAL)\n"
        "4.  INCIDENT: TYPE                  ATTACK\n"
        '19. HUM TGT: DESCRIPTION            "JUDGES" / "MEN"\n'
        '21. HUM TGT: NUMBER                 2: "JUDGES"\n'
        '                                    1: "GUARD"\n'
    )
    (template,) = script.keys(path)["TST2-MUC4-0001"]
    assert template.optional
    assert template.names["targets"] == {"JUDGES", "MEN"}
    assert [f.values for f in template.slots["number"]] == [("2",), ("1",)]


def test_a_claim_becomes_a_template(making: Any) -> None:
    def told[T](value: T, words: str) -> Reading[T]:
        at = TEXT.index(words)
        return Reading(value, Basis.STATED, (Span(at, at + len(words)),), "test", 0.9)

    slots = Slots(
        status=told("actual", "killed"),
        actors=(told(Party("Free Front", "PER", "REB"), "Rebels of the Free Front"),),
        places=(told(Place("Lima", "PER", "town", None, None), "Lima"),),
        time=told(Period("1989-08-14", "1989-08-14"), "Monday"),
        counts=(told(Count("killed", "farmers", 4, 4, 4), "4 farmers"),),
        sources=(told(Sourcing("police", "alleges"), "police"),),
    )
    document = Document(TEXT, "x", published=date(1989, 8, 15))
    record = Record(document, (Claim(document.id, told("ASSAULT", "killed"), slots),))
    (template,) = making.templates(record)
    assert {slot: [f.values[0] for f in fills] for slot, fills in template.slots.items()} == {
        "date": ["14 AUG 89"],
        "location": ["PERU: LIMA"],
        "type": ["ATTACK"],
        "stage": ["ACCOMPLISHED"],
        "confidence": ["SUSPECTED OR ACCUSED BY AUTHORITIES"],
        "number": ["4"],
        "effect": ["DEATH"],
    }
