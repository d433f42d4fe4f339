"""`dateline ledger`, `disputes` and `commitments`: who says what, and what came of it."""

from dataclasses import asdict, replace
from typing import Annotated

import typer

from dateline.cli.console import output
from dateline.cli.gather import found
from dateline.cli.incidents import ended, written
from dateline.cli.ledger_table import show_disputes, show_ledger, show_plans
from dateline.cli.selection import Form, Formed, Selection, choosing, one_of
from dateline.export.conclusions import DISPUTE_COLUMNS, PLAN_COLUMNS, dispute_rows, plan_rows
from dateline.export.ledger import LEDGER_COLUMNS, ledger_row
from dateline.export.ledger import ledger as lines_of
from dateline.export.view import views
from dateline.model.codec_incident import encode_commitment, encode_conflict
from dateline.model.incident import Outcome


@choosing
def ledger(*, chosen: Selection, form: Formed = Form.table) -> None:
    """List who says what: claim, source, stance and figure; disputed incidents come first.

    A source that is itself a party to the event is marked.
    """
    with found(chosen) as (corpus, tally):
        lines = list(lines_of(corpus))
        by_id = {x.incident.id: x for x in views(corpus)}
        written(
            form,
            lambda: show_ledger(lines, by_id, output()),
            (
                asdict(x) | {"published": x.published.isoformat() if x.published else None}
                for x in lines
            ),
            (LEDGER_COLUMNS, map(ledger_row, lines)),
        )
        ended(len(lines), "line", tally, chosen)


@choosing
def disputes(*, chosen: Selection, form: Formed = Form.table) -> None:
    """List where dispatches contradict each other, the weightiest first.

    On who, how many, when, where, or whether it happened at all. A toll that grew from day to day
    is no dispute.
    """
    with found(chosen, dispatches=False) as (corpus, tally):
        ranked = sorted(corpus.conflicts, key=lambda x: (-x.weight, x.incident, x.slot))
        by_id = {x.incident.id: x for x in views(corpus)}
        written(
            form,
            lambda: show_disputes(ranked, by_id, output()),
            map(encode_conflict, ranked),
            (DISPUTE_COLUMNS, dispute_rows(corpus)),
        )
        ended(len(ranked), "dispute", tally, chosen)


@choosing
def commitments(
    *,
    chosen: Selection,
    outcome: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME",
            help=f"One of {', '.join(x.value for x in Outcome)}.",
            rich_help_panel="Which incidents",
            show_default=False,
        ),
    ] = None,
    form: Formed = Form.table,
) -> None:
    """List announced acts and what became of them: done in time, late, abandoned, or still open."""
    wanted = one_of("--outcome", outcome and outcome.lower(), tuple(x.value for x in Outcome))
    with found(chosen) as (whole, tally):
        kept = tuple(x for x in whole.commitments if wanted in {None, x.outcome.value})
        corpus = replace(whole, commitments=kept)
        written(
            form,
            lambda: show_plans(kept, corpus, output()),
            map(encode_commitment, kept),
            (PLAN_COLUMNS, plan_rows(corpus)),
        )
        ended(len(kept), "plan", tally, chosen)
