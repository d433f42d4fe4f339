"""Overlapping spans, cut."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.export.marks import Mark, stretches
from dateline.model import Span

SPANS = st.tuples(st.integers(0, 18), st.integers(1, 20)).filter(lambda x: x[0] < x[1])


@given(st.lists(SPANS, max_size=6))
def test_stretches_tile_the_text_and_carry_the_marks_of_each_character(
    found: list[tuple[int, int]],
) -> None:
    marked = [(Span(*x), Mark(number, "actors")) for number, x in enumerate(found)]
    pieces = list(stretches(20, marked))
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == 20
    for piece in pieces:
        for at in range(piece.start, piece.end):
            here = {mark for span, mark in marked if span.start <= at < span.end}
            assert set(piece.marks) == here


def test_an_empty_text_has_none() -> None:
    assert list(stretches(0, [])) == []
