import io
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.ingest import lines, markdown, pages
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.limits import Limits, Run
from dateline.model import Record

PAGE = """<!DOCTYPE html><html><head><title>Convoy crosses border - Sahel Wire</title>
<meta property="og:title" content="Convoy crosses border">
<meta property="og:site_name" content="Sahel Wire">
<meta property="article:published_time" content="2022-08-15T11:00:00+00:00">
<link rel="canonical" href="https://sahelwire.example/convoy">
<script>track("killed 9000 people")</script></head>
<body><nav><a href="/">Home</a> <a href="/s">Subscribe now</a></nav>
<article><h1>Convoy crosses border</h1>
<p>The last convoy crossed the border on Monday, the general staff said in a statement.</p>
<p>Witnesses in the town saw several dozen vehicles pass before noon. Nobody was hurt &amp; no
shots were fired.</p></article><footer>Copyright, all rights reserved</footer></body></html>"""


def test_front_matter_is_metadata_and_no_text() -> None:
    found, text = markdown.split(
        "---\r\ntitle: 'A: b'\r\n- odd\r\ndate: 2022-08-15\r\n---\r\n# Hi\r\n"
    )
    assert found == {"title": "A: b", "date": "2022-08-15"}
    assert text == "# Hi\r\n"


@pytest.mark.parametrize(
    "text", ["# No front matter\n", "---\ntitle: never closed\n", "Text\n---\na: b\n---\n", "---"]
)
def test_without_both_marks_all_is_text(text: str) -> None:
    assert markdown.split(text) == ({}, text)


def test_a_page_gives_main_text_and_metadata() -> None:
    text, told = pages.extract(PAGE)
    assert text.split("\n\n") == [
        "The last convoy crossed the border on Monday, the general staff said in a statement.",
        "Witnesses in the town saw several dozen vehicles pass before noon. Nobody was hurt & no "
        "shots were fired.",
    ]
    assert told == {
        "title": "Convoy crosses border",
        "date": "2022-08-15",
        "publisher": "Sahel Wire",
        "url": "https://sahelwire.example/convoy",
    }


def test_extraction_is_stable() -> None:
    assert pages.extract(PAGE) == pages.extract(PAGE)


def test_a_date_in_the_future_is_believed_whatever_the_clock_says() -> None:
    assert pages.extract(PAGE.replace("2022-08-15", "2105-01-02"))[1]["date"] == "2105-01-02"


def test_no_date_is_guessed_from_the_text() -> None:
    page = PAGE.replace(
        '<meta property="article:published_time" content="2022-08-15T11:00:00+00:00">', ""
    )
    page = page.replace("on Monday", "on 3 March 2019")
    assert "date" not in pages.extract(page)[1]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Troops left Gao on Monday.",
        "<html><body><p>Troops left Gao <b>on Monday.",
        "<html><body><div><div><p>Troops left Gao on Monday.</div>",
        "<div>Troops left Gao on Monday.</p></div></div></body></html>",
        "<?xml version='1.0' encoding='utf-8'?><html><body>Troops left Gao on Monday.",
        "<html><body><p>Troops left Gao\x0b on Monday.</p></body></html>",
    ],
)
def test_broken_html_still_gives_its_text(page: str) -> None:
    text = pages.extract(page)[0]
    assert " ".join(text.split()) == "Troops left Gao on Monday."


@pytest.mark.parametrize(
    "page",
    ["", "<html></html>", "<html><body></body></html>", "<html><script>var x = 1</script></html>",
     "<p>" * 3000, "<!-- only a comment -->", "<html><body><img src=a.png></body></html>"],
)  # fmt: skip
def test_html_without_text_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="no text in the HTML"):
        pages.extract(page)


def entry(content: bytes, name: str) -> Entry:
    return Entry(name, name, buffered(io.BytesIO(content)))


def split(content: bytes, limit: int = 1000) -> list[Draft | Record]:
    return list(lines.split(entry(content, "wire.jsonl"), Run(Limits(limit))))


def test_a_line_is_a_draft() -> None:
    (found,) = split(
        b'{"id": 7, "text": "Troops left.", "headline": "Out", "source": "Sahel Wire"}'
    )
    assert found == Draft(
        "7", "wire.jsonl, line 1", "Troops left.", {"title": "Out", "publisher": "Sahel Wire"}
    )


def test_a_broken_line_names_file_and_line_and_the_others_go_on() -> None:
    found = split(
        b'{"text": "One."}\n\n{"text": "Two\n[1]\n{"title": "x"}\n{"text": 5}\n{"text": "S\tix."}'
    )
    assert [x.text if isinstance(x, Draft) else x.problem for x in found] == [
        "One.",
        "wire.jsonl, line 3: no valid JSON: Unterminated string starting at: line 1 column 10 "
        "(char 9)",
        'wire.jsonl, line 4: a JSON object with a "text" is expected',
        'wire.jsonl, line 5: has no "text"',
        'wire.jsonl, line 6: its "text" is no string',
        "S\tix.",
    ]
    assert [x.name for x in found if isinstance(x, Draft)] == ["wire.jsonl#1", "wire.jsonl#7"]


def test_deep_nesting_and_long_numbers_are_broken_lines() -> None:
    deep, long = b"[" * 50_000, b'{"text": ' + b"9" * 6000 + b"}"
    for found in split(deep + b"\n" + long):
        assert isinstance(found, Record)
        assert "no valid JSON" in (found.problem or "")


def test_a_line_too_long_is_refused_and_the_next_one_read() -> None:
    long = b'{"text": "' + b"x" * 300_000 + b'"}\n'
    refused, read = split(long + b'{"text": "Next."}', limit=10)
    assert isinstance(refused, Record)
    assert "line 1: the line is too long" in (refused.problem or "")
    assert isinstance(read, Draft)
    assert (read.text, read.where) == ("Next.", "wire.jsonl, line 2")


def test_lines_in_utf_16_are_one_problem() -> None:
    (found,) = split('{"text": "One."}\n{"text": "Two."}'.encode("utf-16"))
    assert isinstance(found, Record)
    assert found.problem == "wire.jsonl: JSON Lines in UTF-16 are not read; save them as UTF-8"


def test_a_list_gives_its_objects() -> None:
    found = list(
        lines.listed(
            entry(b'[{"text": "One."}, 2, {"text": "Three.", "id": "c"}]', "a.json"), Run(Limits())
        )
    )
    assert [x.name if isinstance(x, Draft) else x.problem for x in found] == [
        "a.json#1",
        'a.json, item 2: a JSON object with a "text" is expected',
        "c",
    ]
    with pytest.raises(InputError, match="no valid JSON"):
        list(lines.listed(entry(b"[1,", "a.json"), Run(Limits())))


def test_the_sample_page_is_dated(tmp_path: Path) -> None:
    from dateline.ingest import read

    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (found,) = read(tmp_path)
    assert not isinstance(found, Record)
    assert found.published == date(2022, 8, 15)
