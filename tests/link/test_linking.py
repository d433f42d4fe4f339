"""Linking from made claims: verdicts hold, ids stay, order does not matter, dispatches add up."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.claim_builders import record

from dateline.errors import ConfigError
from dateline.link import Linker, link, policies, timelines
from dateline.link.block import Index
from dateline.link.cluster import Link, cluster, identify, incident_id
from dateline.link.facts import facts
from dateline.model import Record
from dateline.model.incident import Corpus, Incident, Judgement, Verdict

RAID = {
    "time": "2021-05-03",
    "place": "Birko",
    "country": "XAB",
    "killed": 12,
    "actor": "Hill Front",
}
OTHER = RAID | {"time": "2021-06-20", "place": "Arda", "killed": 3}


def dispatches() -> list[Record]:
    """Three outlets on one raid, two on another."""
    texts = ["Rebels raided Birko.", "A raid hit Birko hard.", "Birko mourns after a raid there."]
    first = [
        record(RAID, text=text, published=f"2021-05-0{n + 4}", publisher=f"Post {n}")
        for n, text in enumerate(texts)
    ]
    second = [
        record(OTHER, text=f"{word} Arda was raided.", published="2021-06-21", publisher=word)
        for word in ("Morning", "Evening")
    ]
    return [*first, *second]


def sizes(corpus: Corpus) -> list[int]:
    return [len(incident.claims) for incident in corpus.incidents]


def claim_of(made: Record) -> str:
    return made.claims[0].id


def said(one: str, other: str, verdict: Verdict, by: str = "person/ada") -> Judgement:
    return Judgement(min(one, other), max(one, other), verdict, by)


def home(corpus: Corpus, claim: str) -> Incident:
    return next(i for i in corpus.incidents if claim in i.claims)


def test_claims_of_one_occurrence_become_one_incident() -> None:
    corpus = link(dispatches())
    assert sizes(corpus) == [3, 2]
    first = corpus.incidents[0]
    assert first.voices == 3
    assert first.confidence > corpus.incidents[1].confidence
    assert (str(first.first_reported), str(first.last_reported)) == ("2021-05-04", "2021-05-06")
    assert link([]) == Corpus(())


def test_the_order_of_the_dispatches_does_not_matter() -> None:
    expected = link(dispatches())
    for order in list(permutations(dispatches()))[::17]:
        assert link(order) == expected


def test_what_people_say_holds() -> None:
    made = dispatches()
    a, b, c = (claim_of(x) for x in made[:3])
    other = claim_of(made[3])
    apart = link(made, judgements=[said(a, b, Verdict.DIFFERENT)])
    assert home(apart, a) != home(apart, b)
    together = link(made, judgements=[said(a, other, Verdict.SAME)])
    assert other in home(together, a).claims
    both = [said(a, b, Verdict.DIFFERENT), said(a, b, Verdict.SAME)]
    assert b in home(link(made, judgements=both), a).claims  # the last word counts
    back = [said(a, b, Verdict.DIFFERENT), said(a, b, Verdict.UNSURE)]
    assert link(made, judgements=back).incidents == link(made).incidents
    machine = said(a, c, Verdict.DIFFERENT, "machine/other")
    assert link(made, judgements=[machine]).incidents == link(made).incidents


def test_different_outweighs_a_chain_of_same() -> None:
    made = dispatches()
    a, b, c = (claim_of(x) for x in made[:3])
    words = [said(a, c, Verdict.DIFFERENT), said(a, b, Verdict.SAME), said(b, c, Verdict.SAME)]
    corpus = link(made, judgements=words)
    assert home(corpus, a) == home(corpus, b) != home(corpus, c)


def test_ids_stay_when_dispatches_come() -> None:
    made = dispatches()
    early = link([made[1], made[3]])
    later = link(made, known=early.incidents)
    for incident in early.incidents:
        assert home(later, incident.claims[0]).id == incident.id
    assert link(made, known=later.incidents) == later


def test_merged_ids_lead_on_and_come_back() -> None:
    made = dispatches()
    before = link(made)
    a, other = claim_of(made[0]), claim_of(made[3])
    merged = link(made, known=before.incidents, judgements=[said(a, other, Verdict.SAME)])
    (gone,) = {i.id for i in before.incidents} - {i.id for i in merged.incidents} or {""}
    if gone:  # all of the second raid's claims moved
        assert gone in home(merged, a).merged
    words = [said(a, other, Verdict.SAME), said(a, other, Verdict.DIFFERENT)]
    parted = link(made, known=merged.incidents, judgements=words)
    assert {i.id for i in parted.incidents} == {i.id for i in before.incidents}
    assert all(i.merged == () for i in parted.incidents)


def test_a_merged_id_is_never_lost() -> None:
    groups = [("a", "b"), ("c",)]
    one, other = identify(groups)
    old = [stub(one.id, one.claims), stub(other.id, other.claims)]
    (joined,) = identify([("a", "b", "c")], old)
    assert joined.id in {one.id, other.id}
    assert {joined.id, *joined.merged} == {one.id, other.id}
    again = identify([("a", "b"), ("c",)], [stub(joined.id, joined.claims, joined.merged)])
    assert {g.id for g in again} == {one.id, other.id}


def test_an_id_follows_the_claim_it_was_made_from() -> None:
    (one,) = identify([("a", "b", "c")])
    assert one.id == incident_id("a")
    moved = identify([("a",), ("b", "c")], [stub(one.id, one.claims)])
    assert [g.id for g in moved] == [incident_id("a"), incident_id("b")]
    gone = identify([("b", "c")], [stub(one.id, one.claims)])
    assert gone[0].id == one.id


def stub(name: str, claims: tuple[str, ...], merged: tuple[str, ...] = ()) -> Incident:
    whole = link(dispatches()).incidents[0]
    return replace(whole, id=name, claims=claims, merged=merged)


def test_dispatches_added_later_give_the_same_incidents() -> None:
    made = dispatches()
    linker = Linker(made[:2])
    changed = linker.add([made[2]])
    assert [set(i.claims) for i in changed] == [{claim_of(x) for x in made[:3]}]
    assert linker.add([made[2]]) == ()
    linker.add(made[3:])
    once = {frozenset(i.claims) for i in link(made).incidents}
    corpus = linker.corpus()
    assert {frozenset(i.claims) for i in corpus.incidents} == once
    assert corpus.conflicts == link(made, known=corpus.incidents).conflicts


def test_a_verdict_added_later_moves_claims() -> None:
    made = dispatches()
    linker = Linker(made)
    a, b = claim_of(made[0]), claim_of(made[1])
    linker.add([], [said(a, b, Verdict.DIFFERENT)])
    corpus = linker.corpus()
    assert home(corpus, a) != home(corpus, b)
    linker.add([], [said(a, b, Verdict.UNSURE)])
    assert home(linker.corpus(), a) == home(linker.corpus(), b)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_clusters_are_a_partition_and_keep_verdicts(data: st.DataObject) -> None:
    claims = [f"c{n}" for n in range(data.draw(st.integers(1, 9)))]
    pairs = [(a, b) for a in claims for b in claims if a < b]
    odds = data.draw(st.lists(st.floats(-5, 5), min_size=len(pairs), max_size=len(pairs)))
    links = [Link(a, b, x) for (a, b), x in zip(pairs, odds, strict=True)]
    apart = data.draw(st.sets(st.sampled_from(pairs), max_size=4)) if pairs else set()
    verdicts = dict.fromkeys(sorted(apart), Verdict.DIFFERENT)
    groups = cluster(claims, links, verdicts)
    assert sorted(c for group in groups for c in group) == claims
    assert all(not {a, b} <= set(group) for group in groups for a, b in apart)
    assert cluster(claims, reversed(links), verdicts) == groups


def test_blocks_bring_the_same_claims_together_either_way() -> None:
    told = [a for made in dispatches() for a in facts(made)]
    index = Index(told)
    pairs = {frozenset((a.id, b.id)) for a, b in index.pairs()}
    near = {frozenset((a.id, b.id)) for a in told for b in index.near(a)}
    assert pairs == near
    assert len(pairs) == 3 + 1  # all of the first raid, both of the second, no others


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ConfigError, match="conservative"):
        link([], policy="boldest")
    assert set(policies()) == {"conservative", "informative", "latest-official", "ucdp"}


def test_timelines_follow_named_parties() -> None:
    corpus = link(dispatches())
    (line,) = timelines(corpus, "hill front")
    assert line.party.name == "Hill Front"
    assert line.incidents == tuple(i.id for i in corpus.incidents)
    assert line.roles == ("actor", "actor")
    assert (str(line.first_reported), str(line.last_reported)) == ("2021-05-04", "2021-06-21")
    assert timelines(corpus, "gunmen") == ()


def test_follow_ups_meet_by_the_names_their_dispatches_begin_with() -> None:
    first = record(
        {"time": "2021-05-03", "place": "Birko", "country": "XAB"},
        text="Shelling hit the quarter of Old Wells, Arda said.", published="2021-05-04",
    )  # fmt: skip
    later = record(
        {"country": "XAB", "time": "2021-09-20"},
        text="Arda spoke of the shelling.", published="2021-09-21",
    )  # fmt: skip
    other = record(
        {"country": "XAB", "time": "2021-09-20"},
        text="Tolna spoke of the shelling.", published="2021-09-21",
    )  # fmt: skip
    told = [a for made in (first, later, other) for a in facts(made)]
    met = {frozenset((a.id, b.id)) for a, b in Index(told).pairs()}
    assert frozenset((told[0].id, told[1].id)) in met
    assert frozenset((told[0].id, told[2].id)) not in met
