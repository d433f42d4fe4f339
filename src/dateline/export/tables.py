"""Records as flat rows: one per claim, or one per value with its evidence."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from dateline.export.acled import sub_event
from dateline.export.phrases import one_line, phrase
from dateline.model import KINDS, Claim, Count, Reading, Record

Cell = str | int | float | None
Row = dict[str, Cell]

CLAIM_COLUMNS = (
    "document", "title", "publisher", "published", "url",
    "type", "mode", "acled", "status", "trigger",
    "actors", "actor_countries", "actor_sectors",
    "recipients", "recipient_countries", "recipient_sectors",
    "places", "place_level", "place_country", "lat", "lon", "geonames",
    "start", "end", "time_words",
    *(f"{kind}_{bound}" for kind in KINDS for bound in ("low", "best", "high")),
    "counts", "sources", "claim",
)  # fmt: skip
VALUE_COLUMNS = (
    "document", "claim", "type", "slot", "value", "basis", "words", "start", "end", "found_by",
    "score",
)  # fmt: skip

_JOIN = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def claim_rows(record: Record) -> Iterator[Row]:
    """One row per claim, keyed by `CLAIM_COLUMNS`.

    Several values of a slot are joined by "; ". Place columns tell the first place. The low, best
    and high columns of a toll are filled where the dispatch gives one count of that kind; where it
    gives several (of soldiers and of civilians, or by source), only `counts` tells them, since
    nobody but a reader knows whether they add up.
    """
    return (_claim_row(record, claim) for claim in record.claims)


def value_rows(record: Record) -> Iterator[Row]:
    """One row per value of each claim, keyed by `VALUE_COLUMNS`: its words, where, found by what.

    A value that rests on several stretches of text joins their words by "; " and spans them all.
    """
    text = record.document.text
    for claim in record.claims:
        for slot, found in claim.readings():
            cells = (
                _name(record),
                claim.id,
                claim.type.value,
                slot,
                phrase(found.value),
                found.basis.value,
                _JOIN.join(one_line(span.of(text)) for span in found.evidence) or None,
                min((span.start for span in found.evidence), default=None),
                max((span.end for span in found.evidence), default=None),
                found.found_by,
                found.score,
            )
            yield dict(zip(VALUE_COLUMNS, cells, strict=True))


def csv_lines(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """The rows as lines of comma-separated text, header first.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([inert(row[column]) for column in columns])


def _csv_line(cells: Sequence[Cell]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def inert(cell: Cell) -> Cell:
    """The cell, a text that a spreadsheet would run as a formula preceded by an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _claim_row(record: Record, claim: Claim) -> Row:
    document = record.document
    row: Row = dict.fromkeys(CLAIM_COLUMNS)
    row |= {
        "document": _name(record),
        "title": document.title or None,
        "publisher": document.publisher or None,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url or None,
        "type": claim.type.value,
        "mode": claim.mode.value if claim.mode else None,
        "acled": sub_event(claim),
        "status": claim.status.value,
        "trigger": one_line(claim.trigger.of(document.text)),
        "counts": _joined(phrase(x.value) for x in claim.counts),
        "sources": _joined(phrase(x.value) for x in claim.sources),
        "claim": claim.id,
    }
    return row | _parties(claim) | _where(claim) | _when(claim, document.text) | _tolls(claim)


def _parties(claim: Claim) -> Row:
    row: Row = {}
    for slot, found in (("actor", claim.actors), ("recipient", claim.recipients)):
        row[f"{slot}s"] = _joined(x.value.name for x in found)
        row[f"{slot}_countries"] = _joined(x.value.country or "" for x in found)
        row[f"{slot}_sectors"] = _joined(x.value.sector or "" for x in found)
    return row


def _where(claim: Claim) -> Row:
    if not claim.places:
        return {}
    place = claim.places[0].value
    return {
        "places": _joined(x.value.name for x in claim.places),
        "place_level": place.level,
        "place_country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonames": place.geonames,
    }


def _when(claim: Claim, text: str) -> Row:
    if claim.time is None:
        return {}
    period = claim.time.value
    words = _joined(one_line(span.of(text)) for span in claim.time.evidence)
    return {"start": period.start, "end": period.end, "time_words": words}


def _tolls(claim: Claim) -> Row:
    row: Row = {}
    for kind in KINDS:
        told: list[Reading[Count]] = [x for x in claim.counts if x.value.kind == kind]
        if len(told) == 1:
            count = told[0].value
            row |= {f"{kind}_low": count.low, f"{kind}_best": count.best}
            row[f"{kind}_high"] = count.high
    return row


def _joined(parts: Iterable[str]) -> str | None:
    told = list(parts)
    return _JOIN.join(told) if any(told) else None


def _name(record: Record) -> str:
    return record.document.name or record.document.id


def frame(rows: Iterable[Row], columns: Sequence[str]) -> Any:
    """The rows as a pandas DataFrame; whole numbers stay whole where some are not told."""
    import pandas as pd

    table = pd.DataFrame(list(rows), columns=list(columns))
    whole = {c: "Int64" for c in columns if c.endswith(("_low", "_best", "_high"))}
    whole |= {c: "Int64" for c in ("geonames",) if c in columns}
    real = {c: "float64" for c in ("lat", "lon") if c in columns}
    return table.astype(whole | real)
