"""How fast the review desk answers on a small and a large store.

    python benchmarks/review.py [--claims N] [--only DATABASE] [--keep FOLDER] [--write]

Stores are made as `benchmarks/store.py` makes them (`--keep` keeps the files for another time), on
SQLite and on a PostgreSQL server started for the occasion. They are asked through the desk's own
web application, answers made ready to send included; `review_pages.py` adds what a browser sees of
the largest store.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from starlette.testclient import TestClient

import report
import review_pages as pages
import store as storing
from dateline.model.incident import Conflict, Corpus, Judgement, Reason, Verdict
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import postgres

SITE = {"sec-fetch-site": "same-origin"}
SENT = "http://127.0.0.1"
DISPUTED = 20  # every so many incidents
FIRST, LATER = 1.0, 0.3  # seconds that a first page and a facet or search may take
SIZES = (20_000, 200_000)
KINDS = ("sqlite", "postgresql")


class Asked(NamedTuple):
    """One question: in words, its address, and how many seconds its answer may take."""

    what: str
    path: str
    most: float


class Figure(NamedTuple):
    """What was measured, the seconds it took and the seconds it may take."""

    what: str
    taken: float
    most: float


QUESTIONS = (
    Asked("queue, first page", "/api/queue", FIRST),
    Asked("queue, type and country", "/api/queue?type=ASSAULT&country=MLI", LATER),
    Asked("queue, words of the dispatch", "/api/queue?q=sanctions", LATER),
    Asked("queue, part of an actor's name", "/api/queue?actor=french", LATER),
    Asked("queue, days", "/api/queue?since=2022-03-01&until=2022-04-01", LATER),
    Asked("queue, page 1,000", "/api/queue?state=all&cursor=19980&limit=20", LATER),
    Asked("queue, least sure first", "/api/queue?sort=score&state=all", LATER),
    Asked("incidents, first page", "/api/incidents", FIRST),
    Asked("incidents, type and days", "/api/incidents?type=ASSAULT&since=2023-01-01", LATER),
    Asked("incidents, words of a dispatch", "/api/incidents?q=%22copy+77%22", LATER),
    Asked("incidents, disputed", "/api/incidents?disputed=any&sort=confidence", LATER),
    Asked("map, 20,000 incidents", "/api/map", FIRST),
    Asked("map, type", "/api/map?type=ASSAULT", FIRST),
    Asked("ledger, first page", "/api/ledger", FIRST),
    Asked("actors, first page", "/api/actors", FIRST),
    Asked("actors, search", "/api/actors?q=gov", LATER),
    Asked("network", "/api/network", FIRST),
    Asked("pairs, first page", "/api/pairs", FIRST),
    Asked("documents, first page", "/api/documents", FIRST),
    Asked("documents, search", "/api/documents?q=sanctions", LATER),
    Asked("sidebar: counts", "/api/session", LATER),
)


def fill(where: str, claims: int) -> None:
    """Make a store with so many claims."""
    records = list(storing.varied(storing.coded(), claims))
    with Store.open(where) as target:
        run = target.start_run(storing.CODER)
        for _ in target.add_all(iter(records), run):
            continue
        target.finish_run(run)
        found = tuple(storing.incidents(iter(records)))
        disputes = tuple(
            Conflict(x.id, "status", ("actual", "negated"), (x.claims[:1], x.claims[1:]), 0.5)
            for x in found[::DISPUTED]
            if len(x.claims) > 1
        )
        doubts = tuple(
            Judgement(
                min(x.claims[:2]), max(x.claims[:2]), Verdict.UNSURE, "machine/benchmark", 0.5,
                (Reason("same-place", 1.0, "both there"),),
            )
            for x in found[::DISPUTED]
            if len(set(x.claims[:2])) > 1
        )  # fmt: skip
        corpus = Corpus((), found, judgements=doubts, conflicts=disputes)
        target.replace_incidents(corpus, target.edition())


def measured(where: str) -> Iterator[Figure]:
    """What was asked, and how long the answer took."""
    with Store.open(where) as target:
        desk = Desk(target, Settings(token="benchmark"))  # noqa: S106 (it guards nothing)
        with TestClient(application(desk), base_url=SENT, headers=SITE) as client:
            client.get("/?token=benchmark", follow_redirects=False)
            for one in QUESTIONS:
                ask(client, one.path)
                taken = seconds(partial(ask, client, one.path), storing.ROUNDS)
                yield Figure(one.what, taken, one.most)
            yield Figure("accept a claim", seconds(lambda: accept(client), 3), FIRST)


def ask(client: TestClient, path: str) -> Any:
    """An answer, which must be a good one."""
    answer = client.get(path)
    answer.raise_for_status()
    return answer.json()


def accept(client: TestClient) -> None:
    """Accept the first claim of the queue."""
    item = ask(client, "/api/queue?limit=1")["items"][0]
    body = {"act": "accept", "claim": item["id"]}
    answer = client.post("/api/commands", json=body, headers={"if-match": item["version"]})
    answer.raise_for_status()


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Seconds in the median round."""
    return storing.timed(work, rounds)


Column = tuple[str, list[Figure]]


def section(columns: Sequence[Column], seen: Sequence[pages.Seen]) -> list[str]:
    """The figures as a section of the page."""
    names = [x.what for x in columns[0][1]]
    by_name = [{x.what: x for x in figures} for _, figures in columns]
    rows = [(name, *(told(x[name].taken) for x in by_name), told(by_name[0][name].most))
            for name in names]  # fmt: skip
    note = (
        f"Stores of so many claims, asked through the web application; medians of {storing.ROUNDS} "
        'rounds. "First page after the start" is what a browser asks for first, from a server that '
        "has answered nothing before. `python benchmarks/review.py --write`"
    )
    head = ("", *(name for name, _ in columns), "may take")
    lines = ["## Review desk", "", report.machine() + ".", "", note, ""]
    lines += report.table(head, rows)
    if seen:
        told_of = [(x.what, x.found, x.goal) for x in seen]
        lines += ["", *report.table(("in the browser", "measured", "goal"), told_of)]
    return lines


def told(taken: float) -> str:
    """Seconds as a cell."""
    return f"{1000 * taken:,.0f} ms"


@contextmanager
def place(kind: str, claims: int, keep: Path | None) -> Iterator[str]:
    """A store with so many claims; files may be kept."""
    with ExitStack() as stack:
        if kind == "postgresql":
            where = stack.enter_context(postgres.server()).place()
        else:
            folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            where = str(folder / f"desk-{claims}.db")
        if kind == "postgresql" or not Path(where).exists():
            started = time.perf_counter()
            fill(where, claims)
            spent = time.perf_counter() - started
            print(f"{claims:,} claims on {kind}: filled in {spent:.0f} s", file=sys.stderr)
        yield where


def all_of(options: Any) -> tuple[list[Column], list[pages.Seen]]:
    """Every store by its turn, the largest file last and in the browser, too."""
    kinds = [x for x in KINDS if options.only in {None, x}]
    if "postgresql" in kinds and postgres.programs() is None:
        print("no PostgreSQL server here: only files are measured", file=sys.stderr)
        kinds.remove("postgresql")
    columns: list[Column] = []
    seen: list[pages.Seen] = []
    sizes = sorted(options.claims or SIZES)
    for kind, claims in product(kinds, sizes):
        with place(kind, claims, options.keep) as where:
            first = Figure("first page after the start", pages.first_page(where), FIRST)
            columns.append((f"{claims:,}, {kind}", [first, *measured(where)]))
            if kind == "sqlite" and claims == sizes[-1]:
                seen = pages.seen(where)
    return columns, seen


def main(arguments: Sequence[str]) -> int:
    """Measure and print, or write, the tables; 1 if anything misses its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", help="without: 20,000 and 200,000")
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--keep", type=Path, help="a folder for the files, for another time")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    options = parser.parse_args(arguments)
    columns, seen = all_of(options)
    lines = section(columns, seen)
    print("\n".join(lines))
    if options.write:
        report.write("review", lines)
    slow = any(x.taken > x.most for _, figures in columns for x in figures)
    return int(slow or any(not x.good for x in seen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
