from typing import Any

import pytest

from dateline.export.acled import crosswalk
from dateline.knowledge.loader import read
from dateline.knowledge.parties import SECTORS
from dateline.knowledge.triggers import ontology
from dateline.model import KINDS, LEVELS, STANCES, STATUSES, TYPES

WORDS: dict[str, Any] = read("ontology/plover.yaml")


@pytest.mark.parametrize(
    ("section", "known"),
    [
        ("types", TYPES),
        ("statuses", STATUSES),
        ("stances", STANCES),
        ("counts", KINDS),
        ("levels", LEVELS),
        ("sectors", SECTORS),
    ],
)
def test_the_ontology_and_the_code_know_the_same_values(section: str, known: Any) -> None:
    assert set(WORDS[section]) == set(known)


def test_types_stand_in_the_same_order() -> None:
    assert tuple(WORDS["types"]) == TYPES


def test_every_type_has_a_gloss_and_a_quad() -> None:
    quads = {f"{a} {b}" for a in ("verbal", "material") for b in ("cooperation", "conflict")}
    for name, fields in WORDS["types"].items():
        assert set(fields) == {"quad", "gloss", "modes"}, name
        assert fields["quad"] in quads, name
        assert fields["gloss"].endswith("."), name


def test_every_value_has_a_gloss() -> None:
    sections = [WORDS[x] for x in ("statuses", "stances", "counts", "levels", "sectors")]
    sections += [fields["modes"] for fields in WORDS["types"].values()]
    assert [k for section in sections for k, v in section.items() if not v.endswith(".")] == []


def test_the_acled_crosswalk_names_only_known_types_and_modes() -> None:
    modes = ontology()
    for name, entry in crosswalk().items():
        allowed = set(modes) if entry.type is None else {entry.type}
        assert allowed <= set(modes), name
        known = {mode for x in allowed for mode in modes[x]} | {"none"}
        assert set(entry.modes) <= known, name
