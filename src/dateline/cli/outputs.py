"""The formats of `dateline code`, and where they go."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO

from dateline.cli.console import output
from dateline.cli.table import show
from dateline.errors import ExportError
from dateline.export import CLAIM_COLUMNS, claim_rows, csv_lines, gold, page
from dateline.model import Record
from dateline.model.codec import dump


class Format(StrEnum):
    """What `dateline code` writes."""

    table = "table"
    jsonl = "jsonl"
    gold = "gold"
    csv = "csv"
    html = "html"


_NAMES = {
    Format.table: "records.txt",
    Format.jsonl: "records.jsonl",
    Format.csv: "claims.csv",
    Format.html: "records.html",
}
_UNSAFE = re.compile(r"[^\w.@+-]+")


def write(records: Iterable[Record], form: Format, out: Path | None) -> None:
    """Write records in one format: to standard output, or to a folder or file.

    Raises:
        ExportError: The place cannot be written.
    """
    if out is not None and form is Format.gold:
        _each(records, out)
        return
    with _stream(form, out) as stream:
        if form is Format.table:
            console = output(stream)
            for record in records:
                show(record, console)
            return
        for piece in _PIECES[form](records):
            stream.write(piece)


def target(form: Format, out: Path) -> Path:
    """The file that a format goes to; of gold, the folder."""
    if form is Format.gold or (out.suffix and not out.is_dir()):
        return out
    return out / _NAMES[form]


def last_run() -> Path:
    """Where the records of the last run are kept for `dateline explain`.

    It lies in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`).
    """
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "dateline" / "last.jsonl"


def kept(records: Iterable[Record]) -> Iterator[Record]:
    """The same records, also kept as the last run, readable by the user alone.

    Where the cache folder cannot be written, nothing is kept.
    """
    path = last_run()
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        private = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        yield from records
        return
    with os.fdopen(private, "w", encoding="utf-8") as file:
        try:
            for record in records:
                file.write(f"{dump(record)}\n")
                yield record
        finally:
            file.flush()
            part.replace(path)


def _each(records: Iterable[Record], folder: Path) -> None:
    """One gold file per coded dispatch; a name used before gets the document's id beside it."""
    used: set[str] = set()
    with reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for record in records:
            if record.problem is not None:
                continue
            name = _UNSAFE.sub("_", record.document.name).strip(".") or record.document.id
            name = f"{name}-{record.document.id}" if name in used else name
            used.add(name)
            content = json.dumps(gold(record), ensure_ascii=False, indent=1)
            (folder / f"{name}.json").write_text(f"{content}\n", "utf-8")


@contextmanager
def _stream(form: Format, out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
        return
    path = target(form, out)
    part = path.with_name(f"{path.name}.part")  # one run at a time writes a result
    with reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(path)


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Tell that a place cannot be written.

    Raises:
        ExportError: In place of the system's error.
    """
    try:
        yield
    except OSError as cause:
        raise ExportError(f"{path}: cannot be written: {cause.strerror or cause}") from cause


def _jsonl(records: Iterable[Record]) -> Iterator[str]:
    return (f"{dump(record)}\n" for record in records)


def _gold(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        if record.problem is None:
            yield f"{json.dumps(gold(record), ensure_ascii=False)}\n"


def _csv(records: Iterable[Record]) -> Iterator[str]:
    return csv_lines((row for x in records for row in claim_rows(x)), CLAIM_COLUMNS)


_PIECES: dict[Format, Callable[[Iterable[Record]], Iterator[str]]] = {
    Format.jsonl: _jsonl,
    Format.gold: _gold,
    Format.csv: _csv,
    Format.html: page,
}
