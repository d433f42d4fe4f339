"""What an incident makes of tellings that agree, grow or contradict each other."""

from dataclasses import replace
from typing import Any

import pytest
from tests.link.claim_builders import record

from dateline.link import link
from dateline.link.voices import Voice, confidence, kind_of, priors
from dateline.model import Basis, Party, Reading, Record, Span
from dateline.model.incident import Agreement, Corpus, Incident

RAID: dict[str, Any] = {"time": "2021-05-03", "place": "Birko", "country": "XAB"}


def told(*figures: Any, **more: Any) -> list[Record]:
    """Outlets that report the raid on one day after the other, each with a toll."""
    return [
        record(
            RAID | {"killed": killed} | more,
            text=f"Outlet {n} on the raid that hit Birko market killing villagers.",
            published=f"2021-05-{4 + n:02}",
            publisher=f"Outlet {n}",
        )
        for n, killed in enumerate(figures)
    ]


def only(corpus: Corpus) -> Incident:
    (found,) = corpus.incidents
    return found


@pytest.mark.parametrize(
    ("figures", "agreement"),
    [
        ([12], Agreement.SINGLE),
        ([12, 12], Agreement.AGREED),
        ([12, [12, None]], Agreement.AGREED),
        ([9, 12, 14], Agreement.SERIES),
        ([[9, None], 14], Agreement.SERIES),
        ([14, 9], Agreement.DISPUTED),
        ([9, 14, 8], Agreement.DISPUTED),
    ],
)
def test_tolls_agree_grow_or_contradict(figures: list[Any], agreement: Agreement) -> None:
    (killed,) = only(link(told(*figures))).counts
    assert killed.agreement is agreement
    assert len(killed.tellings) == len(figures)


def test_figures_of_one_day_are_no_series() -> None:
    made = [
        record(
            RAID | {"killed": n}, text=f"Raid {n} on Birko.", published="2021-05-04", publisher=p
        )
        for n, p in ((9, "Post"), (14, "Times"))
    ]
    (killed,) = only(link(made)).counts
    assert killed.agreement is Agreement.DISPUTED


@pytest.mark.parametrize(
    ("policy", "figures", "picked"),
    [
        ("conservative", [9, 14], (14, 14, 14)),  # the latest stage of a series
        ("conservative", [14, 9], (9, 9, 9)),
        ("informative", [[9, None], 9], (9, 9, 9)),
        ("informative", [14, 9], (9, 9, 9)),
        ("latest-official", [14, 9], (9, 9, 9)),
        ("ucdp", [14, 9, 14], (9, 14, 14)),
        ("ucdp", [9, 14], (9, 14, 14)),
    ],
)
def test_a_policy_picks(policy: str, figures: list[Any], picked: tuple[int, int, int]) -> None:
    (killed,) = only(link(told(*figures), policy=policy)).counts
    assert (killed.value.low, killed.value.best, killed.value.high) == picked
    assert killed.policy == policy


def test_an_authority_comes_before_later_voices() -> None:
    made = told(12, 15)
    official = record(
        RAID | {"killed": 13, "source": "Malian Armed Forces"},
        text="Another raid text of Birko market.", published="2021-05-04", publisher="Herald",
    )  # fmt: skip
    (killed,) = only(link([*made, official], policy="latest-official")).counts
    assert killed.value.best == 13


def test_quoting_the_same_ministry_is_one_voice() -> None:
    alone = only(link(told(12, 12)))
    quoting = only(link(told(12, 12, source="Malian Armed Forces")))
    assert (alone.voices, quoting.voices) == (2, 1)
    assert alone.confidence > quoting.confidence
    assert {t.voice for t in quoting.counts[0].tellings} == {"source:Malian Armed Forces"}


def test_a_denial_makes_it_alleged_and_a_conflict() -> None:
    by = {"actor": "Hill Front", "place": "Birko"}
    first = record(RAID | by, text="A raid hit Birko.", published="2021-05-04", publisher="Post")
    denial = record(
        RAID | by | {"denied": True, "source": "Hill Front"},
        text="It denied the raid on Birko.", published="2021-05-05", publisher="Times",
    )  # fmt: skip
    last = record(RAID | by, text="Yes, a raid hit Birko.", published="2021-05-07", publisher="Sun")
    corpus = link([first, denial, last])
    assert only(corpus).status.value == "alleged"
    (conflict,) = corpus.conflicts
    assert (conflict.slot, conflict.answered) == ("status", True)
    assert conflict.sides[1] == (denial.claims[0].id,)
    (unanswered,) = link([first, denial]).conflicts
    assert not unanswered.answered
    assert only(link([first, denial], policy="informative")).status.value == "actual"


def test_conflicts_are_ranked_and_tell_the_sides() -> None:
    made = told(30, 9) + [
        record(
            RAID | {"actor": name, "sector": sector, "killed": 9},
            text=f"It was {name} who raided Birko market.", published="2021-05-06", publisher=name,
        )
        for name, sector in (("Hill Front", "REB"), ("Ardan Army", "MIL"))
    ]  # fmt: skip
    corpus = link(made)
    slots = [c.slot for c in corpus.conflicts]
    assert set(slots) >= {"killed"}
    weights = [c.weight for c in corpus.conflicts]
    assert weights == sorted(weights, reverse=True)
    killed = next(c for c in corpus.conflicts if c.slot == "killed")
    assert [says.split(": ")[1] for says in killed.says] == ["9 people killed", "30 people killed"]


def test_groups_of_one_claim_add_up_and_parts_do_not() -> None:
    from dateline.link.tolls import Toll, _added
    from dateline.model import Count

    soldiers, civilians = (
        Count("killed", "soldiers", 17, 17, 17),
        Count("killed", "civilians", 4, 4, 4),
    )
    assert _added([soldiers, civilians]) == Toll(21, 21, 21, "soldiers, civilians")
    people, children = Count("killed", "people", 12, 12, 12), Count("killed", "children", 3, 3, 3)
    assert _added([people, children]) == Toll(12, 12, 12, "people")
    army, rebels = (Count("killed", "people", n, n, n, name) for n, name in ((5, "a"), (9, "b")))
    assert _added([army, rebels])[:3] == (5, 5, 9)


def test_voices_are_believed_by_kind_and_number() -> None:
    one = confidence([Voice("a", "own-voice")])
    assert one == pytest.approx(priors()["own-voice"])
    assert confidence([Voice("a", "own-voice"), Voice("a", "own-voice")]) == one
    assert confidence([Voice("a", "own-voice"), Voice("b", "party")]) > one
    assert confidence([Voice("a", "own-voice"), Voice("b", "party", "denies")]) < one
    assert all(0 < x < 1 for x in priors().values())
    assert [kind_of(x) for x in ("two officers", "residents", "Malian Armed Forces")] == [
        "unnamed", "witness", "official",
    ]  # fmt: skip


def shot(
    text: str, recipient: dict[str, Any] | None = None, title: str = "", **more: Any
) -> Record:
    """A dispatch about a raid whose victim is quoted, with the words that tell of the harm."""
    made = record(RAID | more, text=text, published="2021-05-04", publisher="Post", title=title)
    (claim,) = made.claims
    slots = claim.slots
    counts = tuple(
        replace(x, evidence=(Span(at, at + 5),)) if (at := text.find("people")) >= 0 else x
        for x in slots.counts
    )
    if recipient:
        words = recipient["words"]
        at = text.index(words)
        party = Party(recipient.get("name", words), "XAB", "CVL")
        told_ = Reading(party, Basis.STATED, (Span(at, at + len(words)),))
        slots = replace(slots, recipients=(told_,))
    return replace(made, claims=(replace(claim, slots=replace(slots, counts=counts)),))


def toll(*records: Record) -> dict[str, int | None]:
    (incident,) = link(records).incidents
    return {x.value.kind: x.value.best for x in incident.counts}


def test_the_dead_are_not_counted_among_those_told_to_be_shot() -> None:
    raid = "In Birko market a raid came: four people were shot, one of them fatally."
    assert toll(shot(raid, injured=4, killed=1)) == {"killed": 1, "injured": 3}
    wounded = raid.replace("were shot, one of them fatally", "were wounded and one was killed")
    assert toll(shot(wounded, injured=4, killed=1)) == {"killed": 1, "injured": 4}
    others = raid.replace("four people", "four other people")
    assert toll(shot(others, injured=4, killed=1)) == {"killed": 1, "injured": 4}


def test_who_is_shot_and_dies_is_not_hurt_as_well() -> None:
    assert toll(shot("A raid on Birko: people were shot and one died.", injured=1, killed=1)) == {
        "killed": 1
    }


@pytest.mark.parametrize(
    ("text", "words", "title", "counts"),
    [
        ("A raid killed a farmer in Birko.", "a farmer", "", {"killed": 1}),
        ("A raid left a boy wounded in Birko.", "a boy", "", {"injured": 1}),
        ("A raid killed farmers in Birko.", "farmers", "", {}),
        ("A raid passed a farmer in Birko.", "a farmer", "", {}),
        ("In a raid Ada Brook was shot in Birko.", "Ada Brook", "", {"injured": 1}),
        ("In a raid Ada Brook was shot.", "Ada Brook", "Woman killed in Birko", {"killed": 1}),
        ("In a raid a boy got life-threatening wounds.", "a boy", "", {"injured": 1}),
    ],
)
def test_harm_to_one_person_is_a_toll_of_one(
    text: str, words: str, title: str, counts: dict[str, int]
) -> None:
    assert toll(shot(text, {"words": words}, title)) == counts


def test_a_government_and_its_army_on_one_side_are_one_party() -> None:
    army, state = Party("Birko Army", "XAB", "MIL"), Party("Government of Birkia", "XAB", "GOV")
    rebels = Party("Hill Front", "XAB", "REB")
    (made,) = told(3)
    (claim,) = made.claims
    actors = tuple(Reading(x, Basis.ASSUMED) for x in (state, army, rebels))
    one = replace(made, claims=(replace(claim, slots=replace(claim.slots, actors=actors)),))
    names = [x.value.name for x in only(link([one])).actors]
    assert len(names) == 2
    assert "Hill Front" in names
