"""The sample dispatches: readable, dated, the length of a dispatch, and what the tour needs."""

import json
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from dateline.ingest import read
from dateline.knowledge import locate
from dateline.model import Document

FOLDER = Path(str(locate("samples")))
READ = list(read(FOLDER))
DOCUMENTS = [found for found in READ if isinstance(found, Document)]
BY_NAME = {document.name: document for document in DOCUMENTS}


def test_every_sample_is_a_document() -> None:
    assert DOCUMENTS == READ
    assert len(DOCUMENTS) >= 15
    assert len(BY_NAME) == len(DOCUMENTS)


def test_all_formats_are_among_them() -> None:
    suffixes = {path.suffix for path in FOLDER.iterdir()}
    assert suffixes == {".txt", ".md", ".html", ".jsonl", ".json"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_sample_is_a_dispatch(document: Document) -> None:
    assert document.title
    assert document.publisher
    assert document.published is not None
    assert document.url == ""
    assert document.notes == ()
    assert 120 <= len(document.text.split()) <= 350
    assert document.text.isprintable() or "\n\n" in document.text


def test_the_metadata_tells_of_each_sample_and_where_it_comes_from() -> None:
    entries = json.loads((FOLDER / "metadata.json").read_text("utf-8"))
    assert sorted(entry["id"] for entry in entries) == sorted(BY_NAME)
    assert all("the outlet is invented" in entry["provenance"].lower() for entry in entries)


def test_several_outlets_tell_of_the_last_crossing() -> None:
    crossing = [d.publisher for d in DOCUMENTS if "crossing" in d.name]
    assert len(crossing) == len(set(crossing)) == 3
    assert len({d.publisher for d in DOCUMENTS}) >= 6
    assert Counter(d.publisher for d in DOCUMENTS).most_common(1)[0][1] <= len(DOCUMENTS) / 3


def test_one_of_them_is_a_near_copy() -> None:
    wire = BY_NAME["2022-08-15_crossing_sahel_wire"].text.split()
    copy = BY_NAME["2022-08-15_crossing_savanna_herald"].text.split()
    assert 0.85 < SequenceMatcher(None, wire, copy).ratio() < 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tessit-17", "Seventeen Malian soldiers"),
        ("tessit-21", "At least 21 people"),
        ("2022-08-11_tessit_42", "Forty-two Malian soldiers"),
        ("2022-06-21_diallassagou", "killed 132 civilians"),
        ("2022-04-06_moura", "killed about 300 men"),
        ("2022-04-06_moura", "killed 203"),
        ("2022-02-17_withdrawal_plan", "between four and six months"),
    ],
)
def test_tolls_and_plans_are_told(name: str, words: str) -> None:
    assert words in BY_NAME[name].text
