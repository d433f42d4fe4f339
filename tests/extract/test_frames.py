"""Grammatical functions around triggers."""

from collections.abc import Callable

import pytest

from dateline.extract.frames import below, frame, own_functions
from dateline.model import Annotated

CASES = [
    ("Rebels attacked the army.", "attacked", {"Rebels": "subj", "army": "obj"}),
    ("The army was attacked by rebels.", "attacked", {"army": "obj", "rebels": "agent"}),
    ("The attack on the village angered people.", "attack", {"village": "p:on"}),
    ("Rebels carried out an attack.", "attack", {"Rebels": "dobj|subj"}),
    ("The envoy urged Ankara to free the men.", "urged", {"envoy": "subj"}),
    ("Soldiers accused of killing farmers fled.", "killing", {"farmers": "obj"}),
    ("Soldiers entered the town and burned houses.", "burned", {"Soldiers": "conj|subj"}),
]


@pytest.mark.parametrize(("text", "trigger", "wanted"), CASES)
def test_functions_of_participants(
    text: str, trigger: str, wanted: dict[str, str], parsed: Callable[..., Annotated]
) -> None:
    parse = parsed(text).parse
    at = next(t.i for t in parse.tokens if t.text == trigger)
    found = {parse.tokens[i].text: label for i, label in frame(parse, at).items()}
    assert wanted.items() <= found.items()


def test_acts_below_come_nearest_first(parsed: Callable[..., Annotated]) -> None:
    parse = parsed("The council condemned the arrests of those who took part in the rally.").parse
    at = {token.text: token.i for token in parse.tokens}
    found = below(parse, at["condemned"], {at["rally"], at["arrests"], at["council"]})
    assert found[:2] == [at["council"], at["arrests"]]


def test_own_functions_leave_out_what_is_lent_or_no_party() -> None:
    around = {1: "subj", 2: "obj", 3: "conj|subj", 4: ">xcomp:dobj", 5: "p:in"}
    assert own_functions(around, {1, 2, 3, 4}) == "obj+subj"
