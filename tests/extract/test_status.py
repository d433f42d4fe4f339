"""Whether an event happened, and the kind of a toll, as the words beside it say outright."""

import pytest

import dateline
from dateline.model import Claim


def only(text: str) -> Claim:
    (claim,) = dateline.code(text, published="2022-08-16").claims
    return claim


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army attacked the village of Tessit.", "actual"),
        ("The army did not attack the village of Tessit.", "negated"),
        ("The army denied bombing the market in Moura.", "negated"),
        ("Rebels could bomb the bridge at Gao.", "hypothetical"),
        ("Rebels allegedly bombed the bridge at Gao.", "alleged"),
        ("France will withdraw its troops from Mali.", "planned"),
        ("Did the regiment fire on the crowd?", "hypothetical"),
    ],
)
def test_a_cue_beside_a_trigger_settles_the_status(text: str, status: str) -> None:
    claim = only(text)
    assert claim.status.value == status


def test_the_cue_is_the_evidence() -> None:
    text = "The army did not attack the village of Tessit."
    (span,) = only(text).status.evidence
    assert span.of(text) == "not"


def test_two_negations_cancel_each_other() -> None:
    assert only("The army did not deny attacking the village.").status.value != "negated"


@pytest.mark.parametrize(("verb", "kind"), [("wounded", "injured"), ("killed", "killed")])
def test_the_verb_tells_the_kind_of_a_toll(verb: str, kind: str) -> None:
    claim = only(f"Two soldiers were {verb} near Gao on Monday, the army said.")
    assert [(x.value.kind, x.value.best) for x in claim.slots.counts] == [(kind, 2)]
