"""The dossier, read back from each of its formats."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import docx as word
import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader
from tests.export.corpora import BIRKO, corpus

from dateline.export.dossier import Dossier, docx, dossier, html, markdown, pdf
from dateline.export.dossier.docx import png
from dateline.export.dossier.letters import latin
from dateline.export.dossier.sketch import Spot, sketch, sketches
from dateline.export.dossier.svg import svg
from dateline.export.formats import export
from dateline.model.incident import Corpus

STORY = (
    "On 3 May 2021 in Birko (Gao, Mali) the Hill Front fired on the Malian Armed Forces: "
    "15 soldiers killed (first told as 12). According to army; denied by Hill Front."
)
HEADINGS = ["Timeline", "Map", "Tolls", "Claims", "Disputes", "Plans", "Sources"]


@pytest.fixture(scope="module")
def found() -> Dossier:
    return dossier(corpus(), "Birko, May 2021")


def test_the_timeline_is_in_the_order_of_time(found: Dossier) -> None:
    assert [x.when for x in found.timeline] == [
        "3 May 2021", "6 May 2021", "June 2021", "When is not told",
    ]  # fmt: skip
    assert found.timeline[0].text == STORY
    assert found.timeline[0].notes == (1, 2)


def test_tables_tell_tolls_disputes_and_plans(found: Dossier) -> None:
    tolls, claims, disputes, plans = found.grids
    assert [row[2].text for row in tolls.rows] == ["12", "15", "at least 300"]
    assert [row[-1].notes for row in tolls.rows] == [(1,), (2,), (3,)]
    assert len(claims.rows) == 5
    assert claims.rows[0][4].text.startswith("🏔 BIRKO, 3 May - Hill Front rebels ambushed")
    assert [x.text for x in disputes.rows[0][:4]] == ["1", "status", "army: yes", "Hill Front: no"]
    assert disputes.rows[0][-1].notes == (1, 2)
    assert [x.text for x in plans.rows[0][1:4]] == ["June 2021", "fulfilled", "They met."]


def test_markdown_has_a_footnote_for_every_reference(found: Dossier) -> None:
    text = markdown(found, ["map.svg"])
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    told = set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert used == told == {"1", "2", "3"}
    page = MarkdownIt().enable("table").render(text)
    assert re.findall(r"<h2>(.*?)</h2>", page) == HEADINGS
    assert page.count("<table>") == 4
    assert 'src="map.svg"' in page
    assert STORY in text


class Page(HTMLParser):
    """The anchors, links and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.ids += [x for x in (told.get("id"),) if x]
        self.links += [x for x in (told.get("href"), told.get("src")) if x]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_loads_and_runs_nothing(found: Dossier) -> None:
    page = Page(html(found))
    assert not page.tags & {"script", "img", "link", "iframe", "object"}
    inside = {x.removeprefix("#") for x in page.links if x.startswith("#")}
    assert inside == {"n1", "n2", "n3"}
    assert inside <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert [x for x in page.links if not x.startswith("#")] == [
        "https://hill.example/2", "https://post.example/3",
    ]  # fmt: skip
    assert STORY in "".join(page.texts)


def test_word_reads_the_document(found: Dossier) -> None:
    book = word.Document(BytesIO(docx(found)))
    texts = [x.text for x in book.paragraphs]
    assert any(STORY in x for x in texts)
    heads = [x.text for x in book.paragraphs if x.style and x.style.name == "Heading 1"]
    assert heads == HEADINGS
    assert len(book.tables) == 4
    assert book.tables[0].rows[1].cells[2].text == "12"
    assert len(book.inline_shapes) == 1
    assert book.core_properties.title == "Birko, May 2021"
    anchors = re.findall(r'w:anchor="(n\d+)"', book.element.xml)
    marks = re.findall(r'w:bookmarkStart [^>]*w:name="(n\d+)"', book.element.xml)
    assert set(anchors) == set(marks) == {"n1", "n2", "n3"}


def test_a_reader_finds_the_text_of_the_pdf(found: Dossier) -> None:
    book = PdfReader(BytesIO(pdf(found)))
    text = " ".join(" ".join(page.extract_text().split()) for page in book.pages)
    assert STORY in text
    for heading in HEADINGS:
        assert heading in text
    assert "“March”, 6 May 2021 https://post.example/3" in text
    assert book.metadata is not None
    assert book.metadata.title == "Birko, May 2021"
    links = [x.get_object() for page in book.pages for x in page.get("/Annots", ())]
    heights = [x["/Dest"][3] for x in links if "/Dest" in x]
    assert len(heights) == text.count("[1]") + text.count("[2]") + text.count("[3]")
    assert len(set(heights)) == 3  # each of the three sources
    assert len([x for x in links if "/A" in x]) == 2


def test_an_empty_corpus_gives_an_empty_dossier(tmp_path: Path) -> None:
    formats = ["dossier-md", "dossier-html", "dossier-docx", "dossier-pdf"]
    written = export(Corpus(()), formats, tmp_path)
    assert [x.name for x in written] == [
        "dossier.md", "dossier.html", "dossier.docx", "dossier.pdf",
    ]  # fmt: skip
    assert "None." in (tmp_path / "dossier.md").read_text("utf-8")


def test_the_map_is_well_formed_and_holds_every_place() -> None:
    spots = [
        Spot("Birko <&>", BIRKO.lat or 0, BIRKO.lon or 0, (1, 2)),
        Spot("Arda", 16, 1.5, (3,), rough=True),
    ]
    drawn = sketch(spots)
    assert drawn is not None
    root = ET.fromstring(svg(drawn))
    circles = root.findall("{*}circle")
    assert [x.get("fill") for x in circles] == ["#b3261e", "none"]
    for circle in circles:
        assert 0 < float(circle.get("cx", "0")) < drawn.width
        assert 0 < float(circle.get("cy", "0")) < drawn.height
    assert {"Birko <&>", "Arda", "0°", "16°N"} <= {x.text for x in root.findall("{*}text")}
    west, east = (float(x.get("cx", "0")) for x in circles)
    north, south = float(circles[1].get("cy", "0")), float(circles[0].get("cy", "0"))
    assert west < east
    assert north < south


def test_one_place_and_the_whole_globe_can_be_drawn() -> None:
    assert sketches([]) == ()
    for spots in ([Spot("A", 0, 0, (1,))], [Spot("A", 89, -179, (1,)), Spot("B", -89, 179, (2,))]):
        drawn = sketch(spots)
        assert drawn is not None
        assert drawn.lines
        assert png(drawn).startswith(b"\x89PNG")


def test_names_that_would_lie_on_each_other_are_not_both_written() -> None:
    drawn = sketch([Spot("First", 10, 10, (1, 2)), Spot("Second", 10, 10.001, (3,))])
    assert drawn is not None
    first, second = drawn.dots
    assert (first.label, second.label) == ("First", "Second")
    assert second.label_x < second.x < first.label_x  # right of the one, left of the other
    third = sketch([*(Spot(x, 10, 10, (1,)) for x in ("First", "Second", "Third"))])
    assert [x.label for x in third.dots] == ["", "", ""] or third.dots[2].label == ""


def test_the_map_shows_the_countries_and_their_names() -> None:
    drawn = sketch([Spot("Gao", 16.27, -0.04, (1,))])
    assert len(drawn.lands) >= 3  # Mali, Niger, Burkina Faso
    left, top, right, bottom = drawn.frame
    corners = [corner for land in drawn.lands for corner in land.corners]
    assert all(left <= x <= right and top <= y <= bottom for x, y in corners)
    assert "Mali" in {x.text for x in drawn.names}
    root = ET.fromstring(svg(drawn))
    assert len(root.findall("{*}polygon")) == len(drawn.lands)
    sea = sketch([Spot("Nowhere", -45.0, -130.0, (1,))])
    assert sea.lands == ()


def test_places_that_crowd_on_a_wide_map_get_one_of_their_own() -> None:
    crowd = [Spot(f"P{n}", 15 + n, n, (1,)) for n in range(4)]
    assert len(sketches(crowd)) == 1
    far = [*crowd, Spot("Far", 15, 100, (2,))]
    whole, close = sketches(far)
    assert len(whole.dots) == 5
    assert {x.label for x in close.dots} == {"P0", "P1", "P2", "P3"}


def test_a_dossier_is_called_by_what_it_is_about() -> None:
    everything = corpus()
    assert dossier(everything).title == "Mali, May 2021"
    one = replace(everything, incidents=everything.incidents[:1])
    assert dossier(one).title == "Birko (Gao, Mali), 3 May 2021"
    assert dossier(Corpus(())).title == "Dossier without incidents"


def test_letters_the_fonts_lack_are_replaced() -> None:
    assert latin("Ménaka – “ok” 京 ş") == "Ménaka – “ok” ? s"
