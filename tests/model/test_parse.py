"""Spans and trees."""

from collections.abc import Callable

import pytest

from dateline.model import Annotated, Basis, Document, Reading, Sentence, Span


def test_empty_and_reversed_spans_are_refused() -> None:
    for start, end in ((3, 3), (5, 2), (-1, 2)):
        with pytest.raises(ValueError, match="span"):
            Span(start, end)


def test_a_stated_reading_needs_words() -> None:
    with pytest.raises(ValueError, match="words"):
        Reading("x", Basis.STATED)
    assert Reading("x", Basis.ASSUMED).evidence == ()


def test_documents_are_named_by_content() -> None:
    assert Document("a", name="x").id == Document("a", name="y").id
    assert Document("a", publisher="x").id != Document("a", publisher="y").id


def test_phrase_leaves_clauses_out(parsed: Callable[..., Annotated]) -> None:
    text = "The army of Chad, which fled, met."
    parse = parsed(text).parse
    head = next(t.i for t in parse.tokens if t.text == "army")
    assert parse.phrase(head).of(text) == "The army of Chad"


def test_phrase_leaves_what_one_is_accused_of_out(parsed: Callable[..., Annotated]) -> None:
    text = "He accused the bloc of letting them starve."
    parse = parsed(text).parse
    head = next(t.i for t in parse.tokens if t.text == "bloc")
    assert parse.phrase(head).of(text) == "the bloc"


def test_conjuncts_are_found_from_the_first(parsed: Callable[..., Annotated]) -> None:
    parse = parsed("Soldiers, teachers and police met.").parse
    assert [parse.tokens[i].text for i in parse.conjuncts(0)] == ["Soldiers", "teachers", "police"]


def test_tokens_are_found_by_offset(parsed: Callable[..., Annotated]) -> None:
    parse = parsed("Shells fell. Nobody was hurt.").parse
    assert parse.tokens[parse.token_at(13)].text == "Nobody"
    assert parse.token_at(0) == 0
    assert list(parse.tokens_in(Span(0, 11))) == [0, 1]
    assert [parse.sentence(i) for i in (0, 4)] == [(0, 2), (3, 6)]


def test_typographic_quotes_do_not_move_offsets(parsed: Callable[..., Annotated]) -> None:
    text = "Mali\u2018s army said \u201cno\u201d."
    for token in parsed(text).parse.tokens:
        assert len(token.text) == token.end - token.start


def test_a_text_without_words_has_no_tokens(parsed: Callable[..., Annotated]) -> None:
    assert parsed("").parse.tokens == ()


def test_line_breaks_end_headings_but_not_wrapped_lines(parsed: Callable[..., Annotated]) -> None:
    text = "A. Tan, Minister of State\n\nThe islands welcome the accord.\n- Talks resume"
    doc = parsed(text)
    assert [s.span.of(text).strip() for s in doc[Sentence]] == [
        "A. Tan, Minister of State", "The islands welcome the accord.", "- Talks resume",
    ]  # fmt: skip
    wrapped = (
        "Soldiers from the north of the country crossed the border by the long road near\n"
        "Niamey on Monday, and nobody was hurt."
    )
    assert len(parsed(wrapped)[Sentence]) == 1
