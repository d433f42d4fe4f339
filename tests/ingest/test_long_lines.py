"""A file of one gigabyte in a single line: told or passed over, in little memory and time.

The files are sparse, so they take no room on the disk. Each is read by a process of its own, whose
peak of memory counts, and that of the child in which the parsers work.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.ingest.builders import line

SIZE = 2**30
MOST = 160  # megabytes; one that held the line would need a thousand
GOOD = line(1).encode()
LETTER = b"From a@wire.example Mon Aug 15 11:00:00 2022\nSubject: "
CASES = {
    "a.txt": (b"", b"\n"),
    "a.md": (b"---\ntitle: ", b"\n---\n"),
    "a.html": (b"<html><body><p>", b"</p>"),
    "a.jsonl": (b'{"text": "', b'"}\n{"text": "' + GOOD + b'"}\n'),
    "a.json": (b'[{"text": "', b'"}]'),
    "a.csv": (b'text\n"', b'"\n"' + GOOD + b'"\n'),
    "a.rss": (b"<rss><channel><item><description>", b"</description></item></channel></rss>"),
    "a.eml": (b"Subject: ", b"\n\n" + GOOD),
    "a.mbox": (LETTER, b"\n\n\n" + LETTER + b"Out\n\n" + GOOD),
    "a.warc": (b"WARC/1.0\r\nWARC-Type: ", b"\r\n\r\n"),
    "a.pdf": (b"%PDF-1.4\n", b"\n"),
}
GOES_ON = {"a.jsonl", "a.csv", "a.mbox"}  # there is an honest dispatch behind the line
READ = """
import json, re, resource, sys, time
from pathlib import Path
from dateline.ingest import read
started = time.perf_counter()
found = [[x.problem] if hasattr(x, "problem") else x.text for x in read(sys.argv[1])]
own = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
seconds = time.perf_counter() - started
told = {"found": found, "own": int(own) // 1024, "child": child // 1024, "seconds": seconds}
print(json.dumps(told))
"""


def told_of(path: Path) -> Any:
    """What a process of its own reads in a file, and the megabytes that it and its child took."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
@pytest.mark.parametrize("name", CASES)
def test_a_line_of_a_gigabyte(tmp_path: Path, name: str) -> None:
    head, tail = CASES[name]
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(head)
        file.seek(SIZE, os.SEEK_CUR)
        file.write(tail)
    told = told_of(path)
    assert max(told["own"], told["child"]) < MOST
    refused = [x for x in told["found"] if isinstance(x, list)]
    assert len(refused) == 1
    assert "took longer" not in refused[0][0]
    assert "crashed" not in refused[0][0]
    texts = [x for x in told["found"] if isinstance(x, str)]
    assert texts == ([GOOD.decode()] if name in GOES_ON else [])
