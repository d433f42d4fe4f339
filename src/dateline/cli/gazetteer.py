"""`dateline gazetteer`: a user's own places, and what a name may mean."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.console import errors, output
from dateline.cli.options import ConfigFile, Quiet, settings
from dateline.errors import ConfigError

_SHOWN = 20  # rejected lines that are told one by one

_ADD = (
    "Add places of your own, which are used before those shipped.\n\n"
    "They are kept in the file that the setting 'gazetteer' names: write [bold]gazetteer = "
    '"places.csv"[/bold] into your settings file and name that file with --config. The file of '
    "places is made if it is not there.\n\n"
    "A table needs the columns name, country (ISO 3166-1), lat and lon. It may have aliases "
    "(separated by ;), level (town, adm1, adm2, region, sea or site), admin1, weight (inhabitants) "
    "and source. Of a GeoNames dump, populated places, divisions, regions, waters and sites such "
    "as airports and barracks are taken.\n\n"
    "An entry replaces one with the same GeoNames id, or with the same name, country and level "
    "nearby. A line that is no entry is told, with a remedy, and the rest is kept; the exit code "
    "is then 1."
)

app = typer.Typer(
    help="Look up place names, and add places of your own.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@app.command(help=_ADD)
def add(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV table, or a GeoNames country dump (ML.txt or ML.zip).",
            show_default=False,
        ),
    ],
    config: ConfigFile = None,
    quiet: Quiet = False,  # noqa: FBT002 (a flag)
) -> None:
    """Add the places of a file to the user's gazetteer."""
    from dateline.knowledge.gazetteer_rows import keep, load

    target = settings(config).gazetteer
    if not target:
        raise ConfigError(
            'no gazetteer of your own is named: write gazetteer = "places.csv" into a settings '
            "file and name that file with --config"
        )
    found = load(file)
    added, replaced = keep(found.entries, Path(target))
    for line in found.rejected[:_SHOWN]:
        told = Text.assemble((f"{file}:{line.line}", "bold"), f": {line.problem}; {line.remedy}")
        errors().print(told)
    if len(found.rejected) > _SHOWN:
        errors().print(f"… and {len(found.rejected) - _SHOWN} more lines")
    if not quiet:
        kept = f"{target}: {added:,} added, {replaced:,} replaced"
        rest = f"{len(found.rejected):,} rejected, {found.passed:,} passed over (other kinds)"
        output().print(f"{kept}; of {file.name} {rest}", soft_wrap=True)
    raise typer.Exit(1 if found.rejected else 0)


@app.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name.", show_default=False)],
    config: ConfigFile = None,
) -> None:
    """Show what a name may mean, the weightiest place first.

    Which of them a dispatch means depends on what else it tells. Exit code 1 if none is known.
    """
    from dateline.annotate.places import Places

    own = settings(config).gazetteer
    found = Places((own,) if own else ()).readings(name)
    lines = Table.grid(padding=(0, 2))
    for place in found:
        lines.add_row(
            Text(place.name, style="bold"), place.level, place.country or "", place.admin1 or "",
            *("" if x is None else f"{x:.2f}" for x in (place.lat, place.lon)),
            f"GeoNames {place.geonames}" if place.geonames else "",
        )  # fmt: skip
    output().print(lines if found else f"{name}: no place of that name is known")
    raise typer.Exit(0 if found else 1)
