"""Incidents and what else is computed are replaced, whole or in part, and lose no ids."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from tests.store.conftest import KINDS, Vacant
from tests.store.store_builders import CODER, corpus, dispatch, incident, judgement

from dateline.model.correction import Correction
from dateline.model.incident import Commitment, Conflict, Corpus, Origin, Outcome
from dateline.store import Query, Store

RECORDS = tuple(dispatch(n, date(2021, 5, n)) for n in (1, 2, 3))
WHOLE = corpus(*RECORDS)
SHELLED = WHOLE.incidents[0].claims


@pytest.fixture
def linked(store: Store) -> Store:
    run = store.start_run(CODER)
    for record in RECORDS:
        store.add(record, run)
    store.finish_run(run)
    store.replace_incidents(WHOLE)
    return store


def test_a_corpus_comes_back_whole(linked: Store) -> None:
    assert linked.corpus() == WHOLE
    assert linked.incidents() == WHOLE.incidents
    assert linked.origins() == WHOLE.origins
    assert linked.conflicts() == WHOLE.conflicts
    assert linked.commitments() == WHOLE.commitments


def test_replacing_again_changes_nothing(linked: Store) -> None:
    linked.replace_incidents(WHOLE)
    assert linked.corpus() == WHOLE
    with linked._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM redirects").scalar() == 1


def test_conclusions_know_what_they_rest_on(store: Store) -> None:
    assert store.concluded() is None
    seen = [store.edition()]

    def changed() -> bool:
        seen.append(store.edition())
        return seen[-1] not in seen[:-1]

    run = store.start_run(CODER)
    assert not changed()
    store.add(RECORDS[0], run)
    assert changed()
    store.finish_run(run)
    assert changed()
    store.judge(judgement("a", "b"))
    store.finish_run(store.start_run(CODER))
    assert not changed()
    store.judge(judgement("a", "b", "person/Ama"))
    assert changed()
    store.correct(Correction(RECORDS[0].claims[0].id, "actors", (), "person/Ama"))
    assert changed()
    store.replace_incidents(WHOLE, store.edition())
    assert store.concluded() == store.edition() == seen[-1]
    store.add(RECORDS[1], store.start_run(CODER))
    assert store.concluded() != store.edition()
    store.update_incidents(Corpus(()), store.edition())
    assert store.concluded() == store.edition()


def test_merged_ids_lead_to_the_incident(linked: Store) -> None:
    meeting = WHOLE.incidents[1]
    assert linked.incident("meeting") == linked.incident("talks") == meeting
    assert linked.incident("never heard of") is None
    one = incident("shelling", *SHELLED, *meeting.claims, merged=("meeting",))
    linked.replace_incidents(replace(WHOLE, incidents=(one,)))
    assert linked.incident("talks") == linked.incident("meeting") == one


def test_ids_that_lead_to_each_other_end_somewhere(linked: Store) -> None:
    first = incident("a", *SHELLED, merged=("b",))
    linked.replace_incidents(replace(WHOLE, incidents=(first,)))
    second = incident("b", *SHELLED, merged=("a",))
    linked.replace_incidents(replace(WHOLE, incidents=(second,)))
    assert linked.incident("a") == linked.incident("b") == second
    linked.replace_incidents(replace(WHOLE, incidents=()))
    assert linked.incident("a") is None


def test_incidents_come_in_order_of_their_time(linked: Store) -> None:
    found = [
        incident("z", SHELLED[0], day="2020"),
        incident("c", SHELLED[1], day=None),
        incident("a", SHELLED[2], day="2022-01"),
        incident("b", day="2020"),
    ]
    linked.replace_incidents(replace(WHOLE, incidents=tuple(found)))
    assert [x.id for x in linked.incidents()] == ["b", "z", "c", "a"]  # c was reported in 2021


def test_a_part_is_replaced_and_the_rest_stays(linked: Store) -> None:
    late = dispatch(4, date(2021, 6, 1))
    run = linked.start_run(CODER)
    linked.add(late, run)
    linked.finish_run(run)
    grown = incident("shelling", *SHELLED, late.claims[0].id, voices=3)
    answered = Conflict("shelling", "killed", ("12", "14"), ((SHELLED[0],), (SHELLED[1],)), 0.5)
    promise = Commitment(late.claims[1].id, Outcome.PENDING, None)
    again = judgement(SHELLED[0], late.claims[0].id)
    part = Corpus(
        (RECORDS[2], late), (grown,), (Origin((RECORDS[2].document.id, late.document.id), ("x",)),),
        (again,), (answered,), (promise,),
    )  # fmt: skip
    linked.update_incidents(part)
    found = linked.corpus()
    assert found.records == (*RECORDS, late)
    assert found.incidents == (grown, WHOLE.incidents[1])
    assert found.conflicts == (WHOLE.conflicts[1], answered)
    assert found.commitments == (*WHOLE.commitments, promise)
    assert found.judgements == (*WHOLE.judgements, again)
    assert found.origins == (WHOLE.origins[0], *part.origins)


def test_an_incident_gives_way_to_one_that_takes_its_claims(linked: Store) -> None:
    taken = incident("new", SHELLED[0], merged=("meeting",))
    linked.update_incidents(Corpus((), (taken,)))
    assert linked.incidents() == (taken,)
    assert linked.conflicts() == ()
    assert linked.incident("talks") == taken


@pytest.fixture(scope="module", params=KINDS)
def asked(request: pytest.FixtureRequest, vacant: Vacant) -> Iterator[Store]:
    with Store.open(vacant(request.param)) as store:
        run = store.start_run(CODER)
        for record in (*RECORDS, dispatch(9, date(2021, 5, 9), "A volcano.")):
            store.add(record, run)
        store.finish_run(run)
        store.replace_incidents(WHOLE)
        yield store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), ["shelling", "meeting"]),
        (Query(country="XAB"), ["shelling", "meeting"]),
        (Query(country="XAC"), []),
        (Query(actor="hill"), ["shelling", "meeting"]),
        (Query(actor="tradgard"), ["shelling", "meeting"]),
        (Query(type="CONSULT"), []),
        (Query(status="actual"), ["shelling", "meeting"]),
        (Query(since=date(2021, 6, 30)), ["meeting"]),
        (Query(until=date(2021, 5, 31)), ["shelling"]),
        (Query(text="copy 2"), ["shelling", "meeting"]),
        (Query(text="volcano"), []),
        (Query(voices=2), ["shelling"]),
        (Query(voices=3), []),
    ],
    ids=str,
)
def test_queries_for_incidents(asked: Store, query: Query, expected: list[str]) -> None:
    assert [x.id for x in asked.incidents(query)] == expected


def test_dispatches_by_the_sources_of_their_incidents(asked: Store) -> None:
    assert tuple(asked.records(Query(voices=2))) == RECORDS


def test_a_part_of_a_corpus_is_whole_in_itself(asked: Store) -> None:
    part = asked.corpus(Query(voices=2))
    assert part.records == RECORDS
    assert part.incidents == WHOLE.incidents[:1]
    assert part.conflicts == WHOLE.conflicts[:1]
    assert part.commitments == WHOLE.commitments
    assert part.judgements == WHOLE.judgements
    assert part.origins == WHOLE.origins
    assert {c for x in part.incidents for c in x.claims} <= part.claims().keys()


def test_what_concerns_other_dispatches_is_left_out(asked: Store) -> None:
    part = asked.corpus(Query(text="volcano"))
    assert [x.document.name for x in part.records] == ["copy-9"]
    assert part == Corpus(part.records)


def test_dispatches_of_an_incident_are_there_even_where_they_do_not_fit(asked: Store) -> None:
    part = asked.corpus(Query(text='"copy 2"'))
    assert part.records == RECORDS
    assert part.incidents == WHOLE.incidents
