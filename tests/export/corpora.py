"""A corpus made by hand: an ambush told twice, its rising toll, a denial, a plan, a march."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.made import span

from dateline.export.view import View, views
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
)
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

FIRST = (
    "🏔 BIRKO, 3 May - Hill Front rebels ambushed an army convoy near Birko on Monday, "
    "killing 12 soldiers, the army said.\n"
    "Nadia Orlo, a teacher, saw the wounded. Officials plan to meet elders in June."
)
SECOND = (
    "ARDA, 5 May - The toll of the ambush at Birko rose to 15 soldiers. The Hill Front denied it."
)
THIRD = "ARDA, 6 May - At least 300 people marched in Arda on Thursday."

FRONT = Party("Hill Front", "MLI", "REB")
ARMY = Party("Malian Armed Forces", "MLI", "MIL")
TEACHER = Party("Nadia Orlo", "MLI", "CVL")
BIRKO = Place("Birko", "MLI", "town", 15.25, -0.3, "Gao", 123)
ARDA = Place("Arda", "MLI", "adm2", 16.0, 1.5, "Gao")
MONDAY = Period("2021-05-03", "2021-05-03")


def told(text: str, value: Any, *words: str) -> Reading[Any]:
    """A value with the words of a text that state it."""
    return Reading(value, Basis.STATED, tuple(span(x, text) for x in words), "made#hand")


def assumed(value: Any) -> Reading[Any]:
    """A value no words support."""
    return Reading(value, Basis.ASSUMED)


def settled(value: Any, *claims: Claim, how: Agreement = Agreement.AGREED) -> Settled[Any]:
    """A value that these claims tell alike."""
    tellings = tuple(Telling(value, x.id, publisher="Arda Post") for x in claims)
    return Settled(value, "informative", how, tellings)


def records() -> tuple[Record, Record, Record]:
    """The three dispatches, coded; the headline of the second would run as a formula."""
    first = Document(FIRST, "first", "#N/A", "Arda Post", "", date(2021, 5, 4))
    second = Document(
        SECOND, "second", '=HYPERLINK("http://x")', "Hill, Radio", "https://hill.example/2",
        date(2021, 5, 5),
    )  # fmt: skip
    third = Document(
        THIRD, "third", "March", "Arda Post", "https://post.example/3", date(2021, 5, 6)
    )
    ambush = Slots(
        assumed("actual"),
        told(FIRST, "firearms", "ambushed"),
        (told(FIRST, FRONT, "Hill Front rebels"),),
        (told(FIRST, ARMY, "army convoy"),),
        (told(FIRST, BIRKO, "near Birko"),),
        told(FIRST, MONDAY, "on Monday"),
        (told(FIRST, Count("killed", "soldiers", 12, 12, 12), "12 soldiers"),),
        (told(FIRST, Sourcing("army"), "the army"),),
    )
    seen = Slots(assumed("actual"), actors=(told(FIRST, TEACHER, "Nadia Orlo"),))
    meeting = Slots(
        told(FIRST, "planned", "plan"),
        actors=(told(FIRST, Party("officials", "MLI", "GOV"), "Officials"),),
        recipients=(told(FIRST, Party("elders", None, "SOC"), "elders"),),
        time=told(FIRST, Period("2021-06", "2021-06"), "June"),
    )
    again = Slots(
        assumed("actual"),
        recipients=(told(SECOND, ARMY, "soldiers"),),
        places=(told(SECOND, BIRKO, "Birko"),),
        counts=(told(SECOND, Count("killed", "soldiers", 15, 15, 15), "15 soldiers"),),
        sources=(told(SECOND, Sourcing("Hill Front", "denies"), "The Hill Front"),),
    )
    march = Slots(
        assumed("actual"),
        told(THIRD, "demo", "marched"),
        (told(THIRD, Party("people", "MLI", "CVL"), "300 people"),),
        places=(told(THIRD, ARDA, "in Arda"),),
        time=told(THIRD, Period("2021-05-06", "2021-05-06"), "on Thursday"),
        counts=(told(THIRD, Count("participants", "people", 300), "At least 300 people"),),
    )
    return (
        Record(
            first,
            (
                Claim(first.id, told(FIRST, "ASSAULT", "ambushed"), ambush),
                Claim(first.id, told(FIRST, "ACCUSE", "saw"), seen),
                Claim(first.id, told(FIRST, "CONSULT", "meet"), meeting),
            ),
        ),
        Record(second, (Claim(second.id, told(SECOND, "ASSAULT", "ambush"), again),)),
        Record(third, (Claim(third.id, told(THIRD, "PROTEST", "marched"), march),)),
    )


def toll(first: Claim, second: Claim) -> Settled[Count]:
    """The toll that rose from 12 to 15."""
    counts = (first.counts[0].value, second.counts[0].value)
    tellings = (
        Telling(counts[0], first.id, (Sourcing("army"),), "Arda Post", date(2021, 5, 4), "a"),
        Telling(counts[1], second.id, (), "Hill, Radio", date(2021, 5, 5), "b"),
    )
    return Settled(counts[1], "informative", Agreement.SERIES, tellings)


def corpus() -> Corpus:
    """The dispatches with their incidents, a dispute, a plan that came true and a verdict."""
    coded = records()
    ambush, seen, meeting = coded[0].claims
    again, march = coded[1].claims[0], coded[2].claims[0]
    incident = Incident(
        "i-ambush",
        (ambush.id, again.id),
        settled("ASSAULT", ambush, again),
        settled("actual", ambush, again, how=Agreement.DISPUTED),
        settled("firearms", ambush),
        (settled(FRONT, ambush),),
        (settled(ARMY, ambush, again),),
        (settled(BIRKO, ambush, again),),
        settled(MONDAY, ambush),
        (toll(ambush, again),),
        voices=2,
        confidence=0.8,
        first_reported=date(2021, 5, 4),
        last_reported=date(2021, 5, 5),
        merged=("i-old",),
    )
    others = [alone(seen, "i-seen"), alone(meeting, "i-meeting"), alone(march, "i-march")]
    left, right = sorted((ambush.id, again.id))
    return Corpus(
        coded,
        (incident, *others),
        tuple(Origin((x.document.id,)) for x in coded),
        (Judgement(left, right, Verdict.SAME, "machine/1", 0.9, (Reason("place", 2.0, "Birko"),)),),
        (Conflict("i-ambush", "status", ("army: yes", "Hill Front: no"),
                  ((ambush.id,), (again.id,)), 0.7),),
        (Commitment(meeting.id, Outcome.FULFILLED, "2021-06", (march.id,), "They met."),),
    )  # fmt: skip


def alone(claim: Claim, name: str) -> Incident:
    """An incident that one claim tells of."""
    slots = claim.slots
    return Incident(
        name,
        (claim.id,),
        settled(claim.type.value, claim),
        settled(slots.status.value, claim),
        settled(slots.mode.value, claim) if slots.mode else None,
        tuple(settled(x.value, claim) for x in slots.actors),
        tuple(settled(x.value, claim) for x in slots.recipients),
        tuple(settled(x.value, claim) for x in slots.places),
        settled(slots.time.value, claim) if slots.time else None,
        tuple(settled(x.value, claim) for x in slots.counts),
        first_reported=date(2021, 5, 6),
        last_reported=date(2021, 5, 6),
    )


def view(**changes: Any) -> View:
    """The ambush, seen by an exporter, with some of its values changed."""
    whole = corpus()
    made: dict[str, Any] = {}
    for slot, value in changes.items():
        plain = value is None or isinstance(value, Settled)
        if isinstance(value, list):
            made[slot] = tuple(x if isinstance(x, Settled) else settled(x) for x in value)
        else:
            made[slot] = value if plain else settled(value)
    first = replace(whole.incidents[0], **made)
    return next(views(replace(whole, incidents=(first,))))


def killed(who: str, low: int | None, best: int | None, high: int | None) -> Settled[Count]:
    """A count of people killed, as one dispatch tells it."""
    return settled(Count("killed", who, low, best, high))


def by_id(rows: Iterable[dict[str, Any]], key: str = "incident") -> dict[Any, dict[str, Any]]:
    """Rows by one of their columns."""
    return {row[key]: row for row in rows}
