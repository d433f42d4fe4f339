"""`dateline incidents`, `incident` and `timeline`: what dispatches tell together."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any

import typer
from rich.text import Text

from dateline.cli.console import Tally, errors, output
from dateline.cli.gather import found, one
from dateline.cli.incident_list import show_list
from dateline.cli.incident_page import show_incident
from dateline.cli.selection import Form, Formed, Selection, Where, choosing
from dateline.corpus import find_timeline
from dateline.export import csv_lines, phrase
from dateline.export.conclusions import (
    TELLING_COLUMNS,
    TIMELINE_COLUMNS,
    telling_rows,
    timeline_rows,
)
from dateline.export.incident_tables import INCIDENT_COLUMNS, incident_row
from dateline.export.tables import Row
from dateline.export.view import views
from dateline.model.codec_incident import (
    encode_commitment,
    encode_conflict,
    encode_incident,
    encode_origin,
)
from dateline.model.incident import Corpus, Timeline


@choosing
def incidents(*, chosen: Selection, form: Formed = Form.table) -> None:
    """List incidents: what happened, as all dispatches together tell it.

    They are in the order of time. Each has an id, of which the first letters are enough for
    'dateline incident'.
    """
    with found(chosen, dispatches=form is Form.csv) as (corpus, tally):
        written(
            form,
            lambda: show_list(views(corpus), corpus, output()),
            map(encode_incident, corpus.incidents),
            (INCIDENT_COLUMNS, map(incident_row, views(corpus))),
        )
        ended(len(corpus.incidents), "incident", tally, chosen)


@choosing
def incident(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of an incident, or its first letters.", show_default=False
        ),
    ],
    *,
    chosen: Where,
    form: Formed = Form.table,
) -> None:
    """Show one incident in full: every value, who tells it in which words, and who denies it.

    Sources that rest on one another are counted once; it is told why. An id that was merged into
    another incident leads there.
    """
    with one(chosen, wanted) as (corpus, tally):
        (view,) = views(corpus)
        written(
            form,
            lambda: show_incident(view, corpus, wanted, output()),
            [_whole(corpus)],
            (TELLING_COLUMNS, telling_rows(view)),
        )
    raise typer.Exit(tally.exit_code)


@choosing
def timeline(
    party: Annotated[
        str,
        typer.Argument(
            metavar="ACTOR",
            help="The name of a party, another name it is known by, or a part of its name.",
            show_default=False,
        ),
    ],
    *,
    chosen: Selection,
    form: Formed = Form.table,
) -> None:
    """Show what a party did and what was done to it, in the order of time.

    Only parties that have a name are followed: "gunmen" may be anybody.
    """
    with found(chosen, dispatches=form is Form.csv) as (corpus, tally):
        line = find_timeline(corpus, party)
        roles = dict(zip(line.incidents, line.roles, strict=True))
        kept = [x for x in views(corpus) if x.incident.id in roles]
        written(
            form,
            lambda: _show_timeline(corpus, line),
            (
                {"party": line.party.name, "role": roles[x.incident.id]}
                | encode_incident(x.incident)
                for x in kept
            ),
            (TIMELINE_COLUMNS, timeline_rows(corpus, line.party.name, roles)),
        )
        ended(len(kept), "incident", tally, chosen)


def written(
    form: Form,
    show: Callable[[], None],
    things: Iterable[Mapping[str, Any]],
    table: tuple[Iterable[str], Iterable[Row]],
) -> None:
    """Write what was found in one format."""
    if form is Form.table:
        show()
    elif form is Form.jsonl:
        for thing in things:
            sys.stdout.write(f"{json.dumps(thing, ensure_ascii=True)}\n")
    else:
        columns, rows = table
        sys.stdout.writelines(csv_lines(rows, tuple(columns)))


def ended(number: int, what: str, tally: Tally, chosen: Where) -> None:
    """Tell how many were found, on standard error, and end the command."""
    if not chosen.quiet:
        told = f"{number:,} {what}{'' if number == 1 else 's'}" if number else ""
        errors().print(Text(told or f"no {what}s found", style="dim"))
    raise typer.Exit(tally.exit_code)


def _whole(corpus: Corpus) -> Mapping[str, Any]:
    """An incident with what concerns it, as plain JSON values."""
    return encode_incident(corpus.incidents[0]) | {
        "conflicts": [encode_conflict(x) for x in corpus.conflicts],
        "commitments": [encode_commitment(x) for x in corpus.commitments],
        "origins": [encode_origin(x) for x in corpus.origins],
    }


def _show_timeline(corpus: Corpus, line: Timeline) -> None:
    roles = dict(zip(line.incidents, line.roles, strict=True))
    console = output()
    told = f"{len(roles)} {'incident' if len(roles) == 1 else 'incidents'}"
    if line.first_reported and line.last_reported:
        told += f", reported {line.first_reported.isoformat()} to {line.last_reported.isoformat()}"
    console.print(Text.assemble((phrase(line.party), "bold"), f" · {told}"), "", sep="\n")
    kept = (x for x in views(corpus) if x.incident.id in roles)
    show_list(kept, corpus, console, roles)
