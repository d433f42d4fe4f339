"""What is added to a store comes back whole, once, and by its coder."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from tests.made import assumed, record, stated
from tests.model.test_codec import records as any_records
from tests.store.conftest import KINDS, Vacant
from tests.store.store_builders import CODER, NEWER, dispatch

from dateline.errors import StoreError
from dateline.model import Claim, Document, Party, Period, Place, Record, Slots
from dateline.store import Added, Coder, Query, Store


def fill(store: Store, *records: Record, coder: Coder = CODER) -> None:
    run = store.start_run(coder)
    for found in records:
        assert store.add(found, run) is Added.ADDED
    store.finish_run(run)


def names(found: Iterator[Record]) -> list[str]:
    return [x.document.name for x in found]


def test_nothing_is_lost(store: Store) -> None:
    given_records = [record(), dispatch(1), dispatch(2, None)]
    fill(store, *given_records)
    assert {x.document.id: x for x in store.records()} == {x.document.id: x for x in given_records}
    for found in given_records:
        assert store.record(found.document.id) == found
    assert store.record("no such document") is None


_NUMBERS = count()  # the same record may be drawn twice


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(found=any_records())
def test_nothing_of_any_record_is_lost(store: Store, found: Record) -> None:
    coded = replace(found, problem=None)
    run = store.start_run(Coder(found.document.id, f"{next(_NUMBERS)} {found!r}"))
    assert store.add(coded, run) is Added.ADDED
    assert list(store.records(run=run.id)) == [coded]


def test_what_databases_refuse_is_kept(store: Store) -> None:
    odd = "Rebels\x00 shelled \ud800Gao\uf8e7 \uf8e70000 قصف \U0001f4a3."
    document = Document(odd, "a\x00b", "\udfff", "p\x00", "u\x00", None, ("\x00", "\ud83d"))
    claim = Claim(document.id, stated("ASSAULT", "shelled", text=odd), Slots(assumed("actual")))
    told = Record(document, (claim,), None, ("n\x00",))
    fill(store, told)
    assert list(store.records()) == [told]
    assert names(store.records(Query(text="gao"))) == ["a\x00b"]


def test_numbers_beyond_those_of_databases_are_kept(store: Store) -> None:
    made = record()
    (count,) = made.claims[0].counts
    huge = replace(count, value=replace(count.value, high=10**30))
    slots = replace(made.claims[0].slots, counts=(huge,))
    told = replace(made, claims=(replace(made.claims[0], slots=slots),))
    fill(store, told)
    assert list(store.records()) == [told]


def test_adding_again_changes_nothing(store: Store) -> None:
    first = store.start_run(CODER)
    assert store.add(dispatch(1), first) is Added.ADDED
    assert store.add(dispatch(1), first) is Added.KNOWN
    second = store.start_run(Coder("1.0", "c0ffee", tuple(reversed(CODER.models))))
    assert store.add(dispatch(1), second) is Added.KNOWN
    assert [x for _, x in store.add_all([dispatch(1), dispatch(2)], second)] == [
        Added.KNOWN,
        Added.ADDED,
    ]
    assert names(store.records()) == names(iter(sorted_records(dispatch(1), dispatch(2))))
    assert store.known(dispatch(1).document, CODER) is not None
    assert store.known(dispatch(1).document, NEWER) is None
    assert store.known(replace(dispatch(1).document, published=date(2020, 1, 1)), CODER) is None
    assert store.known(dispatch(3).document, CODER) is None


def sorted_records(*found: Record) -> list[Record]:
    return sorted(found, key=lambda x: x.document.id)


def test_new_code_stands_beside_the_old_and_counts_once_it_is_done(store: Store) -> None:
    old = dispatch(1)
    new = replace(old, claims=old.claims[:1])
    fill(store, old)
    run = store.start_run(NEWER)
    assert store.add(new, run) is Added.ADDED
    assert list(store.records()) == [old]
    store.finish_run(run)
    assert list(store.records()) == [new]
    assert store.record(old.document.id) == new
    assert list(store.records(run=1)) == [old]


def test_what_a_run_cut_short_has_added_is_there(store: Store) -> None:
    cut = store.start_run(NEWER)
    store.add(dispatch(1), cut)
    assert list(store.records()) == [dispatch(1)]
    fill(store, replace(dispatch(1), claims=()))  # an older coder, but it finished
    assert list(store.records()) == [replace(dispatch(1), claims=())]


@pytest.mark.parametrize("asked", [True, False])
def test_a_run_that_finds_its_record_there_makes_it_count(store: Store, *, asked: bool) -> None:
    old = dispatch(1)
    new = replace(old, claims=())
    fill(store, old)
    fill(store, new, coder=NEWER)
    assert list(store.records()) == [new]
    back = store.start_run(CODER)
    there = store.known(old.document, CODER)
    assert there is not None
    if not asked:
        assert store.add(old, back) is Added.KNOWN
    assert list(store.records()) == [new]
    assert store.finish_run(back, known=[there] if asked else []).known == int(asked)
    assert list(store.records()) == [old]


def test_runs_tell_who_coded_what_and_how_it_went(store: Store) -> None:
    run = store.start_run(CODER)
    store.add(dispatch(1), run)
    store.add(Record(Document("Texte."), problem="language fr"), run)
    (working,) = store.runs()
    assert (working.finished, working.added, working.failed, working.claims) == (None, 1, 1, 2)
    done = store.finish_run(run, known=[1])
    assert store.runs() == (done,)
    assert (done.coder, done.added, done.known, done.failed, done.claims) == (CODER, 1, 1, 1, 2)
    assert done.finished is not None
    assert done.started == run.started <= done.finished
    with pytest.raises(StoreError, match="finished once"):
        store.finish_run(run)


def test_failures_are_kept_with_their_reasons(store: Store) -> None:
    run = store.start_run(CODER)
    document = Document("Un texte.", "fr", "Titre", "Le Poste", "u", date(2021, 1, 2), ("odd",))
    foreign = Record(document, problem="language fr", notes=("odd",))
    for name in ("a", "b"):
        assert store.add(Record(Document("", name), problem="empty"), run) is Added.FAILED
    assert store.add(foreign, run) is Added.FAILED
    told = [(x.run, x.name, x.reason, x.document) for x in store.failures()]
    assert told == [
        (run.id, "a", "empty", None),
        (run.id, "b", "empty", None),
        (run.id, "fr", "language fr", document.id),
    ]
    assert store.failures(run.id) == store.failures()
    assert store.failures(run.id + 1) == ()
    assert store.record(document.id) == foreign
    assert list(store.records()) == []
    coded = Record(document, (), None, ())
    store.add(coded, store.start_run(NEWER))
    assert store.record(document.id) == coded


def test_records_come_in_order_of_publication(store: Store) -> None:
    days = [date(2022, 3, 1), None, date(2021, 1, 1), date(2022, 2, 1)]
    fill(store, *(dispatch(n, day) for n, day in enumerate(days)))
    assert names(store.records()) == ["copy-2", "copy-3", "copy-0", "copy-1"]


def test_many_records_are_read_in_batches(store: Store) -> None:
    run = store.start_run(CODER)
    told = [dispatch(n) for n in range(300)]
    assert {x for _, x in store.add_all(iter(told), run)} == {Added.ADDED}
    found = list(store.records())
    assert found == sorted_records(*told)


@pytest.fixture(scope="module", params=KINDS)
def three(request: pytest.FixtureRequest, vacant: Vacant) -> Iterator[Store]:
    """A store with the made record, a protest that is planned, and a fight without a place."""
    store = Store.open(vacant(request.param))
    protest = Document("Unions plan a march in Côte-Neuve.", "march", published=date(2021, 1, 5))
    text = protest.text
    slots = Slots(
        stated("planned", "plan", text=text),
        actors=(stated(Party("Fédération Ouvrière"), "Unions", text=text),),
        places=(stated(Place("Côte-Neuve", "XCD"), "Côte-Neuve", text=text),),
        time=stated(Period("2021-02", "2021-02"), "march", text=text),
    )
    march = Claim(protest.id, stated("PROTEST", "march", text=text), slots)
    open_ended = Document("They fight on.", "fight", published=date(2021, 1, 6))
    slots = Slots(assumed("ongoing"), time=stated(Period("2020", None), "on", text=open_ended.text))
    fight = Claim(open_ended.id, stated("ASSAULT", "fight", text=open_ended.text), slots)
    fill(store, record(), Record(protest, (march,)), Record(open_ended, (fight,)))
    with store:
        yield store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), ["march", "fight", "birko"]),
        (Query(country="XCD"), ["march"]),
        (Query(country="XCE"), []),
        (Query(actor="federation ouvr"), ["march"]),
        (Query(actor="HILL"), ["birko"]),
        (Query(actor="traders"), ["birko"]),
        (Query(actor="%"), ["march", "fight", "birko"]),
        (Query(type="ASSAULT"), ["fight", "birko"]),
        (Query(status="planned"), ["march", "birko"]),
        (Query(type="ASSAULT", status="planned"), []),
        (Query(since=date(2021, 2, 28), until=date(2021, 2, 28)), ["march", "fight"]),
        (Query(since=date(2021, 3, 1)), ["fight", "birko"]),
        (Query(until=date(2020, 1, 1)), ["fight"]),
        (Query(until=date(2019, 12, 31)), []),
        (Query(text="cote UNIONS"), ["march"]),
        (Query(text='"neuve cote"'), []),
        (Query(text='"côte neuve"'), ["march"]),
        (Query(text="or and not -they"), []),
        (Query(text="plan* '\"; --"), ["march", "birko"]),
        (Query(text="!?"), []),
        (Query(voices=1), []),
    ],
    ids=str,
)
def test_queries(three: Store, query: Query, expected: list[str]) -> None:
    assert names(three.records(query)) == expected


def test_a_query_holds_for_one_claim_not_for_several_together(three: Store) -> None:
    # The made record has a shelling that is actual, and a meeting that is planned.
    assert names(three.records(Query(type="CONSULT", status="planned"))) == ["birko"]
    assert names(three.records(Query(type="CONSULT", status="actual"))) == []


def test_each_reading_is_a_row(three: Store) -> None:
    with three._database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT slot, value, kind, readings.country, low, basis, found_by, spans "
            "FROM readings JOIN latest_claims ON latest_claims.key = readings.claim "
            "JOIN documents ON documents.id = latest_claims.document_id "
            "WHERE slot IN ('counts', 'sources') AND documents.url <> '' "
            "ORDER BY readings.claim, readings.position"
        ).all()
    assert [tuple(row)[:6] for row in rows] == [
        ("counts", "traders", "killed", None, 12, "stated"),
        ("sources", "army", "reports", None, None, "stated"),
        ("sources", "Hill Front", "denies", None, None, "stated"),
    ]
    start, end = map(int, rows[0].spans.split("-"))
    assert record().document.text[start:end] == "at least 12 traders"


def test_a_claim_is_there_as_json(three: Store) -> None:
    with three._database.read() as connection:
        body = connection.exec_driver_sql(
            "SELECT body FROM latest_claims WHERE type = 'PROTEST'"
        ).scalar_one()
    assert json.loads(body)["places"][0]["value"]["name"] == "Côte-Neuve"
