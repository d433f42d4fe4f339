"""The parts of the benchmark scripts that decide something."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.model import (
    Basis,
    Claim,
    Count,
    Document,
    Party,
    Reading,
    Record,
    Slots,
    Sourcing,
    Span,
)

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A benchmark script as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


def test_a_section_is_replaced_and_the_others_stay(script: Any, tmp_path: Path) -> None:
    report, page = script("report"), tmp_path / "docs" / "page.md"
    report.write("speed", ["slow"], page)
    report.write("quality", ["good"], page)
    report.write("speed", ["fast"], page)
    content = page.read_text("utf-8")
    assert "slow" not in content
    assert content.index("good") < content.index("fast")
    assert content.count("<!-- begin ") == 2
    report.write("speed", ["fast"], page)
    assert page.read_text("utf-8") == content


def test_an_unknown_section_is_refused(script: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'pace' is none of quality"):
        script("report").write("pace", [], tmp_path / "page.md")


def test_without_gold_only_ci_fails(
    script: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    quality = script("quality")
    for ci, status in (("", 0), ("true", 1)):
        monkeypatch.setenv("CI", ci)
        assert quality.main(["--gold", str(tmp_path / "none")]) == status
        assert capsys.readouterr().out.startswith("left out: the quality gate")


def test_a_broken_gold_folder_fails_with_its_name(
    script: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script("quality").main(["--gold", str(tmp_path)]) == 1
    assert "GoldError" in capsys.readouterr().out


TEXT = "132 civilians died. The march, announced in February. executions. crossed. Mali"


def reading(value: Any, words: str) -> Reading[Any]:
    start = TEXT.index(words)
    return Reading(value, Basis.STATED, (Span(start, start + len(words)),))


def claim(kind: str, words: str, status: str, **slots: Any) -> Claim:
    told = Slots(Reading(status, Basis.ASSUMED), **slots)
    return Claim("d", reading(kind, words), told)


def expected() -> list[Claim]:
    return [
        claim(
            "ASSAULT",
            "died",
            "actual",
            recipients=(reading(Party("civilians"), "civilians"),),
            counts=(reading(Count("killed", "civilians", 132, 132, 132), "132"),),
        ),
        claim("RETREAT", "march", "planned"),
        claim(
            "ASSAULT",
            "executions",
            "alleged",
            sources=(reading(Sourcing("Mali", "denies"), "Mali"),),
        ),
        claim(
            "RETREAT",
            "crossed",
            "actual",
            sources=(Reading(Sourcing("French Ministry of Defence"), Basis.INFERRED),),
        ),
    ]


def verdicts(script: Any, claims: list[Claim], found: int = 15) -> list[bool]:
    record = Record(Document(TEXT), tuple(claims))
    return [check.holds for check in script("acceptance").checks(record, found)]


def test_the_acceptance_list_holds_for_what_it_asks(script: Any) -> None:
    assert verdicts(script, expected()) == [True] * 5


def test_the_acceptance_list_fails_without_it(script: Any) -> None:
    assert verdicts(script, [], 14) == [False] * 5
    blamed = expected()
    actors = (reading(Party("Mali"), "Mali"),)
    blamed[0] = claim(
        "ASSAULT",
        "died",
        "actual",
        actors=actors,
        recipients=blamed[0].slots.recipients,
        counts=blamed[0].slots.counts,
    )
    blamed[1] = claim("RETREAT", "march", "actual")
    blamed[3] = claim("RETREAT", "crossed", "actual")
    assert verdicts(script, blamed) == [True, False, False, True, False]
