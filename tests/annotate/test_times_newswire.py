"""What news tells of times: spans and values by TIMEX3, and the bounds they settle."""

from collections.abc import Callable
from datetime import date

import pytest

from dateline.annotate.times import Times
from dateline.model import Annotated, TimeExpression

PUBLISHED = date(2022, 8, 17)  # a Wednesday

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


@pytest.mark.parametrize(
    ("text", "words", "type_", "value", "mod"),
    [
        ("Raids grew in recent years.", "recent years", "DATE", "PAST_REF", None),
        ("It peaked in mid-July.", "mid-July", "DATE", "2022-07", "MID"),
        ("It peaked in early 2019.", "early 2019", "DATE", "2019", "START"),
        ("It will take over two years.", "two years", "DURATION", "P2Y", None),
        ("He was held for over two years.", "over two years", "DURATION", "P2Y", "MORE_THAN"),
        ("It took about six months.", "about six months", "DURATION", "P6M", "APPROX"),
        ("They stayed at most two weeks.", "at most two weeks", "DURATION", "P2W", "EQUAL_OR_LESS"),
        ("Shelling eased in the last 24 hours.", "the last 24 hours", "DURATION", "PT24H", None),
        ("They left by the end of the year.", "the end of the year", "DATE", "2022", "END"),
        ("The north is lost since 2012.", "2012", "DATE", "2012", None),
        ("He fell in the late 1990s.", "the late 1990s", "DATE", "199", "END"),
        ("It lulls in the rainy season.", "the rainy season", "DATE", "XXXX", None),
        ("They fast in Ramadan 2023.", "Ramadan 2023", "DATE", "2023", None),
        ("After the 2024 elections, he will go.", "2024", "DATE", "2024", None),
        ("It fell at 03:15 GMT on Tuesday.", "03:15 GMT on Tuesday", "TIME", "2022-08-16T03:15",
         None),
        ("He left on Tuesday, Aug. 2.", "Tuesday, Aug. 2", "DATE", "2022-08-02", None),
        ("Sales rose in fiscal 2021.", "fiscal 2021", "DATE", "FY2021", None),
        ("Sales fell in the third quarter of last year.", "the third quarter of last year", "DATE",
         "2021-Q3", None),
        ("They march every Friday.", "every Friday", "SET", "XXXX-WXX-5", None),
        ("Trucks come twice a week.", "twice a week", "SET", "P1W", None),
        ("The daily convoy left.", "daily", "SET", "P1D", None),
        ("Last month's raid was filmed.", "Last month", "DATE", "2022-07", None),
        ("They met earlier this month.", "earlier this month", "DATE", "2022-08", "START"),
        ("He fled in the small hours of Sunday.", "the small hours of Sunday", "TIME",
         "2022-08-14TMO", None),
        ("The hearing is on September 5.", "September 5", "DATE", "2022-09-05", None),
        ("They voted on Thanksgiving 2021.", "Thanksgiving 2021", "DATE", "2021-11-25", None),
        ("They rose on Good Friday.", "Good Friday", "DATE", "2022-04-15", None),
        ("The bridge is now closed.", "now", "DATE", "PRESENT_REF", None),
        ("They will return in the near future.", "the near future", "DATE", "FUTURE_REF", None),
        ("Profit rose from a year earlier.", "a year earlier", "DATE", "2021", None),
        ("He had fled the day before.", "the day before", "DATE", "2022-08-16", None),
        ("They vote every two years.", "every two years", "SET", "P2Y", None),
        ("They meet every other week.", "every other week", "SET", "P2W", None),
        ("It took half an hour.", "half an hour", "DURATION", "PT30M", None),
        ("They left some time ago.", "some time ago", "DATE", "PAST_REF", None),
        ("It was seen at 3 o'clock.", "3 o'clock", "TIME", "2022-08-17T03:00", None),
        ("The blast came hours after the vote.", "hours", "DURATION", "PTXH", None),
        ("Shells fell overnight.", "overnight", "TIME", "2022-08-16TNI", None),
        ("He was shot at 2am (0100 UTC) on Sunday.", "2am", "TIME", "2022-08-14T02:00", None),
        ("He was freed two and a half years later.", "two and a half years", "DURATION", "P2.5Y",
         None),
    ],
)  # fmt: skip
def test_words_and_values(
    text: str, words: str, type_: str, value: str, mod: str | None, find: Find
) -> None:
    found = [(x.span.of(text), x.type, x.value, x.mod) for x in find(text)]
    assert (words, type_, value, mod) in found


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("They fought from 3 to 5 May.", [("3", "2022-05-03"), ("5 May", "2022-05-05")]),
        ("They fought between January and March 2021.",
         [("January", "2021-01"), ("March 2021", "2021-03")]),
        ("The 2006-07 drought ended.", [("2006", "2006"), ("07", "2007")]),
        ("He ruled from 1999 to 2004.", [("1999", "1999"), ("2004", "2004")]),
        ("Talks ran from Monday to Wednesday.",
         [("Monday", "2022-08-15"), ("Wednesday", "2022-08-17")]),
    ],
)  # fmt: skip
def test_each_end_of_a_range_has_its_value_and_the_whole_range(
    text: str, ends: list[tuple[str, str]], find: Find
) -> None:
    found = find(text)
    assert [(x.span.of(text), x.value) for x in found] == ends
    assert {(x.start, x.end) for x in found} == {(ends[0][1], ends[1][1])}


def test_a_range_around_the_day_of_publication_is_under_way(find: Find) -> None:
    first, _ = find("The show is to run from August 1 through September 9.")
    assert (first.start, first.end) == ("2022-08-01", "2022-09-09")


def test_later_times_lean_on_the_one_told_last(find: Find) -> None:
    text = "He was seized on May 4, 2021. Two days later he died. The next day they buried him."
    assert [x.value for x in find(text)] == ["2021-05-04", "2021-05-06", "2021-05-07"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The vote was held on October 9.", "2021-10-09"),
        ("The vote will be held on October 9.", "2022-10-09"),
        ("They must leave by October 9.", "2022-10-09"),
        ("They asked for a truce by October 9.", "2022-10-09"),
        ("The senate was to meet Monday.", "2022-08-15"),
        ("The leap day of 29 February passed.", "2020-02-29"),
        ("The mission starts September 28.", "2022-09-28"),
        ("It was shelled 24 hours ago.", "2022-08-16"),
        ("They were at the fair this weekend.", "2022-08-13"),
        ("They will be at the fair this weekend.", "2022-08-20"),
    ],
)
def test_tense_and_deadlines_choose_the_year(text: str, start: str, find: Find) -> None:
    assert [x.start for x in find(text)] == [start]


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("It fell at 5:30 p.m. on Monday.", "minute", "2022-08-15T17:30", "2022-08-15T17:30"),
        ("It fell on Monday night.", "daypart", "2022-08-15T18:00", "2022-08-16T06:00"),
        ("It fell on Monday.", "day", "2022-08-15", "2022-08-15"),
        ("It fell last week.", "week", "2022-08-08", "2022-08-14"),
        ("It fell over the weekend.", "weekend", "2022-08-13", "2022-08-14"),
        ("It fell in July.", "month", "2022-07-01", "2022-07-31"),
        ("It fell in the second quarter of 2021.", "quarter", "2021-04-01", "2021-06-30"),
        ("It fell in the first half of 2021.", "half", "2021-01-01", "2021-06-30"),
        ("It fell in the summer of 2021.", "season", "2021-06-01", "2021-08-31"),
        ("It fell in 2019.", "year", "2019-01-01", "2019-12-31"),
        ("It fell in the 1990s.", "decade", "1990-01-01", "1999-12-31"),
        ("It fell in the 15th century.", "century", "1400-01-01", "1499-12-31"),
        ("Raids grew over the past two weeks.", "week", "2022-08-03", "2022-08-17"),
        ("They met earlier this month.", "month", "2022-08-01", "2022-08-16"),
        ("It was recently mined.", "", None, "2022-08-17"),
    ],
)
def test_bounds_and_precision(
    text: str, precision: str, earliest: str | None, latest: str | None, find: Find
) -> None:
    (found,) = find(text)
    assert (found.precision, found.earliest, found.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "The Daily Herald sent a reporter.",
        "She joined the Long March.",
        "Former ministers spoke of future plans.",
        "Agents may march 2,000 miles.",
        "About 1500 huts burned.",
    ],
)
def test_what_is_no_time_in_news(text: str, find: Find) -> None:
    assert find(text) == []


def test_a_paper_is_no_day(find: Find) -> None:
    assert not find("The Sunday Times asked him.")


def test_a_bare_time_of_day_after_an_old_month_is_not_of_the_day_of_publication(find: Find) -> None:
    found = find("He was shot in June 1968. Shortly after midnight he died.")
    assert [(x.value, x.start) for x in found] == [
        ("1968-06", "1968-06"),
        ("XXXX-XX-XXT24:00", None),
    ]


def test_a_past_tense_tagged_as_participle_is_past(find: Find) -> None:
    first, _ = find("From April through June, the mission estimated 176 people were killed.")
    assert (first.start, first.end) == ("2022-04", "2022-06")
