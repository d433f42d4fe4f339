"""PDF, DOCX, e-mail, feeds, crawls, tables and Parquet, read without a child process."""

import gzip
import sys
import zlib
from datetime import date

import pytest
from tests.ingest import builders as make
from tests.ingest.builders import entry, found, line, told

from dateline.errors import InputError
from dateline.ingest.draft import Draft
from dateline.ingest.formats import NeedsChild, drafts
from dateline.ingest.layout import paragraphs
from dateline.ingest.limits import Limits, Run
from dateline.ingest.screening import admit
from dateline.model import Document, Record


def one(data: bytes, name: str) -> Document:
    (draft,) = found(data, name)
    assert isinstance(draft, Draft), draft
    document = admit(draft)
    assert isinstance(document, Document), document
    return document


def test_a_pdf_gives_its_text_in_paragraphs() -> None:
    page = [
        "The last convoy left the camp near Gao on Mon-",
        "day, and nobody was hurt, the gen-",
        "eral staff said.",
        "Rebels entered the town of Ber an hour later, witnesses said.",
    ]
    document = one(make.pdf([page], "Convoy leaves"), "a.pdf")
    assert document.text.split("\n\n") == [
        "The last convoy left the camp near Gao on Monday, and nobody was hurt, the general staff "
        "said.",
        "Rebels entered the town of Ber an hour later, witnesses said.",
    ]
    assert (document.name, document.title, document.published) == ("a", "Convoy leaves", None)
    assert document.notes == (
        "the file was made on 2022-08-16, which is not taken for the publication date",
    )


def test_running_heads_and_page_numbers_are_left_out() -> None:
    text, notes = paragraphs([f"Sahel Wire Weekly\n{line(n)}\nPage {n} of 4" for n in range(1, 5)])
    assert "Sahel Wire Weekly" not in text
    assert "Page" not in text
    assert all(line(n) in text for n in range(1, 5))
    assert notes == ("left out as running heads or feet of pages: 2",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make.pdf([[]]), "no text layer"),
        (b"%PDF-1.4\n1 0 obj\n<<", "the PDF file is broken"),
    ],
)
def test_a_pdf_without_text_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        told(data, "a.pdf")


def test_a_broken_cross_reference_table_is_mended() -> None:
    data = make.pdf([[line(1)]])
    assert told(data.replace(b"0000000", b"0000777"), "a.pdf") == [line(1)]


def test_a_page_tree_in_a_circle_ends() -> None:
    data = make.assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 2 >>",
            "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
            "<< >>",
        ]
    )
    with pytest.raises(InputError):
        told(data, "a.pdf")


def test_a_pdf_that_unpacks_too_far_is_refused() -> None:
    stream = zlib.compress(b"(" + b"x" * 100_000_000 + b") Tj", 9).decode("latin-1")
    data = make.assembled([
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Resources << /Font << >> >> /Contents 4 0 R >>",
        f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n{stream}\nendstream", "<< >>",
    ])  # fmt: skip
    with pytest.raises(InputError, match="Limit reached"):
        told(data, "a.pdf")


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    with pytest.raises(InputError, match="more than 2 pages"):
        told(make.pdf([[line(n)] for n in range(3)]), "a.pdf", Limits(pages=2))


def test_a_word_document_gives_its_paragraphs() -> None:
    body = (
        make.paragraph(line(1))
        + "<w:p><w:r><w:t>Tab</w:t><w:tab/><w:t>left</w:t></w:r><w:del><w:r><w:delText>gone"
        "</w:delText><w:t>gone</w:t></w:r></w:del></w:p><w:p/>"
        + f"<w:tbl><w:tr><w:tc>{make.paragraph(line(2))}</w:tc></w:tr></w:tbl>"
    )
    core = (
        '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:title>Out</dc:title><t:created>2022-08-16T09:00:00Z</t:created></c>"
    )
    parts = {"docProps/core.xml": core, "word/footnotes.xml": "<x/>"}
    document = one(make.docx(body, **parts), "a.docx")
    assert document.text == f"{line(1)}\n\nTab\tleft\n\n{line(2)}"
    assert document.title == "Out"
    assert document.notes == (
        "the file was made on 2022-08-16, which is not taken for the publication date",
        "footnotes left out",
    )


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("bcdefg", "cdefgh", strict=True))
    + "]>"
)


def test_xml_that_declares_entities_is_not_read() -> None:
    feed = LAUGHS + "<rss><channel><item><description>&h;</description></item></channel></rss>"
    with pytest.raises(InputError, match="XML bombs"):
        told(feed.encode(), "a.rss")
    with pytest.raises(InputError, match=r"XML bombs|no sound XML"):
        told(('<?xml version="1.0" encoding="utf-16"?>' + feed).encode("utf-16"), "a.rss")
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>'
    with pytest.raises(InputError, match="XML bombs"):
        told(outside.encode(), "a.rss")
    document = f'{LAUGHS}<w:document xmlns:w="{make.W}"><w:p><w:t>&h;</w:t></w:p></w:document>'
    with pytest.raises(InputError, match="XML bombs"):
        told(make.zipped({"word/document.xml": document.encode()}), "a.docx")


def test_deep_xml_is_refused() -> None:
    with pytest.raises(InputError, match="no sound XML"):
        told(b"<rss>" + b"<a>" * 100_000, "a.rss")


def test_a_feed_gives_its_entries() -> None:
    items = [
        make.item(f"&lt;p&gt;{line(1)}&lt;/p&gt;", "A &amp;amp; B"),
        "<item><title>t</title></item>",
        make.item(line(2)),
    ]
    first, empty, last = found(make.rss(items), "a.rss")
    assert isinstance(first, Draft)
    assert isinstance(empty, Record)
    assert isinstance(last, Draft)
    document = admit(first)
    assert isinstance(document, Document)
    assert (document.text, document.name) == (line(1), "a.rss#1")
    assert (document.title, document.publisher) == ("A & B", "Sahel Wire")
    assert (document.url, document.published) == ("https://wire.example/a", date(2022, 8, 15))
    assert empty.problem == "a.rss, entry 2: the entry has no text"
    assert last.name == "a.rss#3"


def test_an_atom_feed_is_read_by_its_fullest_text() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Savanna Herald</title><entry>'
        '<title>Out</title><link rel="self" href="https://a.example/self"/>'
        '<link href="https://a.example/x"/><published>2022-08-15T11:00:00Z</published>'
        f'<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>{line(1)}</p></div></content></entry></feed>"
    )
    for name in ("a.xml", "a"):
        document = one(atom.encode(), name)
        assert document.text == line(1)
        assert (document.url, document.publisher) == ("https://a.example/x", "Savanna Herald")
        assert document.published == date(2022, 8, 15)


def test_xml_that_is_no_feed_is_refused_and_a_broken_one_read_so_far() -> None:
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        told(b"<urlset><url/></urlset>", "a.xml")
    drawn = found(make.rss([make.item(line(1))]).replace(b"</channel>", b"<oops>"), "a.rss")
    assert isinstance(next(drawn), Draft)
    with pytest.raises(InputError, match="no sound XML"):
        next(drawn)


def test_a_message_gives_its_plain_text_and_opens_no_attachment() -> None:
    data = (
        b"From: =?utf-8?q?D=C3=A9sk?= <d@wire.example>\nSubject: Out\nMIME-Version: 1.0\n"
        b"Date: Mon, 15 Aug 2022 23:00:00 -0500\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/html\n\n"
        b"<p>HTML\n--y\nContent-Type: text/plain; charset=iso-8859-1\n"
        b"Content-Transfer-Encoding: quoted-printable\n\nTroops left M=E9naka.\n--y--\n"
        b"--x\nContent-Type: application/pdf\n"
        b"Content-Disposition: attachment; filename=a.pdf\n\n%PDF\n--x--\n"
    )
    document = one(data, "a.eml")
    assert document.text.strip() == "Troops left Ménaka."
    assert document.publisher == "Désk <d@wire.example>"
    assert document.published == date(2022, 8, 15)
    assert document.notes[0] == "attachments not opened: 1"


def test_a_message_in_html_alone_is_read() -> None:
    data = b"Subject: Out\nContent-Type: text/html\n\n<html><body><p>" + line(1).encode() + b"</p>"
    assert told(data, "a.eml") == [line(1)]


def test_a_message_of_parts_within_parts_is_refused() -> None:
    part = b"--a\nContent-Type: multipart/mixed; boundary=a\n\n"
    data = b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n" + part * 60_000
    assert told(data, "a.eml") == ["a.eml: more than 200 parts within parts"]


def test_a_mailbox_gives_its_messages() -> None:
    data = make.mbox(
        [
            make.mail("One", line(1) + "\n\n>From Gao they went north."),
            b"\n\n",
            make.mail("Three", line(3)),
        ]
    )
    first, second, third = told(data, "a.mbox")
    assert first == f"{line(1)}\n\nFrom Gao they went north."
    assert "no e-mail" in second
    assert third == line(3)
    with pytest.raises(InputError, match="no mailbox"):
        told(b"Dear all,\n", "a.mbox")


def test_a_message_too_large_is_refused_and_the_next_one_read() -> None:
    data = make.mbox([make.mail("One", "x " * 4000), make.mail("Two", line(2))])
    first, second = told(data, "a.mbox", Limits(100))
    assert "more than 3,200 bytes" in first
    assert second == line(2)


PAGE = b"<html><head><title>Out</title></head><body><p>" + line(1).encode() + b"</p></body></html>"


def test_a_crawl_gives_its_pages() -> None:
    pages = [
        ("https://a.example/2022/08/15/x", "text/html; charset=utf-8", PAGE),
        ("https://a.example/logo", "image/png", b"\x89PNG"),
        (
            "https://a.example/y",
            "text/plain; charset=windows-1252",
            "Left Ménaka.".encode("cp1252"),
        ),
    ]
    for packed in (False, True):
        name = "a.warc.gz" if packed else "a.warc"
        first, second = found(make.warc(pages, packed=packed), name)
        assert isinstance(first, Draft)
        assert isinstance(second, Draft)
        document = admit(first)
        assert isinstance(document, Document)
        assert (document.text, document.url) == (line(1), "https://a.example/2022/08/15/x")
        assert (document.name, document.published) == ("a.warc#1", date(2022, 8, 15))
        assert (second.name, second.text) == ("a.warc#2", "Left Ménaka.")
        assert second.told["date"] == "2022-08-16T10:00:00Z"
        assert "the publication date is taken from the day of the crawl" in second.notes


def test_a_page_that_unpacks_too_far_is_refused_and_the_next_one_read() -> None:
    bomb = make.warc([("https://a.example/x", "text/plain", gzip.compress(bytes(5_000_000)))])
    bomb = bomb.replace(b"Content-Type: text/plain\r\n", b"Content-Encoding: gzip\r\nX: text/p\r\n")
    bomb = bomb.replace(b"X: text/p\r\n", b"Content-Type:text/plain\r\n")
    after = make.warc([("https://a.example/y", "text/plain", line(2).encode())])
    head, _, rest = bomb.partition(b"Content-Length: ")
    number, _, body = rest.partition(b"\r\n")
    grown = b"Content-Length: " + str(len(body) - 6).encode() + b"\r\n"
    assert number
    first, second = told(head + grown + body + after, "a.warc", Limits(10_000))
    assert "more than 40,000 bytes" in first
    assert second == line(2)


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("a.parquet", "pyarrow", "parquet"),
        ("a.warc", "warcio", "archives"),
        ("a.pdf", "pypdf", "archives"),
        ("a.jsonl.zst", "zstandard", "archives"),
    ],
)
def test_a_package_that_is_missing_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, extra: str
) -> None:
    data = {"a.parquet": make.parquet([{"text": "x"}]), "a.pdf": make.pdf([["x"]])}.get(name)
    data = data or (b"WARC/1.0\r\n" if name == "a.warc" else b"\x28\xb5\x2f\xfd\0\0")
    for module in [x for x in sys.modules if x.split(".")[0] == package]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, package, None)
    for inner in ("pyarrow.parquet", "warcio.archiveiterator"):
        monkeypatch.setitem(sys.modules, inner, None)
    with pytest.raises(InputError, match=rf"pip install 'dateline\[{extra}\]'"):
        told(data, name)


def test_zstd_and_gzip_are_unpacked_in_all_their_frames() -> None:
    zstandard = pytest.importorskip("zstandard")
    parts = [make.jsonl([line(n)]) for n in (1, 2)]
    zst = b"".join(map(zstandard.ZstdCompressor().compress, parts))
    assert told(zst, "a.jsonl.zst") == [line(1), line(2)]
    assert told(b"".join(map(gzip.compress, parts)) + b"\0" * 512, "a.jsonl.gz") == [
        line(1),
        line(2),
    ]
    for data, name in ((zst[:-3], "a.jsonl.zst"), (gzip.compress(parts[0])[:-9], "a.jsonl.gz")):
        with pytest.raises(InputError, match="cut short"):
            told(data, name)
    with pytest.raises(InputError, match="gzip file is broken"):
        told(gzip.compress(parts[0]) + b"more", "a.jsonl.gz")


def test_content_outranks_the_suffix_with_a_note() -> None:
    data = gzip.compress(make.jsonl([line(1)]))
    (draft,) = found(data, "a.jsonl")
    assert isinstance(draft, Draft)
    assert draft.text == line(1)
    assert draft.notes == ("a gzip file by its content, whatever its name",)
    assert told(make.pdf([[line(2)]]), "a.txt") == [line(2)]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.zip", "a.jsonl.gz", "a.parquet", "a.warc"])
def test_a_suffix_that_promises_too_much_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="but its content is no"):
        told(b"<html>Not found</html>", name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make.pdf([["x"]]), "a.txt"),
        (b"x", "a.eml"),
        (make.zipped({}), "a.zip"),
        (gzip.compress(b"Troops left."), "a.txt.gz"),
        (gzip.compress(make.zipped({"a.txt": b"x"})), "a.gz"),
        (b"<p>Troops left.</p>", "a.html"),
        (b"<!doctype html><p>Troops left.</p>", "page"),
    ],
)
def test_pages_and_binary_formats_are_not_parsed_in_this_process(data: bytes, name: str) -> None:
    with pytest.raises(NeedsChild):
        next(drafts(entry(data, name), Run(Limits())))
