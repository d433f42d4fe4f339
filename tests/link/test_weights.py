"""Each feature of the weights file shows where its examples say, and only there."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.link.claim_builders import facts_of

from dateline.link.score import Scorer, features, probability
from dateline.link.weights import load
from dateline.model.incident import Verdict

Pair = tuple[dict[str, Any], dict[str, Any]]


def cases() -> Iterator[tuple[str, Pair, bool]]:
    for name, entry in load().items():
        for pair in entry.fires:
            yield name, pair, True
        for pair in entry.silent:
            yield name, pair, False


@pytest.mark.parametrize(("name", "pair", "fires"), list(cases()))
def test_a_feature_shows_where_its_examples_say(name: str, pair: Pair, *, fires: bool) -> None:
    left, right = facts_of(pair[0], "a"), facts_of(pair[1], "b")
    for one, other in ((left, right), (right, left)):
        shown = dict(features(one, other))
        assert (name in shown) == fires, shown
        assert all(0 < degree <= 1 for degree in shown.values())


def test_every_feature_has_examples_of_both_kinds() -> None:
    bare = {n for n, e in load().items() if n != "always" and not (e.fires and e.silent)}
    assert bare == set()


def test_no_feature_shows_without_a_weight() -> None:
    shown = {
        name
        for _, pair, _ in cases()
        for name, _ in features(facts_of(pair[0], "a"), facts_of(pair[1], "b"))
    }
    assert shown <= load().keys()


def test_a_judgement_tells_its_reasons_weightiest_first() -> None:
    attack = {"time": "2021-05-03", "place": "Birko", "killed": 12}
    judgement = Scorer().judge(facts_of(attack, "b"), facts_of(attack, "a"))
    assert (judgement.left, judgement.right) == ("a:0-1", "b:0-1")
    assert judgement.verdict is Verdict.SAME
    weights = [abs(reason.weight) for reason in judgement.reasons]
    assert weights == sorted(weights, reverse=True)
    says = {reason.feature: reason.says for reason in judgement.reasons}
    assert says["day-same"] == "2021-05-03"
    assert says["place-same"] == "birko"
    total = sum(reason.weight for reason in judgement.reasons) + load()["always"].weight
    assert judgement.score == pytest.approx(probability(total), abs=1e-4)


def test_an_attack_on_another_day_is_another() -> None:
    attack = {"time": "2021-05-03", "place": "Birko", "killed": 12}
    later = attack | {"time": "2021-05-20"}
    judgement = Scorer().judge(facts_of(attack, "a"), facts_of(later, "b"))
    assert judgement.verdict is Verdict.DIFFERENT


def test_a_plan_is_not_its_execution() -> None:
    left = {"type": "RETREAT", "time": "2021-05-03", "place": "Birko", "actor": "Hill Front"}
    judgement = Scorer().judge(facts_of(left, "a"), facts_of(left | {"status": "planned"}, "b"))
    assert judgement.verdict is Verdict.DIFFERENT
