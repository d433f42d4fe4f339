"""The knowledge behind time expressions runs as tests; odd texts and plain cases follow."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from dateline.annotate.times import Times
from dateline.annotate.times.grammar import FOLDER, STEMS, TimeEntry
from dateline.knowledge import entries
from dateline.model import Annotated, TimeExpression

PUBLISHED = date(2022, 8, 17)
ENTRIES = {
    f"{stem}#{name}": entry
    for stem in STEMS
    for name, entry in entries(f"{FOLDER}/{stem}.yaml", TimeEntry).items()
}
EXAMPLES = [(n, e) for n, entry in ENTRIES.items() for e in entry.examples]
COUNTERS = [(n, e) for n, entry in ENTRIES.items() for e in entry.counter_examples]
MARK = re.compile(r"\[([^=\]]+) = ([^\]]+)\]")

type Run = Callable[..., Annotated]
type Find = Callable[..., list[TimeExpression]]


@pytest.fixture(scope="module")
def times() -> Times:
    return Times()


@pytest.fixture
def find(parsed: Run, times: Times) -> Find:
    def run(text: str, published: date | None = PUBLISHED) -> list[TimeExpression]:
        return times.find(parsed(text, published=published))

    return run


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example(name: str, example: str, find: Find) -> None:
    wanted = {(mark[1], mark[2]) for mark in MARK.finditer(example)}
    assert wanted
    text = MARK.sub(r"\1", example)
    assert wanted <= {(x.span.of(text), x.value) for x in find(text)}, name


@pytest.mark.parametrize(("name", "example"), COUNTERS)
def test_counter_example(name: str, example: str, find: Find) -> None:
    assert [x for x in find(example) if x.found_by == name] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The camp fell on Wednesday.", "2022-08-17", "2022-08-17"),
        ("The ministers will meet on Tuesday.", "2022-08-23", "2022-08-23"),
        ("The ministers met on Tuesday.", "2022-08-16", "2022-08-16"),
        ("Talks are scheduled for September.", "2022-09", "2022-09"),
        ("The town fell in September.", "2021-09", "2021-09"),
        ("It has been shut since Friday.", "2022-08-12", "2022-08-17"),
        ("It has been shut since 2012.", "2012", "2022"),
        ("The plant was closed until 2019.", None, "2019"),
        ("Shelling lasted between 3 May and 5 June 2021.", "2021-05-03", "2021-06-05"),
        ("Nine died from December 2020 to March 2021.", "2020-12", "2021-03"),
        ("They left in June of this year.", "2022-06", "2022-06"),
        ("They left at 11am local time on Monday.", "2022-08-15", "2022-08-15"),
        ("They left on Friday, August 12.", "2022-08-12", "2022-08-12"),
        ("Attacks rose over the past two weeks.", "2022-08-03", "2022-08-17"),
        ("Raids rose in the first six months of the year.", "2022-01", "2022-06"),
        ("He was jailed in the early 1990s.", "1990", "1999"),
    ],
)
def test_dates(text: str, start: str | None, end: str | None, find: Find) -> None:
    assert {(found.start, found.end) for found in find(text)} == {(start, end)}


@pytest.mark.parametrize("text", ["It fell on Monday.", "It fell in July.", "It fell yesterday."])
def test_no_publication_date_settles_nothing(text: str, find: Find) -> None:
    (found,) = find(text, published=None)
    assert (found.start, found.end, found.earliest, found.latest) == (None, None, None, None)


def test_a_year_in_the_text_settles_a_date_without_publication(find: Find) -> None:
    (found,) = find("It fell on 3 May 2019.", published=None)
    assert found.start == found.end == found.earliest == "2019-05-03"


def test_parts_narrow_the_bounds_but_not_the_dates(find: Find) -> None:
    (found,) = find("The coup came in early 2019.")
    assert (found.start, found.end) == ("2019", "2019")
    assert found.earliest == "2019-01-01"
    assert "2019-01-01" < (found.latest or "") < "2019-06-01"


def test_a_clock_time_is_bounded_to_the_minute(find: Find) -> None:
    (found,) = find("A blast shook the port at 5:30 p.m. on Monday.")
    assert found.type == "TIME"
    assert found.earliest == found.latest == "2022-08-15T17:30"


def test_what_lies_ahead_is_no_anchor(find: Find) -> None:
    text = "He was held on May 4. He will be tried on November 3. The house burned the same day."
    assert [x.start for x in find(text)] == ["2022-05-04", "2022-11-03", "2022-05-04"]


def test_impossible_dates_are_left_out(find: Find) -> None:
    assert find("It fell on February 30, 2021.") == []


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x07", "🙂 on 🙂", "İ" * 50 + " on Monday", "in " * 2000, "9" * 5000, "2022-99-99"],
)
def test_odd_texts_do_not_raise(text: str, find: Find) -> None:
    for found in find(text):
        assert found.span.end <= len(text)


def test_offsets_survive_letters_that_lengthen_in_lower_case(find: Find) -> None:
    text = "İİİ fell on Monday."
    assert [x.span.of(text) for x in find(text)] == ["Monday"]
