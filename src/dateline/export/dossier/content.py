"""What a dossier says, before it is set in any format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateline.export.dossier.heading import heading
from dateline.export.dossier.sketch import Spot
from dateline.export.explain import quoted
from dateline.export.narrative import attribution, day, on, sentence
from dateline.export.phrases import figure, one_line, phrase
from dateline.export.view import View, views
from dateline.model import Claim, Record
from dateline.model.incident import Corpus, Incident

UNDATED = "When is not told"
TOLL_HEADINGS = ("No.", "Count", "Figure", "According to", "Reported", "Agreement", "Source")
CLAIM_HEADINGS = ("No.", "Claim", "Status", "According to", "Words", "Source")
DISPUTE_HEADINGS = ("No.", "On", "One says", "Another says", "Weight", "Sources")
PLAN_HEADINGS = ("Plan", "Due", "Outcome", "What shows it", "Sources")


class Cell(NamedTuple):
    """A text with the numbers of the footnotes it rests on."""

    text: str
    notes: tuple[int, ...] = ()


class Entry(NamedTuple):
    """One incident in the timeline: its number, when, what, and the footnotes."""

    number: int
    when: str
    status: str
    text: str
    notes: tuple[int, ...]


class Grid(NamedTuple):
    """A table: its heading, what it shows, the heads of its columns, and its rows."""

    heading: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Note(NamedTuple):
    """A footnote: one dispatch."""

    number: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All parts of a dossier in the order in which they are read."""

    title: str
    summary: tuple[str, ...]
    timeline: tuple[Entry, ...]
    spots: tuple[Spot, ...]
    grids: tuple[Grid, ...]
    notes: tuple[Note, ...]


def dossier(corpus: Corpus, title: str = "") -> Dossier:
    """The dossier of a corpus: its incidents in the order of time, undated ones last.

    Without a title it gets one that tells what it is about.
    """
    found = sorted(views(corpus), key=_when)
    numbers = {view.incident.id: number for number, view in enumerate(found, 1)}
    notes = {x.document.id: number for number, x in enumerate(corpus.records, 1)}
    return Dossier(
        one_line(title) or heading(corpus, found),
        tuple(_summary(corpus, found)),
        tuple(_entry(numbers[x.incident.id], x, notes) for x in found),
        tuple(_spots(found, numbers)),
        (
            Grid(
                "Tolls",
                "Every figure as it was told; a series grew as more became known.",
                TOLL_HEADINGS,
                tuple(_tolls(found, numbers, corpus, notes)),
            ),
            Grid(
                "Claims",
                "What each dispatch tells, in its words.",
                CLAIM_HEADINGS,
                tuple(_claims(found, numbers, notes)),
            ),
            Grid(
                "Disputes",
                "Where the dispatches contradict each other, the weightiest first.",
                DISPUTE_HEADINGS,
                tuple(_disputes(corpus, numbers, notes)),
            ),
            Grid(
                "Plans",
                "What was announced, and what became of it.",
                PLAN_HEADINGS,
                tuple(_plans(corpus, notes)),
            ),
        ),
        tuple(_note(notes[x.document.id], x) for x in corpus.records),
    )


def _when(view: View) -> tuple[date, str]:
    return (view.days.first if view.days else date.max), view.incident.id


def _summary(corpus: Corpus, found: Sequence[View]) -> Iterator[str]:
    spans = [x.days for x in found if x.days]
    voices = len({x.id for x in corpus.origins}) or len(corpus.records)
    yield (
        f"{len(corpus.records)} {_many(len(corpus.records), 'dispatch', 'dispatches')} of "
        f"{voices} independent {_many(voices, 'origin', 'origins')}, "
        f"{sum(len(x.claims) for x in corpus.records)} claims, {len(found)} incidents."
    )
    if spans:
        first, last = min(x.first for x in spans), max(x.last for x in spans)
        yield f"The incidents lie between {on(first)} and {on(last)}."
    statuses: dict[str, int] = {}
    for view in found:
        statuses[view.incident.status.value] = statuses.get(view.incident.status.value, 0) + 1
    if statuses:
        told = ", ".join(f"{count} {name}" for name, count in sorted(statuses.items()))
        yield f"By status: {told}."
    failed = sum(x.problem is not None for x in corpus.records)
    if failed:
        yield f"{failed} {_many(failed, 'dispatch', 'dispatches')} could not be coded."
    yield "Coded by machine; every statement points at the dispatches it rests on."


def _many(number: int, one: str, more: str) -> str:
    return one if number == 1 else more


def _entry(number: int, view: View, notes: dict[str, int]) -> Entry:
    time = view.incident.time.value if view.incident.time else None
    told = (time.start or time.end) if time else None
    when = day(told) if told else UNDATED
    cited = tuple(notes[x.document.id] for x in view.records)
    text = f"{sentence(view)} {attribution(view)}".strip()
    return Entry(number, when, view.incident.status.value, text, cited)


def _spots(found: Sequence[View], numbers: dict[str, int]) -> Iterator[Spot]:
    told: dict[tuple[float, float, str, bool], list[int]] = {}
    for view in found:
        place = view.place
        if place and place.lat is not None and place.lon is not None:
            key = (place.lat, place.lon, place.name, place.level not in {"site", "town"})
            told.setdefault(key, []).append(numbers[view.incident.id])
    for (lat, lon, name, rough), held in told.items():
        yield Spot(one_line(name), lat, lon, tuple(held), rough)


def _tolls(
    found: Sequence[View], numbers: dict[str, int], corpus: Corpus, notes: dict[str, int]
) -> Iterator[tuple[Cell, ...]]:
    claims = corpus.claims()
    for view in found:
        for count in view.incident.counts:
            for telling in count.tellings:
                value = telling.value
                by = value.source or ", ".join(x.name for x in telling.sources)
                record = claims[telling.claim][1] if telling.claim in claims else None
                yield (
                    Cell(str(numbers[view.incident.id])),
                    Cell(one_line(f"{value.who} {value.kind}")),
                    Cell(figure(value)),
                    Cell(one_line(by) or "the dispatch itself"),
                    Cell(on(telling.published)),
                    Cell(count.agreement.value),
                    Cell("", (notes[record.document.id],) if record else ()),
                )


def _claims(
    found: Sequence[View], numbers: dict[str, int], notes: dict[str, int]
) -> Iterator[tuple[Cell, ...]]:
    for view in found:
        for claim, record in view.claims:
            mode = f" {claim.mode.value}" if claim.mode else ""
            sources = "; ".join(one_line(phrase(x.value)) for x in claim.sources)
            yield (
                Cell(str(numbers[view.incident.id])),
                Cell(f"{claim.type.value}{mode}"),
                Cell(claim.status.value),
                Cell(sources or "the dispatch itself"),
                Cell(_words(claim, record)),
                Cell("", (notes[record.document.id],)),
            )


def _words(claim: Claim, record: Record) -> str:
    found = quoted(claim.trigger, record.document.text)
    told = one_line(f"{found.before} {found.words} {found.after}").strip()
    return told.replace(" ,", ",").replace(" .", ".")


def _disputes(
    corpus: Corpus, numbers: dict[str, int], notes: dict[str, int]
) -> Iterator[tuple[Cell, ...]]:
    claims = corpus.claims()
    for conflict in sorted(corpus.conflicts, key=lambda x: (-x.weight, x.incident, x.slot)):
        says = [one_line(x) for x in conflict.says]
        told = [x for side in conflict.sides for x in side if x in claims]
        cited = dict.fromkeys(notes[claims[x][1].document.id] for x in told)
        yield (
            Cell(str(numbers.get(conflict.incident, ""))),
            Cell(one_line(conflict.slot)),
            Cell(says[0] if says else ""),
            Cell("; ".join(says[1:]) + (" (answered)" if conflict.answered else "")),
            Cell(f"{conflict.weight:.2f}"),
            Cell("", tuple(cited)),
        )


def _plans(corpus: Corpus, notes: dict[str, int]) -> Iterator[tuple[Cell, ...]]:
    claims = corpus.claims()
    incidents: dict[str, Incident] = {x: one for one in corpus.incidents for x in one.claims}
    told = {view.incident.id: view for view in views(corpus)}
    for plan in corpus.commitments:
        if plan.promise not in claims:
            continue
        home = incidents.get(plan.promise)
        words = sentence(told[home.id]) if home else _words(*claims[plan.promise])
        cited = [x for x in (plan.promise, *plan.evidence) if x in claims]
        yield (
            Cell(words),
            Cell(one_line(day(plan.due)) if plan.due else "not told"),
            Cell(plan.outcome.value),
            Cell(one_line(plan.says)),
            Cell("", tuple(dict.fromkeys(notes[claims[x][1].document.id] for x in cited))),
        )


def _note(number: int, record: Record) -> Note:
    document = record.document
    title = f"“{document.title}”" if document.title else document.name
    told = (document.publisher, title, on(document.published))
    return Note(number, one_line(", ".join(x for x in told if x)), one_line(document.url))
