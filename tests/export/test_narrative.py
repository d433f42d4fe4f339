"""Incidents in one sentence."""

from typing import Any

import pytest
from tests.export.corpora import ARMY, FRONT, settled, view

from dateline.export.narrative import _STANCES, VERBS, attribution, place_name, sentence, spoken
from dateline.export.view import View
from dateline.knowledge import read
from dateline.model import STANCES, STATUSES, Count, Party, Period, Place
from dateline.model.incident import Agreement, Settled, Telling

TYPES = read("ontology/plover.yaml")["types"]
RIVAL = Party("Dune League", "MLI", "REB")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("actual", "The Hill Front attacked the Malian Armed Forces."),
        ("ongoing", "The Hill Front has repeatedly attacked the Malian Armed Forces."),
        ("planned", "The Hill Front planned to attack the Malian Armed Forces."),
        ("alleged", "The Hill Front allegedly attacked the Malian Armed Forces."),
        ("hypothetical", "The Hill Front might attack the Malian Armed Forces."),
        ("negated", "The Hill Front did not attack the Malian Armed Forces."),
    ],
)
def test_the_status_is_in_the_verb(status: str, told: str) -> None:
    assert status in STATUSES
    bare: Any = {"mode": None, "time": None, "places": [], "counts": []}
    assert sentence(view(status=status, **bare)) == told


def test_what_is_not_told_is_not_made_up() -> None:
    bare = view(actors=[], recipients=[], time=None, places=[], counts=[], mode=None)
    assert sentence(bare) == "An unnamed party carried out an attack."


def test_several_parties_are_joined() -> None:
    found = sentence(view(actors=[FRONT, RIVAL, ARMY], time=None, places=[], counts=[]))
    assert found.startswith("The Hill Front, Dune League and the Malian Armed Forces fired on")
    two = sentence(view(actors=[FRONT, RIVAL], recipients=[], time=None, places=[], counts=[]))
    assert two == "The Hill Front fired on Dune League."


def test_a_disputed_toll_tells_all_figures() -> None:
    told = [Count("killed", "soldiers", n, n, n) for n in (17, 40)]
    tellings = tuple(Telling(x, f"c{x.best}") for x in told)
    count = Settled(told[0], "conservative", Agreement.DISPUTED, tellings)
    found = sentence(view(counts=[count]))
    assert found.endswith(": 17 soldiers killed (disputed: 17 or 40).")


def test_it_is_told_according_to_whom() -> None:
    assert attribution(view()) == "According to army; denied by Hill Front."
    assert attribution(View(view().incident, (), 1)) == ""


def test_every_stance_has_words() -> None:
    assert set(_STANCES) == set(STANCES)


def test_a_recipient_may_stand_inside() -> None:
    found = view(type="RETREAT", mode="withdraw", time=None, places=[], counts=[])
    told = "The Hill Front withdrew forces (the Malian Armed Forces being the other side)."
    assert sentence(found) == told


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_and_mode_can_be_told(kind: str) -> None:
    for mode in (None, *TYPES[kind]["modes"]):
        for status in STATUSES:
            for recipients in ([], [ARMY]):
                made = view(
                    type=kind, mode=mode and settled(mode), status=status, recipients=recipients
                )
                assert "{" not in sentence(made)


def test_no_verb_is_of_an_unknown_type_or_mode() -> None:
    known = {f"{kind} {mode}".removesuffix(" None") for kind, x in TYPES.items()
             for mode in (None, *x["modes"])}  # fmt: skip
    assert set(read(VERBS)) <= known


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Period("2021-05", "2021-05"), "in May 2021"),
        (Period("2021", "2021"), "in 2021"),
        (Period("2021-05-03", None), "from 3 May 2021"),
        (Period(None, "2021"), "until 2021"),
        (Period(), ""),
        (Period("soon", "soon"), "in soon"),
    ],
)
def test_times_in_words(period: Period, told: str) -> None:
    assert spoken(period) == told


def test_places_in_words() -> None:
    assert place_name(Place("Gao", "MLI", "adm1", admin1="Gao")) == "Gao (Mali)"
    assert place_name(Place("Gulf of Guinea", None, "sea")) == "Gulf of Guinea"
