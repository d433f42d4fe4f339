"""Corrections as gold files, from which `dateline evaluate` and training learn."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from dateline.export.gold import gold
from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.store import Store, desk_log, desk_reads, people
from dateline.store.sheets import Sheet

METADATA = "metadata.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 60
_EPOCH = (1980, 1, 1, 0, 0, 0)


def archive(desk: Desk, caller: Caller) -> bytes:
    """The gold files of all dispatches that people are done with, as a ZIP archive."""
    with desk.store.database.write() as connection:
        desk_log.record(connection, desk_log.Event(caller.by, "download", "gold.zip"))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name, content in gold_files(desk.store):
            target.writestr(ZipInfo(name, _EPOCH), content)
    return packed.getvalue()


def write(store: Store, where: Path) -> int:
    """Write the gold files into a folder; how many dispatches there are."""
    where.mkdir(parents=True, exist_ok=True)
    number = 0
    for name, content in gold_files(store):
        (where / name).write_bytes(content.encode("utf-8", "surrogatepass"))
        number += name.endswith(".txt")
    return number


def gold_files(store: Store) -> Iterator[tuple[str, str]]:
    """Name and content of each gold file: dispatches of which people decided on every claim.

    Rejected claims are not there, corrected and added ones as people have them.
    """
    with store.database.read() as connection:
        told = people.corrected_documents(connection)
    about: list[dict[str, Any]] = []
    for original, corrected in desk_reads.corrected(store.database, told):
        sheet = Sheet(original, corrected)
        if any(sheet.state(x) == "open" for x in sheet.record.claims):
            continue
        document = original.document
        name = f"{_UNSAFE.sub('_', document.name)[:_LONGEST]}-{document.id[:8]}".lstrip("-_")
        yield f"{name}.txt", _newlines(document.text)
        yield f"{name}.json", _json({**_event_file(sheet), "document": name})
        about.append(
            {
                "id": name,
                "title": document.title,
                "source": document.publisher,
                "url": document.url,
                "date": document.published.isoformat() if document.published else None,
            }
        )
    if about:
        yield METADATA, _json(about)


def _event_file(sheet: Sheet) -> dict[str, Any]:
    found = gold(sheet.record)
    if "\r" in sheet.text:
        # Readers of gold files read lines; characters are counted otherwise there.
        plain: dict[str, Any] = _plain(found)
        return plain
    return found


def _plain(told: Any) -> Any:
    if isinstance(told, dict):
        quote = "nth" in told and isinstance(told.get("start"), int)
        return {k: _plain(v) for k, v in told.items() if not (quote and k in {"start", "end"})}
    if isinstance(told, list):
        return [_plain(x) for x in told]
    return _newlines(told) if isinstance(told, str) else told


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, default=_number) + "\n"


def _number(told: Any) -> Any:
    if isinstance(told, np.generic):
        return told.item()
    raise TypeError(f"no JSON: {told!r}")
