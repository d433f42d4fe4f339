"""CSV, TSV and Parquet."""

from datetime import date

import pytest
from tests.ingest import builders as make
from tests.ingest.builders import found, line, told

from dateline.errors import InputError
from dateline.ingest.draft import Draft
from dateline.ingest.limits import Limits
from dateline.model import Record


@pytest.mark.parametrize(
    ("mark", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), ("\t", "a.csv")]
)
def test_a_table_gives_its_rows(mark: str, name: str) -> None:
    rows = [
        ["ID", "Headline", "Text", "Published", "Source", "URL"],
        [
            "x7",
            "Out",
            f'Two\nlines, "and" {mark} {line(1)}',
            "2022-08-15",
            "Sahel Wire",
            "https://a.example",
        ],
        ["", "", line(2), "", "", ""],
    ]
    first, second = found(b"\xef\xbb\xbf" + make.table(rows, mark), name)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (first.name, first.text) == ("x7", rows[1][2])
    assert first.told == {
        "title": "Out",
        "date": "2022-08-15",
        "publisher": "Sahel Wire",
        "url": "https://a.example",
    }
    assert (second.name, second.text, second.told) == (f"{name}#2", line(2), {})


def test_a_table_without_texts_names_its_columns() -> None:
    with pytest.raises(InputError, match=r"no column called text .*the columns are: a, b; rename"):
        told(b"a,b\n1,2\n", "a.csv")
    with pytest.raises(InputError, match="the columns are: a, b"):
        told(make.parquet([{"a": 1, "b": 2}]), "a.parquet")
    with pytest.raises(InputError, match="empty"):
        told(b"", "a.csv")


def test_broken_rows_are_told_and_the_others_read() -> None:
    data = f"text,title\n{line(1)}\n\nTroops left, they said,Out,More\nOdd\0,x\n{line(2)},Out\n"
    data = data.replace(f"{line(1)}", f'"{line(1)}"').replace(f"{line(2)},", f'"{line(2)}",')
    first, second, third, fourth = told(data.encode(), "a.csv")
    assert (first, fourth) == (line(1), line(2))
    assert "row 2: has 2 fields more than the first row names" in second
    assert "NUL bytes" in third


def test_a_quotation_mark_never_closed_does_not_swallow_the_memory() -> None:
    data = b'text\n"open' + b"x\n" * 200_000 + b"Troops left Gao.\n"
    problems = told(data, "a.csv", Limits(1000))
    assert "row 1: the row is too long" in problems[0]
    assert problems[-1] == "Troops left Gao."


def test_a_parquet_file_gives_its_rows() -> None:
    rows: list[dict[str, object]] = [
        {"text": line(1), "date": date(2022, 8, 15), "title": "Out"},
        {"text": None, "date": None, "title": None},
        {"text": line(3), "date": None, "title": None},
    ]
    first, second, third = found(make.parquet(rows), "a.parquet")
    assert isinstance(first, Draft)
    assert (first.name, first.text) == ("a.parquet#1", line(1))
    assert first.told == {"title": "Out", "date": "2022-08-15"}
    assert isinstance(second, Record)
    assert second.problem == "a.parquet, row 2: has no text"
    assert isinstance(third, Draft)
    assert third.name == "a.parquet#3"
