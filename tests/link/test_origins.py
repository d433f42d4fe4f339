"""Reprints are found, whatever was changed; reports of one's own are not taken for them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link.origins import Reprints
from dateline.link.rewrites import Sketch, _longest, coverage, ordered, sketch
from dateline.model import Document, Record

STORY = (
    "BIRKO - Rebels of the Hill Front shelled the cattle market of Birko on Monday and killed "
    "12 traders, Governor Ada Brook said. Forty people were taken to the hospital of Arda. "
    "The road to Tobin has been closed since Sunday. Colonel Ben Carter said that 300 "
    "soldiers were on their way. The Hill Front, which signed a truce in March, did not "
    "comment."
)
SPUN = (
    "BIRKO - Insurgents from the Hill Front bombarded the livestock bazaar at Birko Monday, "
    "slaying 12 merchants, Governor Ada Brook stated. Forty persons got transported to the "
    "infirmary in Arda. The highway toward Tobin is shut from Sunday. Colonel Ben Carter "
    "mentioned 300 troopers were en route. The Hill Front, having inked an armistice in "
    "March, offered no remark."
)
OWN = (
    "Sana Tobin was selling goats when the first shell came down. She lost two sons. At the "
    "hospital of Arda nurses ran out of blood by noon. People here have seen the Hill Front "
    "and the army trade places four times, and they trust neither. A dozen traders are dead, "
    "says the governor. The market, the largest in the valley, may not open again this year, "
    "and prices of meat have doubled in Birko."
)


def made(text: str, day: int = 3, publisher: str = "Post") -> Record:
    return Record(Document(text, publisher, "", publisher, "", date(2021, 5, day)))


def groups(*records: Record) -> list[list[str]]:
    reprints = Reprints()
    for record in records:
        reprints.add(record)
    names = {record.document.id: record.document.publisher for record in records}
    return [[names[d] for d in origin.documents] for origin in reprints.origins()]


@pytest.mark.parametrize(
    "copy", [STORY.upper(), STORY.replace("Rebels", "Fighters"), STORY + " More follows.", SPUN]
)
def test_copies_go_back_to_the_earliest(copy: str) -> None:
    found = groups(made(copy, 4, "Copy"), made(STORY, 3, "Wire"))
    assert found == [["Wire", "Copy"]]


def test_a_report_of_ones_own_is_none() -> None:
    assert groups(made(STORY, 3, "Wire"), made(OWN, 4, "Own")) == [["Wire"], ["Own"]]


def test_the_same_page_of_another_month_is_none() -> None:
    assert len(groups(made(STORY, 3, "Wire"), made(STORY, 29, "Late"))) == 2


def test_of_one_day_the_longest_is_the_original() -> None:
    assert groups(made(STORY, 3, "Short"), made(STORY + " It is the worst raid.", 3, "Long")) == [
        ["Long", "Short"]
    ]


def test_each_copy_has_its_reason() -> None:
    reprints = Reprints()
    for record in (made(STORY, 3, "Wire"), made(SPUN, 4, "Spun"), made(STORY, 4, "Same")):
        reprints.add(record)
    (origin,) = reprints.origins()
    assert len(origin.why) == len(origin.documents) - 1 == 2
    assert any("the same words" in why for why in origin.why)
    assert any("in the same order" in why for why in origin.why)
    assert all("Wire" in why for why in origin.why)


def test_short_and_odd_texts_are_no_copies() -> None:
    for text in ("", "Sign in.", "…", "\x00\x01" * 30):
        assert len(groups(made(text, 3, "A"), made(text, 4, "B"))) == 2


def test_likeness_is_the_same_both_ways() -> None:
    one, other = sketch(made(STORY)), sketch(made(SPUN))
    assert coverage(one, other) == pytest.approx(coverage(other, one))
    assert ordered(one, other) == ordered(other, one)
    assert ordered(one, one) == coverage(one, one) == 1.0
    assert coverage(Sketch((), ()), one) == ordered(Sketch((), ()), one) == 0.0


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_the_longest_common_row_is_exact(ours: list[str], theirs: list[str]) -> None:
    table = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i, a in enumerate(ours, 1):
        for j, b in enumerate(theirs, 1):
            same = table[i - 1][j - 1] + 1
            table[i][j] = same if a == b else max(table[i - 1][j], table[i][j - 1])
    assert _longest(ours, theirs) == table[-1][-1]
