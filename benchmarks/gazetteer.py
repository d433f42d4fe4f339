"""How long it takes to look a place name up.

    python benchmarks/gazetteer.py [--names N] [--write]

Names picked evenly from the whole database, in an order by chance: each looked up for the first
time, each again, and each with a letter more, which is mostly no name. Processor time, the median
and the fastest of blocks of a hundred, since other programs slow some of them down.
"""

import argparse
import sqlite3
import sys
import time
from collections.abc import Sequence
from random import Random
from statistics import median

import report
from dateline.knowledge.geography import DATABASE, Gazetteer, fold
from dateline.knowledge.loader import locate

BLOCK = 100


def picked(number: int) -> list[str]:
    """So many folded names of the database, from all over it, in an order by chance."""
    with sqlite3.connect(str(locate(DATABASE))) as link:
        (every,) = link.execute("SELECT count(*) FROM places").fetchone()
        step = max(1, every // number)
        query = "SELECT name FROM (SELECT name, row_number() OVER (ORDER BY id) AS n FROM places)"
        rows = link.execute(f"{query} WHERE n % ? = 0 LIMIT ?", (step, number)).fetchall()
    names = [fold(name) for (name,) in rows]
    Random(1).shuffle(names)  # noqa: S311 (no secret)
    return names


def spent(gazetteer: Gazetteer, names: Sequence[str]) -> list[float]:
    """Microseconds a name, block by block."""
    out = []
    for start in range(0, len(names), BLOCK):
        block = names[start : start + BLOCK]
        begin = time.process_time()
        for name in block:
            gazetteer.find_folded(name)
        out.append((time.process_time() - begin) / len(block) * 1e6)
    return out


def row(name: str, blocks: Sequence[float]) -> tuple[str, str, str]:
    """The median and the fastest block."""
    return name, f"{median(blocks):.1f}", f"{min(blocks):.1f}"


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    names, gazetteer = picked(options.names), Gazetteer()
    gazetteer.find("Bamako")  # opens the file
    rows = [
        row("a name for the first time", spent(gazetteer, names)),
        row("a name again", spent(gazetteer, names)),
        row("what is mostly no name", spent(gazetteer, [f"{name}q" for name in names])),
    ]
    readings = sum(len(gazetteer.find_folded(name)) for name in names) / len(names)
    note = (
        f"{len(names):,} names from the whole gazetteer, {readings:.1f} readings each; "
        "microseconds a name. `python benchmarks/gazetteer.py --write`"
    )
    table = report.table(["looked up", "median", "fastest block"], rows)
    lines = ["## Look-up of place names", "", note, "", *table]
    print("\n".join(lines))
    if options.write:
        report.write("gazetteer", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
