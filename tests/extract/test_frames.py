"""Grammatical functions around triggers."""

from collections.abc import Callable

import pytest

from dateline.extract.frames import frame
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
