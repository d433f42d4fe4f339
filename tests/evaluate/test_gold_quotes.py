import pytest

from dateline.evaluate.quotes import Sentences, content, locate, overlap


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ({"text": "war"}, (0, 3)),
        ({"text": "war", "nth": 2}, (8, 11)),
        ({"text": "war", "nth": 3}, None),
        ({"text": "war", "nth": None}, (0, 3)),
        ({"text": "aa", "nth": 2}, (13, 15)),  # occurrences may overlap
        ({"text": ""}, None),
        ({"text": None, "name": "war"}, None),
        ({"start": 4, "end": 7, "text": "war"}, (4, 7)),
        (None, None),
    ],
)
def test_a_quote_is_found_by_its_offsets_or_its_occurrence(
    quote: dict[str, object] | None, expected: tuple[int, int] | None
) -> None:
    assert locate("war and war aaa", quote) == expected


def test_sentences_end_at_full_stops_before_capitals_and_at_line_breaks() -> None:
    text = 'He left at 5 p.m. and hid. "Go." 12 fled.\nthe rest stayed'
    sentences = Sentences(text)
    starts = ["He left", '"Go."', "12 fled", "the rest"]
    assert [sentences.of(text.index(start)) for start in starts] == [0, 1, 2, 3]
    assert sentences.of(text.index("and hid")) == 0
    assert text[slice(*sentences.span(text.index("fled"), len(text)))] == "12 fled.\n"
    assert text[slice(*sentences.span(len(text) - 1, len(text)))] == "the rest stayed"


def test_a_text_without_breaks_is_one_sentence() -> None:
    assert Sentences("").of(0) == 0
    assert Sentences("no end").of(500) == 0


def test_names_are_compared_without_empty_words() -> None:
    assert content("The three former Rebels of the North") == content("north rebels")
    assert content(None) == content("of the") == frozenset()


def test_ranges_that_only_touch_do_not_overlap() -> None:
    assert overlap((0, 3), (2, 4))
    assert not overlap((0, 3), (3, 4))
    assert not overlap(None, (0, 3))
