from typing import Any

import pytest

from dateline.annotate.attribution import LEXICON, Attributions
from dateline.annotate.attribution_lexicon import Reporting
from dateline.annotate.attribution_quotes import quotations
from dateline.knowledge import entries
from dateline.model import Annotated, Attribution, Document

ENTRIES = entries(LEXICON, Reporting)
STEP = Attributions()


@pytest.fixture
def sourced(parsed: Any) -> Any:
    """(source, stance, entry) of the attributions whose content covers a word."""

    def run(text: Any, word: Any) -> Any:
        at = text.index(word)
        return [
            (a.source and a.source.of(text), a.stance, a.found_by.split("#")[1])
            for a in parsed(text, steps=[STEP])[Attribution]
            if any(c.start <= at < c.end for c in a.content)
        ]

    return run


@pytest.mark.parametrize(
    ("name", "text", "source", "word"),
    [(n, text, *told) for n, entry in ENTRIES.items() for text, told in entry.examples.items()],
)
def test_examples_of_the_lexicon(
    sourced: Any, name: Any, text: Any, source: Any, word: Any
) -> None:
    assert (source, name) in [(found[0], found[2]) for found in sourced(text, word)]


@pytest.mark.parametrize(
    ("name", "text"),
    [(n, text) for n, entry in ENTRIES.items() for text in entry.counter_examples],
)
def test_counter_examples_of_the_lexicon(parsed: Any, name: Any, text: Any) -> None:
    found = {a.found_by for a in parsed(text, steps=[STEP])[Attribution]}
    assert f"attribution#{name}" not in found


@pytest.mark.parametrize(
    ("text", "word", "stance"),
    [
        ("The minister said he would close the border.", "close", "announces"),
        ("The minister said rebels closed the border.", "closed", "reports"),
        ("The rebels claimed that they shot down a drone.", "shot", "claims-responsibility"),
        ("The opposition claimed that police beat students.", "beat", "alleges"),
        ("The army confirmed that two soldiers died.", "died", "confirms"),
        ("The army denied shelling the camp.", "shelling", "denies"),
        ("A splinter group claimed responsibility for the bombing.", "bombing",
         "claims-responsibility"),
    ],
)  # fmt: skip
def test_stance(sourced: Any, text: Any, word: Any, stance: Any) -> None:
    assert stance in [found[1] for found in sourced(text, word)]


def test_several_sources_are_one_attribution_each(sourced: Any) -> None:
    found = sourced("Police and witnesses said gunmen stormed the bank.", "stormed")
    assert {source for source, *_ in found} == {"Police", "witnesses"}


def test_a_pronoun_speaks_for_its_antecedent(sourced: Any) -> None:
    text = "Mayor Awa Traore said gunmen stormed the bank. She added that they burned two cars."
    assert [s for s, *_ in sourced(text, "burned")] == ["Mayor Awa Traore"]


def test_the_writer_is_no_source(sourced: Any) -> None:
    assert sourced("We said that gunmen stormed the bank.", "stormed") == []


def test_a_hidden_source_is_none(sourced: Any) -> None:
    assert sourced("The bank was reported to have been stormed.", "stormed")[0][0] is None


def test_a_quotation_of_several_sentences_is_all_content(sourced: Any) -> None:
    text = '"They came at night. They burned every house," said Moussa Keita.'
    assert ("Moussa Keita", "reports", "say") in sourced(text, "came")


def test_outlets_at_the_end_credit_the_paragraph(parsed: Any) -> None:
    text = (
        "A bomb kills two guards in Gao. Police blame rebels. Reuters France 24\n\nAll is calm.\n"
    )
    found = [a for a in parsed(text, steps=[STEP])[Attribution] if a.found_by.endswith("credit")]
    assert [a.source.of(text) for a in found] == ["Reuters", "France 24"]
    assert all(a.content[0].of(text).endswith("Police blame rebels.") for a in found)


def test_outlets_in_brackets_credit_the_paragraph(parsed: Any) -> None:
    text = "A bomb kills two guards in Gao. (AFP)\n"
    found = [a for a in parsed(text, steps=[STEP])[Attribution] if a.found_by.endswith("credit")]
    assert [a.source.of(text) for a in found] == ["AFP"]


def test_a_heading_is_no_outlet(parsed: Any) -> None:
    text = "The truce held. Market Day In Gao\n"
    assert not parsed(text, steps=[STEP])[Attribution]


def test_scare_quotes_are_no_statement() -> None:
    assert quotations('The "war on terror" goes on.') == []


def test_an_empty_document_has_none() -> None:
    assert list(STEP([Annotated(Document(""))])) == [[]]


def test_odd_text_never_fails(parsed: Any) -> None:
    doc = parsed('\x00 said "said\n\n\U0001f600 according to\n"" said that.', steps=[STEP])
    assert all(a.span.end <= len(doc.text) for a in doc[Attribution])
