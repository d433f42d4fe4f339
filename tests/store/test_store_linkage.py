"""Dispatches that come in are linked as if all were linked at once, and only what they touch."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.link.claim_builders import record
from tests.store.store_builders import CODER, NEWER

from dateline.corpus import Concluded, conclude
from dateline.link import link
from dateline.model import Record
from dateline.model.correction import Act, Correction
from dateline.model.incident import Corpus, Incident, Judgement, Verdict
from dateline.store import Store

TOWNS = {"Birko": (12.5, -3.2), "Arda": (13.9, -1.1), "Tobin": (9.4, 2.2)}
WIRE = (
    "Rebels of the Hill Front raided {place} on {day} and killed {killed} traders, the governor of "
    "the valley said. Forty people were taken to the hospital of {place}. The road to the south "
    "has been closed since Sunday. Three hundred soldiers were on their way from the coast."
)
PLAN = "The army announced in {place} that it will have left the valley within six months."
LEFT = "The last soldiers of the army left {place} and the valley."


def told(chance: random.Random, number: int) -> Record:
    """A dispatch of some outlet on one of a few raids, plans and withdrawals."""
    place = chance.choice(sorted(TOWNS))
    day = date(2021, 5, 3) + timedelta(days=20 * chance.randrange(3))
    kind = chance.choice(["raid", "raid", "wire", "wire", "plan", "left"])
    fields: dict[str, Any] = {
        "time": day.isoformat(), "place": [place, *TOWNS[place]], "country": "XAB",
        "actor": "Hill Front", "killed": 12 + chance.randrange(3),
    }  # fmt: skip
    words = {"place": place, "day": day.isoformat(), "killed": fields["killed"]}
    if kind in {"plan", "left"}:
        fields = {"type": "RETREAT", "mode": "withdraw", "actor": "Army", "country": "XAB",
                  "place": [place, *TOWNS[place]]}  # fmt: skip
        fields |= {"status": "planned"} if kind == "plan" else {"time": day.isoformat()}
        text = (PLAN if kind == "plan" else LEFT).format(**words)
    elif kind == "wire":
        text = WIRE.format(**words)
    else:
        text = f"Traders spoke of a raid at {place}, {number} of them at length."
    published = day + timedelta(days=1 + chance.randrange(3))
    return record(
        fields, text=f"{text} ({number})", published=str(published), publisher=f"Post {number}"
    )


def world(seed: int, size: int = 16) -> list[Record]:
    chance = random.Random(seed)
    return [told(chance, number) for number in range(size)]


def enter(store: Store, *records: Record, coder: Any = CODER) -> Concluded:
    run = store.start_run(coder)
    for made in records:
        store.add(made, run)
    store.finish_run(run)
    return conclude(store)


def values(corpus: Corpus) -> dict[str, Any]:
    """What a corpus tells, whatever its incidents are called."""
    return {
        "incidents": {x.claims: replace(x, id="", merged=()) for x in corpus.incidents},
        "origins": {x.documents: x for x in corpus.origins},
        "conflicts": {(x.slot, x.sides): replace(x, incident="") for x in corpus.conflicts},
        "commitments": {x.promise: x for x in corpus.commitments},
    }


def same_as_from_nothing(store: Store) -> None:
    anew = link(store.records(), judgements=store.verdicts())
    assert values(store.corpus()) == values(anew)


def home(store: Store, claim: str) -> Incident:
    (found,) = [x for x in store.incidents() if claim in x.claims]
    return found


@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_is_all_at_once(store: Store, seed: int) -> None:
    records = world(seed)
    assert enter(store, *records[:4]).whole
    for made in records[4:]:
        assert not enter(store, made).whole
    same_as_from_nothing(store)
    assert any(len(x.documents) > 1 for x in store.origins())
    assert any(len(x.claims) > 2 for x in store.incidents())


def test_plans_are_followed_as_acts_come_in(store: Store) -> None:
    at = {"place": ["Arda", *TOWNS["Arda"]], "country": "XAB", "type": "RETREAT", "actor": "Army"}
    plan = record(
        at | {"status": "planned", "mode": "withdraw"}, text=PLAN.format(place="Arda"),
        published="2021-01-04", publisher="Post",
    )  # fmt: skip
    again = record(
        at | {"status": "planned", "mode": "withdraw"}, text=PLAN.format(place="Arda") + " Again.",
        published="2021-02-01", publisher="Echo",
    )  # fmt: skip
    done = record(
        at | {"mode": "withdraw", "time": "2021-03-01"}, text=LEFT.format(place="Arda"),
        published="2021-03-02", publisher="Post",
    )  # fmt: skip
    enter(store, plan)
    (pending,) = store.commitments()
    assert pending.outcome.value == "pending"
    enter(store, again)
    assert len(store.commitments()) == 1
    enter(store, done)
    (kept,) = store.commitments()
    assert (kept.promise, kept.outcome.value) == (plan.claims[0].id, "fulfilled")
    same_as_from_nothing(store)


def test_only_what_is_touched_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    records = world(1, 12)
    enter(store, *records)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "records", lambda *_: pytest.fail("all dispatches were read"))
        found = enter(store, *world(2, 1))
        assert found.incidents
        assert conclude(store) == Concluded()


def test_ids_stay_and_merged_ones_lead_on(store: Store) -> None:
    raid = {"time": "2021-05-03", "country": "XAB", "actor": "Hill Front", "killed": 12}
    at = {"place": ["Birko", *TOWNS["Birko"]]}
    one = record(raid | at, text="Rebels raided Birko.", published="2021-05-04", publisher="A")
    enter(store, one)
    first = home(store, one.claims[0].id).id
    two = record(raid | at, text="A raid hit Birko hard.", published="2021-05-05", publisher="B")
    enter(store, two)
    assert home(store, two.claims[0].id).id == first
    pair = sorted((one.claims[0].id, two.claims[0].id))
    store.judge(Judgement(pair[0], pair[1], Verdict.DIFFERENT, "person/Ama"))
    assert len(conclude(store).incidents) == 2
    second = home(store, two.claims[0].id).id
    assert second != first
    same_as_from_nothing(store)
    store.judge(Judgement(pair[0], pair[1], Verdict.SAME, "person/Ama"))
    conclude(store)
    assert home(store, two.claims[0].id).id == first
    led = store.incident(second)
    assert led is not None
    assert (led.id, led.merged) == (first, (second,))


def test_a_correction_moves_a_claim(store: Store) -> None:
    birko = {"time": "2021-05-03", "country": "XAB", "killed": 12}
    tobin = {"time": "2021-07-01", "country": "XAB", "killed": 30}
    made = [
        record(
            fields | {"place": [place, *TOWNS[place]]},
            text=f"Rebels raided {place}. {number}",
            published="2021-07-02",
            publisher=f"Post {number}",
        )
        for number, (place, fields) in enumerate(
            [("Birko", birko), ("Birko", birko), ("Tobin", tobin)]
        )
    ]
    one, moved, two = (x.claims[0].id for x in made)
    enter(store, *made)
    assert set(home(store, moved).claims) == {one, moved}
    for slot in ("places", "time", "counts"):
        read = [x for name, x in made[2].claims[0].readings() if name == slot]
        store.correct(Correction(moved, slot, tuple(read), "person/Ama"))
    assert not conclude(store).whole
    assert set(home(store, moved).claims) == {moved, two}
    same_as_from_nothing(store)
    store.correct(Correction(two, "", (), "person/Ama", act=Act.REJECT))
    conclude(store)
    assert home(store, moved).claims == (moved,)
    same_as_from_nothing(store)


def test_dispatches_coded_anew_take_the_place_of_what_they_were(store: Store) -> None:
    records = world(3, 10)
    enter(store, *records)
    again = [
        replace(x, claims=tuple(replace(c, type=replace(c.type, value="COERCE")) for c in x.claims))
        for x in records[:3]
    ]
    assert not enter(store, *again, coder=NEWER).whole
    same_as_from_nothing(store)
    enter(store, replace(records[5], claims=()), coder=NEWER)
    same_as_from_nothing(store)


def test_who_was_slower_links_again(store: Store) -> None:
    enter(store, *world(1, 6))
    run = store.start_run(CODER)
    store.add(world(2, 1)[0], run)
    store.finish_run(run)
    with store.shelf() as shelf:
        from dateline.link import relink

        change = relink(shelf, world(2, 1))
    assert not store.change_incidents(change, "later", "an edition that is no more")
    assert not conclude(store).whole
    same_as_from_nothing(store)
