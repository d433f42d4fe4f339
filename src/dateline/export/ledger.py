"""The ledger: which source says what, in which claim, with which figure; disputes first."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from dateline.export.explain import quoted
from dateline.export.phrases import one_line, phrase
from dateline.export.rows import joined
from dateline.export.tables import Row
from dateline.export.view import View, views
from dateline.knowledge.geography import fold
from dateline.model import Claim, Count, Reading, Record, Sourcing
from dateline.model.incident import Corpus

LEDGER_COLUMNS = (
    "incident", "disputed", "type", "mode", "status", "source", "stance", "partisan", "figure",
    "publisher", "published", "document", "words", "sentence", "claim",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What one source says in one claim.

    `source` is empty where the dispatch says it in its own voice. `partisan` tells that the source
    is itself a party to the event. `disputed` are the slots on which the tellings of the incident
    contradict each other; `words` those that state the figure, else those that name the event.
    """

    incident: str
    disputed: tuple[str, ...]
    claim: str
    type: str
    mode: str
    status: str
    source: str
    stance: str
    partisan: bool
    figure: str
    words: tuple[str, ...]
    sentence: str
    publisher: str
    published: date | None
    document: str


def ledger(corpus: Corpus) -> Iterator[Line]:
    """Every line, disputed incidents first (the weightiest before), then in the order of time."""
    weights: dict[str, float] = {}
    slots: dict[str, dict[str, None]] = {}
    for conflict in corpus.conflicts:
        known = weights.get(conflict.incident, 0.0)
        weights[conflict.incident] = max(known, conflict.weight)
        slots.setdefault(conflict.incident, {})[conflict.slot] = None
    for view in sorted(views(corpus), key=lambda x: -weights.get(x.incident.id, 0.0)):
        disputed = tuple(slots.get(view.incident.id, ()))
        for claim, record in view.claims:
            yield from _lines(view, disputed, claim, record)


def ledger_row(line: Line) -> Row:
    """One line, keyed by `LEDGER_COLUMNS`."""
    fields = asdict(line) | {
        "disputed": joined(line.disputed),
        "mode": line.mode or None,
        "source": line.source or None,
        "partisan": "yes" if line.partisan else None,
        "figure": line.figure or None,
        "words": joined(line.words),
        "publisher": line.publisher or None,
        "published": line.published.isoformat() if line.published else None,
    }
    return {column: fields[column] for column in LEDGER_COLUMNS}


def _lines(view: View, disputed: tuple[str, ...], claim: Claim, record: Record) -> Iterator[Line]:
    document = record.document
    around = quoted(claim.trigger, document.text)
    for source, told in _sources(claim):
        found = [span for x in told for span in x.evidence] or [claim.trigger]
        yield Line(
            incident=view.incident.id,
            disputed=disputed,
            claim=claim.id,
            type=claim.type.value,
            mode=claim.mode.value if claim.mode else "",
            status=claim.status.value,
            source=one_line(source.name) if source else "",
            stance=source.stance if source else "reports",
            partisan=source is not None and partisan(source.name, claim),
            figure=joined(phrase(_figure(x.value)) for x in told) or "",
            words=tuple(dict.fromkeys(one_line(span.of(document.text)) for span in found)),
            sentence=sentence_of(around.before, around.words, around.after),
            publisher=one_line(document.publisher),
            published=document.published,
            document=document.name or document.id,
        )


def partisan(name: str, claim: Claim) -> bool:
    """Whether a source is itself a party to the event."""
    return any(fold(x.value.name) == fold(name) for x in (*claim.actors, *claim.recipients))


def sentence_of(before: str, words: str, after: str) -> str:
    """The parts of a quoted sentence as one text.

    >>> sentence_of("Rebels", "shelled", ", it said, Birko.")
    'Rebels shelled, it said, Birko.'
    """
    gap = "" if after[:1] in tuple(".,;:!?’'”)") else " "
    return f"{before} {words}{gap}{after}".strip()


def _sources(claim: Claim) -> Iterator[tuple[Sourcing | None, list[Reading[Count]]]]:
    """Whom the claim names, each with the figures it gives; the dispatch (None) if nobody.

    Figures for which nobody is named are those of all the claim's sources but who denies it.
    """
    own: dict[str, list[Reading[Count]]] = {}
    for count in claim.counts:
        own.setdefault(fold(count.value.source or ""), []).append(count)
    free = own.pop("", [])
    named = [x.value for x in claim.sources]
    for source in named:
        given = own.pop(fold(source.name), [])
        yield source, given if source.stance == "denies" else [*free, *given]
    if not named and (free or not own):
        yield None, free
    for figures in own.values():
        yield Sourcing(figures[0].value.source or ""), figures


def _figure(count: Count) -> Count:
    return Count(count.kind, count.who, count.low, count.best, count.high)
