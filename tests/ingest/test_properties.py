import io
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ingest import builders as make
from tests.ingest.test_archives import ALL

from dateline.errors import InputError
from dateline.ingest import read
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.formats import drafts
from dateline.ingest.kinds import CONFINED, KINDS, PACKED
from dateline.ingest.limits import Limits, Run
from dateline.model import Document, Record

ODD = st.sampled_from(
    [b"---\n", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>", b"<p>", b"</div>", b'{"text": "', b'"}\n',
     b"\0", b"\\ud800", b"<meta charset=", b"<?xml version='1.0' encoding='x'?>", b"<![CDATA[",
     b"&#0;", b"["]
)  # fmt: skip
JUNK = st.lists(st.one_of(ODD, st.binary(max_size=40)), max_size=12).map(b"".join)
HARMLESS = {suffix for suffix, kind in KINDS.items() if kind not in {*CONFINED, *PACKED}}
QUIET = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

FEW = settings(QUIET, max_examples=12)


def sound(found: Document | Record) -> bool:
    """Whether what was read can be stored, and says why if it is no document."""
    document = found if isinstance(found, Document) else found.document
    document.text.encode()
    document.name.encode()
    return isinstance(found, Document) or bool(found.problem)


def drawn(data: bytes, name: str) -> list[Draft | Record]:
    """What a reader gives; nothing but its own error may end it."""
    entry = Entry(name, name, buffered(io.BytesIO(data)), 0, len(data))
    found: list[Draft | Record] = []
    with suppress(InputError):
        for draft in drafts(entry, Run(Limits(50_000, unchecked=2**20), confined=True)):
            found.append(draft)  # noqa: PERF402 (what came before an error counts)
    return found


VALID = {
    **ALL,
    "o.tar.gz": make.tarred({"a.txt": b"Troops left.", "b.eml": ALL["g.eml"]}),
    "p.warc.gz": make.warc([("https://a.example/e", "text/html", ALL["n.html"])], packed=True),
    "q.json": b'[{"text": "Troops left."}]',
    "r.tar": make.tarred({"a.txt": b"Troops left."}, "w:"),
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=5
)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, gone, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + gone :]
    return data


@FEW
@given(CHANGES)
@pytest.mark.parametrize("name", VALID)
def test_a_damaged_file_gives_an_error_of_our_own(
    name: str, changes: list[tuple[float, int, bytes]]
) -> None:
    damaged = changed(VALID[name], changes)
    assert drawn(damaged, name) == drawn(damaged, name)


@FEW
@given(JUNK)
@pytest.mark.parametrize("suffix", sorted(set(KINDS) - HARMLESS))
def test_no_bytes_make_a_reader_fail(suffix: str, data: bytes) -> None:
    drawn(data, f"a{suffix}")
    mark = {".pdf": b"%PDF-1.7\n", ".parquet": b"PAR1", ".warc": b"WARC/1.0\r\n",
            ".zip": b"PK\x03\x04", ".docx": b"PK\x03\x04", ".gz": b"\x1f\x8b\x08\0"}  # fmt: skip
    drawn(mark.get(suffix, b"<rss><channel>") + data, f"a{suffix}")


@QUIET
@given(JUNK)
@pytest.mark.parametrize("suffix", [*sorted(HARMLESS), ".bin"])
def test_no_bytes_make_it_fail(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    first, again = list(read(path)), list(read(path))
    assert first == again
    assert all(map(sound, first))


@QUIET
@given(JUNK)
def test_no_stream_makes_it_fail(data: bytes) -> None:
    assert all(map(sound, read("-", stdin=io.BytesIO(data))))


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
KEYS = ["text", "id", "title", "date", "url", "publisher", "source", "x"]


@QUIET
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=6), max_size=5), VALUE)
def test_no_values_make_it_fail(
    tmp_path: Path, items: list[dict[str, object]], told: object
) -> None:
    (tmp_path / "metadata.json").write_text(json.dumps(told), "utf-8")
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(x) + "\n" for x in items), "utf-8")
    found = list(read(tmp_path))
    assert all(map(sound, found))
    assert len([x for x in found if _of(x).name != "metadata"]) >= len(items)


def _of(found: Document | Record) -> Document:
    return found if isinstance(found, Document) else found.document


@QUIET
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_every_text_comes_through_unchanged(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    (found,) = read(tmp_path / "a.txt")
    document = _of(found)
    assert document.text in {text, text.removeprefix("\ufeff")} or document.text == ""
