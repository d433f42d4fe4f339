import gzip
import io
import json
import os
import signal
import tarfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.ingest import builders as make
from tests.ingest.builders import line

from dateline.ingest import read, worker
from dateline.ingest.child import Child
from dateline.ingest.limits import Limits
from dateline.model import Document, Record


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def brief(found: Document | Record) -> str:
    return found.name if isinstance(found, Document) else f"{found.document.name}: {found.problem}"


def texts(path: Path, **options: Any) -> list[str]:
    return [x.text if isinstance(x, Document) else x.problem or "" for x in read(path, **options)]


ALL = {
    "a.txt": line(1).encode(),
    "deep/b.jsonl": make.jsonl([line(2), line(3)]),
    "c.csv": make.table([["title", "text"], ["Out", line(4)]]),
    "d.parquet": make.parquet([{"text": line(n)} for n in (5, 6, 7)]),
    "e.warc": make.warc([("https://a.example/e", "text/plain", line(8).encode())]),
    "f.mbox": make.mbox([make.mail("Out", line(9)), make.mail("Out", line(10))]),
    "g.eml": make.mail("Out", line(11)),
    "h.pdf": make.pdf([[line(12)]]),
    "i.docx": make.docx(make.paragraph(line(13))),
    "j.rss": make.rss([make.item(line(14))]),
    "k.zip": make.zipped({"l.txt": line(15).encode()}),
    "m.jsonl.gz": gzip.compress(make.jsonl([line(16)])),
    "n.html": f"<html><body><p>{line(17)}</p></body></html>".encode(),
}
NAMES = [
    "a.txt", "deep/b.jsonl#1", "deep/b.jsonl#2", "c.csv#1", "d.parquet#1", "d.parquet#2",
    "d.parquet#3", "e.warc#1", "f.mbox#1", "f.mbox#2", "g.eml", "h.pdf", "i.docx", "j.rss#1",
    "k.zip/l.txt", "m.jsonl#1", "n.html",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("all.zip", make.zipped(ALL)),
        ("all.tar", make.tarred(ALL, "w:")),
        ("all.tar.gz", make.tarred(ALL)),
        ("all.tgz", make.tarred(ALL)),
    ],
)
def test_an_archive_of_all_formats_is_read_with_stable_names(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = put(tmp_path, name, data)
    found = list(read(path))
    called = {"all.tar.gz": "all.tar", "all.tgz": "all.tar"}.get(name, name)
    assert [brief(x) for x in found] == [f"{called}/{inner}" for inner in NAMES]
    assert [x.text.strip() for x in found if isinstance(x, Document)] == [
        line(n) for n in range(1, 18)
    ]
    assert found == list(read(path))


def test_metadata_comes_with_a_member(tmp_path: Path) -> None:
    (found,) = read(put(tmp_path, "a.zip", make.zipped({"g.eml": ALL["g.eml"]})))
    assert isinstance(found, Document)
    assert (found.title, found.publisher) == ("Out", "Sahel Wire <desk@wire.example>")
    assert found.published == date(2022, 8, 15)


def test_what_tells_of_a_folder_and_what_is_hidden_is_passed_over(tmp_path: Path) -> None:
    members = {"README.md": b"x", "a.png": b"x", ".b.txt": b"x", "__MACOSX/c.txt": b"x"}
    path = put(tmp_path, "a.zip", make.zipped({**members, "d.txt": line(1).encode()}))
    assert [brief(x) for x in read(path)] == ["a.zip/d.txt"]


def test_a_member_that_fails_does_not_stop_the_rest(tmp_path: Path) -> None:
    members = {
        "a.pdf": b"%PDF-1.4 nothing more", "b.docx": b"no archive", "c.txt": b"\0\1",
        "d.parquet": b"PAR1 broken PAR1", "e.odt": b"x", "f.zip": b"PK\x03\x04 broken",
        "g.csv": b"a,b\n1,2\n", "h.txt": line(1).encode(),
    }  # fmt: skip
    *problems, last = read(put(tmp_path, "a.zip", make.zipped(members)))
    assert [x.document.name for x in problems if isinstance(x, Record)] == [
        f"a.zip/{name}" for name in members if name != "h.txt"
    ]
    assert brief(last) == "a.zip/h.txt"
    told = "\n".join(x.problem or "" for x in problems if isinstance(x, Record))
    for reason in ("PDF file is broken", "its content is no DOCX", "NUL bytes", "Parquet file is",
                   ".odt files are not read", "no column called text"):  # fmt: skip
        assert reason in told


def test_paths_that_lead_out_links_and_passwords_are_told(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("../a.txt", "/b.txt", "C:\\c.txt", "d/../../e.txt"):
            archive.writestr(name, line(1))
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    found = texts(put(tmp_path, "a.zip", out.getvalue()))
    assert [x.rpartition(": ")[2] for x in found] == [
        *["its path leads out of the archive"] * 4,
        "a link, not followed",
    ]
    locked = bytearray(make.zipped({"a.txt": line(1).encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    (told,) = texts(put(tmp_path, "b.zip", bytes(locked)))
    assert "encrypted" in told


def test_links_in_a_tar_are_told(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (told,) = texts(put(tmp_path, "a.tar", out.getvalue()))
    assert told.endswith("a link, not followed")


def test_an_archive_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    members = {f"{n}.txt": "\n".join(line(7**k * n) for k in range(99)).encode() for n in range(9)}
    packed = make.tarred(members)
    *found, problem = read(put(tmp_path, "a.tar.gz", packed[: len(packed) * 2 // 3]))
    assert sum(isinstance(x, Document) for x in found) >= 4
    assert "cut short" in brief(problem)
    plain = make.tarred(members, "w:")
    *found, problem = read(put(tmp_path, "b.tar", plain[: 9 * 512 * 5 + 100]))
    assert sum(isinstance(x, Document) for x in found) >= 1
    assert isinstance(problem, Record)


def test_nested_archives_end_somewhere(tmp_path: Path) -> None:
    data = make.zipped({"a.txt": line(1).encode()})
    for _ in range(3):
        data = make.zipped({"n.zip": data})
    assert texts(put(tmp_path, "a.zip", data)) == [line(1)]
    (told,) = texts(put(tmp_path, "a.zip", make.zipped({"n.zip": data})))
    assert "nested more than 4 deep" in told


def test_bombs_are_stopped_early(tmp_path: Path) -> None:
    zeros = bytes(8 * 2**20)
    small = Limits(10_000, unchecked=2**20)
    cases = {
        "flat.zip": make.zipped({"a.txt": zeros, "b.txt": line(1).encode()}),
        "lines.jsonl.gz": gzip.compress(zeros),
        "twice.zip": make.zipped({"n.zip": make.zipped({"a.txt": zeros})}),
        "tape.tar.gz": make.tarred({"a.png": zeros}),
    }
    for name, data in cases.items():
        told = texts(put(tmp_path, name, data), limits=small)
        assert "taken for an archive bomb" in told[0], name
    assert texts(tmp_path / "flat.zip", limits=small)[1] == line(1)


def test_overlapping_members_are_stopped(tmp_path: Path) -> None:
    """Many directory entries that all mean the same packed bytes."""
    data = make.zipped({"a.txt": (line(1) + "\n").encode() * 4000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory, tail = data[start:end], bytearray(data[end:])
    many = 3000
    tail[8:12] = many.to_bytes(2, "little") * 2
    tail[12:16] = (len(directory) * many).to_bytes(4, "little")
    path = put(tmp_path, "a.zip", data[:start] + directory * many + bytes(tail))
    limits = Limits(unchecked=2**20, ratio=100)
    told = texts(path, limits=limits)
    assert any("archive bomb" in x or "verlap" in x for x in told)
    assert len(told) <= many


def test_too_many_members_are_cut_off(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", make.zipped({f"{n}.txt": line(n).encode() for n in range(5)}))
    found = texts(path, limits=Limits(members=3))
    assert found[:3] == [line(0), line(1), line(2)]
    assert found[3].endswith("more than 3 members: the rest is left out")


def test_a_child_that_crashes_costs_one_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = {f"{n}.jsonl": make.jsonl([line(10 * n), line(10 * n + 1)]) for n in range(3)}
    path = put(tmp_path, "a.zip", make.zipped(members))
    whole, answers = Child._answer, 0

    def failing(child: Child, process: Any) -> list[Any]:
        nonlocal answers
        answers += 1
        if answers == 6:  # part, draft, draft, end, part, here
            os.kill(process.pid, signal.SIGSEGV)
            process.wait()
            child._held.clear()
            os.set_blocking(process.stdout.fileno(), False)
            while process.stdout.read():
                continue
        return whole(child, process)

    monkeypatch.setattr(Child, "_answer", failing)
    found = [brief(x) for x in read(path)]
    assert found[:2] == ["a.zip/0.jsonl#1", "a.zip/0.jsonl#2"]
    assert "a.zip/1.jsonl: " in found[2]
    assert "its reader crashed (SIGSEGV)" in found[2]
    assert found[3:] == ["a.zip/2.jsonl#1", "a.zip/2.jsonl#2"]


def test_a_page_that_crashes_its_parser_costs_that_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        put(tmp_path, f"{n}.html", f"<html><body><p>{line(n)}</p></body></html>".encode())
    whole, killed = Child._send, False

    def failing(child: Child, process: Any, request: bytes, content: bytes | None) -> None:
        nonlocal killed
        if b"1.html" in request and not killed:
            killed = True
            os.kill(process.pid, signal.SIGSEGV)
            process.wait()
        whole(child, process, request, content)

    monkeypatch.setattr(Child, "_send", failing)
    found = texts(tmp_path)
    assert killed
    assert [found[0], found[2]] == [line(0), line(2)]
    assert found[1].startswith(f"{tmp_path / '1.html'}: its reader crashed (SIGSEGV)")


def test_a_packed_file_takes_the_time_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time is bounded from one dispatch to the next, not for the whole of a long file."""
    path = put(tmp_path, "a.jsonl.gz", gzip.compress(make.jsonl([line(n) for n in range(5)])))
    granted: list[Limits] = []
    monkeypatch.setattr(worker, "_more_time", granted.append)
    request = {
        "file": os.fsencode(path).hex(), "path": path.name, "where": path.name,
        "size": path.stat().st_size, "content": None, "skip": 0,
    }  # fmt: skip
    answers = io.BytesIO()
    worker._answer(request, Limits(), None, answers)
    told = [json.loads(x) for x in answers.getvalue().splitlines()]
    assert [x[0] for x in told] == ["draft"] * 5 + ["done"]
    assert len(granted) > 5


def test_a_child_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.zip", make.zipped({"a.txt": line(1).encode()}))
    put(tmp_path, "b.zip", make.zipped({"b.txt": line(2).encode()}))
    send = Child._send
    stopped: list[int] = []

    def stopping(child: Child, process: Any, request: bytes, content: bytes | None) -> None:
        if not stopped:
            stopped.append(process.pid)
            os.kill(process.pid, signal.SIGSTOP)
        send(child, process, request, content)

    monkeypatch.setattr(Child, "_send", stopping)
    found = texts(tmp_path, limits=Limits(seconds=5))
    assert found == [f"{path}: its reader took longer than 5 seconds: stopped", line(2)]


def test_memory_is_bounded(tmp_path: Path) -> None:
    big = make.parquet([{"text": "x" * 40_000_000}, {"text": line(1)}], group=1)
    put(tmp_path, "a.parquet", big)
    put(tmp_path, "b.docx", make.docx(make.paragraph(line(2))))
    first, second, third = texts(tmp_path, limits=Limits(memory=110 * 2**20))
    assert "memory" in first
    assert (second, third) == (line(1), line(2))


def test_a_child_dies_with_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.zip", make.zipped({f"{n}.txt": line(n).encode() for n in range(99)}))
    started: list[Any] = []
    send = Child._send

    def noting(child: Child, process: Any, request: bytes, content: bytes | None) -> None:
        started.append(process)
        send(child, process, request, content)

    monkeypatch.setattr(Child, "_send", noting)
    found = read(path)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None


def test_one_child_reads_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        put(tmp_path, f"{n}.pdf", make.pdf([[line(n)]]))
    put(tmp_path, "2.pdf", b"%PDF-1.4 broken")
    started = 0
    from dateline.ingest import child

    start = child._started

    def counting() -> Any:
        nonlocal started
        started += 1
        return start()

    monkeypatch.setattr(child, "_started", counting)
    found = texts(tmp_path)
    assert [found[i] for i in (0, 1, 3)] == [line(0), line(1), line(3)]
    assert started == 1


def test_archives_come_from_standard_input_too() -> None:
    data = make.zipped({"a.txt": line(1).encode()})
    assert [brief(x) for x in read("-", stdin=io.BytesIO(data))] == ["stdin/a.txt"]
    (told,) = read("-", stdin=io.BytesIO(data), limits=Limits(held=10))
    assert "larger than 10 bytes" in brief(told)
