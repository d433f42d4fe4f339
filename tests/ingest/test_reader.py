import io
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from dateline.errors import InputError
from dateline.ingest import read
from dateline.ingest.sources import Source
from dateline.model import Document, Record

TEXT = "The last convoy left {} on Monday, the general staff said."


def put(folder: Path, **files: str | bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("__", ".")).write_bytes(data)


def brief(found: Document | Record) -> str:
    return found.name if isinstance(found, Document) else f"{found.document.name}: {found.problem}"


def test_folders_are_read_by_name_files_before_subfolders(tmp_path: Path) -> None:
    put(
        tmp_path,
        b__txt=TEXT.format("Gao"),
        a__md=TEXT.format("Kidal"),
        c__html="<p>Troops left Gao.",
    )
    put(tmp_path / "a", z__txt=TEXT.format("Gossi"), d__jsonl='{"text": "Rebels left.", "id": "k"}')
    assert [brief(x) for x in read(tmp_path)] == ["a", "b", "c", "k", "z"]


def test_arguments_keep_their_order(tmp_path: Path) -> None:
    put(tmp_path, b__txt=TEXT.format("Gao"), a__txt=TEXT.format("Kidal"))
    given: list[str | Path] = [tmp_path / "b.txt", str(tmp_path / "a.txt")]
    assert [brief(x) for x in read(given)] == ["b", "a"]


def test_only_dispatches_are_read_from_a_folder(tmp_path: Path) -> None:
    put(
        tmp_path, a__txt=TEXT.format("Gao"), a__json='{"events": []}', metadata__json="[]",
        README__md="About these files", LICENSE__txt="Licence", b__png="a,b",
    )  # fmt: skip
    put(tmp_path / ".git", x__txt="Hidden")
    (tmp_path / ".hidden.txt").write_text("Hidden", "utf-8")
    (tmp_path / "folder.txt").mkdir()
    assert [brief(x) for x in read(tmp_path)] == ["a"]


def test_an_office_file_in_a_folder_is_told(tmp_path: Path) -> None:
    put(tmp_path, a__txt=TEXT.format("Gao"), b__odt=b"PK")
    reason = ".odt files are not read; save the text as .txt"
    assert [brief(x) for x in read(tmp_path)] == ["a", f"b: {tmp_path}/b.odt: {reason}"]


def test_text_is_kept_with_its_line_ends(tmp_path: Path) -> None:
    put(tmp_path, a__txt=b"\xef\xbb\xbfTroops left.\r\n\r\nThey crossed the border.\r\n")
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert found.text == "Troops left.\r\n\r\nThey crossed the border.\r\n"


def test_front_matter_tells_title_and_date(tmp_path: Path) -> None:
    head = (
        "---\ntitle: Out\npublished: 2022-08-15\nsource: Sahel Wire\nurl: https://a.example\n---\n"
    )
    put(tmp_path, a__md=head + TEXT.format("Gao"))
    (found,) = read(tmp_path)
    assert found == Document(
        TEXT.format("Gao"), "a", "Out", "Sahel Wire", "https://a.example", date(2022, 8, 15)
    )


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("metadata.json", [{"id": "a", "title": "Out", "date": "2022-08-15",
                            "source": "Sahel Wire"}]),
        ("metadata.json", [1, {}, {"id": "a.txt", "title": "Out", "date": "2022-08-15",
                                   "publisher": "Sahel Wire", "words": 3}]),
        ("TITLES.json", {"a": {"title": "Out", "date": "2022-08-15", "publisher": "Sahel Wire"}}),
    ],
)  # fmt: skip
def test_a_file_beside_them_tells_title_and_date(
    tmp_path: Path, file: str, content: object
) -> None:
    put(tmp_path, a__txt=TEXT.format("Gao"))
    (tmp_path / file).write_text(json.dumps(content), "utf-8")
    for argument in (tmp_path, tmp_path / "a.txt"):
        (found,) = read(argument)
        assert isinstance(found, Document)
        told = (found.title, found.publisher, found.published)
        assert told == ("Out", "Sahel Wire", date(2022, 8, 15))


def test_a_title_alone_may_be_told(tmp_path: Path) -> None:
    put(tmp_path, a__txt=TEXT.format("Gao"), TITLES__json='{"a": "Out"}')
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert (found.title, found.published) == ("Out", None)


def test_what_is_told_beside_outranks_the_file_itself(tmp_path: Path) -> None:
    put(
        tmp_path,
        a__md="---\ntitle: Mine\ndate: 2022-08-14\n---\nTroops left Gao.",
        metadata__json='{"a": {"date": "2022-08-15", "title": null}}',
    )
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert (found.title, found.published) == ("Mine", date(2022, 8, 15))


@pytest.mark.parametrize("content", ["{broken", "3", b"\xff\xfe\xff", "[" * 50_000])
def test_a_broken_metadata_file_is_one_problem(tmp_path: Path, content: str | bytes) -> None:
    put(tmp_path, a__txt=TEXT.format("Gao"), b__txt=TEXT.format("Kidal"), metadata__json=content)
    problem, *found = read(tmp_path)
    assert isinstance(problem, Record)
    assert (problem.problem or "").startswith(str(tmp_path / "metadata.json"))
    assert [brief(x) for x in found] == ["a", "b"]


def test_bad_files_are_told_in_their_place_and_the_others_read(tmp_path: Path) -> None:
    put(
        tmp_path, a__txt="", b__txt=" \n ", c__txt=b"Troops\0left", d__txt=TEXT.format("Gao"),
        e__html="<html><body></body></html>", f__html="", g__jsonl='{"text": 1}\n{"text": "Gone."}',
        h__json="{", i__txt=b"\xd0\xcf\x11\xe0",
    )  # fmt: skip
    at = str(tmp_path)
    assert [brief(x) for x in read(tmp_path)] == [
        f"a: {at}/a.txt: empty",
        f"b: {at}/b.txt: nothing but white space",
        f"c: {at}/c.txt: binary data (it holds NUL bytes); if it is UTF-16 text, save it as UTF-8",
        "d",
        f"e: {at}/e.html: no text in the HTML",
        f"f: {at}/f.html: empty",
        f'g.jsonl#1: {at}/g.jsonl, line 1: its "text" is no string',
        "g.jsonl#2",
        f"h: {at}/h.json: no valid JSON: Expecting property name enclosed in double quotes: line 1 "
        "column 2 (char 1)",
        f"i: {at}/i.txt: an old office document; save its text as .txt",
    ]


def test_a_file_too_large_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(500 * 2**20)  # sparse: takes no room on the disk
    tracemalloc.start()
    (found,) = read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Record)
    assert "524,288,000 bytes" in (found.problem or "")
    assert "raise max_characters" in (found.problem or "")
    assert peak < 20 * 2**20


def test_a_dispatch_of_the_longest_length_is_read(tmp_path: Path) -> None:
    text = ("é" * 9 + " ") * 100
    put(tmp_path, a__txt=codecs_mark(text))
    (found,) = read(tmp_path, max_characters=len(text))
    assert isinstance(found, Document)
    (refused,) = read(tmp_path, max_characters=len(text) - 1)
    assert isinstance(refused, Record)


def codecs_mark(text: str) -> bytes:
    return text.encode("utf-32")  # with its byte order mark: the most bytes a text can take


def test_the_same_text_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, a__txt=TEXT.format("Gao"), b__txt=TEXT.format("Gao"))
    first, second = read(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Record)
    assert second.document.name == "b"
    assert f"read before (document {first.id})" in (second.problem or "")


def test_the_same_text_from_two_outlets_is_two_dispatches(tmp_path: Path) -> None:
    line = '{"text": "Troops left Gao.", "publisher": "%s"}\n'
    put(tmp_path, a__jsonl=line % "Sahel Wire" + line % "Savanna Herald")
    assert all(isinstance(x, Document) for x in read(tmp_path))


def test_one_id_for_two_dispatches_is_noted(tmp_path: Path) -> None:
    put(
        tmp_path,
        a__jsonl='{"id": 1, "text": "Troops left Gao."}\n{"id": 1, "text": "They returned."}',
    )
    first, second = read(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.notes == ()
    assert second.notes == ("another dispatch is called '1', too",)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Troops left Gao.", ["stdin"]),
        ('{"text": "Troops left."}\n{"text": "They returned."}', ["stdin#1", "stdin#2"]),
        ('[{"text": "Troops left.", "id": "x"}]', ["x"]),
        ("<!doctype html><body><p>Troops left.", ["stdin"]),
    ],
)
def test_standard_input_in_any_format(content: str, names: list[str]) -> None:
    assert [brief(x) for x in read("-", stdin=io.BytesIO(content.encode()))] == names


def test_standard_input_is_not_closed() -> None:
    stream = io.BufferedReader(io.BytesIO(b"Troops left Gao."))
    assert [brief(x) for x in read(["-"], stdin=stream)] == ["stdin"]
    assert not stream.closed


def test_a_file_without_a_known_suffix_is_told_by_its_content(tmp_path: Path) -> None:
    put(tmp_path, wire='{"text": "Troops left."}\n', page="<HTML><p>Troops left Gao.", text="Gone.")
    given = [tmp_path / name for name in ("wire", "page", "text")]
    assert [brief(x) for x in read(given)] == ["wire#1", "page", "text"]


def test_arguments_that_lead_nowhere_fail_at_once(tmp_path: Path) -> None:
    put(tmp_path / "empty", notes__png="a")
    cases: list[tuple[list[str | Path], str]] = [
        ([tmp_path / "none.txt"], "there is no such file or folder"),
        ([tmp_path / "empty"], "no dispatch in this folder"),
        ([], "nothing to read"),
        (["-", "-"], "only once"),
        (["a\0b"], "cannot be read"),
        (["x" * 5000], "cannot be read"),
    ]
    for given, reason in cases:
        with pytest.raises(InputError, match=reason):
            read(given)


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a__txt="Gone.", b__txt="Troops left Gao.")
    whole = Source.open

    def refuse(source: Source, stdin: BinaryIO | None = None) -> BinaryIO:
        if source.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return whole(source, stdin)

    monkeypatch.setattr(Source, "open", refuse)
    assert [brief(x) for x in read(tmp_path)] == [
        f"a: {tmp_path}/a.txt: cannot be read: Permission denied",
        "b",
    ]


def test_links_that_lead_nowhere_or_in_circles_do_no_harm(tmp_path: Path) -> None:
    put(tmp_path, a__txt="Troops left Gao.")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [brief(x) for x in read(tmp_path)] == ["a"]


def test_it_streams(tmp_path: Path) -> None:
    line = json.dumps({"text": "The convoy left Gao on Monday, the staff said. " * 400}) + "\n"
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        for number in range(300):
            file.write(line.replace("convoy", f"convoy {number}", 1))
    tracemalloc.start()
    count = sum(isinstance(x, Document) for x in read(tmp_path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 2 * 2**20  # all texts together: 5.6 MB
