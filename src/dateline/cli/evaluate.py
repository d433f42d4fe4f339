"""`dateline evaluate`: score the coding against gold records."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import output, progress
from dateline.cli.options import ConfigFile, Quiet, settings
from dateline.export import gold

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.evaluate import Event, GoldDocument


def evaluate(  # noqa: PLR0913 (a command's options are its arguments)
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_FOLDER",
            help="Folder with NAME.json beside NAME.txt.",
            show_default=False,
        ),
    ],
    *,
    predictions: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Score these records instead of coding the texts anew.",
            show_default=False,
        ),
    ] = None,
    types: Annotated[bool, typer.Option("--types", help="Also tell each event type.")] = False,
    biased: Annotated[
        bool,
        typer.Option("--bias", help="Also tell errors by kind of actor and region."),
    ] = False,
    plain: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
    record: Annotated[
        bool,
        typer.Option(
            "--record/--no-record", help="Keep this run, so that the next can tell what changed."
        ),
    ] = True,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Score the coding against gold records; tell what was gained and lost since the last run."""
    from dateline import evaluate as stage

    documents = stage.read_gold(folder)
    names = [doc.name for doc in documents]
    found = (
        stage.read_predictions(predictions, names)
        if predictions
        else _coded(documents, settings(config), shown=not quiet)
    )
    result = stage.score(documents, found)
    run = stage.Run.of(stage.fingerprint([folder]), result)
    path = stage.run_file(run.corpus)
    if plain:
        output().print_json(json.dumps(result.as_dict()))
    else:
        earlier = stage.load_run(path)
        lines = [*result.lines(), *(result.type_lines() if types else ())]
        lines += ["", *stage.bias(documents, found).lines()] if biased else []
        changes = [str(change) for change in run.since(earlier)] if earlier else []
        lines += ["", "since the last run:", *changes] if changes else []
        output().print("\n".join(lines), markup=False)
    if record:
        run.save(path)


def _coded(
    documents: "tuple[GoldDocument, ...]", config: "Config", *, shown: bool
) -> "dict[str, tuple[Event, ...]]":
    from dateline.pipeline import Pipeline

    with progress(shown=shown) as tally:
        coded = tally.watch(Pipeline(config).code(doc.document for doc in documents))
        return {record.document.name: tuple(gold(record)["events"]) for record in coded}
