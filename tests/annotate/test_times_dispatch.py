"""Undated dispatches are dated from their words, with reasons; what cannot be is noted."""

from collections.abc import Callable
from datetime import date

import pytest

from dateline.annotate.times import DispatchDates, TimeDoubts, Times, time_notes, written
from dateline.annotate.times.interval import spanning, told, window
from dateline.model import Annotated, Basis, DateClue, Doubt, Period, Record, Span, TimeExpression
from dateline.model.codec import dump, load
from dateline.pipeline import record_of

type Run = Callable[..., Annotated]
type Undated = Callable[[str], Annotated]

WITHDRAWAL = (
    "The last peacekeepers have now left Zanda, the ministry said. The convoy crossed the river at "
    "9am on Tuesday. Rebels captured the east in 2009, and the mission began in 2011. The ten-year "
    "war in Zanda has been a bitter one. In March the president announced that troops would "
    "withdraw over a period of 3-5 months. The depot was shelled in July, and twelve died this "
    "month in the hills. This year the league imposed sanctions. They were lifted in July."
)


@pytest.fixture(scope="module")
def times() -> Times:
    return Times()


@pytest.fixture
def undated(parsed: Run, times: Times) -> Undated:
    def run(text: str) -> Annotated:
        return parsed(text, steps=[DispatchDates(times), times, TimeDoubts()])

    return run


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "rule"),
    [
        ("GAO, Aug. 15, 2022 - Troops left.", "2022-08-15", "2022-08-15", "dateline"),
        ("Truce holds\nMonday, 15 August 2022\nTroops left.", "2022-08-15", "2022-08-15",
         "dateline"),
        ("Published: 3 May 2021\nTroops left the town.", "2021-05-03", "2021-05-03", "dateline"),
        ("Crowds marked the tenth anniversary of the 2011 revolt.", "2021-01-01", "2021-12-31",
         "anniversary"),
        ("On March 2, 2022, gunmen stormed the jail. Ten fled.", "2022-03-02", "2022-04-16",
         "lead-date"),
        ("Rebels took the port in 2012. The ten-year war has emptied it.", "2022-01-01",
         "2022-12-31", "years-since"),
        ("The pact was signed in 2018. It will be renewed in 2021.", "2018-01-01", "2021-12-31",
         "past"),
        ("The mayor was shot in 2019.", "2019-01-01", None, "past"),
        ("The post will be closed in 2030.", None, "2030-12-31", "ahead"),
    ],
)  # fmt: skip
def test_clues(
    text: str, earliest: str | None, latest: str | None, rule: str, undated: Undated
) -> None:
    clues = undated(text)[DateClue]
    low, high = window(clues)
    assert (low and low.isoformat(), high and high.isoformat()) == (earliest, latest)
    assert f"dispatch-date#{rule}" in {clue.found_by for clue in clues}
    assert all(clue.span.of(text) in clue.says for clue in clues)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Troops left the town on Monday.",
        "The 2024 elections were delayed.",
        "He was born in 1950 and attacks that took place on August 7, 1998, shook him.",
        "The town had ten years of war.",
        "Today we mark the anniversary: on June 4, 1989, troops fired.",
    ],
)
def test_no_year_is_made_up(text: str, undated: Undated) -> None:
    low, high = window(undated(text)[DateClue])
    assert low is None or high is None


def test_a_dated_dispatch_is_not_dated_again(parsed: Run, times: Times) -> None:
    doc = parsed("GAO, Aug. 15, 2022 - Troops left.", published=date(2022, 8, 16))
    assert DispatchDates(times).find(doc) == []


def test_a_clue_that_contradicts_a_stronger_one_is_left_out(undated: Undated) -> None:
    clues = undated("GAO, Aug. 15, 2022 - Troops left. The post was closed in 2025.")[DateClue]
    assert {clue.found_by for clue in clues} == {"dispatch-date#dateline"}


def test_months_and_plans_narrow_the_year(undated: Undated) -> None:
    doc = undated(WITHDRAWAL)
    assert told(doc[DateClue]) == "a Tuesday in August 2019"
    reading = written(doc)
    assert reading is not None
    assert reading.value == Period("2019-08-01", "2019-08-31")
    assert reading.basis is Basis.INFERRED
    assert {span.of(doc.text) for span in reading.evidence} >= {"ten-year", "3-5 months"}
    assert "told as completed" in time_notes(doc)[0]


def test_relative_times_keep_the_uncertainty_of_the_date(undated: Undated) -> None:
    found = {x.span.of(WITHDRAWAL): x for x in undated(WITHDRAWAL)[TimeExpression]}
    day, month = found["9am on Tuesday"], found["this month"]
    assert (day.start, day.end, day.value) == ("2019-07", "2019-08", "2019-XX-XXT09:00")
    assert (day.earliest, day.latest) == ("2019-07-30T09:00", "2019-08-27T09:00")
    assert (month.start, month.inferred) == ("2019-08", True)
    assert not found["2009"].inferred


def test_what_two_days_agree_on_is_kept() -> None:
    def time(day: str) -> TimeExpression:
        return TimeExpression(Span(0, 6), "x", "DATE", day, day, day, day, day)

    bare = TimeExpression(Span(0, 6), "x", "DATE", "XXXX-WXX-1")
    both = spanning(bare, time("2022-08-01"), time("2022-08-29"))
    assert (both.value, both.start, both.end) == ("2022-08-XX", "2022-08", "2022-08")
    assert (both.earliest, both.latest) == ("2022-08-01", "2022-08-29")
    far = spanning(bare, time("2021-08-01"), time("2022-08-29"))
    assert (far.start, far.earliest, far.latest) == (None, "2021-08-01", "2022-08-29")


def test_the_record_tells_when_it_was_written_and_survives_storage(undated: Undated) -> None:
    record = record_of(undated(WITHDRAWAL))
    assert record.written is not None
    assert record.written.value == Period("2019-08-01", "2019-08-31")
    assert record.notes[0].startswith("no publication date is given; inferred: a Tuesday in Aug")
    assert load(dump(record)) == record
    assert load(dump(Record(record.document))).written is None


@pytest.mark.parametrize(
    ("clues", "words"),
    [
        ([], "unknown"),
        ([("2020-01-01", None)], "not before 2020-01-01"),
        ([(None, "2020-12-31")], "not after 2020-12-31"),
        ([("2020-01-01", "2020-12-31")], "between 2020-01-01 and 2020-12-31"),
        ([("2020-03-01", "2020-03-31")], "March 2020"),
        ([("2020-03-04", "2020-03-04")], "2020-03-04"),
    ],
)
def test_the_outcome_in_words(clues: list[tuple[str | None, str | None]], words: str) -> None:
    assert told([DateClue(Span(0, 1), "x", "", *clue) for clue in clues]) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fell on 31 February.", "31 February"),
        ("It fell on February 30, 2021.", "February 30, 2021"),
        ("It fell on February 29, 2021.", "February 29, 2021"),
        ("It fell on 2022-13-45.", "2022-13-45"),
        ("It fell in the year 3022.", "the year 3022"),
        ("After the 2024 elections, the sanctions were lifted.", "After the 2024 elections"),
        ("The town was burned in 2023.", "in 2023"),
    ],
)
def test_what_cannot_be_is_noted(text: str, words: str, parsed: Run, times: Times) -> None:
    doc = parsed(text, published=date(2022, 8, 17), steps=[times, TimeDoubts()])
    (doubt,) = doc[Doubt]
    assert doubt.reason.startswith(f"'{words}' ")


@pytest.mark.parametrize(
    "text",
    [
        "It fell on 30 April and on February 29, 2020.",
        "After the 2024 elections, the sanctions will be lifted.",
        "They agreed to hold elections in 2024.",
        "The vote was moved to 2024, and the plan for 2025 was dropped.",
        "The lot 2022-08-15 arrived in the year 2001.",
    ],
)
def test_what_can_be_raises_no_doubt(text: str, parsed: Run, times: Times) -> None:
    doc = parsed(text, published=date(2022, 8, 17), steps=[times, TimeDoubts()])
    assert doc[Doubt] == ()


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x07", "🙂 on 🙂 2022-99-99", "İ" * 50 + " 31 February", "in 2020 " * 500,
     "May 32, 2022. 2022-00-00. 0000-01-01", "9" * 5000, "the year " * 300],
)  # fmt: skip
def test_odd_texts_do_not_raise(text: str, undated: Undated) -> None:
    doc = undated(text)
    assert all(0 <= x.span.start <= x.span.end <= len(text) for x in doc[DateClue])
    assert isinstance(time_notes(doc), tuple)
