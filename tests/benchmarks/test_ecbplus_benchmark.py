"""Mentions of ours are matched with the marked ones, and scored, as the benchmark says."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import ecbplus
from dateline.model import Span


def mention(start: int, end: int, cluster: str, text: str = "a") -> ecbplus.Mention:
    return ecbplus.Mention(text, Span(start, end), cluster)


def test_texts_and_marked_mentions_are_read(tmp_path: Path) -> None:
    words = ["t1\t0\t0\tShells\tACT1", "t1\t0\t1\tfell\tACT1", "", "t1\t1\t0\tCalm\t-"]
    (tmp_path / "ECB_Dev_corpus.txt").write_text("\n".join(words), "utf-8")
    (tmp_path / "ECB_Dev_Event_gold_mentions.json").write_text(
        '[{"coref_chain": "c", "doc_id": "t1", "mention_type": "ACT", "sent_id": 0,'
        ' "tokens_number": [1]}]',
        "utf-8",
    )
    found = ecbplus.texts(tmp_path)
    assert found["t1"].document.text == "Shells fell\nCalm"
    (marked,) = ecbplus.gold(found, tmp_path)
    assert marked.span.of("Shells fell\nCalm") == "fell"


def test_each_mention_is_matched_once_with_what_shares_most() -> None:
    wanted = [mention(0, 4, "x"), mention(5, 9, "x")]
    found = [mention(0, 9, "i"), mention(5, 8, "i"), mention(0, 4, "i", "b")]
    assert ecbplus.matched(wanted, found) == {0: 0, 1: 1}


def test_missed_and_spurious_mentions_stand_alone() -> None:
    wanted = [mention(0, 4, "x"), mention(5, 9, "x"), mention(20, 24, "y")]
    found = [mention(0, 4, "i"), mention(5, 9, "i"), mention(30, 34, "i")]
    both, every = ecbplus.rows(wanted, found)
    assert both[1:4] == ("2", "1.000", "1.000")
    assert every[1] == "4"
    assert every[3] == "0.800"  # the spurious one lies with two others
