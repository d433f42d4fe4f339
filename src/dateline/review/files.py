"""Lists as files: CSV, JSON Lines and GeoJSON with the same filters as the list."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from dateline.export.tables import inert
from dateline.review import (
    actors,
    assignments,
    audit,
    dispatches,
    history,
    incidents,
    ledger,
    paging,
    pairs,
    plans,
    queue,
)
from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.routes.access import Coder, Colleague, Reader, TheDesk
from dateline.review.schemas import queries
from dateline.review.schemas.queries import MOST, Paged
from dateline.store import desk_log

router = APIRouter(prefix="/api", include_in_schema=False)

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
}
_JOIN = "; "
Read = Callable[[Paged], Any]


def _route(name: str, query: type[Paged], read: Callable[..., Any], caller: Any) -> None:
    def answer(
        kind: str,
        wanted: Annotated[query, Query()],  # type: ignore[valid-type]
        desk: TheDesk,
        who: caller,
    ) -> StreamingResponse:
        return download(desk, (name, kind), lambda x: read(desk, x, who), wanted, who)

    router.add_api_route(f"/{name}.{{kind}}", answer, methods=["GET"])


def download(
    desk: Desk, about: tuple[str, str], read: Read, wanted: Paged, who: Caller
) -> StreamingResponse:
    """A list as a file; that it was handed out stands in the audit log.

    Raises:
        HTTPException: There is no such kind of file of this list.
    """
    name, kind = about
    if kind not in _KINDS or (kind == "geojson" and name not in {"queue", "incidents"}):
        raise HTTPException(404, "There is no such file.")
    told = wanted.model_dump(mode="json", exclude_defaults=True, exclude={"cursor", "limit"})
    with desk.store.database.write() as connection:
        event = desk_log.Event(who.by, "download", f"{name}.{kind}", None, told)
        desk_log.record(connection, event)
    rows = _rows(read, wanted)
    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"'}
    return StreamingResponse(_WRITERS[kind](rows), media_type=_KINDS[kind], headers=headers)


def pieces(kind: str, items: Iterable[BaseModel]) -> Iterator[str]:
    """Entries of a list as a file of this kind, piece by piece."""
    told = (_plain(x) for x in items)
    return _WRITERS[kind](row for x in told for row in (_lines(x) if "lines" in x else (x,)))


def _rows(read: Read, wanted: Paged) -> Iterator[dict[str, Any]]:
    """All entries as plain values, page by page; a ledger's lines one by one."""
    cursor: str | None = ""
    number = 0
    while cursor is not None and number < paging.EVERYTHING:
        page = read(wanted.model_copy(update={"cursor": cursor, "limit": MOST}))
        for item in page.items:
            number += 1
            told = _plain(item)
            yield from _lines(told) if "lines" in told else (told,)
        cursor = page.next


def _plain(item: BaseModel) -> dict[str, Any]:
    found: dict[str, Any] = item.model_dump(mode="json")
    return found


def _lines(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    about = {
        "incident": told["incident"]["id"],
        "disputed": told["incident"]["disputed"],
        "says": told["incident"]["says"],
    }
    for line in told["lines"]:
        yield about | line


def _jsonl(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=True) + "\n"


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    columns: list[str] = []
    for row in rows:
        flat = _flat(row)
        if not columns:
            columns = list(flat)
            yield _csv_line(columns)
        yield _csv_line([inert(flat.get(x)) for x in columns])


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row without nesting: what says a value in words stands for it."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= {f"{name}_{inner}": cell for inner, cell in _inner(value)}
        elif isinstance(value, list):
            found[name] = _JOIN.join(_told(x) for x in value) or None
        else:
            found[name] = value
    return found


def _inner(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, cell in value.items():
        if not isinstance(cell, dict | list):
            yield name, cell
        elif isinstance(cell, dict) and isinstance(cell.get("id"), str):
            yield name, cell["id"]


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("says") or value.get("claim") or json.dumps(value))
    return str(value)


def _csv_line(cells: Iterable[Any]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _geojson(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    for number, row in enumerate(rows):
        point = None
        if row["lat"] is not None and row["lon"] is not None:
            point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        feature = {"type": "Feature", "id": row["id"], "geometry": point, "properties": row}
        yield (",\n" if number else "\n") + json.dumps(feature)
    yield "\n]}\n"


_WRITERS: dict[str, Callable[[Iterable[dict[str, Any]]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "geojson": _geojson,
}


def _without_caller(read: Callable[[Desk, Any], Any]) -> Callable[..., Any]:
    def called(desk: Desk, wanted: Any, who: Caller) -> Any:  # noqa: ARG001
        return read(desk, wanted)

    return called


_route("queue", queries.ClaimQuery, queue.page, Reader)
_route("documents", queries.DocumentQuery, dispatches.page, Reader)
_route("failures", queries.FailureQuery, _without_caller(dispatches.failures), Reader)
_route("incidents", queries.IncidentQuery, _without_caller(incidents.page), Reader)
_route("pairs", queries.PairQuery, pairs.page, Reader)
_route("ledger", queries.LedgerQuery, _without_caller(ledger.page), Reader)
_route("actors", queries.ActorQuery, _without_caller(actors.page), Reader)
_route("plans", queries.PlanQuery, _without_caller(plans.page), Reader)
_route("history", queries.HistoryQuery, history.page, Colleague)
_route("audit", queries.AuditQuery, _without_caller(audit.page), Colleague)
_route("assignments", queries.AssignmentQuery, assignments.page, Coder)
