"""Records made by hand, for tests of what is done with them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from dateline.model import (
    Basis,
    Claim,
    Count,
    Document,
    Party,
    Period,
    Place,
    Reading,
    Record,
    Slots,
    Sourcing,
    Span,
)

TEXT = (
    "BIRKO, 3 May - Hill Front rebels shelled the market of Birko on Monday, "
    "killing at least 12 traders, the army said. The Hill Front denied it.\n"
    "Officials plan to meet rebel envoys in Arda."
)


def span(words: str, text: str = TEXT, nth: int = 1) -> Span:
    """Where words stand in a text."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def stated(value: Any, *words: str, found_by: str = "made#hand", text: str = TEXT) -> Reading[Any]:
    """A value with the words that state it."""
    return Reading(value, Basis.STATED, tuple(span(x, text) for x in words), found_by)


def assumed(value: Any) -> Reading[Any]:
    """A value no words support."""
    return Reading(value, Basis.ASSUMED)


def claim(
    kind: str = "ASSAULT",
    mode: str | None = None,
    status: str = "actual",
    actors: Iterable[Party] = (),
    recipients: Iterable[Party] = (),
) -> Claim:
    """A claim of which only these values matter; it rests on "shelled"."""
    slots = Slots(
        assumed(status),
        assumed(mode) if mode else None,
        tuple(assumed(x) for x in actors),
        tuple(assumed(x) for x in recipients),
    )
    return Claim("made", stated(kind, "shelled"), slots)


def record(text: str = TEXT) -> Record:
    """A shelling with every slot filled, and a planned meeting with few."""
    document = Document(
        text, "birko", "Market shelled", "Arda Post", "https://example.org/birko", date(2021, 5, 3)
    )
    front = Party("Hill Front", "XAB", "REB")
    shelling = Slots(
        status=assumed("actual"),
        mode=stated("heavy-weapons", "shelled", found_by="assault#shelled"),
        actors=(stated(front, "Hill Front rebels"),),
        recipients=(stated(Party("traders", "XAB", "BUS"), "at least 12 traders"),),
        places=(stated(Place("Birko", "XAB", "town", 12.5, -3.25), "market of Birko"),),
        time=stated(Period("2021-05-03", "2021-05-03"), "on Monday"),
        counts=(stated(Count("killed", "traders", 12, 12), "at least 12 traders"),),
        sources=(
            stated(Sourcing("army", "reports"), "the army"),
            stated(Sourcing("Hill Front", "denies"), "The Hill Front"),
        ),
    )
    meeting = Slots(
        status=stated("planned", "plan"),
        actors=(
            stated(Party("officials", None, "GOV"), "Officials"),
            stated(front, "rebel envoys"),
        ),
        places=(Reading(Place("Arda", "XAB"), Basis.INFERRED, (span("Arda"),), "made#hand"),),
    )
    first = Claim(
        document.id, stated("ASSAULT", "shelled", found_by="assault#shelled"), shelling,
        (span("it"),),
    )  # fmt: skip
    return Record(document, (first, Claim(document.id, stated("CONSULT", "meet"), meeting)))
