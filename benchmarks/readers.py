"""How fast each reader is, and how its time grows with the size of its input.

    python benchmarks/readers.py [--dispatches N] [--no-lines] [--write]

Each format is read at three sizes, each twice the one before, through the public reader, child
process included; the clock starts when a first small file of the format was read, and the best of
some rounds counts. A growth of 2.0 is linear. The last rows are hostile inputs, made to be slow.
Then files that are one line of a gigabyte, each read by a process of its own.
"""

import argparse
import gzip
import io
import json
import math
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import report

sys.path.insert(0, str(Path(__file__).parents[1]))

from dateline.ingest import read
from dateline.model import Document

ROUNDS = 5
LONGEST = 10_000_000  # characters of a dispatch: no limit gets in the way
LINEAR = 2.6  # growth, at twice the size, up to which a reader counts as linear
Make = Callable[[int], bytes]


class Measured(NamedTuple):
    """One format: bytes and seconds at each size, and dispatches read at the largest."""

    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    documents: int

    @property
    def rate(self) -> float:
        """Megabytes per second (of the file or, if it is packed, its texts) at the largest size."""
        return self.sizes[-1] / 1e6 / self.seconds[-1]

    @property
    def growth(self) -> float:
        """How much longer twice as much takes, between the two larger sizes."""
        return self.seconds[-1] / max(self.seconds[-2], 1e-3)


def dispatch(number: int) -> str:
    """A dispatch of some three kilobytes that is like no other."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    return "\n\n".join(
        f"Convoy {number}-{k} left the camp near Gao on {days[(number + k) % 5]}, the staff said. "
        f"Nobody was hurt, but {number % 89 + k} vehicles were damaged on the road to Ansongo."
        for k in range(18)
    )


def page(number: int) -> str:
    """The same as a page."""
    body = dispatch(number).replace("\n\n", "</p><p>")
    return f"<html><head><title>Convoy {number}</title></head><body><p>{body}</p></body></html>"


def jsonl(count: int) -> bytes:
    """JSON Lines."""
    return "".join(json.dumps({"text": dispatch(n)}) + "\n" for n in range(count)).encode()


def table(count: int) -> bytes:
    """CSV."""
    return ("text\n" + "".join(f'"{dispatch(n)}"\n' for n in range(count))).encode()


def parquet(count: int) -> bytes:
    """Parquet in groups of 200 rows."""
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    rows = pyarrow.table({"text": [dispatch(n) for n in range(count)]})
    pyarrow.parquet.write_table(rows, out, row_group_size=200)
    return out.getvalue()


def warc(count: int) -> bytes:
    """WARC, each record packed by itself as crawlers do."""
    out = []
    for number in range(count):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(number).encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032}>\r\nWARC-Date: 2022-08-16T10:00:00Z\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(out)


def mbox(count: int) -> bytes:
    """A mailbox."""
    head = "From a@wire.example Mon Aug 15 11:00:00 2022\nFrom: a@wire.example\nSubject: Out\n\n"
    return "".join(f"{head}{dispatch(n)}\n\n" for n in range(count)).encode()


def rss(count: int) -> bytes:
    """A feed."""
    items = (f"<item><description>{dispatch(n)}</description></item>" for n in range(count))
    return f"<rss><channel><title>Wire</title>{''.join(items)}</channel></rss>".encode()


def pdf(count: int) -> bytes:
    """One document with a page for each dispatch, up to what a dispatch may hold."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(count):
        for k, line in enumerate(dispatch(number).splitlines()):
            canvas.drawString(40, 800 - 18 * k, line[:110])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx(count: int) -> bytes:
    """One document with so many dispatches."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
        for n in range(count)
        for line in dispatch(n).split("\n\n")
    )
    return zipped({"word/document.xml": f'<w:document xmlns:w="{space}">{body}</w:document>'})


def zipped(members: dict[str, str]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def texts_zipped(count: int) -> bytes:
    """A ZIP archive of text files."""
    return zipped({f"{n}.txt": dispatch(n) for n in range(count)})


def texts_tarred(count: int) -> bytes:
    """The same as a tar.gz."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for number in range(count):
            data = dispatch(number).encode()
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def pages_zipped(count: int) -> bytes:
    """A ZIP archive of HTML pages."""
    return zipped({f"{n}.html": page(n) for n in range(count)})


FORMATS: tuple[tuple[str, str, Make, float], ...] = (  # name, file, maker, share of --dispatches
    ("JSON Lines", "a.jsonl", jsonl, 4),
    ("JSON Lines, gzip", "a.jsonl.gz", lambda n: gzip.compress(jsonl(n)), 4),
    ("CSV", "a.csv", table, 4),
    ("Parquet", "a.parquet", parquet, 4),
    ("WARC, gzip", "a.warc.gz", warc, 0.5),
    ("mailbox", "a.mbox", mbox, 4),
    ("RSS", "a.rss", rss, 4),
    ("ZIP of texts", "a.zip", texts_zipped, 4),
    ("tar.gz of texts", "a.tar.gz", texts_tarred, 4),
    ("ZIP of HTML", "a.zip", pages_zipped, 0.5),
    ("DOCX (one document)", "a.docx", docx, 0.2),
    ("PDF (one document)", "a.pdf", pdf, 0.2),
)
HOSTILE: tuple[tuple[str, str, Make, float], ...] = (
    ("one line of JSON without end", "a.jsonl", lambda n: b'{"text": "' + b"x" * 20_000 * n, 1),
    ("lines of brackets", "a.jsonl", lambda n: (b"[" * 5_000 + b"\n") * n, 1),
    ("a quotation mark never closed", "a.csv", lambda n: b'text\n"' + b"x,y\n" * 2_000 * n, 1),
    ("mailbox of headers", "a.eml", lambda n: b"A: b\n" * 40 * n + b"\nTroops left.", 1),
    ("empty gzip members", "a.txt.gz", lambda n: gzip.compress(b"") * 100 * n, 1),
    ("nested elements of a page", "a.html", lambda n: b"<div>" * 100 * n + b"Troops left.", 1),
    ("links of a page", "a.html", lambda n: b"<a href=x>Troops left</a> " * 10 * n, 1),
)


def measure(name: str, file: str, make: Make, count: int) -> Measured:
    """Read a format at three sizes, in turn in each round, as load comes in bursts."""
    sizes, seconds, documents = [0, 0, 0], [math.inf] * 3, 0
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / f"first-{file}"
        first.write_bytes(make(1))
        paths = [Path(folder) / f"{k}-{file}" for k in range(3)]
        for k, path in enumerate(paths):
            path.write_bytes(make(count << k))
        for k, path in [*enumerate(paths)] * ROUNDS:
            took, documents, held = timed(first, path)
            sizes[k] = max(path.stat().st_size, held)
            seconds[k] = min(seconds[k], took)
    return Measured(name, tuple(sizes), tuple(seconds), documents)


def timed(first: Path, path: Path) -> tuple[float, int, int]:
    """Seconds that a file takes after another one, and the dispatches and characters it gives."""
    found = read([first, path], max_characters=LONGEST)
    next(found)
    start, count, held = time.perf_counter(), 0, 0
    for item in found:
        if isinstance(item, Document):
            count += 1
            held += len(item.text)
    return time.perf_counter() - start, count, held


def gigabytes() -> Iterator[tuple[str, ...]]:
    """For each file that is one line of a gigabyte: what its reading takes."""
    from tests.ingest.test_long_lines import CASES, SIZE, told_of

    with tempfile.TemporaryDirectory() as folder:
        for name, (head, tail) in CASES.items():
            path = Path(folder) / name
            with path.open("wb") as file:
                file.writelines([head, *[b"x" * 2**20] * (SIZE >> 20), tail])
            told = told_of(path)
            path.unlink()
            read_on = sum(isinstance(x, str) for x in told["found"])
            yield (
                name,
                f"{told['seconds']:.1f}",
                f"{told['own']}",
                f"{told['child']}",
                str(len(told["found"]) - read_on),
                str(read_on),
            )


def rows(measured: Sequence[Measured]) -> Iterator[tuple[str, ...]]:
    """The table's lines."""
    for found in measured:
        yield (
            found.name,
            f"{found.sizes[-1] / 1e6:,.1f}",
            f"{found.documents:,}",
            *(f"{seconds:.2f}" for seconds in found.seconds),
            f"{found.rate:.1f}",
            f"{found.growth:.2f}",
        )


def main(arguments: Sequence[str]) -> int:
    """Measure all formats; 1 if the time of any grows faster than its input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dispatches", type=int, default=200, help="unit of the smallest size")
    parser.add_argument("--no-lines", action="store_true", help="leave out the lines of 1 GB")
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    options = parser.parse_args(arguments)
    measured = []
    for name, file, make, share in (*FORMATS, *HOSTILE):
        count = max(int(share * options.dispatches), 2)
        measured.append(measure(name, file, make, count))
    head = ("format", "MB", "dispatches", "s at 1×", "2×", "4×", "MB/s", "growth per doubling")
    lines = report.table(head, rows(measured))
    slow = [found.name for found in measured if found.growth > LINEAR and found.seconds[-1] > 0.2]
    verdict = (
        f"Not linear: {', '.join(slow)}." if slow else "No reader grows faster than its input."
    )
    note = "`python benchmarks/readers.py --write`; MB unpacked; a growth of 2 is linear. "
    section = ["## Readers", "", report.machine() + ".", "", note + verdict, "", *lines]
    if not options.no_lines:
        names = ("file", "s", "MB, reader", "MB, child", "told", "dispatches read behind it")
        section += ["", "Files that are one line of 1 GB; peak of memory of both processes:", ""]
        section += report.table(names, gigabytes())
    print("\n".join(section))
    if options.write:
        report.write("readers", section)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
