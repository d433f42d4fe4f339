"""How fast the review desk answers on a large store.

    python benchmarks/review.py [--claims N] [--store FILE] [--write]

The store is made as `benchmarks/store.py` makes it (`--store` keeps it for another time), on
SQLite, and asked through the desk's own web application, answers made ready to send included.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from starlette.testclient import TestClient

import report
import store as storing
from dateline.model.incident import Conflict, Corpus, Judgement, Reason, Verdict
from dateline.review.app import application
from dateline.review.desk import Desk, Settings
from dateline.store import Store

SITE = {"sec-fetch-site": "same-origin"}
SENT = "http://127.0.0.1"
DISPUTED = 20  # every so many incidents
FIRST, LATER = 1.0, 0.3  # seconds that a first page and a facet or search may take


class Asked(NamedTuple):
    """One question: in words, its address, and how many seconds its answer may take."""

    what: str
    path: str
    most: float


QUESTIONS = (
    Asked("queue, first page", "/api/queue", FIRST),
    Asked("queue, type and country", "/api/queue?type=ASSAULT&country=MLI", LATER),
    Asked("queue, words of the dispatch", "/api/queue?q=sanctions", LATER),
    Asked("queue, part of an actor's name", "/api/queue?actor=french", LATER),
    Asked("queue, least sure first", "/api/queue?sort=score&state=all", LATER),
    Asked("incidents, first page", "/api/incidents", FIRST),
    Asked("incidents, type and days", "/api/incidents?type=ASSAULT&since=2023-01-01", LATER),
    Asked("incidents, words of a dispatch", "/api/incidents?q=%22copy+77%22", LATER),
    Asked("incidents, disputed", "/api/incidents?disputed=any&sort=confidence", LATER),
    Asked("map, 20,000 incidents", "/api/map", FIRST),
    Asked("ledger, first page", "/api/ledger", FIRST),
    Asked("actors, first page", "/api/actors", FIRST),
    Asked("actors, search", "/api/actors?q=gov", LATER),
    Asked("pairs, first page", "/api/pairs", FIRST),
    Asked("documents, first page", "/api/documents", FIRST),
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


def measured(where: str) -> Iterator[tuple[str, float, float]]:
    """What was asked, the seconds it took and the seconds it may take."""
    with Store.open(where) as target:
        desk = Desk(target, Settings(token="benchmark"))  # noqa: S106 (it guards nothing)
        yield "start: claims into memory", seconds(desk.claims, 1), float("inf")
        yield "start: incidents into memory", seconds(desk.incidents, 1), float("inf")
        with TestClient(application(desk), base_url=SENT, headers=SITE) as client:
            client.get("/?token=benchmark", follow_redirects=False)
            for one in QUESTIONS:
                ask(client, one.path)  # what is read once is read by now
                taken = seconds(partial(ask, client, one.path), storing.ROUNDS)
                yield one.what, taken, one.most
            yield "accept a claim", seconds(lambda: accept(client), 3), FIRST


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


def section(found: Sequence[tuple[str, float, float]], claims: int) -> list[str]:
    """The figures as a section of the page."""
    rows = [
        (what, f"{1000 * taken:,.0f} ms", "–" if most == float("inf") else f"{1000 * most:,.0f} ms")
        for what, taken, most in found
    ]
    note = (
        f"A store of {claims:,} claims on SQLite, asked through the web application; medians of "
        f"{storing.ROUNDS} rounds. `python benchmarks/review.py --write`"
    )
    head = ("", "taken", "may take")
    return ["## Review desk", "", report.machine() + ".", "", note, "", *report.table(head, rows)]


def main(arguments: Sequence[str]) -> int:
    """Measure and print, or write, the table; 1 if an answer takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--store", help="a file that is made if it is not there, and kept")
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    options = parser.parse_args(arguments)
    kept = nullcontext(str(Path(options.store).parent)) if options.store else None
    with kept or tempfile.TemporaryDirectory() as folder:
        where = options.store or str(Path(folder) / "desk.db")
        if not Path(where).exists():
            started = time.perf_counter()
            fill(where, options.claims)
            print(f"filled in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        found = list(measured(where))
    lines = section(found, options.claims)
    print("\n".join(lines))
    if options.write:
        report.write("review", lines)
    return int(any(taken > most for _, taken, most in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
