"""The parts of the consistency benchmark that decide something."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from tests.made import record, span

from dateline.model import Finding

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("consistency")


def found(script: Any, *, right: bool | None) -> Any:
    finding = Finding(span("Monday"), "checks/times#weekday", "it is a Tuesday", 0.95)
    return script.Found(record().document, finding, right)


def test_what_is_not_judged_right_counts_as_a_false_alarm(script: Any) -> None:
    three = [found(script, right=x) for x in (True, False, None)]
    rows = script.table(20, three)
    assert "| times#weekday | 3 | 1 | 1.00 |" in rows
    assert rows[-1] == "| all | 3 | 1 | 1.00 |"
    assert "| tolls#sum | 0 | 0 | 0.00 |" in rows


def test_a_finding_is_shown_with_its_verdict(script: Any) -> None:
    first, says, around = found(script, right=False).lines()
    assert first == "- birko: times#weekday (0.95, FALSE)"
    assert says.strip() == "it is a Tuesday"
    assert "on Monday, killing" in around


def test_verdicts_are_of_known_rules(script: Any) -> None:
    rules = {x.found_by.rsplit("/", 1)[-1] for x in script.load().values()}
    assert {rule for _, rule, _ in script.verdicts()} <= rules
    assert True in script.verdicts().values()


def test_findings_are_counted_and_joined_with_verdicts(script: Any) -> None:
    from datetime import date

    from dateline.model import Document

    wrong = Document("It was Monday, 16 August 2022.", "a", published=date(2022, 8, 17))
    right = Document("It was Tuesday, 16 August 2022.", "b", published=date(2022, 8, 17))
    known = {("a", "times#weekday", "Monday, 16 August 2022"): True}
    number, seen = script.check([wrong, right], known)
    assert number == 2
    assert [(x.document.name, x.right) for x in seen] == [("a", True)]


def test_what_the_rules_see_is_counted(script: Any) -> None:
    faults = [
        script.Fault(rule="times#weekday", text="It was Monday, 16 August 2022."),
        script.Fault(rule="times#weekday", text="It was Tuesday, 16 August 2022."),
    ]
    results = script.planted(script.Planted(published="2022-08-17", planted=tuple(faults)))
    assert [found for _, found in results] == [True, False]
    assert script.seen(results)[2:] == ["| times#weekday | 2 | 1 |", "| all | 2 | 1 |"]


def test_without_gold_nothing_is_measured(
    script: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--gold", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("left out: the consistency benchmark")
