"""Tellings, disputes, plans and timelines as flat rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dateline.export.explain import quoted
from dateline.export.incident_tables import INCIDENT_COLUMNS, incident_row
from dateline.export.ledger import sentence_of
from dateline.export.phrases import one_line, phrase
from dateline.export.rows import joined
from dateline.export.tables import Row
from dateline.export.view import View, slots, views
from dateline.knowledge.geography import fold
from dateline.model import Claim, Reading, Record
from dateline.model.incident import Corpus, Telling

TELLING_COLUMNS = (
    "incident", "slot", "settled", "policy", "agreement", "told", "words", "source", "stance",
    "voice", "publisher", "published", "claim",
)  # fmt: skip
DISPUTE_COLUMNS = (
    "incident", "slot", "weight", "answered", "side", "says", "publishers", "claims",
)  # fmt: skip
PLAN_COLUMNS = (
    "promise", "incident", "type", "actors", "outcome", "due", "says", "publisher", "published",
    "sentence", "evidence",
)  # fmt: skip
TIMELINE_COLUMNS = ("party", "role", *INCIDENT_COLUMNS)


def telling_rows(view: View) -> Iterator[Row]:
    """One row per slot and telling of an incident, keyed by `TELLING_COLUMNS`."""
    claims = {claim.id: (claim, record) for claim, record in view.claims}
    for slot, settled in slots(view.incident):
        for telling in settled.tellings:
            cells = (
                view.incident.id, slot, phrase(settled.value), settled.policy,
                settled.agreement.value, phrase(telling.value),
                joined(words(slot, telling, *claims[telling.claim]))
                if telling.claim in claims else None,
                joined(x.name for x in telling.sources), joined(x.stance for x in telling.sources),
                telling.voice, telling.publisher or None, _day(telling.published), telling.claim,
            )  # fmt: skip
            yield dict(zip(TELLING_COLUMNS, cells, strict=True))


def words(slot: str, telling: Telling[Any], claim: Claim, record: Record) -> tuple[str, ...]:
    """The words of the dispatch that a telling of a slot rests on, each once; none if assumed."""
    found: Sequence[Reading[Any]]
    if slot in {"actors", "recipients", "places"}:
        name = fold(telling.value.name)
        found = [x for x in getattr(claim, slot) if fold(x.value.name) == name]
    elif slot == "type":
        found = [claim.type]
    elif slot == "status":
        found = _of_status(telling, claim)
    elif slot in {"mode", "time"}:
        found = [x for x in (getattr(claim, slot),) if x]
    else:  # a toll, which may be of another kind than the count it was made of
        found = [x for x in claim.counts if x.value.kind == slot] or claim.counts
    spans = (span for reading in found for span in reading.evidence)
    return tuple(dict.fromkeys(one_line(span.of(record.document.text)) for span in spans))


def dispute_rows(corpus: Corpus) -> Iterator[Row]:
    """One row per side of each contradiction, keyed by `DISPUTE_COLUMNS`, the weightiest first."""
    publishers = {
        telling.claim: telling.publisher
        for incident in corpus.incidents
        for telling in incident.status.tellings
    }
    for conflict in sorted(corpus.conflicts, key=lambda x: (-x.weight, x.incident, x.slot)):
        for number, (says, side) in enumerate(zip(conflict.says, conflict.sides, strict=True), 1):
            cells = (
                conflict.incident, conflict.slot, conflict.weight,
                "yes" if conflict.answered else None, number, one_line(says),
                joined(dict.fromkeys(publishers.get(x) for x in side)), joined(side),
            )  # fmt: skip
            yield dict(zip(DISPUTE_COLUMNS, cells, strict=True))


def plan_rows(corpus: Corpus) -> Iterator[Row]:
    """One row per announced act, keyed by `PLAN_COLUMNS`."""
    claims = corpus.claims()
    home = {claim: x.id for x in corpus.incidents for claim in x.claims}
    for plan in corpus.commitments:
        if plan.promise not in claims:
            continue
        claim, record = claims[plan.promise]
        around = quoted(claim.trigger, record.document.text)
        cells = (
            plan.promise, home.get(plan.promise), claim.type.value,
            joined(x.value.name for x in claim.actors), plan.outcome.value, plan.due,
            one_line(plan.says), record.document.publisher or None,
            _day(record.document.published),
            sentence_of(around.before, around.words, around.after), joined(plan.evidence),
        )  # fmt: skip
        yield dict(zip(PLAN_COLUMNS, cells, strict=True))


def timeline_rows(corpus: Corpus, party: str, roles: dict[str, str]) -> Iterator[Row]:
    """The incidents of a party (`roles` by id), keyed by `TIMELINE_COLUMNS`."""
    for view in views(corpus):
        if view.incident.id in roles:
            yield {"party": party, "role": roles[view.incident.id], **incident_row(view)}


def _of_status(telling: Telling[Any], claim: Claim) -> Sequence[Reading[Any]]:
    """A denial rests on the words that name who denies it."""
    if telling.value == "negated" and claim.status.value != "negated":
        return [x for x in claim.sources if x.value.stance == "denies"]
    return [claim.status]


def _day(told: date | None) -> str | None:
    return told.isoformat() if told else None
