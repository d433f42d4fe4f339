"""`dateline code`: from dispatches to records."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import progress
from dateline.cli.options import ConfigFile, Day, Paths, Quiet, day, settings
from dateline.cli.outputs import Format, kept, write
from dateline.model import Document, Record

if TYPE_CHECKING:
    from dateline.config import Config

_RESULT = "The result"


def code(  # noqa: PLR0913 (a command's options are its arguments)
    paths: Paths,
    *,
    published: Day = None,
    title: Annotated[
        str | None,
        typer.Option(
            help="Headline; stands instead of what the input tells.",
            rich_help_panel="The dispatch",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            help="table: to read; jsonl: without loss; csv: a row per claim; html: a page with the "
            "evidence marked; gold: the layout of gold records, one file per dispatch.",
            rich_help_panel=_RESULT,
        ),
    ] = Format.table,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="PATH",
            help="Folder (or, but for gold, file) to write to; standard output without it.",
            rich_help_panel=_RESULT,
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep/--no-keep",
            help="Keep the records of this run in the cache folder, for 'dateline explain'.",
            rich_help_panel=_RESULT,
        ),
    ] = True,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Code dispatches: who did what to whom, where, when, how many, according to whom.

    Problems, progress and the count at the end go to standard error.
    """
    chosen = settings(config)
    found = documents(paths, day(published), title, chosen)
    beside = out is not None or not sys.stdout.isatty()  # else the results themselves are seen
    with progress(shown=not quiet and beside) as tally:
        records = tally.watch(_coded(found, chosen))
        write(kept(records) if keep else records, form, out)
    if not quiet:
        tally.tell()
    raise typer.Exit(tally.exit_code)


def documents(
    paths: list[str], published: date | None, title: str | None, config: "Config"
) -> Iterator[Document | Record]:
    """The dispatches at `paths`, dated and titled as the user says.

    Raises:
        InputError: At once, if a path does not exist or a folder holds nothing to read.
    """
    from dateline.ingest import read

    found = read(paths, max_characters=config.max_characters)
    return (_told(x, published, title) for x in found)


def _told(found: Document | Record, published: date | None, title: str | None) -> Document | Record:
    if isinstance(found, Record):
        return found
    if published is not None:
        found = replace(found, published=published)
    return found if title is None else replace(found, title=title)


def _coded(found: Iterable[Document | Record], config: "Config") -> Iterator[Record]:
    from dateline.pipeline import Pipeline

    yield from Pipeline(config).code(found)
