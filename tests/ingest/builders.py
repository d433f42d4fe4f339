"""Small files of every format, made in memory, and what the readers draw from them."""

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.formats import drafts
from dateline.ingest.limits import Limits, Run
from dateline.model import Record

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def line(number: int, place: str = "Gao") -> str:
    return f"Convoy number {number} left {place} on Monday, the general staff said."


def jsonl(texts: Iterable[str]) -> bytes:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()


def table(rows: Iterable[Iterable[str]], mark: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: Any = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more}
    return zipped({name: data.encode() for name, data in parts.items()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(pages: Iterable[Iterable[str]], title: str = "") -> bytes:
    """A PDF of one text line after the other, its cross-reference table sound."""
    sheets = [list(lines) for lines in pages]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(sheets)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(sheets):
        shown = "".join(f"({text}) Tj T*\n" for text in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(f"<< /Title ({title}) /CreationDate (D:20220816090000Z) >>")
    return assembled(objects)


def assembled(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return out + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()


def warc(pages: Iterable[tuple[str, str, bytes]], *, packed: bool = False) -> bytes:
    """Responses: each with address, content type and body."""
    out = b""
    for number, (url, kind, body) in enumerate(pages):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        content = http.encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            "WARC-Date: 2022-08-16T10:00:00Z\r\n"
            "Content-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        record = head.encode() + content + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


def mail(subject: str, text: str) -> bytes:
    return (
        f"From: Sahel Wire <desk@wire.example>\nSubject: {subject}\n"
        f"Date: Mon, 15 Aug 2022 11:00:00 +0000\n\n{text}\n"
    ).encode()


def mbox(messages: Iterable[bytes]) -> bytes:
    return b"".join(
        b"From desk@wire.example Mon Aug 15 11:00:00 2022\n" + m + b"\n" for m in messages
    )


def rss(items: Iterable[str]) -> bytes:
    return f"<rss><channel><title>Sahel Wire</title>{''.join(items)}</channel></rss>".encode()


def item(text: str, title: str = "Out") -> str:
    return (
        f"<item><title>{title}</title><link>https://wire.example/a</link>"
        f"<pubDate>Mon, 15 Aug 2022 11:00:00 GMT</pubDate><description>{text}</description></item>"
    )


def parquet(rows: list[dict[str, object]], group: int = 2) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), out, row_group_size=group)
    return out.getvalue()


def entry(data: bytes, name: str) -> Entry:
    return Entry(name, name, buffered(io.BytesIO(data)), 0, len(data))


def found(data: bytes, name: str, limits: Limits | None = None) -> Iterator[Draft | Record]:
    return drafts(entry(data, name), Run(limits or Limits(), confined=True))


def told(data: bytes, name: str, limits: Limits | None = None) -> list[str]:
    """The texts and problems."""
    return [
        x.text.strip() if isinstance(x, Draft) else x.problem or ""
        for x in found(data, name, limits)
    ]
