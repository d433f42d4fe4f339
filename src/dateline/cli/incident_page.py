"""One incident in the terminal, with everything that is known of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.cli.incident_list import SLOTS, on, published, status_text
from dateline.export import one_line, phrase
from dateline.export.conclusions import words
from dateline.export.explain import quoted
from dateline.export.ledger import partisan, sentence_of
from dateline.export.narrative import attribution, sentence
from dateline.export.view import View, slots
from dateline.model import Claim, Record
from dateline.model.incident import Conflict, Corpus, Settled, Telling

_LABEL = 12  # columns
_NUMBER = 4  # columns of "[12]"


def show_incident(view: View, corpus: Corpus, wanted: str, console: Console) -> None:
    """Print one incident with everything that is known of it."""
    numbers = {claim.id: n for n, (claim, _) in enumerate(view.claims, 1)}
    console.print(_head(view, wanted))
    console.print(_section("What is settled, and what each telling [n] says"))
    console.print(_settled(view, numbers))
    console.print(_section("Tellings"))
    for number, (claim, record) in enumerate(view.claims, 1):
        console.print(_telling(number, claim, record))
    console.print(_section("Independent sources"))
    for line in _voices(view, corpus, numbers):
        console.print(line)
    for heading, lines in (
        ("Disputes", list(_disputes(corpus, numbers))),
        ("Plans", list(_plans(view, corpus))),
    ):
        if lines:
            console.print(_section(heading), *lines, sep="\n")


def _section(heading: str) -> RenderableType:
    return Group(Text(), Text(heading, style="bold"))


def _head(view: View, wanted: str) -> RenderableType:
    found = view.incident
    head = Text.assemble(
        (f"{found.type.value}{f' {view.mode}' if view.mode else ''}", "bold"), " · ",
        status_text(found.status.value),
        f" · {phrase(found.time.value)}" if found.time else " · undated",
        (f"  {found.id}", "dim"),
    )  # fmt: skip
    lines = [head, Text(f"{sentence(view)} {attribution(view)}".strip()), _counted(view)]
    if wanted != found.id and wanted in found.merged:
        lines.insert(0, Text(f"{wanted} was merged into this incident.", style="yellow"))
    elif found.merged:
        lines.append(Text(f"merged into it: {', '.join(found.merged)}", style="dim"))
    return Group(*lines)


def _counted(view: View) -> Text:
    found = view.incident
    told = [
        _many(found.voices, "independent source"),
        f"{_many(len(view.claims), 'telling')} in {_many(len(view.records), 'dispatch', 'es')}",
        f"confidence {found.confidence:.2f}",
        f"policy {found.type.policy}",
    ]
    if found.first_reported and found.last_reported:
        first, last = found.first_reported.isoformat(), found.last_reported.isoformat()
        told.insert(2, f"reported {first}" if first == last else f"reported {first} to {last}")
    return Text(" · ".join(told), style="dim")


def _many(number: int, one: str, plural: str = "s") -> str:
    return f"{number} {one}{'' if number == 1 else plural}"


def _settled(view: View, numbers: Mapping[str, int]) -> RenderableType:
    lines = Table.grid(padding=(0, 2, 0, 0), expand=True)
    lines.add_column(style="dim", width=_LABEL)
    lines.add_column(ratio=2, overflow="fold")
    lines.add_column(ratio=3, overflow="fold")
    last = ""
    for slot, settled in slots(view.incident):
        label = {"status": "status", "actors": "who"}.get(slot, SLOTS.get(slot, slot))
        value = Text.assemble(
            one_line(phrase(settled.value)), "  ", (settled.agreement.value, "dim italic")
        )
        lines.add_row("" if label == last else label, value, _each(slot, settled, view, numbers))
        last = label
    return Padding(lines, (0, 0, 0, 2))


def _each(slot: str, settled: Settled[Any], view: View, numbers: Mapping[str, int]) -> Text:
    """The different values told, each with who tells it and in which words."""
    groups: dict[str, list[Telling[Any]]] = {}
    for telling in settled.tellings:
        groups.setdefault(one_line(phrase(telling.value)), []).append(telling)
    claims = {claim.id: (claim, record) for claim, record in view.claims}
    told = []
    for value, tellings in groups.items():
        found = [w for x in tellings if x.claim in claims for w in words(slot, x, *claims[x.claim])]
        cited = cite((x.claim for x in tellings), numbers)
        line = Text(f"{value} " if value != one_line(phrase(settled.value)) else "")
        line.append(f"{cited} ", style="cyan")
        line.append(" ".join(f"“{x}”" for x in dict.fromkeys(found)), style="italic dim")
        told.append(line)
    return Text("\n").join(told)


def cite(claims: Iterable[str], numbers: Mapping[str, int]) -> str:
    """The numbers of claims: "[1 3]"."""
    found = sorted({numbers[x] for x in claims if x in numbers})
    return f"[{' '.join(map(str, found))}]"


def _telling(number: int, claim: Claim, record: Record) -> RenderableType:
    document = record.document
    told = [document.published.isoformat() if document.published else "undated"]
    told += [one_line(x) for x in (document.publisher, document.title or document.name) if x]
    sources = "; ".join(
        one_line(phrase(x.value)) + (", a party to it" if partisan(x.value.name, claim) else "")
        for x in claim.sources
    )
    found = quoted(claim.trigger, document.text)
    whole = sentence_of(found.before, found.words, found.after)
    quote = Text(f"“{whole}”")
    at = len(found.before) + (2 if found.before else 1)
    quote.stylize("bold", at, at + len(found.words))
    lines = Table.grid(padding=(0, 1, 0, 0), expand=True)
    lines.add_column(style="cyan", width=_NUMBER)
    lines.add_column(ratio=1, overflow="fold")
    by = f"according to {sources}" if sources else "in the dispatch's own voice"
    lines.add_row(f"[{number}]", " · ".join(told))
    for line in (Text(by), quote, Text(f"claim {claim.id}", style="dim")):
        lines.add_row("", line)
    return lines


def _voices(view: View, corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[RenderableType]:
    """What the tellings rest on; those that rest on one thing count once."""
    records = {x.document.id: x for x in corpus.records}
    told: dict[str, list[Telling[str]]] = {}
    for telling in view.incident.status.tellings:
        told.setdefault(telling.voice, []).append(telling)
    for voice, tellings in told.items():
        kind, _, name = voice.partition(":")
        cited = cite((x.claim for x in tellings), numbers)
        line = Text("· ")
        if kind == "source":
            line.append(f"{one_line(name)}, whoever quotes it ")
        else:
            line.append(f"{outlet(records.get(name))} ")
        line.append(cited, style="cyan")
        if all(x.value == "negated" for x in tellings):
            line.append(" denies it", style="red")
        yield Padding(line, (0, 0, 0, 2))
    documents = {x.document.id for x in view.records}
    for origin in corpus.origins:
        for copy, why in zip(origin.documents[1:], origin.why, strict=False):
            if copy in documents:
                about = Text(f"{outlet(records.get(copy))} is no source of its own. {why}", "dim")
                yield Padding(about, (0, 0, 0, 4))


def outlet(record: Record | None) -> str:
    """Who published a dispatch, and when."""
    if record is None:
        return "a dispatch"
    document = record.document
    name = document.publisher or document.title or document.name or document.id
    return published(name, document.published)


def _disputes(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[RenderableType]:
    for conflict in corpus.conflicts:
        answered = "; kept up after the denial" if conflict.answered else ""
        head = Text.assemble(
            (on(conflict.slot), "red"), (f"  weight {conflict.weight:.2f}{answered}", "dim")
        )
        yield Padding(Group(head, *sides(conflict, numbers)), (0, 0, 0, 2))


def sides(conflict: Conflict, numbers: Mapping[str, int]) -> Iterator[RenderableType]:
    """The sides of a contradiction, with the numbers of their claims."""
    for told, side in zip(conflict.says, conflict.sides, strict=True):
        cited = f" {cite(side, numbers)}" if numbers else ""
        yield Padding(Text.assemble(f"· {one_line(told)}", (cited, "cyan")), (0, 0, 0, 2))


def _plans(view: View, corpus: Corpus) -> Iterator[RenderableType]:
    claims = corpus.claims()
    here = set(view.incident.claims)
    for plan in corpus.commitments:
        part = "announced here" if plan.promise in here else "tells of a plan"
        head = Text.assemble((plan.outcome.value, "bold"), f" · {part}")
        head.append(f" · due by {plan.due}" if plan.due else " · no day set")
        lines = [head, Text(one_line(plan.says))]
        if plan.promise in claims:
            claim, record = claims[plan.promise]
            found = quoted(claim.trigger, record.document.text)
            whole = sentence_of(found.before, found.words, found.after)
            lines.append(Text(f"{outlet(record)}: “{whole}”", style="dim"))
        yield Padding(Group(*lines), (0, 0, 0, 2))
