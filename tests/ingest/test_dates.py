from datetime import date, datetime

import pytest

from dateline.ingest.dates import day, in_url

AUGUST = date(2022, 8, 15)


@pytest.mark.parametrize(
    "written",
    [
        "2022-08-15",
        " 2022-08-15 ",
        "2022-08-15T23:30:00-05:00",
        "2022-08-15 11:00",
        "20220815",
        20220815,
        "15 August 2022",
        "August 15, 2022",
        "15 Aug 2022",
        "2022/08/15",
        "Mon, 15 Aug 2022 11:00:00 GMT",
        AUGUST,
        datetime(2022, 8, 15, 23, 59),  # noqa: DTZ001
    ],
)
def test_a_day_is_read_as_written(written: object) -> None:
    assert day(written) == AUGUST


@pytest.mark.parametrize("written", [None, ""])
def test_nothing_told_is_no_date(written: object) -> None:
    assert day(written) is None


@pytest.mark.parametrize(
    "written",
    ["2022-13-45", "08/03/2022", "2022", "2022-08", "Monday", "soon", 17, True, [], {"y": 1},
     "2022-08-155", "9" * 400, "-", "Mon, 99 Foo 2022 11:00:00 GMT"],
)  # fmt: skip
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (any message will do)
        day(written)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2022/08/15/gao",
        "https://example.org/news/2022-08-15-gao.html",
        "https://example.org/a?date=20220815",
        "https://example.org/2022/aug/15/gao",
    ],
)
def test_an_address_may_tell_the_day(url: str) -> None:
    assert in_url(url) == AUGUST


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/gao", "https://example.org/2022/08/", "https://example.org/2022/13/45/a",
     "https://example.org/id/120220815", "https://example.org/2022/08/15/after-2022-07-01"],
)  # fmt: skip
def test_an_address_without_one_day_tells_none(url: str) -> None:
    assert in_url(url) is None
