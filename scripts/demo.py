"""Code the dispatches that come with the package, show one record and write a page of all.

python scripts/demo.py FOLDER
"""

import sys
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

from dateline.api import code_many
from dateline.cli.console import output
from dateline.cli.table import show
from dateline.export import page
from dateline.model import Record

SHOWN = "2022-08-15_crossing_sahel_wire"


def demo(folder: Path) -> int:
    """Write `index.html` into `folder`; 1 if a sample could not be coded."""
    with as_file(files("dateline.knowledge") / "samples") as samples:
        records = list(code_many(samples))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "index.html"
    target.write_text("".join(page(records)), "utf-8")
    console = output()
    for record in records:
        if record.document.name == SHOWN or record.problem:
            show(record, console)
    console.print(told(records))
    console.print(f"All of them, each value beside its words: {target}")
    return int(any(record.problem for record in records))


def told(records: Sequence[Record]) -> str:
    """How many dispatches were coded and how many claims they make."""
    claims = sum(len(record.claims) for record in records)
    return f"{len(records)} sample dispatches coded, {claims} claims; shown above: {SHOWN}"


if __name__ == "__main__":
    sys.exit(demo(Path(sys.argv[1])))
