from typing import Any

import pytest

from dateline.annotate import cues
from dateline.annotate.cues import LEXICON, CueEntry, Cues
from dateline.errors import KnowledgeError
from dateline.knowledge import entries
from dateline.model import Annotated, Cue, Document

ENTRIES = entries(LEXICON, CueEntry)
STEP = Cues()


@pytest.fixture
def governed(parsed: Any) -> Any:
    """Categories whose scope covers a word, and the entries that found them."""

    def run(text: Any, word: Any) -> Any:
        doc = parsed(text, steps=[STEP])
        at = text.index(word)
        return {(c.category, c.found_by) for c in doc[Cue] if c.scope.start <= at < c.scope.end}

    return run


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [(n, text, w) for n, entry in ENTRIES.items() for text, w in entry.examples.items()],
)
def test_examples_of_the_lexicon(governed: Any, name: Any, text: Any, word: Any) -> None:
    assert (ENTRIES[name].category, f"cues#{name}") in governed(text, word)


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [(n, text, w) for n, entry in ENTRIES.items() for text, w in entry.counter_examples.items()],
)
def test_counter_examples_of_the_lexicon(governed: Any, name: Any, text: Any, word: Any) -> None:
    assert f"cues#{name}" not in {found for _, found in governed(text, word)}


def test_plain_reporting_is_no_cue(governed: Any) -> None:
    assert governed("Officials said that soldiers shelled the town.", "shelled") == set()


def test_scope_stops_at_a_relative_clause(governed: Any) -> None:
    text = "The army will punish the rebels who burned the clinic."
    assert governed(text, "punish")
    assert not governed(text, "burned")


def test_would_is_a_plan_only_in_reported_speech(governed: Any) -> None:
    said = governed("The envoy said he would return on Monday.", "return")
    told = governed("Such a step would return the region to war.", "return")
    assert {c for c, _ in said} == {"planned"}
    assert {c for c, _ in told} == {"hypothetical"}


def test_an_unknown_scope_is_an_error_before_any_text(tmp_path: Any, monkeypatch: Any) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text("odd: {category: negated, words: [odd], scope: everywhere}\n")
    monkeypatch.setattr(cues, "LEXICON", path)
    with pytest.raises(KnowledgeError, match=r"'odd'.*everywhere"):
        Cues()


def test_an_empty_document_has_none() -> None:
    assert list(STEP([Annotated(Document(""))])) == [[]]


def test_odd_text_never_fails(parsed: Any) -> None:
    doc = parsed("\x00 not \U0001f600 will\n\nwill not to be to\n", steps=[STEP])
    assert all(c.scope.end <= len(doc.text) for c in doc[Cue])
