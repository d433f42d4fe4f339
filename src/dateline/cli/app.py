"""The command `dateline`: its subcommands, and what happens when one fails."""

import errno
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import dateline
from dateline.cli import (
    add,
    annotate,
    code,
    evaluate,
    explain,
    export,
    gazetteer,
    incidents,
    knowledge,
    ledger,
    review,
    runs,
    watch,
)
from dateline.cli.console import complain
from dateline.errors import DatelineError

_ABOUT = (
    "Sourced event data from news dispatches.\n\n"
    "Dateline reads dispatches about conflict and political crises and tells who did what to whom, "
    "where, when, with what toll and according to whom. Every value points at the words it rests "
    "on. It works offline.\n\n"
    "Start with: [bold]dateline code --date 2022-08-15 dispatch.txt[/bold]"
)
_EXIT_CODES = "Exit codes: 0 fine, 1 some dispatches failed, 2 unusable input or configuration."


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class Guarded(TyperGroup):
    """Turns errors raised on purpose into one line and exit code 2, a closed pipe into silence."""

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except DatelineError as cause:
            complain(str(cause))
            raise typer.Exit(2) from cause
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as cause:
            if cause.errno not in _FULL:
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            complain(f"standard output cannot be written: {cause.strerror}")
            raise typer.Exit(2) from cause
        return result


app = typer.Typer(
    name="dateline",
    cls=Guarded,
    help=_ABOUT,
    epilog=_EXIT_CODES,
    rich_markup_mode="rich",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

_WORK, _CHECK = "Code dispatches", "Check and extend"
_KEEP, _ASK = "Keep and hand on", "Ask what dispatches tell together"
_DESK = "Review in the browser"
app.command("code", rich_help_panel=_WORK)(code.code)
app.command("annotate", rich_help_panel=_WORK)(annotate.annotate)
app.command("explain", rich_help_panel=_WORK)(explain.explain)
app.command("add", rich_help_panel=_KEEP)(add.add)
app.command("watch", rich_help_panel=_KEEP)(watch.watch)
app.command("runs", rich_help_panel=_KEEP)(runs.runs)
app.command("export", help=export.ABOUT, rich_help_panel=_KEEP)(export.export)
app.command("incidents", rich_help_panel=_ASK)(incidents.incidents)
app.command("incident", rich_help_panel=_ASK)(incidents.incident)
app.command("timeline", rich_help_panel=_ASK)(incidents.timeline)
app.command("ledger", rich_help_panel=_ASK)(ledger.ledger)
app.command("disputes", rich_help_panel=_ASK)(ledger.disputes)
app.command("commitments", rich_help_panel=_ASK)(ledger.commitments)
app.command("evaluate", rich_help_panel=_CHECK)(evaluate.evaluate)
app.command("lint", rich_help_panel=_CHECK)(knowledge.lint)
app.command("rule", rich_help_panel=_CHECK)(knowledge.rule)
app.command("review", rich_help_panel=_DESK)(review.review)
app.command("publish", rich_help_panel=_DESK)(review.publish)
app.command("invite", rich_help_panel=_DESK)(review.invite)
app.command("gold", rich_help_panel=_DESK)(review.gold)
app.add_typer(review.audit, name="audit", rich_help_panel=_DESK)
app.add_typer(gazetteer.app, name="gazetteer", rich_help_panel=_CHECK)


def _version(wanted: bool) -> None:  # noqa: FBT001 (a flag's callback)
    if wanted:
        typer.echo(f"dateline {dateline.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[  # its callback acts on it
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app()
