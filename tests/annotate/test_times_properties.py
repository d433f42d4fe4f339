"""Whatever the words, times stay in the text, are told in full and have bounds in order."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.annotate.times import DispatchDates, TimeDoubts, Times, time_notes
from dateline.model import Annotated, DateClue, Document, TimeExpression

VOCABULARY = (
    "the last first second of in on at by since until from to between and or may March June 2022 "
    "1999 480 BC Monday Friday week months year days decade century night noon midnight 3 31 29 "
    "February 5pm 10:30 GMT ago later before after next this that same early late mid end half "
    "quarter spring summer Ramadan Easter Thanksgiving fiscal FY2021 2006-07 9999 0000 1990s 20th "
    "anniversary now recently daily every twice a two ten-year couple several , . - ( ) 99999 1st "
    "13/13/2022 2022-13-45 2022-02-30 the\u00a0year \x00 🙂 İ"
)
WORDS = VOCABULARY.split(" ")
DAYS = st.sampled_from([None, date.min, date(2022, 8, 17), date.max])

type Run = Callable[..., Annotated]


@pytest.fixture(scope="module")
def times() -> Times:
    return Times()


def check(doc: Annotated, times: Times) -> None:
    doc = doc.with_layer(DateClue, DispatchDates(times).find(doc))
    found = times.find(doc)
    doubts = TimeDoubts().find(doc.with_layer(TimeExpression, found))
    for x in (*found, *doc[DateClue], *doubts):
        assert 0 <= x.span.start < x.span.end <= len(doc.text)
    for time in found:
        assert time.value
        if time.earliest and time.latest:
            assert time.earliest[:10] <= time.latest[:10]
    assert [x.span for x in found] == sorted(x.span for x in found)
    assert isinstance(time_notes(doc), tuple)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40), day=DAYS)
def test_bounds_hold_without_a_parse(words: list[str], day: date | None, times: Times) -> None:
    check(Annotated(Document(" ".join(words), published=day)), times)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(st.sampled_from(WORDS), max_size=30), day=DAYS)
def test_bounds_hold_with_a_parse(
    words: list[str], day: date | None, times: Times, parsed: Run
) -> None:
    check(parsed(" ".join(words), published=day), times)


def test_a_long_line_takes_no_longer_than_its_length(times: Times) -> None:
    text = "on Monday 3 May 2022 " * 1000
    assert len(times.find(Annotated(Document(text)))) == 1000
