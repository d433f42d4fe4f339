import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest import read
from dateline.ingest.sources import KINDS
from dateline.model import Document, Record

ODD = st.sampled_from(
    [b"---\n", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>", b"<p>", b"</div>", b'{"text": "', b'"}\n',
     b"\0", b"\\ud800", b"<meta charset=", b"<?xml version='1.0' encoding='x'?>", b"<![CDATA[",
     b"&#0;", b"["]
)  # fmt: skip
JUNK = st.lists(st.one_of(ODD, st.binary(max_size=40)), max_size=12).map(b"".join)
QUIET = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def sound(found: Document | Record) -> bool:
    """Whether what was read can be stored, and says why if it is no document."""
    document = found if isinstance(found, Document) else found.document
    document.text.encode()
    document.name.encode()
    return isinstance(found, Document) or bool(found.problem)


@QUIET
@given(JUNK)
@pytest.mark.parametrize("suffix", [*sorted(KINDS), ".bin"])
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
