"""What the desk lists from is, after whatever was written, what a new listing would be."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from tests.store.store_builders import CODER, NEWER, corpus, dispatch, incident, judgement

from dateline.errors import StoreError
from dateline.model import Record
from dateline.model.correction import Act, Correction
from dateline.model.incident import Conflict, Corpus, Reason, Verdict
from dateline.store import Store
from dateline.store.connection import Database
from dateline.store.listed_pairs import UNDONE
from dateline.store.listing import day_of
from dateline.store.listing_tables import (
    OF_INCIDENTS,
    claim_kinds,
    incident_kinds,
    listed_actors,
    listed_claims,
    listed_documents,
    listed_incidents,
    listed_pairs,
    listed_parties,
    listed_tellings,
)
from dateline.store.relist import relist
from dateline.store.tables import metadata

LISTS = (listed_documents, listed_incidents, listed_parties, listed_actors, listed_tellings,
         listed_pairs)  # fmt: skip
KINDS = {listed_claims: claim_kinds, listed_incidents: incident_kinds}
OWN = {"key", "kind"}  # numbers of this listing


def shown(database: Database) -> dict[str, Any]:
    """All lists, kinds by their values."""
    found: dict[str, Any] = {}
    with database.read() as connection:
        for table in LISTS:
            columns = [x for x in table.columns if x.name not in OWN]
            found[table.name] = sorted(map(repr, connection.execute(sa.select(*columns))))
        for table, kinds in KINDS.items():
            names = [x for x in kinds.columns if x.name not in {"key", "number"}]
            own = [x for x in table.columns if x.name not in OWN]
            joined = sa.select(*own, *names).join(kinds, kinds.c.key == table.c.kind)
            found[f"{table.name} of kinds"] = sorted(map(repr, connection.execute(joined)))
            counts = sa.select(*names, kinds.c.number).where(kinds.c.number != 0)
            found[kinds.name] = sorted(map(repr, connection.execute(counts)))
    return found


def as_listed_anew(database: Database) -> dict[str, Any]:
    """The same if everything were listed now; the store stays as it is."""

    class BackError(Exception):
        pass

    found: dict[str, Any] = {}
    try:
        with database.write() as connection:
            names = (*OF_INCIDENTS, "listed_claims", "listed_documents", "claim_kinds",
                     "listed_pairs")  # fmt: skip
            for name in names:
                connection.execute(sa.delete(metadata.tables[name]))
            relist(connection)
            held = type("Held", (), {"read": lambda _: _Same(connection)})()
            found = shown(held)
            raise BackError
    except BackError:
        return found


class _Same:
    """A transaction at hand, as if it were a new one."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> sa.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        return


def check(store: Store) -> dict[str, Any]:
    found = shown(store.database)
    assert found == as_listed_anew(store.database)
    return found


def states(store: Store) -> dict[str, int]:
    with store.database.read() as connection:
        wanted = sa.select(claim_kinds.c.state, sa.func.sum(claim_kinds.c.number))
        rows = connection.execute(wanted.group_by(claim_kinds.c.state))
        return {row[0]: int(row[1]) for row in rows if row[1]}


def filled(store: Store, *numbers: int) -> list[Record]:
    run = store.start_run(CODER)
    made = [dispatch(n) for n in numbers]
    for _ in store.add_all(iter(made), run):
        continue
    store.finish_run(run)
    return made


def test_dispatches_are_listed_as_they_come(store: Store) -> None:
    filled(store, 1, 2)
    check(store)
    assert states(store) == {"open": 4}


def test_the_listing_follows_the_record_that_counts(store: Store) -> None:
    first, _ = filled(store, 1, 2)
    other = replace(first, claims=first.claims[:1])
    run = store.start_run(NEWER)
    store.add(other, run)
    check(store)
    assert states(store) == {"open": 4}, "a run at work does not count where another has ended"
    store.add(first, run)
    store.add(Record(first.document, problem="it failed"), run)
    check(store)
    store.finish_run(run)
    check(store)
    assert states(store) == {"open": 3}
    # The first coder finds its own record there: it counts again.
    again = store.start_run(CODER)
    key = store.known(first.document, CODER)
    assert key is not None
    store.finish_run(again, [key])
    check(store)
    assert states(store) == {"open": 4}


def test_one_batch_may_hold_a_dispatch_twice(store: Store) -> None:
    made = dispatch(1)
    run = store.start_run(CODER)
    other = replace(made, document=replace(made.document, title="The same, otherwise titled"))
    assert len(list(store.add_all(iter([made, other]), run))) == 2
    check(store)
    store.finish_run(run)
    check(store)
    assert states(store) == {"open": 2}


def test_corrections_move_claims_between_states(store: Store) -> None:
    (record,) = filled(store, 1)
    shelled, met = record.claims
    store.correct(Correction(shelled.id, "", (), "person/Ama", act=Act.REJECT))
    store.correct(Correction(met.id, "", (), "person/Ama", act=Act.ACCEPT))
    check(store)
    assert states(store) == {"accepted": 1, "rejected": 1}
    store.correct(Correction(shelled.id, "", (), "person/Ama", act=Act.REOPEN))
    check(store)
    assert states(store) == {"accepted": 1, "open": 1}


def test_incidents_are_listed_replaced_and_forgotten(store: Store) -> None:
    records = filled(store, 1, 2, 3)
    store.replace_incidents(corpus(*records))
    found = check(store)
    assert len(found["listed_incidents"]) == 2
    assert len(found["listed_tellings"]) == 6
    shelled = [x.claims[0].id for x in records]
    alone = incident("apart", shelled[0])
    store.update_incidents(
        Corpus(
            (records[0],), (alone,), conflicts=(Conflict("apart", "counts", ("1", "2"), (), 0.4),)
        )
    )
    check(store)
    store.replace_incidents(Corpus(tuple(records), ()))
    found = check(store)
    assert not found["listed_actors"]
    assert not found["incident_kinds"]


def test_parties_are_summed_up(store: Store) -> None:
    records = filled(store, 1, 2)
    store.replace_incidents(corpus(*records))
    with store.database.read() as connection:
        rows = connection.execute(sa.select(listed_actors)).all()
    (front,) = [x for x in rows if x.name == "hill front"]
    assert (front.shown, front.incidents, front.as_actor, front.as_recipient) == (
        *("Hill Front", 2, 2, 0),
    )
    assert day_of(front.first_reported) == date(2021, 5, 3)
    assert day_of(front.last_reported) == date(2021, 5, 9)


def pairs(store: Store) -> list[tuple[str, str, int]]:
    with store.database.read() as connection:
        found = sa.select(listed_pairs.c.verdict, listed_pairs.c.said, listed_pairs.c.there)
        return sorted(map(tuple, connection.execute(found)))


def test_pairs_follow_verdicts_and_claims(store: Store) -> None:
    one, two = filled(store, 1, 2)
    left, right = sorted((one.claims[0].id, two.claims[0].id))
    store.judge(judgement(left, right, "person/Ama", Verdict.SAME))
    assert pairs(store) == [], "no machine has brought it up"
    store.judge(judgement(left, right, verdict=Verdict.UNSURE))
    check(store)
    assert pairs(store) == [("unsure", "same", 1)]
    back = replace(
        judgement(left, right, "person/Ama", Verdict.UNSURE), reasons=(Reason(UNDONE, 0.0),)
    )
    store.judge(back)
    check(store)
    assert pairs(store) == [("unsure", "", 1)]
    store.judge(judgement(left, right, "machine/2", verdict=Verdict.DIFFERENT))
    store.correct(Correction(left, "", (), "person/Ama", act=Act.REJECT))
    check(store)
    assert pairs(store) == [("different", "", 0)]
    store.correct(Correction(left, "", (), "person/Ama", act=Act.REOPEN))
    check(store)
    assert pairs(store) == [("different", "", 1)]


def test_what_fails_is_not_listed(store: Store) -> None:
    (record,) = filled(store, 1)
    before = shown(store.database)
    with pytest.raises(StoreError, match="no such claim"):
        store.correct(Correction(f"{record.document.id}:9-10:AID", "actors", (), "person/Ama"))
    assert shown(store.database) == before
