"""`dateline runs`: what was coded into a store, when and by which code."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.console import output
from dateline.cli.options import STORE, StorePlace
from dateline.errors import ConfigError
from dateline.export import one_line

if TYPE_CHECKING:
    from dateline.store import Failure, Run

_HEAD = ("run", "started", "finished", "added", "known", "failed", "claims", "version", "settings")


def runs(
    run: Annotated[
        int | None,
        typer.Argument(
            metavar="[RUN]",
            help="Show this run and each dispatch that it could not code.",
            show_default=False,
        ),
    ] = None,
    *,
    store: StorePlace = STORE,
) -> None:
    """List the runs that filled a store, oldest first.

    A run that works or was cut short is not finished; what it added is there.
    """
    from dateline.store import Store

    with Store.open(store, create=False) as opened:
        found = [x for x in opened.runs() if run in {None, x.id}]
        failures = opened.failures(run) if run is not None else ()
    if run is not None and not found:
        raise ConfigError(f"{run}: there is no such run; 'dateline runs' lists them")
    console = output()
    console.print(_table(found) if found else "no runs yet; 'dateline add' makes one")
    if failures:
        console.print(_failures(failures))


def _table(found: "list[Run]") -> Table:
    lines = Table(*_HEAD, box=None, header_style="dim", pad_edge=False)
    for column in lines.columns:
        column.no_wrap = True
        column.justify = "right" if column.header in _HEAD[3:7] else "left"
    for run in found:
        counts = (f"{n:,}" for n in (run.added, run.known, run.failed, run.claims))
        ended = _moment(run.finished) if run.finished else "not finished"
        lines.add_row(
            str(run.id), _moment(run.started), ended, *counts,
            run.coder.version, run.coder.configuration[:6],
        )  # fmt: skip
    return lines


def _failures(found: "tuple[Failure, ...]") -> Table:
    lines = Table.grid(padding=(0, 2))
    for failure in found:
        name = one_line(failure.name or failure.document or "")
        lines.add_row(Text(name, style="bold"), Text(one_line(failure.reason)))
    return lines


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
