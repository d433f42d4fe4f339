from typing import Any

from tests.evaluate.gold_builders import event, events, gold

from dateline.evaluate import GoldDocument, bias
from dateline.model import Document

TEXT = (
    "Rebels and soldiers clashed near Gao. Soldiers attacked herders near Gao. "
    "French troops left Gao. Someone met someone."
)
GAO = [{"text": "Gao", "name": "Gao", "country": "MLI", "level": "town"}]


def party(text: str, sector: str, country: str | None = "MLI") -> dict[str, Any]:
    return {"text": text, "name": text, "sector": sector, "country": country}


def coded() -> list[dict[str, Any]]:
    clash = [party("Rebels", "REB"), party("soldiers", "MIL")]
    return [
        event("ASSAULT", "clashed", acled="Armed clash", actors=clash, places=GAO),
        event("ASSAULT", "attacked", acled="Attack", actors=[party("Soldiers", "MIL")], places=GAO),
        event("RETREAT", "left", actors=[party("French troops", "MIL", "FRA")], places=GAO),
        event("CONSULT", "met"),
    ]


def page(found: list[dict[str, Any]]) -> Any:
    return bias((GoldDocument(Document(TEXT, "gao"), tuple(coded())),), {"gao": found})


def test_gold_against_itself_has_no_errors() -> None:
    result = page(coded())
    assert result.battles_as_attacks == (0, 1)
    groups = (*result.actors.values(), *result.regions.values())
    assert all(x.missed + x.actors + x.status + x.civilians == 0 for x in groups)


def test_groups_are_by_actor_and_place() -> None:
    result = page(coded())
    assert {name: x.events for name, x in result.actors.items()} == {
        "state": 2,
        "armed group": 1,
        "foreign state": 1,
        "no actor told": 1,
    }
    assert {name: x.events for name, x in result.regions.items()} == {
        "Western Africa": 3,
        "no country told": 1,
    }


def test_each_error_is_counted_in_its_groups() -> None:
    found = coded()
    found[0] |= {"acled": "Attack", "actors": found[0]["actors"][:1]}
    found[1] |= {"status": "alleged"}
    del found[2]
    result = page(found)
    assert result.confusion == {
        ("battle", "violence against civilians"): 1,
        ("violence against civilians", "violence against civilians"): 1,
    }
    assert result.battles_as_attacks == (1, 1)
    state, abroad = result.actors["state"], result.actors["foreign state"]
    assert (state.actors, state.status, state.civilians, state.missed) == (1, 1, 1, 0)
    assert (abroad.events, abroad.missed, abroad.found) == (1, 1, 0)
    lines = list(result.lines())
    assert "  battles coded as attacks on civilians: 100.0 % of 1 found" in lines
    assert any(x.split() == ["foreign", "state", "1", "100.0", "%", "–", "–", "–"] for x in lines)


def test_other_violence_is_in_no_row() -> None:
    assert bias(gold(), {"orvel": events()}).confusion == {}
