"""`dateline add`: from dispatches to a store."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

import dateline
from dateline.cli.code import coded, documents, some
from dateline.cli.console import Tally, progress
from dateline.cli.options import (
    STORE,
    Address,
    By,
    ConfigFile,
    Day,
    Limit,
    Paths,
    Quiet,
    Sample,
    Seed,
    StorePlace,
    Workers,
    day,
    settings,
)
from dateline.corpus import conclude
from dateline.model import Document, Record

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.store import Added, Store


def add(  # noqa: PLR0913 (a command's options are its arguments)
    paths: Paths,
    *,
    store: StorePlace = STORE,
    published: Day = None,
    title: Annotated[
        str | None,
        typer.Option(
            help="Headline; stands instead of what the input tells.",
            rich_help_panel="The dispatch",
            show_default=False,
        ),
    ] = None,
    limit: Limit = None,
    sample: Sample = None,
    seed: Seed = 0,
    engine: By = None,
    workers: Workers = None,
    address: Address = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Code dispatches and keep their claims in a store, a file that grows.

    A dispatch that is already there, coded by the same code with the same settings, is passed over.
    Once the code has changed, dispatches are coded anew, beside what was coded before. Each is kept
    as soon as it is coded: what is there stays when the command is cut short, and the same command
    goes on from there.
    """
    from dateline.ingest import Meter
    from dateline.store import Store

    chosen = settings(config, engine, workers, address)
    meter = Meter()
    found = some(documents(paths, day(published), title, chosen, meter), limit, sample, seed)
    with Store.open(store) as opened, progress(meter, limit or sample, shown=not quiet) as tally:
        outcomes = fill(opened, found, chosen, tally)
        conclude(opened)
    if not quiet:
        _tell(outcomes, tally, opened.name)
    raise typer.Exit(tally.exit_code)


def fill(
    store: "Store", found: Iterable[Document | Record], config: "Config", tally: Tally
) -> "Counter[Added]":
    """Code what the store does not have yet and enter it, dispatch by dispatch, as one run."""
    from dateline.config import UNSEEN
    from dateline.store import Added, this_coder

    coder = this_coder(dateline.__version__, config.model_dump(exclude=set(UNSEEN)))
    outcomes: Counter[Added] = Counter()
    known: list[int] = []

    def new() -> Iterator[Document | Record]:
        for item in found:
            there = store.known(item, coder) if isinstance(item, Document) else None
            if there is None:
                yield item
            else:
                known.append(there)
                tally.passed += 1

    run = store.start_run(coder)
    for record in tally.watch(coded(new(), config)):
        outcomes[store.add(record, run)] += 1
    store.finish_run(run, known)
    outcomes[Added.KNOWN] += len(known)
    return outcomes


def _tell(outcomes: "Counter[Added]", tally: Tally, where: str) -> None:
    from dateline.store import Added

    told = [f"{outcomes[kind]:,} {kind.value}" for kind in Added]
    claims = f"{tally.claims:,} {'claim' if tally.claims == 1 else 'claims'}"
    tally.console.print(Text(f"{where}: {', '.join(told)}; {claims} found", style="dim"))
