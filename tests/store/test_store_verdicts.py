"""What machines and people say is added, never changed, and outlives new runs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tests.made import assumed, stated
from tests.store.store_builders import CODER, NEWER, dispatch, judgement

from dateline.errors import StoreError
from dateline.model import Basis, Count, Period, Reading, Span
from dateline.model.correction import Correction
from dateline.model.incident import Verdict
from dateline.store import Store


@pytest.fixture
def filled(store: Store) -> Store:
    run = store.start_run(CODER)
    store.add(dispatch(1), run)
    store.finish_run(run)
    return store


def claim() -> str:
    return dispatch(1).claims[0].id


def test_judgements_are_kept_in_order(store: Store) -> None:
    told = (judgement("a", "b"), judgement("a", "c", "person/Ama"), judgement("b", "c"))
    assert store.judge(*told) == 3
    assert store.judgements() == told
    assert store.judgements("person/") == told[1:2]
    assert store.judgements("person/A%") == ()
    assert store.judgements("person/ama") == ()


def test_who_says_the_same_again_adds_nothing(store: Store) -> None:
    store.judge(judgement("a", "b", "person/Ama"))
    assert store.judge(judgement("a", "b", "person/Ama")) == 0
    assert store.judge(judgement("a", "b", "person/Bo")) == 1


def test_the_last_word_of_each_counts_and_the_first_is_kept(store: Store) -> None:
    first = judgement("a", "b", "person/Ama")
    changed = judgement("a", "b", "person/Ama", Verdict.DIFFERENT)
    store.judge(first, judgement("a", "b"))
    store.judge(changed)
    assert store.judgements() == (judgement("a", "b"), changed)
    assert store.judge(first) == 1
    assert store.judgements() == (judgement("a", "b"), first)
    with store._database.read() as connection:
        kept = connection.exec_driver_sql(
            "SELECT verdict FROM judgements WHERE judgements.by = 'person/Ama' ORDER BY key"
        )
        assert kept.scalars().all() == ["same", "different", "same"]


def test_many_judgements(store: Store) -> None:
    told = tuple(judgement(f"a{n:04}", f"b{n % 7}") for n in range(1500))
    assert store.judge(*told) == 1500
    assert store.judge(*told) == 0
    assert store.judgements() == told


def test_corrections_come_back_whole(filled: Store) -> None:
    text = dispatch(1).document.text
    count = stated(Count("killed", "traders", 14, 14), "12 traders", text=text)
    first = filled.correct(Correction(claim(), "counts", (count,), "person/Ama", "as told on"))
    assert first.at is not None
    at = datetime(2022, 1, 1, 12, 30, 15, 250, timezone(timedelta(hours=2)))
    gone = Correction(claim(), "actors", (), "person/Bo", "nobody is named", at)
    day = Correction(claim(), "time", (assumed(Period("2021", "2021")),), "person/Bo", at=at)
    filled.correct(gone)
    filled.correct(day)
    assert list(filled.corrections()) == [first, gone, day]
    assert list(filled.corrections(claim())) == [first, gone, day]
    assert list(filled.corrections("another")) == []
    assert [x.at for x in filled.corrections()][1:] == [at.astimezone(UTC)] * 2


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (Correction("nowhere:1-2:AID", "actors", (), "person/Ama"), "no such claim"),
        (
            Correction(
                claim(),
                "status",
                (Reading("actual", Basis.STATED, (Span(0, 99_999),)),),
                "person/Ama",
            ),
            "is not at 0 of the text",
        ),
        (Correction(claim(), "status", (assumed(Period()),), "person/Ama"), "a string is expected"),
        (Correction(claim(), "time", (assumed(Count("killed", "x")),), "person/Ama"), "kind"),
    ],
)
def test_a_correction_must_rest_on_its_dispatch(
    filled: Store, correction: Correction, told: str
) -> None:
    with pytest.raises(StoreError, match=told):
        filled.correct(correction)
    assert list(filled.corrections()) == []


def test_corrections_that_say_nothing_are_refused() -> None:
    one = assumed("actual")
    for slot, readings in (("colour", ()), ("status", ()), ("type", (one, one))):
        with pytest.raises(ValueError, match=r"slot|empty|one reading"):
            Correction("a", slot, readings, "person/Ama")


def test_new_code_leaves_the_work_of_people(filled: Store) -> None:
    told = judgement(claim(), "z", "person/Ama")
    filled.judge(told)
    corrected = filled.correct(Correction(claim(), "actors", (), "person/Ama"))
    run = filled.start_run(NEWER)
    filled.add(replace(dispatch(1), claims=()), run)  # the claim is found no more
    filled.finish_run(run)
    assert filled.judgements("person/") == (told,)
    assert list(filled.corrections()) == [corrected]
