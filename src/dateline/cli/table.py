"""A record to read in the terminal: one block per claim, each value beside its words."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.export import one_line, phrase, told_apart
from dateline.model import Basis, Claim, Finding, Reading, Record

LABELS = {
    "actors": "who",
    "recipients": "to whom",
    "places": "where",
    "time": "when",
    "counts": "how many",
    "sources": "according to",
}
STATUS = {
    "actual": "green",
    "ongoing": "cyan",
    "planned": "blue",
    "alleged": "yellow",
    "hypothetical": "magenta",
    "negated": "red",
}
_LABEL, _VALUE, _WORDS = 12, 1, 1  # columns of the label; shares of the value and its words


def show(record: Record, console: Console) -> None:
    """Print one record; one that could not be coded shows nothing here."""
    if record.problem is not None:
        return
    console.print(_heading(record))
    for number, claim in enumerate(record.claims, 1):
        console.print(block(number, claim, record))
    if not record.claims:
        console.print(Padding(Text("No event of the codebook is told.", style="dim"), (0, 0, 1, 2)))
    for found in record.findings:
        console.print(Padding(_finding(found, record.document.text), (0, 0, 0, 2)))
    for note in record.notes:
        console.print(Padding(Text(f"note: {one_line(note)}", style="dim"), (0, 0, 0, 2)))


def _finding(found: Finding, text: str) -> Text:
    """What a check found, how sure it is, and the words it rests on."""
    words = " … ".join(f"“{one_line(span.of(text))}”" for span in found.words)
    return Text.assemble(
        ("doubt: ", "yellow"), one_line(found.says), (f"  {found.rule}, {found.score:.0%}", "dim"),
        "  ", (words, "italic dim"),
    )  # fmt: skip


def _heading(record: Record) -> RenderableType:
    document = record.document
    title = one_line(document.title or document.name or document.id)
    published = document.published.isoformat() if document.published else "undated"
    told = [one_line(document.publisher)] if document.publisher else []
    told += [published] if not document.title or not document.name else [published, document.name]
    return Group(
        Rule(style="dim"),
        Text(title, style="bold"),
        Text(" · ".join(told), style="dim"),
        Text(),
    )


def block(number: int, claim: Claim, record: Record) -> RenderableType:
    """One claim: a headline, then a line per value."""
    text = record.document.text
    status = claim.status.value
    head = Text.assemble(
        (f"{number:>2} ", "dim"),
        (claim.type.value, "bold"),
        f" {claim.mode.value}" if claim.mode else "",
        " · ",
        (status, STATUS.get(status, "")),
        "  ",
        _quoted(claim.type, text),
    )
    lines = Table.grid(padding=(0, 1), expand=True)
    lines.add_column(style="dim", width=_LABEL, no_wrap=True)
    lines.add_column(ratio=_VALUE, overflow="fold")
    lines.add_column(ratio=_WORDS, overflow="fold")
    for label, reading in _lines(claim):
        lines.add_row(label, _value(reading), _quoted(reading, text))
    tag = Text(f"{'claim':<{_LABEL + 1}}{claim.id}", style="dim", no_wrap=True, overflow="fold")
    return Group(head, Padding(lines, (0, 0, 0, 3)), Padding(tag, (0, 0, 1, 3)))


def _lines(claim: Claim) -> Iterator[tuple[str, Reading[Any]]]:
    last = ""
    found = [(slot, x) for slot, x in claim.readings() if slot in LABELS]
    found += told_apart(claim)
    for slot, reading in found:
        label = LABELS.get(slot, slot)
        yield ("" if label == last else label), reading
        last = label


def _value(reading: Reading[Any]) -> Text:
    told = Text(one_line(phrase(reading.value)))
    if reading.basis is not Basis.STATED:
        told.append(f"  {reading.basis.value}", style="dim italic")
    return told


def _quoted(reading: Reading[Any], text: str) -> Text:
    words = (one_line(span.of(text)) for span in reading.evidence)
    return Text(" … ".join(f"“{x}”" for x in words), style="italic dim")
