"""Promises and what became of them."""

from datetime import date
from typing import Any

import pytest
from tests.link.claim_builders import record

from dateline.link import link
from dateline.link.deadlines import cases, last_day, patterns
from dateline.model import Record
from dateline.model.incident import Commitment, Outcome

LEAVING: dict[str, Any] = {
    "type": "RETREAT",
    "mode": "withdraw",
    "actor": "Ardan Army",
    "sector": "MIL",
}
PLANNED = LEAVING | {
    "status": "planned",
    "place": "Birko",
    "country": "XAB",
    "land_of_party": "XAB",
}
DONE = LEAVING | {"place": "Birko", "country": "XAB", "land_of_party": "XAB"}


def promise(words: str = "The army will have withdrawn from Birko within two months.") -> Record:
    return record(PLANNED, text=words, published="2021-03-01", publisher="Post")


def later(fields: dict[str, Any], words: str, day: str) -> Record:
    return record(fields | {"time": day}, text=words, published=day, publisher="Times")


def only(*made: Record) -> Commitment:
    (found,) = link(made).commitments
    return found


def test_kept_in_time() -> None:
    found = only(promise(), later(DONE, "The last Ardan troops left Birko.", "2021-04-20"))
    assert (found.outcome, found.due) == (Outcome.FULFILLED, "2021-05-01")
    assert len(found.evidence) == 1
    assert "2021-04-20" in found.says


def test_kept_late() -> None:
    found = only(promise(), later(DONE, "The last Ardan troops left Birko.", "2021-06-02"))
    assert found.outcome is Outcome.LATE


def test_a_part_does_not_fulfil_it() -> None:
    found = only(promise(), later(DONE, "Some Ardan troops left Birko.", "2021-04-02"))
    assert found.outcome is Outcome.PENDING
    assert "Parts of it" in found.says


def test_nobody_tells() -> None:
    assert only(promise()).outcome is Outcome.PENDING
    far = record({"type": "CONSULT"}, text="Envoys met.", published="2021-07-01")
    assert "has passed" in only(promise(), far).says


def test_given_up() -> None:
    ended = "Ardan Army suspended the move that withdraws it from Birko."
    found = only(promise(), later(DONE | {"status": "negated"}, ended, "2021-04-02"))
    assert found.outcome is Outcome.ABANDONED


def test_contradicted() -> None:
    stayed = "The Ardan army has not left Birko, residents said."
    found = only(promise(), later(DONE | {"status": "negated"}, stayed, "2021-04-02"))
    assert found.outcome is Outcome.CONTRADICTED


def test_what_others_do_or_did_before_is_no_evidence() -> None:
    other = later(DONE | {"actor": "River Front", "sector": "REB", "land_of_party": "XCD"},
                  "The last River fighters left Arda.", "2021-04-20")  # fmt: skip
    before = later(DONE, "The last Ardan troops left Birko.", "2021-02-20")
    for made in (other, before):
        assert only(promise(), made).outcome is Outcome.PENDING


def test_a_promise_told_again_is_one() -> None:
    again = record(
        PLANNED, text="Again: the Ardan army will be withdrawn from Birko.", published="2021-03-20"
    )
    assert len(link([promise(), again]).commitments) == 1


@pytest.mark.parametrize(("name", "words", "day"), cases())
def test_deadlines_mean_their_day(name: str, words: str, day: date) -> None:
    assert name in patterns()
    assert patterns()[name].search(words)
    assert last_day(words, date(2022, 2, 17)) == day


def test_words_without_a_deadline_have_none() -> None:
    for words in ("It will leave soon.", "In May many left.", "Two months of war."):
        assert last_day(words, date(2022, 2, 17)) is None
    assert last_day("within two months", None) is None
