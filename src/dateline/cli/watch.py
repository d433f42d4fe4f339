"""`dateline watch`: follow a folder or feeds, and tell what becomes of incidents."""

import json
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

import dateline
from dateline.cli.changes import Stream, Values, changes, follow, values_of
from dateline.cli.console import Tally
from dateline.cli.following import Following, by_address
from dateline.cli.options import STORE, ConfigFile, Quiet, StorePlace, settings
from dateline.corpus import conclude
from dateline.model import Document, Record
from dateline.model.incident import Incident

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.pipeline import Pipeline
    from dateline.store import Coder, Store

_STEADY = 1.0  # seconds in which a file that is being written changes
_WATCH = "What is followed"


Place = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER|FEEDLIST",
        help="A folder, or a text file with the path or address of a feed or page in each line "
        "(# starts a comment).",
        show_default=False,
    ),
]
Events = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help="Add the events to this file, and go on after its last one; without it they go to "
        "standard output.",
        show_default=False,
    ),
]
Once = Annotated[bool, typer.Option("--once", help="Look once and end.", rich_help_panel=_WATCH)]
Interval = Annotated[
    float,
    typer.Option(
        "--interval",
        metavar="SECONDS",
        min=0.1,
        help="How long to wait between two looks.",
        rich_help_panel=_WATCH,
    ),
]
AllowFetch = Annotated[
    bool,
    typer.Option(
        "--allow-fetch",
        help="Fetch the addresses of a feed list, public ones only. Without it no connection is "
        "ever opened.",
        rich_help_panel=_WATCH,
    ),
]


def watch(  # noqa: PLR0913 (a command's options are its arguments)
    place: Place,
    *,
    store: StorePlace = STORE,
    events: Events = None,
    once: Once = False,
    interval: Interval = 60,
    allow_fetch: AllowFetch = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Follow a folder or feeds: code what is new, link it, and tell what became of incidents.

    Each event is a line of JSON: an incident that was added, changed (with its old and new values),
    merged into another or removed. Ctrl-C ends it after the dispatches at hand; started again
    with the same --events, it goes on where it was, and tells no event twice.
    """
    from dateline.store import Store

    chosen = settings(config)
    fetching = by_address if allow_fetch else None
    following = Following(place, characters=chosen.max_characters, fetching=fetching)
    tally = Tally()
    with Store.open(store) as opened, _told(opened, events) as told, _stopped() as stop:
        watcher = _Watcher(opened, chosen, tally, stop)
        while not stop.is_set():
            added = watcher.add(following, hasty=once)
            number = told.tell(opened.incidents()) if watcher.conclude() else 0
            if not quiet and (added or number):
                _report(tally, opened.name, added, number)
            if once:
                break
            stop.wait(min(interval, _STEADY) if following.waiting else interval)
    raise typer.Exit(tally.exit_code)


class _Watcher:
    """Codes what is new and enters it, with one pipeline for as long as it watches."""

    def __init__(
        self, store: "Store", config: "Config", tally: Tally, stop: threading.Event
    ) -> None:
        from dateline.config import UNSEEN
        from dateline.store import this_coder

        self._store, self._config, self._tally, self._stop = store, config, tally, stop
        self._coder: Coder = this_coder(
            dateline.__version__, config.model_dump(exclude=set(UNSEEN))
        )
        self._pipeline: Pipeline | None = None
        self._first = True

    def add(self, following: Following, *, hasty: bool) -> int:
        """Code and enter, as one run, what is new; how many dispatches that is."""
        from dateline.store import Added

        found = self._unknown(following.new(hasty=hasty))
        first = next(found, None)
        if first is None:
            return 0
        run = self._store.start_run(self._coder)
        added = 0
        for record in self._tally.watch(self._coded(first, found)):
            added += self._store.add(record, run) is Added.ADDED
        self._store.finish_run(run)
        return added

    def conclude(self) -> bool:
        """Link what is new; whether there may be something to tell."""
        before = self._store.concluded()
        conclude(self._store)
        first, self._first = self._first, False
        return first or self._store.concluded() != before

    def _unknown(self, found: Iterator[Document | Record]) -> Iterator[Document | Record]:
        for item in found:
            if self._stop.is_set():
                return
            if isinstance(item, Record) or self._store.known(item, self._coder) is None:
                yield item

    def _coded(
        self, first: Document | Record, rest: Iterator[Document | Record]
    ) -> Iterator[Record]:
        item: Document | Record | None = first
        while isinstance(item, Record):  # the parser need not be loaded for them
            yield item
            item = next(rest, None)
        if item is not None:
            yield from self._loaded().code(chain((item,), rest))

    def _loaded(self) -> "Pipeline":
        if self._pipeline is None:
            from dateline.pipeline import Pipeline

            self._pipeline = Pipeline(self._config)
        return self._pipeline


class _Printed:
    """Events on standard output, counted from what the store held at the start."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._told: dict[str, Values] = {x.id: values_of(x) for x in incidents}

    def tell(self, incidents: Iterable[Incident]) -> int:
        """Print what is new of these incidents; how many events that is."""
        found = [*changes(self._told, tuple(incidents))]
        for event in found:
            sys.stdout.write(f"{json.dumps(event, ensure_ascii=True)}\n")
            follow(self._told, event)
        sys.stdout.flush()
        return len(found)


@contextmanager
def _told(store: "Store", events: Path | None) -> "Iterator[Stream | _Printed]":
    if events is None:
        yield _Printed(store.incidents())
        return
    with Stream(events) as stream:
        yield stream


@contextmanager
def _stopped() -> Iterator[threading.Event]:
    """An event that Ctrl-C and a request to end set, where signals can be handled."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {x: signal.signal(x, lambda *_: stop.set()) for x in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _report(tally: Tally, where: str, added: int, number: int) -> None:
    dispatches = f"{added:,} {'dispatch' if added == 1 else 'dispatches'}"
    events = f"{number:,} {'event' if number == 1 else 'events'}"
    tally.console.print(Text(f"{where}: {dispatches} added, {events}", style="dim"))
