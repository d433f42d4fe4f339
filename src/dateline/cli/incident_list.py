"""Incidents in the terminal, one a row, and how their values are put in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli.table import LABELS, STATUS
from dateline.export import one_line, phrase
from dateline.export.narrative import sentence
from dateline.export.view import View
from dateline.model.incident import Corpus, Incident

ID = 9  # letters of an id that a list shows; so many tell millions of incidents apart
_WHEN = 13
_WIDE = 100  # columns from which a list has a column for everything
SLOTS = {
    **LABELS,
    "type": "what",
    "mode": "how",
    "status": "whether it happened",
    "actors": "who did it",
}


def on(slot: str) -> str:
    """What a contradiction is about, in words."""
    return SLOTS.get(slot, f"how many {slot}")


def status_text(status: str) -> Text:
    """A status in its colour, and in words."""
    return Text(status, style=STATUS.get(status, ""))


def show_list(
    found: Iterable[View],
    corpus: Corpus,
    console: Console,
    roles: Mapping[str, str] | None = None,
) -> None:
    """Print incidents, one a row; with `roles` (by id) also what part a party had in each."""
    disputed = disputes_of(corpus)
    rows = ((view, (roles or {}).get(view.incident.id, "")) for view in found)
    shape = _wide if console.width >= _WIDE else _narrow
    lines = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for head, width in shape(parts=roles is not None):
        lines.add_column(head, width=width)
    lines.add_column("what", ratio=1, overflow="fold")
    for view, part in rows:
        told = _told(view, disputed.get(view.incident.id, ()))
        cells = _cells(view.incident, part)
        if shape is _narrow:
            when, name, *parts, status, sources = cells
            sources.append(" source" if view.incident.voices == 1 else " sources")
            cells = [Text("\n").join((when, name)), Text("\n").join((status, *parts, sources))]
        lines.add_row(*cells, told)
    if lines.row_count:
        console.print(lines)


def disputes_of(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """The slots on which tellings contradict each other, by incident, the weightiest first."""
    found: dict[str, dict[str, None]] = {}
    for conflict in corpus.conflicts:
        found.setdefault(conflict.incident, {})[conflict.slot] = None
    return {incident: tuple(slots) for incident, slots in found.items()}


def _wide(*, parts: bool) -> Iterator[tuple[str, int]]:
    yield from (("when", _WHEN), ("incident", ID))
    if parts:
        yield "part", len("recipient")
    yield from (("status", len("hypothetical")), ("sources", len("sources")))


def _narrow(*, parts: bool) -> Iterator[tuple[str, int]]:
    yield from (("when, id", _WHEN), ("status, part" if parts else "status", len("hypothetical")))


def _cells(incident: Incident, part: str) -> list[Text]:
    parts = [Text(part)] if part else []
    name = Text(incident.id[:ID], style="dim")
    sources = Text(str(incident.voices))
    return [_when(incident), name, *parts, status_text(incident.status.value), sources]


def _when(incident: Incident) -> Text:
    if incident.time is None:
        return Text("undated", style="dim")
    told = one_line(phrase(incident.time.value))
    return Text(told.replace(" to ", "\nto "))


def deed(view: View) -> str:
    """What happened in one sentence that does not tell when."""
    return sentence(replace(view, incident=replace(view.incident, time=None)))


def _told(view: View, disputed: Sequence[str]) -> Text:
    told = Text(deed(view))
    if disputed:
        told.append(f"\ndisputed: {', '.join(map(on, disputed))}", style="red")
    return told


def published(name: str, day: date | None) -> str:
    """An outlet with a day of publication."""
    return f"{one_line(name) or 'a dispatch'}, {day.isoformat() if day else 'undated'}"
