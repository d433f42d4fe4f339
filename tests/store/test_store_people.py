"""What people correct is seen everywhere, holds when code changes, and is told where it cannot."""

from dataclasses import replace

from tests.store.store_builders import CODER, NEWER, dispatch

from dateline.model import Basis, Claim, Place, Reading, Record
from dateline.model.correction import Act, Correction
from dateline.model.incident import Judgement, Verdict
from dateline.store import Query, Store
from dateline.store.values import Coder

MADE = dispatch(1)
FIRST, SECOND = MADE.claims[0], MADE.claims[1]
ELSEWHERE = Reading(Place("Arda", "XAC", "town", 1.0, 2.0), Basis.ASSUMED)


def enter(store: Store, record: Record, coder: Coder = CODER) -> int:
    run = store.start_run(coder)
    store.add(record, run)
    store.finish_run(run)
    return run.id


def moved(claim: Claim, by: int) -> Claim:
    """The claim as other code has it: of another type, and one letter longer or shorter."""
    (first, *more) = claim.type.evidence
    other = replace(first, end=first.end + by)
    return replace(claim, type=replace(claim.type, value="COERCE", evidence=(other, *more)))


def test_a_correction_is_seen_by_queries_and_the_original_stays(store: Store) -> None:
    run = enter(store, MADE)
    assert list(store.records(Query(country="XAC"))) == []
    store.correct(Correction(FIRST.id, "places", (ELSEWHERE,), "person/Ama"))
    (found,) = store.records(Query(country="XAC"))
    assert [x.value for x in found.claims[0].places] == [ELSEWHERE.value]
    assert found == store.record(MADE.document.id) == store.record_of(FIRST.id)
    assert found == store.corpus(Query(country="XAC")).records[0]
    assert store.original(MADE.document.id) == MADE
    assert list(store.records(run=run)) == [MADE]
    assert list(store.reviewed(MADE.document.id)) == [FIRST.id]


def test_work_holds_when_the_code_changes(store: Store) -> None:
    enter(store, MADE)
    store.correct(Correction(FIRST.id, "places", (ELSEWHERE,), "person/Ama"))
    left, right = sorted((FIRST.id, SECOND.id))
    store.judge(Judgement(left, right, Verdict.DIFFERENT, "person/Ama"))
    anew = replace(MADE, claims=(moved(FIRST, -1), SECOND))
    enter(store, anew, NEWER)
    found = store.record(MADE.document.id)
    assert found is not None
    assert found.claims[0].type.value == "COERCE"
    assert [x.value for x in found.claims[0].places] == [ELSEWHERE.value]
    (said,) = store.verdicts()
    assert {said.left, said.right} == {found.claims[0].id, SECOND.id}
    assert store.unattached() == ()
    assert store.record_of(FIRST.id) == found


def test_work_that_finds_no_claim_is_kept_and_told(store: Store) -> None:
    enter(store, MADE)
    made = store.correct(Correction(FIRST.id, "", (), "person/Ama", "a drill", act=Act.REJECT))
    left, right = sorted((FIRST.id, SECOND.id))
    store.judge(Judgement(left, right, Verdict.SAME, "person/Ama"))
    enter(store, replace(MADE, claims=(SECOND,)), NEWER)
    assert [x.what for x in store.unattached()] == [
        made, Judgement(left, right, Verdict.SAME, "person/Ama")
    ]  # fmt: skip
    assert all(x.why for x in store.unattached())
    assert store.verdicts() == ()
    assert store.record_of(FIRST.id) is None
    assert list(store.corrections()) == [made]
