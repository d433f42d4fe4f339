"""How fast a store takes dispatches and answers, on SQLite and PostgreSQL.

    python benchmarks/store.py [--claims N] [--only sqlite|postgresql] [--write]

The sample dispatches are coded once; their records are then varied (other days, places, parties and
tolls, another last line, hence other ids) until there are as many claims as asked for. PostgreSQL
is a server of its own, started for the occasion, with its default settings.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from itertools import batched, cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import report
from dateline.ingest import read
from dateline.model import Claim, Count, Document, Party, Period, Place, Reading, Record
from dateline.model.incident import Agreement, Corpus, Incident, Settled, Telling
from dateline.pipeline import Pipeline
from dateline.store import Coder, Query, Store

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import postgres

CODER = Coder("benchmark")
ROUNDS = 5
ALONE = 500  # dispatches added one by one
TOLD_BY = 3  # claims of an incident
DAYS = 1500  # over which the dispatches are spread
COUNTRIES = ("MLI", "NER", "BFA", "SDN", "TCD", "NGA", "SOM", "COD", "ETH", "HTI")


class Figure(NamedTuple):
    """One row of the table: what was done, how often it was possible, how long it took."""

    what: str
    found: str
    told: str


def coded() -> list[Record]:
    """The records of the sample dispatches."""
    found = read([str(files("dateline.knowledge") / "samples")])
    return [x for x in Pipeline().code(found) if x.problem is None and x.claims]


def varied(records: Sequence[Record], claims: int) -> Iterator[Record]:
    """Other records after the pattern of these, until they hold so many claims."""
    made = 0
    for number, record in enumerate(cycle(records)):
        if made >= claims:
            return
        made += len(record.claims)
        yield variation(record, number)


def variation(record: Record, number: int) -> Record:
    """The same dispatch about other days, places, parties and tolls."""
    told = record.document
    later = timedelta(days=number * 7 % DAYS)
    text = f"{told.text.rstrip()}\nThis is wire copy {number}.\n"
    published = (told.published or date(2022, 1, 1)) + later
    document = Document(
        text, f"copy-{number}", told.title, told.publisher, f"https://example.org/{number}",
        published,
    )  # fmt: skip

    def vary(reading: Reading[Any]) -> Reading[Any]:
        return replace(reading, value=_value(reading.value, number, later))

    def claim(found: Claim) -> Claim:
        slots = replace(
            found.slots,
            actors=tuple(map(vary, found.actors)),
            recipients=tuple(map(vary, found.recipients)),
            places=tuple(map(vary, found.places)),
            time=found.time and vary(found.time),
            counts=tuple(map(vary, found.counts)),
        )
        return replace(found, document_id=document.id, slots=slots)

    return Record(document, tuple(map(claim, record.claims)))


def _value(value: Any, number: int, later: timedelta) -> Any:
    country = COUNTRIES[number % len(COUNTRIES)]
    match value:
        case Party():
            return replace(value, name=f"{value.name} {number % 97}", country=country)
        case Place(lat=float(lat), lon=float(lon)):
            moved = number % 40 / 10
            return replace(value, country=country, lat=lat + moved, lon=lon - moved)
        case Place():
            return replace(value, country=country)
        case Period():
            return Period(_later(value.start, later), _later(value.end, later))
        case Count(best=int(best)):
            return replace(value, low=best, best=best + number % 11, high=None)
    return value


def _later(day: str | None, by: timedelta) -> str | None:
    whole = day is not None and len(day) == len("2022-08-15")
    return (date.fromisoformat(day) + by).isoformat() if day and whole else day


def incidents(records: Iterator[Record]) -> Iterator[Incident]:
    """Incidents of a few claims each; what is linked to what does not matter here."""
    claims = ((claim, record.document) for record in records for claim in record.claims)
    for number, group in enumerate(batched(claims, TOLD_BY)):
        ids = tuple(claim.id for claim, _ in group)

        def settled(value: Any, group: Any = group) -> Settled[Any]:
            told = tuple(Telling(value, c.id, (), d.publisher, d.published, d.id) for c, d in group)
            return Settled(value, "conservative", Agreement.AGREED, told)

        first, document = group[0]
        yield Incident(
            f"incident-{number}", ids, settled(first.type.value), settled(first.status.value),
            actors=tuple(settled(x.value) for x in first.actors),
            places=tuple(settled(x.value) for x in first.places),
            time=settled(first.time.value) if first.time else None,
            counts=tuple(settled(x.value) for x in first.counts),
            voices=1 + number % 4, first_reported=document.published,
            last_reported=document.published,
        )  # fmt: skip


def measured(store: Store, records: Sequence[Record], claims: int) -> Iterator[Figure]:
    """Fill the store, then ask it."""
    run = store.start_run(CODER)
    source = varied(records, claims)
    alone = list(islice(source, ALONE))
    yield rate("add, one dispatch a transaction", alone, lambda: [store.add(x, run) for x in alone])
    rest = list(source)
    if rest:
        added = rate("add, 64 a transaction", rest, lambda: list(store.add_all(iter(rest), run)))
        yield added
    store.finish_run(run)
    yield from _lookups(store, alone)
    conclusions = tuple(incidents(iter([*alone, *rest])))
    seconds = timed(lambda: store.replace_incidents(Corpus((), conclusions)), 1)
    yield Figure("replace all incidents", f"{len(conclusions):,} incidents", f"{seconds:.1f} s")
    one = Corpus((), conclusions[:1])
    seconds = timed(lambda: store.update_incidents(one), ROUNDS)
    yield Figure("replace one incident", "1 incident", f"{1000 * seconds:.1f} ms")
    yield from _questions(store)


def _lookups(store: Store, records: Sequence[Record]) -> Iterator[Figure]:
    document = records[len(records) // 2].document
    for what, ask in (
        ("is this dispatch there?", lambda: store.known(document, CODER)),
        ("one dispatch by its id", lambda: store.record(document.id)),
    ):
        yield Figure(what, "1 dispatch", f"{1000 * timed(ask, ROUNDS):.1f} ms")


def _questions(store: Store) -> Iterator[Figure]:
    month = Query(since=date(2023, 3, 1), until=date(2023, 3, 31))
    asked = (
        ("country and month", replace(month, country="MLI")),
        ("type, status and month", replace(month, type="ASSAULT", status="actual")),
        ("actor and month", replace(month, actor="malian armed")),
        ("country, month, 3 or more sources", replace(month, country="MLI", voices=3)),
        ("two words", Query(text="wire 123")),
        ("a phrase and country", Query(text='"wire copy 123"', country=COUNTRIES[3])),
    )
    for what, query in asked:
        yield _answers(f"dispatches: {what}", "found", partial(_records, store, query))
    for what, query in asked[:4]:
        yield _answers(f"incidents: {what}", "found", partial(store.incidents, query))
    started = time.perf_counter()
    total = sum(len(x.claims) for x in store.records())
    seconds = time.perf_counter() - started
    yield Figure("read every dispatch", f"{total:,} claims", f"{total / seconds:,.0f} claims/s")


def _records(store: Store, query: Query) -> list[Record]:
    return list(store.records(query))


def _answers(what: str, noun: str, ask: Callable[[], Sequence[Any]]) -> Figure:
    number = len(ask())
    return Figure(what, f"{number:,} {noun}", f"{1000 * timed(ask, ROUNDS):.0f} ms")


def rate(what: str, records: Sequence[Record], work: Callable[[], object]) -> Figure:
    """How many claims a second go in."""
    claims = sum(len(x.claims) for x in records)
    seconds = timed(work, 1)
    told = f"{claims / seconds:,.0f} claims/s"
    return Figure(what, f"{claims:,} claims of {len(records):,} dispatches", told)


def timed(work: Callable[[], object], rounds: int) -> float:
    """Seconds in the median round."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


@contextmanager
def places(only: str | None) -> Iterator[dict[str, str]]:
    """Where to make stores, by the name of the database."""
    wanted = only in {None, "postgresql"} and postgres.programs() is not None
    with tempfile.TemporaryDirectory() as folder:
        found = {} if only == "postgresql" else {"SQLite": str(Path(folder) / "store.db")}
        with postgres.server() if wanted else nullcontext() as server:
            yield found | ({"PostgreSQL": server.place()} if server else {})


def section(results: dict[str, list[Figure]], claims: int) -> list[str]:
    """The table of both databases side by side."""
    head = ("", "of", *results)
    rows = [
        (rows[0].what, rows[0].found, *(row.told for row in rows))
        for rows in zip(*results.values(), strict=True)
    ]
    note = (
        f"A store of {claims:,} claims, made by varying those of the sample dispatches; medians of "
        f"{ROUNDS} rounds. `python benchmarks/store.py --write`"
    )
    return ["## Store", "", report.machine() + ".", "", note, "", *report.table(head, rows)]


def main(arguments: Sequence[str]) -> int:
    """Measure each database and print, or write, the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    options = parser.parse_args(arguments)
    records = coded()
    results: dict[str, list[Figure]] = {}
    with places(options.only) as found:
        for name, address in found.items():
            with Store.open(address) as store:
                results[name] = list(measured(store, records, options.claims))
    lines = section(results, options.claims)
    print("\n".join(lines))
    if options.write:
        report.write("store", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
