"""`dateline code`: from dispatches to records."""

import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.checkpoint import checkpoint
from dateline.cli.console import progress
from dateline.cli.options import (
    Address,
    By,
    ConfigFile,
    Day,
    Limit,
    Paths,
    Quiet,
    Sample,
    Seed,
    Workers,
    day,
    settings,
)
from dateline.cli.outputs import Format, kept, write
from dateline.errors import ConfigError
from dateline.model import Document, Record

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.ingest import Meter

_RESULT, _RUN = "The result", "Running"

Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="PATH",
        help="Folder (or, but for gold, file) to write to; standard output without it.",
        rich_help_panel=_RESULT,
        show_default=False,
    ),
]
Keep = Annotated[
    bool,
    typer.Option(
        "--keep/--no-keep",
        help="Keep the records of this run in the cache folder, for 'dateline explain'.",
        rich_help_panel=_RESULT,
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume/--no-resume",
        help="Go on where an earlier run with the same --out was cut short.",
        rich_help_panel=_RUN,
    ),
]


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
    out: Out = None,
    keep: Keep = True,
    resume: Resume = True,
    limit: Limit = None,
    sample: Sample = None,
    seed: Seed = 0,
    engine: By = None,
    workers: Workers = None,
    address: Address = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Code dispatches: who did what to whom, where, when, how many, according to whom.

    Problems, progress and the count at the end go to standard error. What was coded for --out is
    kept when the command is cut short, and the same command goes on from there.
    """
    from dateline.ingest import Meter

    chosen = settings(config, engine, workers, address)
    meter = Meter()
    found = some(documents(paths, day(published), title, chosen, meter), limit, sample, seed)
    beside = out is not None or not sys.stdout.isatty()  # else the results themselves are seen
    with progress(meter, limit or sample, shown=not quiet and beside) as tally:
        if out is None:
            records = tally.watch(coded(found, chosen))
            write(kept(records) if keep else records, form, None)
        else:
            with checkpoint(out, form, chosen, resume=resume) as saved:
                records = tally.watch(saved.coded(found))
                saved.write(kept(records) if keep else records, form, out)
    if not quiet:
        tally.tell()
    raise typer.Exit(tally.exit_code)


def documents(
    paths: list[str],
    published: date | None,
    title: str | None,
    config: "Config",
    meter: "Meter | None" = None,
) -> Iterator[Document | Record]:
    """The dispatches at `paths`, dated and titled as the user says.

    Raises:
        InputError: At once, if a path does not exist or a folder holds nothing to read.
    """
    from dateline.ingest import read

    found = read(paths, max_characters=config.max_characters, meter=meter)
    return (_told(x, published, title) for x in found)


def some(
    found: Iterator[Document | Record], limit: int | None, sample: int | None, seed: int
) -> Iterator[Document | Record]:
    """The first `limit` dispatches, or `sample` of them drawn by chance; in the order they came.

    Inputs that are no dispatch are told as they come and count for neither.

    Raises:
        ConfigError: Both are asked for.
    """
    if limit is not None and sample is not None:
        raise ConfigError("--limit and --sample exclude each other")
    if sample is not None:
        return _sampled(found, sample, random.Random(seed))  # noqa: S311 (no secret)
    return found if limit is None else _first(found, limit)


def _first(found: Iterator[Document | Record], limit: int) -> Iterator[Document | Record]:
    for item in found:
        yield item
        limit -= isinstance(item, Document)
        if not limit:
            return


def _sampled(
    found: Iterator[Document | Record], size: int, chance: random.Random
) -> Iterator[Document | Record]:
    """Each dispatch with the same chance, whatever their number (reservoir sampling)."""
    drawn: list[tuple[int, Document]] = []
    number = 0
    for item in found:
        if isinstance(item, Record):
            yield item
            continue
        if len(drawn) < size:
            drawn.append((number, item))
        elif (place := chance.randrange(number + 1)) < size:
            drawn[place] = (number, item)
        number += 1
    yield from (document for _, document in sorted(drawn, key=lambda pair: pair[0]))


def _told(found: Document | Record, published: date | None, title: str | None) -> Document | Record:
    if isinstance(found, Record):
        return found
    if published is not None:
        found = replace(found, published=published)
    return found if title is None else replace(found, title=title)


def coded(found: Iterable[Document | Record], config: "Config") -> Iterator[Record]:
    """The record of each dispatch, in order; what is no dispatch passes through."""
    from dateline import pipeline

    yield from pipeline.coded(found, config)
