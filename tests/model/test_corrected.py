"""People's work on claims: what it makes of a record, and how it finds its claims again."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Basis, Claim, Count, Document, Party, Reading, Record, Slots, Span
from dateline.model.corrected import attached, correct
from dateline.model.correction import Act, Correction, spot

TEXT = "Rebels shelled Birko and burned the market. The army fled. Traders mourn the dead of Birko."
DOCUMENT = Document(TEXT, "made")


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def stated(value: object, words: str) -> Reading[Any]:
    return Reading(value, Basis.STATED, (span(words),), "rule")


def claim(words: str, kind: str = "ASSAULT", actor: str | None = None) -> Claim:
    actors = (stated(Party(actor), actor),) if actor else ()
    slots = Slots(Reading("actual", Basis.ASSUMED), actors=actors)
    return Claim(DOCUMENT.id, stated(kind, words), slots)


SHELLED, BURNED, FLED = claim("shelled", actor="Rebels"), claim("burned"), claim("fled", "RETREAT")
RECORD = Record(DOCUMENT, (SHELLED, BURNED, FLED))
KILLED = Reading(Count("killed", "traders", 3, 3, 3), Basis.ASSUMED)


def said(of: Claim | str, act: Act = Act.EDIT, slot: str = "", **more: object) -> Correction:
    name = of if isinstance(of, str) else of.id
    told = {"readings": (), "by": "person/Ama", "act": act} | more
    return Correction(name, slot, **told)  # type: ignore[arg-type]


def edit(of: Claim | str, slot: str, *readings: Reading[Any]) -> Correction:
    return said(of, slot=slot, readings=readings)


def ids(*corrections: Correction, record: Record = RECORD) -> list[str]:
    return [x.id for x in correct(record, corrections, earlier()).record.claims]


def earlier() -> dict[str, Claim]:
    return {x.id: x for x in RECORD.claims}


def test_without_corrections_nothing_is_changed() -> None:
    found = correct(RECORD, (), {})
    assert (found.record, found.held, found.lost) == (RECORD, {}, ())


def test_an_edit_replaces_a_slot_and_the_last_one_holds() -> None:
    first, last = edit(SHELLED, "counts", KILLED, KILLED), edit(SHELLED, "counts", KILLED)
    found = correct(RECORD, (first, edit(SHELLED, "actors"), last), {})
    shelled = found.record.claims[0]
    assert [x.value for x in shelled.counts] == [KILLED.value]
    assert (shelled.actors, shelled.counts[0].found_by) == ((), "person/Ama")
    assert found.held[SHELLED.id] == (edit(SHELLED, "actors"), last)
    assert found.record.claims[1:] == RECORD.claims[1:]


def test_a_type_that_is_changed_keeps_its_words_and_is_found_by_them() -> None:
    retyped = edit(BURNED, "type", Reading("COERCE", Basis.ASSUMED))
    found = correct(RECORD, (retyped, edit(BURNED, "counts", KILLED)), {})
    changed = found.record.claims[1]
    assert changed.type.value == "COERCE"
    assert spot(changed.id) == spot(BURNED.id)
    assert changed.counts[0].value == KILLED.value
    by_new_name = correct(RECORD, (retyped, edit(changed.id, "counts", KILLED)), {})
    assert by_new_name.record == found.record


def test_what_is_rejected_is_not_there_until_it_is_reopened() -> None:
    assert ids(said(BURNED, Act.REJECT)) == [SHELLED.id, FLED.id]
    assert ids(said(BURNED, Act.REJECT), said(BURNED, Act.REOPEN)) == ids()
    assert ids(said(BURNED, Act.REJECT), said(BURNED, Act.ACCEPT)) == ids()


def test_what_is_merged_is_a_mention_of_the_other_and_gives_what_that_lacks() -> None:
    found = correct(RECORD, (said(SHELLED, Act.MERGE, into=BURNED.id),), {}).record.claims
    assert [x.id for x in found] == [BURNED.id, FLED.id]
    assert SHELLED.trigger in found[0].mentions
    assert found[0].actors == SHELLED.actors


def test_what_is_split_gives_way_to_its_parts() -> None:
    parts = (replace(SHELLED, mentions=()), claim("dead", actor="Rebels"))
    split = said(SHELLED, Act.SPLIT, claims=parts)
    assert ids(split) == [SHELLED.id, BURNED.id, FLED.id, parts[1].id]
    assert parts[1].id not in ids(split, said(parts[1], Act.REJECT))
    assert ids(split, said(SHELLED, Act.REOPEN)) == ids()


def test_what_is_added_is_there_once() -> None:
    mourn = claim("mourn", "SUPPORT")
    added = said(mourn, Act.ADD, claims=(mourn,))
    assert ids(added) == [*ids(), mourn.id]
    assert ids(added, edit(mourn, "counts", KILLED))[-1] == mourn.id
    assert ids(added, said(mourn, Act.REOPEN)) == ids()
    later = Record(DOCUMENT, (*RECORD.claims, claim("mourn", "CONSULT")))
    assert ids(added, record=later) == [*ids(), mourn.id]


def test_work_finds_its_claim_again_by_the_words() -> None:
    moved = replace(claim("burned the market"), mentions=(span("dead"),))
    wider = Record(DOCUMENT, (claim("Rebels shelled", "COERCE", "Rebels"), moved))
    found = correct(wider, (edit(SHELLED, "counts", KILLED), said(FLED, Act.REJECT)), earlier())
    assert found.record.claims[0].counts[0].value == KILLED.value
    assert [(x.what.claim, x.why) for x in found.lost if isinstance(x.what, Correction)] == [
        (FLED.id, "no claim rests on these words any more")
    ]
    assert attached(BURNED.id, wider, earlier()) == moved
    assert attached("0:1-2:AID", wider, {}) is None


def test_work_that_two_claims_answer_to_alike_is_told() -> None:
    both = Claim(DOCUMENT.id, Reading("ASSAULT", Basis.STATED, (span("shelled Birko and burned"),)),
                 SHELLED.slots)  # fmt: skip
    known = {both.id: both}
    twins = Record(DOCUMENT, (replace(SHELLED, slots=BURNED.slots), BURNED))
    assert attached(both.id, twins, {both.id: replace(both, slots=BURNED.slots)}) is not None
    tied = replace(BURNED, type=replace(BURNED.type, evidence=(span("burned"),)))
    pair = Record(DOCUMENT, (claim("shelled"), replace(tied, mentions=())))
    (lost,) = correct(pair, (edit(both.id, "actors"),), known).lost or (None,)
    assert lost is None or "several" in lost.why


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: said(SHELLED, Act.MERGE), "names another claim"),
        (lambda: said(SHELLED, Act.MERGE, into=SHELLED.id), "names another claim"),
        (lambda: said(SHELLED, Act.MERGE, into="0:1-2:AID"), "two dispatches"),
        (lambda: said(SHELLED, Act.REJECT, into=BURNED.id), "nothing else"),
        (lambda: said(SHELLED, Act.REJECT, "actors"), "whole claim"),
        (lambda: said(SHELLED, Act.SPLIT, claims=(BURNED,)), "two or more"),
        (lambda: said(SHELLED, Act.SPLIT, claims=(BURNED, BURNED)), "different words"),
        (lambda: said(SHELLED, Act.ADD, claims=(BURNED,)), "one claim is added"),
        (lambda: said(SHELLED, Act.ACCEPT, readings=(KILLED,)), "takes no readings"),
        (lambda: said(SHELLED, Act.ACCEPT, "colour"), "no slot"),
        (lambda: said(SHELLED, Act.ACCEPT, claims=(BURNED,)), "brings no claims"),
        (lambda: edit(SHELLED, ""), "no slot"),
    ],
)
def test_what_makes_no_sense_cannot_be_said(wrong: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        wrong()  # type: ignore[operator]


ACTS = st.sampled_from([
    said(SHELLED, Act.REJECT), said(BURNED, Act.ACCEPT), said(SHELLED, Act.MERGE, into=BURNED.id),
    said(BURNED, Act.MERGE, into=SHELLED.id), edit(FLED, "type", Reading("AID", Basis.ASSUMED)),
    said(SHELLED, Act.SPLIT, claims=(SHELLED, claim("dead"))), said(claim("dead"), Act.REJECT),
    said(BURNED, Act.REOPEN), said(SHELLED, Act.REOPEN), edit(BURNED, "counts", KILLED),
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(ACTS, max_size=8))
def test_any_work_gives_claims_that_differ(work: list[Correction]) -> None:
    found = correct(RECORD, work, earlier())
    names = [x.id for x in found.record.claims]
    assert len(set(names)) == len(names)
    assert found.record.document == RECORD.document
    taken = [said(x, Act.REOPEN) for x in (*RECORD.claims, claim("dead"))]
    assert set(ids()) <= set(ids(*work, *taken))
