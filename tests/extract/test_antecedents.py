"""Who "we" and "the representatives of" stand for."""

from collections.abc import Callable

from dateline.extract.antecedents import resolve
from dateline.extract.authors import authored
from dateline.extract.triggers import Triggers
from dateline.knowledge.triggers import load as load_rules
from dateline.model import Annotated
from dateline.pipeline import annotation_steps

JOINT = (
    "This statement was issued jointly by the Governments of Chile, Peru and Norway.\n\n"
    "We condemn the raid on the market."
)


def _standing_for(parsed: Callable[..., Annotated], text: str, word: str) -> set[str]:
    doc = parsed(text, steps=annotation_steps()[:-1])
    found = resolve(doc, Triggers(load_rules())(doc.parse))
    return {e.party.name for e in found if doc.parse.tokens[e.head].text == word}


def test_we_in_a_joint_statement_is_all_who_signed(parsed: Callable[..., Annotated]) -> None:
    assert _standing_for(parsed, JOINT, "We") == {
        "Government of Chile",
        "Government of Peru",
        "Government of Norway",
    }


def test_a_joint_statement_speaks_in_its_own_voice(parsed: Callable[..., Annotated]) -> None:
    doc = parsed(JOINT, steps=annotation_steps()[:-1])
    assert authored(doc, Triggers(load_rules())(doc.parse)) == ()


def test_envoys_of_several_act_for_each(parsed: Callable[..., Annotated]) -> None:
    text = "Representatives of Chile and Peru met in Oslo."
    assert _standing_for(parsed, text, "Representatives") == {
        "Government of Chile",
        "Government of Peru",
    }


def test_envoys_of_one_stay_themselves(parsed: Callable[..., Annotated]) -> None:
    text = "Representatives of Chile met in Oslo."
    assert len(_standing_for(parsed, text, "Representatives")) <= 1
