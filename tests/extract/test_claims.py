"""From mentions to claims: grouping, merging, and what each value rests on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from dateline.extract import Events, claims
from dateline.extract.linear import Linear
from dateline.model import (
    Annotated,
    Basis,
    Claim,
    Count,
    EventMention,
    Party,
    Period,
    Place,
    Reading,
    Slots,
    Sourcing,
    Span,
)
from dateline.pipeline import annotation_steps

TEXT = "Rebels attacked Gao on Monday. The attack killed 12 soldiers."


def _told(value: Any, start: int, score: float) -> Reading[Any]:
    return Reading(value, Basis.STATED, (Span(start, start + 1),), "test", score)


def _linker(*, same: bool) -> dict[str, Linear]:
    bias = 5.0 if same else -5.0
    return {"link": Linear(("no", "yes"), ["x"], np.array([[0, 0], [0, bias]], dtype=np.float32))}


@pytest.fixture
def doc(parsed: Callable[..., Annotated]) -> Annotated:
    plain = parsed(TEXT)
    heads = {t.text: t for t in plain.parse.tokens}
    status = _told("actual", 0, 0.9)
    first = Slots(status, actors=(_told(Party("rebels", None, "REB"), 0, 0.8),),
                  places=(_told(Place("Gao", "MLI"), 16, 0.9),),
                  time=_told(Period("2022-08-15", "2022-08-15"), 20, 0.7))  # fmt: skip
    second = Slots(status, counts=(_told(Count("killed", "soldiers", 12, 12, 12), 49, 0.9),),
                   actors=(_told(Party("rebels", None, "REB"), 31, 0.3),),
                   sources=(_told(Sourcing("army", "reports"), 35, 0.6),))  # fmt: skip
    return plain.with_layer(EventMention, [
        EventMention(heads["attacked"].span, "assault#attack", heads["attacked"].i, "ASSAULT",
                     first, 0.9),
        EventMention(heads["attack"].span, "assault#attack", heads["attack"].i, "ASSAULT",
                     second, 0.8),
    ])  # fmt: skip


def test_mentions_of_one_event_become_one_claim_with_all_that_is_told(doc: Annotated) -> None:
    (claim,) = claims(doc, _linker(same=True))
    assert claim.trigger.of(TEXT) == "attacked"
    assert [m.of(TEXT) for m in claim.mentions] == ["attack"]
    assert [(r.value.name, r.score) for r in claim.slots.actors] == [("rebels", 0.8)]
    assert [r.value.best for r in claim.slots.counts] == [12]
    assert [r.value.name for r in claim.slots.sources] == ["army"]
    assert claim.slots.time is not None


@pytest.mark.parametrize(("score", "day"), [(0.8, "2022-08-15"), (0.95, "2022-08-14")])
def test_a_time_of_a_further_mention_must_be_clearly_surer(
    doc: Annotated, score: float, day: str
) -> None:
    first, second = doc[EventMention]
    told = _told(Period("2022-08-14", "2022-08-14"), 35, score)
    second = replace(second, slots=replace(second.slots, time=told))
    (claim,) = claims(doc.with_layer(EventMention, (first, second)), _linker(same=True))
    assert claim.slots.time is not None
    assert claim.slots.time.value.start == day


def test_mentions_judged_different_stay_apart(doc: Annotated) -> None:
    assert len(claims(doc, _linker(same=False))) == 2


def test_claim_ids_name_document_place_and_type(doc: Annotated) -> None:
    (claim,) = claims(doc, _linker(same=True))
    assert claim.id == f"{doc.document.id}:7-15:ASSAULT"


def _coded(parsed: Callable[..., Annotated], text: str) -> tuple[Claim, ...]:
    steps = [*annotation_steps(), Events()]
    return claims(parsed(text, published=date(2022, 8, 17), steps=steps))


def test_a_plain_attack_is_coded_whole(parsed: Callable[..., Annotated]) -> None:
    text = "Gunmen killed 14 farmers in Gao on Monday, the Malian army said."
    found = [c for c in _coded(parsed, text) if c.type.value == "ASSAULT"]
    assert len(found) == 1
    slots = found[0].slots
    assert [r.evidence[0].of(text) for r in slots.actors] == ["Gunmen"]
    assert [(r.value.kind, r.value.best) for r in slots.counts] == [("killed", 14)]
    assert [r.value.name for r in slots.places] == ["Gao"]
    assert slots.time is not None
    assert slots.time.value == Period("2022-08-15", "2022-08-15")
    assert slots.status.value == "actual"


def test_every_value_points_into_the_text(parsed: Callable[..., Annotated]) -> None:
    text = "Rebels seized the town of Kidal in 2012. France denied that its jets bombed it."
    for claim in _coded(parsed, text):
        slots = claim.slots
        readings: list[Reading[Any]] = [claim.type, slots.status, *slots.actors]
        readings += [*slots.recipients, *slots.places, *slots.counts, *slots.sources]
        for reading in readings:
            assert reading.found_by
            assert all(span.of(text) for span in reading.evidence)


@pytest.mark.parametrize("text", ["", " \n", "😀 😀", "Prices rose.", "(((((", "a" * 5000])
def test_texts_without_events_give_no_claims(text: str, parsed: Callable[..., Annotated]) -> None:
    assert _coded(parsed, text) == ()
