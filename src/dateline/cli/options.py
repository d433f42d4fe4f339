"""Options that several commands share."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.config import Config

_RUN = "Running"


class EngineName(StrEnum):
    """Who does the work."""

    auto = "auto"
    local = "local"
    pool = "pool"
    ray = "ray"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files or folders: text, HTML, PDF, Word, e-mail, tables, JSON Lines, feeds, crawls, "
        "archives of these; - for standard input.",
        show_default=False,
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="Day of publication; stands instead of what the input tells. It settles 'on Monday'.",
        rich_help_panel="The dispatch",
        show_default=False,
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings (TOML): parser, batch, max_characters, gazetteer, engine, workers, address.",
        rich_help_panel=_RUN,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="No progress, no count.", rich_help_panel=_RUN),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        help="No more than the first N dispatches.",
        rich_help_panel=_RUN,
        show_default=False,
    ),
]
Sample = Annotated[
    int | None,
    typer.Option(
        "--sample",
        metavar="N",
        min=1,
        help="N dispatches drawn by chance from all; held in memory until all are read.",
        rich_help_panel=_RUN,
        show_default=False,
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        metavar="N",
        help="The same seed draws the same sample from the same dispatches.",
        rich_help_panel=_RUN,
    ),
]
By = Annotated[
    EngineName | None,
    typer.Option(
        "--engine",
        help="auto: several processes for many dispatches; local: one process; pool: several; "
        "ray: a Ray cluster. The records are the same.",
        rich_help_panel=_RUN,
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=0,
        max=4096,
        help="How many processes or actors; 0: one per core.",
        rich_help_panel=_RUN,
        show_default=False,
    ),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="HOST:PORT",
        help="The Ray cluster; without it one of this machine is started.",
        rich_help_panel=_RUN,
        show_default=False,
    ),
]
StorePlace = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="FILE_OR_URL",
        envvar="DATELINE_STORE",
        help="The store: an SQLite file, or postgresql://USER@HOST/DATABASE.",
        rich_help_panel=_RUN,
    ),
]
STORE = "dateline.db"  # in the current folder


def day(told: str | None) -> date | None:
    """The date of a `--date`.

    Raises:
        ConfigError: It is no date.
    """
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as cause:
        raise ConfigError(f"--date {told}: a date YYYY-MM-DD is expected") from cause


def settings(
    file: Path | None,
    engine: EngineName | None = None,
    workers: int | None = None,
    address: str | None = None,
) -> "Config":
    """The configuration of a `--config`, with what other options say instead.

    Raises:
        ConfigError: Names the key or value that cannot be used.
    """
    from dateline.config import Config, load

    told = {"engine": engine and engine.value, "workers": workers, "address": address}
    given = {name: value for name, value in told.items() if value is not None}
    return (load(file) if file else Config()).model_copy(update=given)
