"""The parts of the attribution and factuality benchmarks that decide something."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.annotate.attribution import Attributions
from dateline.annotate.cues import Cues
from dateline.model import Span

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A benchmark script as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


def test_equal_spans_count_as_exact_and_shared_ones_as_overlap(script: Any) -> None:
    tally = script("attribution").Tally()
    gold = [(Span(0, 4),), (Span(10, 20), Span(30, 40)), (Span(50, 60),)]
    tally.add(gold, [(Span(0, 4),), (Span(32, 35),), (Span(70, 80),)])
    assert (tally.gold, tally.found, tally.exact, tally.overlap) == (3, 3, 1, 2)
    assert tally.f1(tally.exact) == pytest.approx(100 / 3)
    assert tally.row("cue") == ("cue", 3, 3, "33.3", "33.3", "33.3", "66.7")


def test_one_found_span_matches_one_gold_span(script: Any) -> None:
    tally = script("attribution").Tally()
    tally.add([(Span(0, 4),)], [(Span(0, 4),), (Span(2, 6),)])
    assert (tally.exact, tally.overlap) == (1, 1)


def test_brat_files_are_read(script: Any) -> None:
    lines = "T1\tSource 0 4\tLund\nT2\tCue 5 9\tsaid\nT3\tContent 10 12;20 25\tab cdefg\n"
    (told,) = script("attribution").brat(lines + "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n")
    assert told.source == (Span(0, 4),)
    assert told.content == (Span(10, 12), Span(20, 25))


def test_tags_are_taken_out(script: Any) -> None:
    text, sources = script("attribution").untagged(
        "<Fact_Appeal:Indirect_Quote>It rained,</Fact_Appeal:Indirect_Quote> "
        "<Source:Named:Witness>Awa <Source_Attribute>(9)</Source_Attribute>"
        "</Source:Named:Witness> said."
    )
    assert text == "It rained, Awa (9) said."
    assert sources == [(Span(11, 18), "Witness")]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The mayor and two aides have never said that gunmen left.", None, None, None),
        ("The mayor and two aides have often said that gunmen left.",
         "The mayor and two aides", "have often said", "that gunmen left"),
        ("Gunmen left, said Awa Traore, mayor of the port.",
         "Awa Traore, mayor of the port", "said", "Gunmen left"),
        ("Unions called for a strike.", "Unions", "called for", "a strike"),
    ],
)  # fmt: skip
def test_the_view_of_polnear(
    script: Any, parsed: Any, text: str, source: str, cue: str, content: str
) -> None:
    doc = parsed(text, steps=[Attributions()])
    told = script("attribution_views").polnear_view(doc)
    found = [[" ".join(s.of(text) for s in part) for part in (t.source, t.cue, t.content)]
             for t in told]  # fmt: skip
    assert found == ([] if source is None else [[source, cue, content]])


def test_nested_attributions_are_left_out(script: Any, parsed: Any) -> None:
    doc = parsed("The mayor said that police confirmed the raid.", steps=[Attributions()])
    assert len(script("attribution_views").polnear_view(doc)) == 1


def test_the_view_of_factappeal(script: Any, parsed: Any) -> None:
    text = "The governor said gunmen left. The union wants a strike."
    doc = parsed(text, steps=[Attributions()])
    view = script("attribution_views").factappeal_view(doc)
    assert [(span.of(text), kind) for (span,), kind in view.items()] == [("governor", "official")]


def test_without_corpora_nothing_is_measured(script: Any, tmp_path: Path, capsys: Any) -> None:
    for name in ("attribution", "factuality"):
        assert script(name).main(["--data", str(tmp_path / "none")]) == 0
        assert capsys.readouterr().out.startswith(f"left out: {name}")


def test_spans_of_graded_words_are_counted_in_tokens(script: Any, tmp_path: Path) -> None:
    line = {"text": "They did n't go .", "targets": [{"span1": [3, 4], "label": -3.0}]}
    path = tmp_path / "words.jsonl"
    path.write_text(json.dumps(line) + "\n", "utf-8")
    (sentence,) = script("factuality").read(path)
    ((start, grade),) = sentence.words
    assert (sentence.document.text[start:], grade) == ("go .", -3.0)


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Gunmen burned the market.", "burned", "actual"),
        ("Gunmen did not burn the market.", "burn", "negated"),
        ("Guards failed to prevent the raid.", "raid", "actual"),
        ("Gunmen might burn the market.", "burn", "hypothetical"),
        ("Gunmen tried to burn the market.", "burn", "attempted"),
    ],
)
def test_the_implied_status(script: Any, parsed: Any, text: str, word: str, status: str) -> None:
    doc = parsed(text, steps=[Cues()])
    assert script("factuality").implied(doc, text.index(word)) == status


def test_agreement_is_that_of_the_means(script: Any) -> None:
    factuality = script("factuality")
    words = [("actual", 3.0), ("actual", 2.0), ("negated", -3.0)]
    known = factuality.means(words)
    assert known == {"actual": 2.5, "negated": -3.0}
    error, r, flat = factuality.agreement(words, known, 0.0)
    assert error == pytest.approx(1 / 3)
    assert r == pytest.approx(0.987, abs=0.01)
    assert flat == pytest.approx(8 / 3)
    assert factuality.agreement(words, {}, 0.0)[1] == 0.0
