from typing import Any

import pytest

from dateline.annotate.entities import Entities
from dateline.annotate.places import Places
from dateline.annotate.quantities import Quantities
from dateline.extract.fillers import quantities
from dateline.extract.scene import Scene
from dateline.extract.triggers import Triggers
from dateline.knowledge.triggers import load


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Rebels killed 42 soldiers, up from an earlier toll of 17 soldiers.", [42]),
        ("The army killed 9 rebels, revising a previous count of 4 rebels and 2 civilians.", [9]),
        ("Rebels killed 17 soldiers and 4 civilians in Gao.", [17, 4]),
        ("A toll of 12 people killed was told by the ministry.", [12]),
    ],
)
def test_outdated_tolls_are_left_out(parsed: Any, text: str, figures: list[int]) -> None:
    doc = parsed(text, steps=[Places(), Entities(), Quantities()])
    scene = Scene(doc, Triggers(load()))
    at = next(token.i for token in doc.parse.tokens if token.text == "killed")
    assert [q.best for q in quantities(scene, at)] == figures
