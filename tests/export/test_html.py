"""The page of records."""

import re
from html.parser import HTMLParser

import pytest
from tests.made import TEXT, record, stated

from dateline.export import fragment, page
from dateline.model import Claim, Document, Record


class Reader(HTMLParser):
    """Collects text, tags, ids and links."""

    VOID = frozenset({"meta"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.shown: list[tuple[tuple[str, ...], str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown.append((tuple(self.stack), data))


def read(*records: Record) -> Reader:
    return Reader("".join(page(records)))


def test_every_tag_is_closed_and_nothing_runs_or_loads() -> None:
    html = "".join(page([record()]))
    seen = Reader(html)
    assert seen.stack == []
    assert not seen.tags & {"script", "img", "link", "iframe", "form", "object"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert "src" not in seen.attributes
    assert "style" not in seen.attributes
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_the_whole_dispatch_is_there_with_its_evidence_marked() -> None:
    html = fragment(record())
    body = html[html.index('aria-label="The dispatch">') :]
    text = re.sub(r"<sup>.*?</sup>", "", body[: body.index("</div>")])
    assert re.sub(r"<[^>]+>", "", text).endswith(TEXT)
    marked = re.findall(r'<mark class="(\w+)" id="[^"]+" title="([^"]+)">([^<]+)</mark>', body)
    assert ("type", "the event of claim 1 (ASSAULT)", "shelled") in marked
    assert ("status", "status of claim 2 (CONSULT)", "plan") in marked
    assert ("places", "where of claim 2 (CONSULT)", "Arda") in marked


def test_every_link_leads_somewhere_on_the_page() -> None:
    seen = read(record())
    inside = {link[1:] for link in seen.links if link.startswith("#")}
    assert inside
    assert inside <= set(seen.ids)
    assert [link for link in seen.links if not link.startswith("#")] == [
        "https://example.org/birko"
    ]


def test_values_quote_their_words_and_tell_their_basis() -> None:
    html = fragment(record())
    assert 'at least 12 traders killed<q title="found by made#hand">' in html
    assert ">on Monday</a></q>" in html
    assert 'Arda, XAB <span class="basis">inferred</span>' in html


HOSTILE = '<script>alert(1)</script> "shelled" <img src=x onerror=alert(1)> &amp; \u202e\x1b'


def test_text_is_only_ever_text() -> None:
    text = HOSTILE
    document = Document(text, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", notes=(HOSTILE,))
    kind = stated("ASSAULT", "shelled", text=text)
    claim = Claim(document.id, kind, record().claims[1].slots.__class__(kind))
    seen = read(Record(document, (claim,), notes=(HOSTILE,)), Record(document, problem=HOSTILE))
    assert not seen.tags & {"script", "img"}
    assert not any(link.startswith("javascript") for link in seen.links)
    shown = "".join(data for stack, data in seen.shown if "style" not in stack)
    assert "\u202e" not in shown
    assert "⟨U+202E⟩" in shown
    assert "&amp;" in shown


@pytest.mark.parametrize(
    "url", ["javascript:x", "data:text/html,x", "//evil", "http://[", "https://a\u202eb", "x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    seen = read(Record(Document("Quiet.", url=url)))
    assert seen.links == []


def test_a_record_without_claims_says_so() -> None:
    assert "No event of the codebook is told." in fragment(Record(Document("Quiet.")))
    failed = fragment(Record(Document("", "x"), problem="empty"))
    assert "Not coded: empty" in failed
    assert "No event" not in failed


def test_the_page_counts() -> None:
    html = "".join(page([record(), Record(Document(""), problem="empty")]))
    assert "1 dispatches coded, 2 claims, 1 not coded." in html
