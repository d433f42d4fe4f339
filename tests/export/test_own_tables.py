"""The tables of our own, as CSV, Parquet and XLSX, read by the usual readers."""

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from tests.export.corpora import by_id, corpus

from dateline.export import acled_table, cameo, polecat, ucdp
from dateline.export.dictionary import dictionary_rows, layouts
from dateline.export.formats import export, tables
from dateline.export.rows import LEFT_OUT_COLUMNS
from dateline.export.tables import Row
from dateline.export.xlsx import LONGEST, Sheet, xlsx

OWN = ("incidents", "claims", "tolls", "sources")


def test_pandas_reads_the_csv_files(tmp_path: Path) -> None:
    export(corpus(), ["csv"], tmp_path)
    found = {name: pd.read_csv(tmp_path / f"{name}.csv", dtype=object) for name in OWN}
    assert {name: len(x) for name, x in found.items()} == {
        "incidents": 4, "claims": 5, "tolls": 3, "sources": 3,
    }  # fmt: skip
    ambush = found["incidents"].iloc[0]
    assert (ambush["merged"], ambush["voices"], ambush["confidence"]) == ("i-old", "2", "0.8")
    assert (ambush["killed_best"], ambush["acled"], ambush["cameo"]) == ("15", "Armed clash", "193")
    assert ambush["disputed"] == "status"
    assert ambush["sources"] == "army (reports); Hill Front (denies)"
    tolls = found["tolls"]
    assert list(tolls["best"])[:2] == ["12", "15"]
    assert set(tolls["settled_best"][:2]) == {"15"}
    assert list(tolls["agreement"][:2]) == ["series", "series"]
    assert list(found["sources"]["incidents"]) == [
        "i-ambush; i-seen; i-meeting", "i-ambush", "i-march",
    ]  # fmt: skip
    assert found["sources"]["title"][1].startswith("'=HYPERLINK")


def test_arrow_reads_the_parquet_files(tmp_path: Path) -> None:
    export(corpus(), ["parquet"], tmp_path)
    found = {name: pq.read_table(tmp_path / f"{name}.parquet") for name in OWN}
    incidents = found["incidents"]
    assert incidents.schema.field("killed_best").type == pa.int64()
    assert incidents.schema.field("latitude").type == pa.float64()
    assert incidents.schema.field("first_reported").type == pa.date32()
    assert incidents.schema.field("country").type == pa.string()
    first = incidents.to_pylist()[0]
    assert (first["killed_low"], first["killed_best"]) == (15, 15)
    assert first["first_reported"] == date(2021, 5, 4)
    assert first["geonames"] == 123
    assert found["sources"].to_pylist()[1]["title"] == '=HYPERLINK("http://x")'
    for name, (columns, rows) in tables(corpus()).items():
        assert found[name].column_names == list(columns)
        assert found[name].num_rows == len(list(rows))


def test_openpyxl_reads_the_workbook(tmp_path: Path) -> None:
    export(corpus(), ["xlsx"], tmp_path)
    book = load_workbook(tmp_path / "dateline.xlsx")
    assert book.sheetnames == [*OWN, "dictionary"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert any(cell.value == '=HYPERLINK("http://x")' for cell in texts)
    frame = pd.read_excel(tmp_path / "dateline.xlsx", sheet_name="incidents")
    assert frame["killed_best"][0] == 15
    assert frame["latitude"][0] == 15.25


def test_cells_hold_what_excel_can_take(tmp_path: Path) -> None:
    odd: Row = {"a": "x\x00y\x1b[1m", "b": "=" * (2 * LONGEST)}
    path = tmp_path / "odd.xlsx"
    path.write_bytes(xlsx([Sheet("odd", ("a", "b"), [odd])]))
    first, second = (cell.value for cell in load_workbook(path)["odd"][2])
    assert first == "x␀y␛[1m"
    assert len(second) == LONGEST
    assert second.endswith("…")


@pytest.mark.parametrize(
    ("layout", "columns"),
    [
        ("acled", acled_table.COLUMNS), ("ucdp", ucdp.COLUMNS), ("polecat", polecat.COLUMNS),
        ("icews", cameo.COLUMNS), ("left_out", LEFT_OUT_COLUMNS),
        *((name, columns) for name, (columns, _) in tables(corpus()).items()),
    ],
)  # fmt: skip
def test_the_dictionary_tells_every_column(layout: str, columns: tuple[str, ...]) -> None:
    assert tuple(layouts()[layout].columns) == tuple(columns)


def test_every_layout_of_others_has_its_dictionary_beside_it(tmp_path: Path) -> None:
    for name in ("acled", "acled-numeric", "ucdp", "polecat", "icews"):
        export(corpus(), [name], tmp_path)
        table = pd.read_csv(tmp_path / f"{name}-dictionary.csv")
        assert set(table["layout"]) == {name.removesuffix("-numeric")}
        assert "not" in table["meaning"][0]
        assert len(table) == 1 + len(layouts()[table["layout"][0]].columns)


def test_the_dictionary_says_whose_data_it_is_not() -> None:
    notes = [x for x in dictionary_rows() if x["column"] is None]
    told = by_id(notes, "layout")
    for layout, name in (("acled", "ACLED"), ("ucdp", "UCDP"), ("polecat", "POLECAT")):
        assert f"not {name} data" in str(told[layout]["meaning"])
