"""`dateline annotate`: one layer of annotations as JSON Lines."""

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.code import documents, some
from dateline.cli.console import Tally
from dateline.cli.options import ConfigFile, Day, Limit, Paths, Quiet, Sample, Seed, day, settings
from dateline.export import layer_rows
from dateline.model import Record


class Layer(StrEnum):
    """The layers, by their names in `export.LAYERS`."""

    sentences = "sentences"
    entities = "entities"
    times = "times"
    places = "places"
    quantities = "quantities"
    cues = "cues"
    attributions = "attributions"
    events = "events"


def annotate(  # noqa: PLR0913 (a command's options are its arguments)
    paths: Paths,
    *,
    layer: Annotated[
        Layer,
        typer.Option("--layer", "-l", help="Which layer to write.", show_default=False),
    ],
    published: Day = None,
    limit: Limit = None,
    sample: Sample = None,
    seed: Seed = 0,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Write one layer of annotations, one JSON object per line.

    Each tells document, layer, start, end, text and found_by, and what its layer knows of it.
    """
    from dateline.pipeline import Pipeline, annotation_steps

    chosen = settings(config)
    tally = Tally()
    found = some(documents(paths, day(published), None, chosen), limit, sample, seed)
    steps = None if layer is Layer.events else annotation_steps(chosen)
    for doc in Pipeline(chosen, steps).annotate(found):
        if isinstance(doc, Record):
            list(tally.watch([doc]))
            continue
        tally.coded += 1
        for row in layer_rows(doc, layer.value):
            sys.stdout.write(f"{json.dumps(row, ensure_ascii=False)}\n")
    if tally.failed and not quiet:
        tally.tell()
    raise typer.Exit(tally.exit_code)
