"""The parse as our own layer: the same labels as spaCy's, sentences at paragraph ends."""

from collections.abc import Iterable
from typing import Any

import spacy

from dateline.annotate.tokens import Parser, _convert, _packaged
from dateline.api import code_many
from dateline.config import Config
from dateline.knowledge import locate
from dateline.model import Annotated, Document

TRICKY = (
    "There were clashes, but there's no word of them. They're gonna leave; it ain't over.\n\n"
    "\n  C'mon, let's go! Y'all got ta see: he'd've gone. I was there; you were not.\n"
    "Were there, are there, is there any? THERE IS. But for them, all but one died 😀."
)


def texts() -> list[str]:
    """Texts in which every kind of token stands."""
    samples = [record.document.text for record in code_many(str(locate("samples")))]
    return [*samples, TRICKY, "", " \n\n ", "x"]


def test_labels_are_those_of_the_whole_pipeline(parser: Parser) -> None:
    assert parser._labels is not None
    documents = [Annotated(Document(text)) for text in texts()]
    for _ in range(2):  # once with nothing known, once with all
        for doc in parser(documents):
            plain = parser._nlp(parser._tokenize(doc.text))
            assert doc.parse == _convert(plain, parser.found_by)


def test_the_library_that_multiplies_changes_no_label(parser: Parser) -> None:
    plain = Parser.__new__(Parser)
    plain.__dict__ |= {**parser.__dict__, "_nlp": spacy.load(str(_packaged(Config().parser)))}
    ops = [node.ops for _, part in plain._nlp.pipeline for node in nodes(part)]
    ours = [node.ops for _, part in parser._nlp.pipeline for node in nodes(part)]
    assert {x.use_blis for x in ops} == {True}
    assert {x.use_blis for x in ours} == {False}
    documents = [Annotated(Document(text)) for text in texts()]
    assert list(plain(documents)) == list(parser(documents))


def nodes(part: Any) -> Iterable[Any]:
    """The nodes of a component's model, if it has one."""
    return part.model.walk() if hasattr(part, "model") and hasattr(part.model, "walk") else ()


def test_a_line_break_that_ends_a_paragraph_ends_a_sentence(parser: Parser) -> None:
    text = "Rebels enter Gao\n\nThe army left on Monday.\nNo one was hurt."
    (doc,) = parser([Annotated(Document(text))])
    starts = [text[doc.parse.tokens[first].start :] for first, _ in doc.parse.sentences]
    assert [start.split()[0] for start in starts] == ["Rebels", "The", "No"]
