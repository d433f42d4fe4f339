"""`dateline add`: from dispatches to a store."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

import dateline
from dateline.cli.code import coded, documents
from dateline.cli.console import Tally, progress
from dateline.cli.options import STORE, ConfigFile, Day, Paths, Quiet, StorePlace, day, settings
from dateline.model import Document, Record

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.store import Added, Store

_UNSEEN = {"batch", "max_characters"}  # settings that change no record


def add(
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
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Code dispatches and keep their claims in a store, a file that grows.

    A dispatch that is already there, coded by the same code with the same settings, is passed over.
    Once the code has changed, dispatches are coded anew, beside what was coded before. Each is kept
    as soon as it is coded: what is there stays when the command is cut short.
    """
    from dateline.store import Store

    chosen = settings(config)
    found = documents(paths, day(published), title, chosen)
    with Store.open(store) as opened, progress(shown=not quiet) as tally:
        outcomes = fill(opened, found, chosen, tally)
        conclude(opened)
    if not quiet:
        _tell(outcomes, tally, opened.name)
    raise typer.Exit(tally.exit_code)


def fill(
    store: "Store", found: Iterable[Document | Record], config: "Config", tally: Tally
) -> "Counter[Added]":
    """Code what the store does not have yet and enter it, dispatch by dispatch, as one run."""
    from dateline.store import Added, this_coder

    coder = this_coder(dateline.__version__, config.model_dump(exclude=_UNSEEN))
    outcomes: Counter[Added] = Counter()
    known: list[int] = []

    def new() -> Iterator[Document | Record]:
        for item in found:
            there = store.known(item, coder) if isinstance(item, Document) else None
            if there is None:
                yield item
            else:
                known.append(there)

    run = store.start_run(coder)
    for record in tally.watch(_coded(new(), config)):
        outcomes[store.add(record, run)] += 1
    store.finish_run(run, known)
    outcomes[Added.KNOWN] += len(known)
    return outcomes


def _coded(found: Iterator[Document | Record], config: "Config") -> Iterator[Record]:
    first = next(found, None)
    if first is not None:  # else the parser need not be loaded
        yield from coded(chain((first,), found), config)


def conclude(store: "Store") -> None:
    """Compute incidents and what else follows from all dispatches, unless nothing has changed."""
    edition = store.edition()
    if store.concluded() == edition:
        return
    from dateline.link import link

    said = store.judgements("person/")
    corpus = link(store.records(), judgements=said, known=store.incidents())
    store.replace_incidents(corpus, edition)


def _tell(outcomes: "Counter[Added]", tally: Tally, where: str) -> None:
    from dateline.store import Added

    told = [f"{outcomes[kind]:,} {kind.value}" for kind in Added]
    claims = f"{tally.claims:,} {'claim' if tally.claims == 1 else 'claims'}"
    tally.console.print(Text(f"{where}: {', '.join(told)}; {claims} found", style="dim"))
