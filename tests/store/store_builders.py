"""Dispatches, incidents and judgements made by hand, for tests of the store."""

from dataclasses import replace
from datetime import date

from tests.made import TEXT, record

from dateline.model import Count, Document, Party, Period, Place, Record, Sourcing
from dateline.model.incident import (
    Agreement,
    Commitment,
    Conflict,
    Corpus,
    Incident,
    Judgement,
    Origin,
    Outcome,
    Reason,
    Settled,
    Telling,
    Verdict,
)
from dateline.store import Coder

CODER = Coder("1.0", "c0ffee", (("parser", "abc"), ("extract.npz", "def")))
NEWER = Coder("1.1", "c0ffee", (("parser", "abc"), ("extract.npz", "def")))


def dispatch(number: int, published: date | None = date(2021, 5, 3), more: str = "") -> Record:
    """The made record, told by another dispatch; its claims have other ids."""
    made = record()
    document = Document(
        f"{TEXT}\nCopy {number}. {more}", f"copy-{number}", f"Shelling {number}", "Arda Post",
        f"https://example.org/{number}", published, ("read as Latin-1",),
    )  # fmt: skip
    claims = tuple(replace(x, document_id=document.id) for x in made.claims)
    written = replace(claims[0].time) if claims[0].time else None
    return Record(document, claims, None, ("a sentence was dropped",), written)


def settled[T](value: T, *claims: str, agreement: Agreement = Agreement.SINGLE) -> Settled[T]:
    """A value as these claims tell it."""
    told = tuple(
        Telling(value, x, (Sourcing("army"),), "Arda Post", date(2021, 5, 3), "origin-1")
        for x in claims
    )
    return Settled(value, "conservative", agreement, told)


def incident(
    name: str,
    *claims: str,
    day: str | None = "2021-05-03",
    voices: int = 1,
    merged: tuple[str, ...] = (),
) -> Incident:
    """The shelling of the made record, as these claims tell it."""
    return Incident(
        name,
        claims,
        settled("ASSAULT", *claims),
        settled("actual", *claims),
        settled("heavy-weapons", *claims),
        (settled(Party("Hill Front", "XAB", "REB"), *claims),),
        (settled(Party("Trädgård traders"), *claims),),
        (settled(Place("Birko", "XAB", "town", 12.5, -3.25), *claims),),
        settled(Period(day, day), *claims) if day else None,
        (settled(Count("killed", "traders", 12, 12), *claims, agreement=Agreement.SERIES),),
        voices,
        0.75,
        date(2021, 5, 3),
        date(2021, 5, 9),
        merged,
    )


def judgement(
    left: str, right: str, by: str = "machine/1", verdict: Verdict = Verdict.SAME
) -> Judgement:
    """A verdict on two claims, with its reasons where a machine gives it."""
    left, right = sorted((left, right))
    machine = by.startswith("machine/")
    reasons = (Reason("same-place", 1.5, "Birko, Birko"),) if machine else ()
    return Judgement(left, right, verdict, by, 0.9 if machine else None, reasons)


def corpus(*records: Record) -> Corpus:
    """Dispatches of which the first claims tell of one incident and the second of another."""
    ordered = tuple(sorted(records, key=lambda x: (x.document.published, x.document.id)))
    shelled = [x.claims[0].id for x in ordered]
    met = [x.claims[1].id for x in ordered]
    ids = [x.document.id for x in ordered]
    return Corpus(
        ordered,
        (
            incident("shelling", *shelled, voices=2),
            incident("meeting", *met, day="2021-06", merged=("talks",)),
        ),
        (Origin(tuple(ids[:2]), ("the same words",)), Origin(tuple(ids[2:]))),
        (judgement(shelled[0], shelled[1]), judgement(met[0], met[1], verdict=Verdict.UNSURE)),
        (
            Conflict(
                "shelling",
                "status",
                ("actual", "negated"),
                (tuple(shelled), ()),
                0.8,
                answered=True,
            ),
            Conflict("meeting", "time", ("May", "June"), ((met[0],), (met[1],)), 0.25),
        ),
        (Commitment(met[0], Outcome.FULFILLED, "2021-06", (shelled[1],), "They met."),),
    )
