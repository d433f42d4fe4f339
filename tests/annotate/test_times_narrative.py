"""Histories lean on what they told before, not on the day they were published."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from dateline.annotate.times import Times
from dateline.model import Annotated, TimeExpression

type Run = Callable[..., Annotated]

HISTORY = (
    "The league was founded in 1901. In 1904 it split. In March 1907 the northern wing took arms. "
    "In October its leader was killed. In January the war spread. It ended in 1911, and a new pact "
    "of 1913 was broken in 1914, 1916 and 1919. The next year the league was banned."
)


@pytest.fixture(scope="module")
def times() -> Times:
    return Times()


def told(doc: Annotated, found: Sequence[TimeExpression]) -> list[tuple[str, str]]:
    return [(x.span.of(doc.text), x.value) for x in found]


def test_a_chronology_is_told_apart_and_its_months_follow_its_years(
    parsed: Run, times: Times
) -> None:
    doc = parsed(HISTORY, published=date(2022, 8, 17))
    found = told(doc, times.find(doc))
    assert ("October", "1907-10") in found
    assert ("January", "1908-01") in found
    assert ("The next year", "1920") in found


def test_the_mode_may_be_given(parsed: Run) -> None:
    doc = parsed(HISTORY, published=date(2022, 8, 17))
    assert ("October", "2021-10") in told(doc, Times("news").find(doc))
    short = parsed("The town fell in 1944. In May it was freed.", published=date(2022, 8, 17))
    assert told(short, Times("narrative").find(short)) == [("1944", "1944"), ("May", "1944-05")]


def test_news_that_opens_with_its_day_is_no_narrative(parsed: Run, times: Times) -> None:
    doc = parsed("The founder died on Monday. " + HISTORY, published=date(2022, 8, 17))
    found = told(doc, times.find(doc))
    assert ("Monday", "2022-08-15") in found
    assert ("October", "2021-10") in found


def test_an_aside_does_not_move_the_story(parsed: Run) -> None:
    text = (
        "The siege began in May 1943. It was, as in the war of 1812, a long one. In June it ended."
    )
    doc = parsed(text)
    assert told(doc, Times("narrative").find(doc))[-1] == ("June", "1943-06")


def test_years_before_our_era(parsed: Run) -> None:
    text = "The fleet sailed in 480 BC. In September it sank. The following year the city fell."
    doc = parsed(text)
    assert told(doc, Times("narrative").find(doc)) == [
        ("480 BC", "BC0480"), ("September", "BC0480-09"), ("The following year", "BC0479"),
    ]  # fmt: skip
