"""Records as rows."""

import csv
import io
from dataclasses import replace

from tests.made import record, span, stated

from dateline.export import CLAIM_COLUMNS, VALUE_COLUMNS, claim_rows, csv_lines, frame, value_rows
from dateline.model import Count, Document, Record


def test_a_row_per_claim() -> None:
    first, second = claim_rows(record())
    assert tuple(first) == tuple(second) == CLAIM_COLUMNS
    told = {key: value for key, value in first.items() if value is not None}
    assert told == {
        "document": "birko",
        "title": "Market shelled",
        "publisher": "Arda Post",
        "published": "2021-05-03",
        "url": "https://example.org/birko",
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "acled": "Shelling/artillery/missile attack",
        "status": "actual",
        "trigger": "shelled",
        "actors": "Hill Front",
        "actor_countries": "XAB",
        "actor_sectors": "REB",
        "recipients": "traders",
        "recipient_countries": "XAB",
        "recipient_sectors": "BUS",
        "places": "Birko",
        "place_level": "town",
        "place_country": "XAB",
        "lat": 12.5,
        "lon": -3.25,
        "start": "2021-05-03",
        "end": "2021-05-03",
        "time_words": "on Monday",
        "killed_low": 12,
        "killed_best": 12,
        "counts": "at least 12 traders killed",
        "sources": "army (reports); Hill Front (denies)",
        "claim": record().claims[0].id,
    }
    assert second["actor_countries"] == "; XAB"


def test_several_counts_of_a_kind_are_not_added_up() -> None:
    base = record()
    counts = tuple(
        stated(Count("killed", who, n, n, n), "at least 12 traders")
        for who, n in (("traders", 12), ("rebels", 3))
    )
    claim = replace(base.claims[0], slots=replace(base.claims[0].slots, counts=counts))
    (row,) = claim_rows(Record(base.document, (claim,)))
    assert row["killed_best"] is None
    assert row["counts"] == "12 traders killed; 3 rebels killed"


def test_a_row_per_value() -> None:
    rows = list(value_rows(record()))
    assert all(tuple(row) == VALUE_COLUMNS for row in rows)
    slots = [row["slot"] for row in rows]
    assert slots[:4] == ["type", "mode", "status", "actors"]
    assert len(rows) == 15
    (place,) = (row for row in rows if row["slot"] == "places" and row["type"] == "ASSAULT")
    assert place["words"] == "market of Birko"
    at = span("market of Birko")
    assert (place["start"], place["end"]) == (at.start, at.end)
    assert (rows[2]["basis"], rows[2]["words"], rows[2]["start"]) == ("assumed", None, None)


def test_csv_is_read_back_and_starts_no_formula() -> None:
    base = record()
    document = Document(base.document.text, '=HYPERLINK("http://x")', 'a\nb, "c"', "-1")
    rows = claim_rows(Record(document, base.claims))
    lines = "".join(csv_lines(rows, CLAIM_COLUMNS))
    first, second = csv.DictReader(io.StringIO(lines))
    assert first["document"] == '\'=HYPERLINK("http://x")'
    assert first["title"] == 'a\nb, "c"'
    assert first["publisher"] == "'-1"
    assert (first["lon"], first["killed_best"]) == ("-3.25", "12")
    assert second["counts"] == ""


def test_a_frame_keeps_whole_numbers_whole() -> None:
    table = frame(claim_rows(record()), CLAIM_COLUMNS)
    assert list(table.columns) == list(CLAIM_COLUMNS)
    assert str(table["killed_best"].dtype) == "Int64"
    assert str(table["lat"].dtype) == "float64"
    assert table["killed_best"].sum() == 12
    assert len(frame([], CLAIM_COLUMNS)) == 0
