"""Our scorer against the reference one, where its folder lies beside this repository."""

import importlib.util
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.evaluate import GoldDocument, read_gold, read_predictions, score

SHARED = Path(__file__).parents[3] / "shared" / "gold"
NAMES = ("police", "the rebels", "civilians", "Government of Mali", None)

if not SHARED.exists():
    pytest.skip("no ../shared/gold here", allow_module_level=True)


@pytest.fixture(scope="module")
def reference() -> Any:
    spec = importlib.util.spec_from_file_location("reference_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def perturbed(doc: GoldDocument, chance: random.Random) -> list[dict[str, Any]]:
    """The gold events of a document with seeded mistakes of every kind."""
    events = json.loads(json.dumps(list(doc.events)))
    out = [_event(doc.text, e, events, chance) for e in events if chance.random() > 0.15]
    out += [dict(e, id=f"x{i}") for i, e in enumerate(out) if chance.random() < 0.08]
    chance.shuffle(out)
    return out


def _event(
    text: str, event: dict[str, Any], events: list[dict[str, Any]], chance: random.Random
) -> dict[str, Any]:
    other = chance.choice(events)
    for slot in ("type", "mode", "status", "acled", "time"):
        if chance.random() < 0.12:
            event[slot] = other.get(slot)
        elif chance.random() < 0.05:
            event[slot] = None
    for slot in ("actors", "recipients", "places", "counts", "sources"):
        event[slot] = [_filler(text, x, chance) for x in event[slot] if chance.random() > 0.15]
        if chance.random() < 0.1:
            event[slot] = event[slot] + json.loads(json.dumps(other.get(slot, [])))
        if chance.random() < 0.05:
            event[slot] = event[slot] * 2
    if chance.random() < 0.2:
        event["mentions"] = [*event["mentions"][1:], {"text": "the", "nth": 3}]
    if chance.random() < 0.15:
        event["trigger"] = _moved(text, event["trigger"], chance)
    if chance.random() < 0.03:
        del event[chance.choice(["mentions", "actors", "time", "mode", "trigger"])]
    return event


def _moved(text: str, quote: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    start = max(0, text.find(quote.get("text") or "") + chance.randint(-80, 80))
    if chance.random() < 0.3:
        return dict(quote, nth=chance.choice([None, 2, 9]))
    return dict(quote, start=start, end=start + chance.randint(1, 20))


def _filler(text: str, filler: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if "kind" in filler:
        key = chance.choice(["kind", "low", "best", "high"])
        changed = {key: chance.choice([None, 3, 20]) if key != "kind" else "injured"}
        return filler | changed if chance.random() < 0.2 else filler
    if chance.random() < 0.2:
        filler = _moved(text, filler, chance)
    for key, values in _VALUES.items():
        if key in filler and chance.random() < 0.15:
            filler[key] = chance.choice(values)
    for key in ("lat", "lon"):
        if filler.get(key) is not None and chance.random() < 0.4:
            filler[key] += chance.choice([0.2, 0.3, 0.6])
    return filler


_VALUES: dict[str, tuple[Any, ...]] = {
    "name": NAMES,
    "country": ("MLI", "FRA", None),
    "sector": ("GOV", "MIL", None),
    "level": ("town", "country", "adm1"),
    "stance": ("reports", "denies"),
}


@pytest.mark.parametrize(
    ("part", "seed"), [("dev", 1), ("dev", 2), ("dev", 3), ("dev", 4), ("train", 1)]
)
def test_all_figures_are_those_of_the_reference(
    reference: Any, tmp_path: Path, part: str, seed: int
) -> None:
    gold = read_gold(SHARED / part)
    chance = random.Random(f"{part}{seed}")
    for doc in gold:
        if chance.random() > 0.05:
            content = {"document": doc.name, "events": perturbed(doc, chance)}
            (tmp_path / f"{doc.name}.json").write_text(json.dumps(content), "utf-8")
    found = read_predictions(tmp_path, [doc.name for doc in gold])
    ours = score(gold, found)
    assert ours.as_dict() == reference.score(SHARED / part, tmp_path)
    assert 40 < ours.totals["event"].f1 < 95
