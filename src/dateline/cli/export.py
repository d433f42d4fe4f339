"""`dateline export`: what is in a store, or in dispatches, in the layouts of other programs."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import output
from dateline.cli.gather import found
from dateline.cli.selection import Selection, choosing

ABOUT = (
    "Write incidents, from a store or from dispatches that are coded first, for other programs.\n\n"
    "Formats: csv, xlsx, jsonl (without loss), parquet; acled, acled-numeric, ucdp, polecat, icews "
    "(layouts of event data sets, with a file that tells what was left out and why); plover; "
    "geojson, timemap, graphml, ftm (FollowTheMoney), webannotation, bibliography; dossier-md, "
    "dossier-html, dossier-docx, dossier-pdf.\n\n"
    "Files of the same name are replaced; a release is a new folder, with a data dictionary, the "
    "hash of every file and what changed since an earlier release."
)
_RESULT = "The result"


Formats = Annotated[
    list[str],
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="Which formats, separated by commas; may be given several times.",
        rich_help_panel=_RESULT,
        show_default=False,
    ),
]
Folder = Annotated[
    Path,
    typer.Option(
        "--out",
        "-o",
        metavar="FOLDER",
        help="Folder to write to; made if it is not there.",
        rich_help_panel=_RESULT,
        show_default=False,
    ),
]
Redaction = Annotated[
    str | None,
    typer.Option(
        "--redact",
        metavar="PROFILE",
        help="Leave out what must not be published: public, partners, locations, or a file.",
        rich_help_panel=_RESULT,
        show_default=False,
    ),
]
AsRelease = Annotated[
    bool,
    typer.Option(
        "--release/--no-release",
        help="Write a release: the folder must be new.",
        rich_help_panel=_RESULT,
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="FOLDER",
        help="The release before, to tell what changed.",
        rich_help_panel=_RESULT,
        show_default=False,
    ),
]
Licence = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The licence of a release, such as CC-BY-4.0.",
        rich_help_panel=_RESULT,
        show_default=False,
    ),
]


@choosing
def export(  # noqa: PLR0913 (a command's options are its arguments)
    *,
    chosen: Selection,
    formats: Formats,
    out: Folder,
    redaction: Redaction = None,
    as_release: AsRelease = False,
    previous: Previous = None,
    licence: Licence = "",
) -> None:
    """Write what dispatches tell in the layouts of other programs."""
    from dateline.export.formats import export as write
    from dateline.export.formats import format_named
    from dateline.export.redact import profile, redact
    from dateline.export.release import Terms, release

    wanted = tuple(name for told in formats for name in told.split(",") if name)
    for name in wanted:
        format_named(name)
    rules = profile(redaction) if redaction else None
    with found(chosen) as (corpus, tally):
        if as_release or previous is not None:
            terms = Terms(wanted, licence=licence, redaction=redaction, filters=chosen.filters())
            told = release(corpus, out, previous, terms)
            written = [out / x["path"] for x in told["files"]]
        else:
            written = list(write(redact(corpus, rules) if rules else corpus, wanted, out))
    if not chosen.quiet:
        for path in written:
            output().print(str(path), soft_wrap=True)
        if chosen.paths:
            tally.tell()
    raise typer.Exit(tally.exit_code)
