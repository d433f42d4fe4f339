"""`dateline explain`: from a value back to its words and the rule that found it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from dateline.cli.console import output
from dateline.cli.outputs import last_run
from dateline.errors import ConfigError, InputError
from dateline.export import Quote, Trace, find_claim, one_line, trace
from dateline.model import Claim, Record
from dateline.model.codec import load

SLOTS = {
    "type": "type",
    "mode": "mode",
    "status": "status",
    "actors": "actors",
    "who": "actors",
    "recipients": "recipients",
    "whom": "recipients",
    "places": "places",
    "where": "places",
    "time": "time",
    "when": "time",
    "counts": "counts",
    "toll": "counts",
    "sources": "sources",
    "source": "sources",
}
_RULE_LINES = 14


def explain(
    claim: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            help="The id that 'dateline code' prints, or NAME#2 for the second claim of NAME.",
            show_default=False,
        ),
    ],
    slot: Annotated[
        str | None,
        typer.Argument(
            metavar="[SLOT]",
            help="type, mode, status, actors (who), recipients (whom), places (where), time "
            "(when), counts (toll) or sources; all without it.",
            show_default=False,
        ),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help="Records that 'dateline code --format jsonl' wrote; without it those of the last "
            "run.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show where a claim's values come from: the words in their sentence, and what found them."""
    wanted = _slot(slot)
    path = record or last_run()
    found = find_claim(_records(path), claim)
    if found is None:
        raise InputError(f"{claim}: no such claim in {path}; claims are told by 'dateline code'")
    _show(*found, wanted, output())


def _slot(told: str | None) -> str | None:
    if told is not None and told.lower() not in SLOTS:
        raise ConfigError(f"{told}: no slot; one of {', '.join(SLOTS)} is expected")
    return SLOTS[told.lower()] if told else None


def _records(path: Path) -> Iterator[Record]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (load(line) for line in file if line.strip())
    except FileNotFoundError as cause:
        hint = "run 'dateline code' first, or name a file with --record"
        raise InputError(f"{path}: there is no such file; {hint}") from cause
    except (OSError, UnicodeDecodeError) as cause:
        raise InputError(f"{path}: cannot be read: {cause}") from cause


def _show(record: Record, claim: Claim, slot: str | None, console: Console) -> None:
    document = record.document
    told = [document.publisher, document.title or document.name]
    told += [document.published.isoformat() if document.published else "undated", document.url]
    mode = f" {claim.mode.value}" if claim.mode else ""
    console.print(
        Text.assemble((f"{claim.type.value}{mode}", "bold"), f" · {claim.status.value}"),
        Text(" · ".join(one_line(x) for x in told if x)),
        Text(claim.id, style="dim"),
        sep="\n",
    )
    traces = trace(record, claim, slot)
    seen = ""
    for found in traces:
        console.print(_block(found, seen))
        seen = _whole(found.quotes[-1]) if found.quotes else seen
    if not traces:
        console.print(f"\nThe dispatch tells no {slot} of this event.")


def _block(found: Trace, seen: str) -> Group:
    """One value: its words (in their sentence, unless that was just `seen`) and what found them."""
    head = Text.assemble((found.slot, "bold"), "  ", one_line(found.value), "  ", _dim(found.basis))
    lines = [_sentence(quote, whole=_whole(quote) != seen) for quote in found.quotes]
    if found.found_by:
        score = "" if found.score is None else f" ({found.score:.0%} sure)"
        lines.append(Text(f"found by {found.found_by}{score}", style="dim"))
    rule = found.rule.splitlines()
    if rule:
        told = [*rule[:_RULE_LINES], "…"] if len(rule) > _RULE_LINES else rule
        lines.append(Text("\n".join(f"  {line}" for line in told), style="dim"))
    return Group(Text(), head, *(Padding(line, (0, 0, 0, 2)) for line in lines))


def _whole(quote: Quote) -> str:
    """The sentence, spaced alike whichever of its words are quoted."""
    return "".join((quote.before, quote.words, quote.after)).replace(" ", "")


def _sentence(quote: Quote, *, whole: bool) -> Text:
    where = f"  {quote.span.start}–{quote.span.end}"
    words = (f"«{quote.words}»", "bold")
    if not whole:
        return Text.assemble(words, _dim(where))
    before = f"{quote.before} " if quote.before else ""
    after = quote.after if quote.after[:1] in tuple(".,;:!?’'”)") else f" {quote.after}"
    return Text.assemble(before, words, after, _dim(where))


def _dim(text: str) -> tuple[str, str]:
    return text, "dim"
