"""Whoever does the work, the records are the same, byte for byte."""

from typing import Literal

import pytest

from dateline.config import Config
from dateline.model import Document, Record
from dateline.model.codec import dump
from dateline.pipeline import Coding, batches, coded

TEXTS = (
    "Two soldiers were wounded near Gao on Monday, the army said.",
    "France will withdraw its troops from Mali within six months, Paris announced.",
    "Protesters marched in Port-au-Prince after police had killed three people. Police denied it.",
    "The rebels, who had seized Kidal in May, released 12 hostages on Friday \u2014 at last.",
    "",
    "Shelling went on.",
)


def items() -> list[Document | Record]:
    documents: list[Document | Record] = [Document(text, str(n)) for n, text in enumerate(TEXTS)]
    return [*documents[:2], Record(Document("", "no"), problem="unreadable"), *documents[2:]]


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"
)
@pytest.mark.parametrize("engine", ["pool", "ray"])
def test_every_engine_gives_the_same_bytes(engine: Literal["pool", "ray"]) -> None:
    here = [dump(x) for x in coded(items(), Config(engine="local", batch=2))]
    there = [dump(x) for x in coded(items(), Config(engine=engine, workers=2, batch=2))]
    assert there == here
    assert len(here) == len(items())


def test_batches_are_bounded_by_number_and_characters() -> None:
    sizes = [3, 3, 3, 20, 1, 1, 1, 1, 9]
    found = [Document("x" * size, str(n)) for n, size in enumerate(sizes)]
    cut = [[len(x.text) for x in batch] for batch in batches(found, 3, 9)]  # type: ignore[union-attr]
    assert cut == [[3, 3, 3], [20], [1, 1, 1], [1], [9]]
    again = list(batches(found[3:], 3, 9))
    assert again == list(batches(found, 3, 9))[1:]


def test_a_dispatch_that_is_lost_is_a_record_with_its_problem() -> None:
    work = Coding(Config())
    lost = work.lost(Document("x", "a", notes=("odd",)), "its worker was killed")
    assert lost.problem == "EngineError: its worker was killed"
    assert lost.notes == ("odd",)
    unread = Record(Document(""), problem="empty")
    assert work.lost(unread, "any") is unread
