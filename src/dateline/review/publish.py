"""A read-only site: the built pages, and what they ask for as files."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dateline.errors import ExportError
from dateline.export.redact import Rule
from dateline.review import (
    actors,
    dispatches,
    files,
    incidents,
    ledger,
    pages,
    plans,
    session,
    vocabulary,
)
from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.redacted import redacted
from dateline.review.schemas import queries
from dateline.review.schemas.claims import ClaimPlace
from dateline.review.schemas.shared import Right, Role
from dateline.store import Store

_READER = Caller("", Role.data_viewer)
_EVERY = 10**6
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_BASE = re.compile(r'\s*<base href="/"\s*/?>')
_HEAD = (
    '<meta name="dateline-mode" content="static"><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; "
    "form-action 'none'\">"
)
_KINDS = {"incidents": ("csv", "jsonl", "geojson")}


def publish(
    store: Store,
    folder: Path,
    built: Path | None = None,
    rules: Mapping[str, Rule] | None = None,
) -> int:
    """Write the site of a store, redacted by rules if there are some; how many files it has.

    Raises:
        ExportError: The folder is not empty, cannot be written, or there are no built pages.
    """
    if rules is not None:
        with redacted(store, rules) as found:
            return publish(found, folder, built)
    where = built or pages.folder()
    if not (where / "index.html").is_file():
        raise ExportError("the pages are missing: install a released wheel, or build them")
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(f"{folder}: it is not empty; name a new folder")
    try:
        shutil.copytree(where, folder, dirs_exist_ok=True)
        start = folder / "index.html"
        page = _BASE.sub("", start.read_text("utf-8"))
        start.write_text(page.replace("<head>", f"<head>{_HEAD}", 1), "utf-8")
        number = sum(x.is_file() for x in folder.rglob("*"))
        for name, content in data(Desk(store)):
            path = folder / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
            number += 1
    except OSError as cause:
        raise ExportError(f"{folder}: {cause.strerror or cause}") from cause
    return number


def data(desk: Desk) -> Iterator[tuple[str, str]]:
    """Name (below `data/`) and content of each file: the same values as the API gives."""
    told = session.told(desk, None)
    can = {"can": [Right.read], "role": Role.data_viewer}
    yield "session.json", _json(told.model_copy(update=can))
    yield "vocabulary.json", _json(vocabulary.told())
    lists: dict[str, Any] = {
        "incidents": incidents.page(desk, _all(queries.IncidentQuery)),
        "ledger": ledger.page(desk, _all(queries.LedgerQuery)),
        "actors": actors.page(desk, _all(queries.ActorQuery)),
        "plans": plans.page(desk, _all(queries.PlanQuery)),
        "documents": dispatches.page(desk, _all(queries.DocumentQuery), _READER),
    }
    for name, page in lists.items():
        yield f"{name}.json", _json(page)
        for kind in _KINDS.get(name, ("csv", "jsonl")):
            yield f"{name}.{kind}", "".join(files.pieces(kind, page.items))
    yield (
        "map.json",
        _json(incidents.points(desk, queries.PointQuery.model_validate({"limit": 50_000}))),
    )
    yield "network.json", _json(actors.network(desk, 500, ""))
    for row in lists["incidents"].items:
        yield f"incidents/{safe(row.id)}.json", _json(incidents.one(desk, row.id, _READER))
    for row in lists["actors"].items:
        yield f"actors/{safe(row.id)}.json", _json(actors.one(desk, row.id))
    for row in lists["documents"].items:
        found = dispatches.one(desk, row.id, _READER, 0)
        yield f"documents/{safe(row.id)}.json", _json(found)
        for claim in found.claims:
            place = ClaimPlace.model_construct(claim=claim.id, document=found)
            yield f"claims/{safe(claim.id)}.json", _json(place)


def safe(name: str) -> str:
    """An id as the name of a file, as the pages work it out too.

    >>> safe("3f:10-17:ASSAULT")
    '3f~3a~10-17~3a~ASSAULT'
    """
    return _UNSAFE.sub(lambda found: f"~{ord(found[0]):x}~", name)


def _all[T: queries.Paged](kind: type[T]) -> T:
    return kind.model_validate({}).model_copy(update={"limit": _EVERY})


def _json(found: BaseModel) -> str:
    return json.dumps(found.model_dump(mode="json"), separators=(",", ":"))
