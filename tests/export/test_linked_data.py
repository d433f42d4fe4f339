"""Web annotations, FollowTheMoney entities and lossless lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.export.corpora import FIRST, FRONT, TEACHER, corpus, view

from dateline.errors import InputError
from dateline.export.formats import export
from dateline.export.ftm import ftm_lines, schema_of
from dateline.export.jsonl import KINDS, load
from dateline.export.webannotation import Units, annotations, webannotation_pieces
from dateline.model import Party

# Properties that the schemas of FollowTheMoney 4 have, of those we fill.
THING = {
    "name",
    "country",
    "keywords",
    "summary",
    "notes",
    "publisher",
    "sourceUrl",
    "recordId",
    "proof",
}
SCHEMATA = {
    "Event": THING | {
        "startDate", "endDate", "location", "addressEntity", "organizer", "involved",
    },
    "Address": THING | {"full", "city", "state", "latitude", "longitude"},
    "Article": {"title", "publisher", "sourceUrl", "publishedAt", "bodyText", "language"},
    "Person": THING, "PublicBody": THING, "Organization": THING, "Company": THING,
    "LegalEntity": THING,
}  # fmt: skip


def utf16(text: str) -> bytes:
    """A text as JavaScript counts it: two bytes a unit."""
    return text.encode("utf-16-le")


def test_the_page_is_json_ld() -> None:
    page = json.loads("".join(webannotation_pieces(corpus())))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    ids = [x["id"] for x in page["items"]]
    assert len(ids) == len(set(ids)) == len(list(annotations(corpus())))


def test_both_selectors_find_the_words() -> None:
    texts = {x.document.url or f"urn:dateline:document:{x.document.id}": x.document.text
             for x in corpus().records}  # fmt: skip
    for found in annotations(corpus()):
        position, quote = found["target"]["selector"]
        text = texts[found["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text
        units = utf16(text)[2 * position["utf16Start"] : 2 * position["utf16End"]]
        assert units == utf16(quote["exact"])


def test_utf16_differs_after_a_letter_beyond_the_first_plane() -> None:
    assert FIRST[0] == "🏔"
    assert [Units(FIRST).before(n) for n in (0, 1, 5)] == [0, 2, 6]


def test_an_annotation_tells_slot_value_and_finder() -> None:
    found = next(x for x in annotations(corpus()) if x["body"][0]["value"] == "counts")
    assert found["body"][1]["value"] == "12 soldiers killed"
    assert (found["basis"], found["foundBy"]) == ("stated", "made#hand")
    assert found["incident"] == "i-ambush"


def entities() -> list[dict[str, Any]]:
    """The entities of the corpus, from an export."""
    from dateline.export.view import views

    return [json.loads(line) for line in ftm_lines(views(corpus()))]


def test_entities_use_what_the_schemas_have() -> None:
    for entity in entities():
        assert set(entity["properties"]) <= SCHEMATA[entity["schema"]], entity["schema"]
        values = [x for told in entity["properties"].values() for x in told]
        assert all(isinstance(x, str) and x for x in values)


def test_references_lead_to_entities_already_written() -> None:
    seen: dict[str, str] = {}
    for entity in entities():
        assert entity["id"] not in seen
        for name in ("addressEntity", "organizer", "involved", "proof"):
            assert set(entity["properties"].get(name, ())) <= set(seen)
        seen[entity["id"]] = entity["schema"]
    assert list(seen.values()).count("Event") == 4
    assert list(seen.values()).count("Article") == 3


def test_the_event_tells_what_the_incident_tells() -> None:
    event = next(x for x in entities() if x["properties"].get("recordId") == ["i-ambush"])
    told = event["properties"]
    assert told["startDate"] == ["2021-05-03"]
    assert told["country"] == ["ml"]
    assert "15 soldiers killed" in told["notes"]
    assert "disputed: status" in told["notes"]


@pytest.mark.parametrize(
    ("party", "schema"),
    [
        (FRONT, "Organization"),
        (Party("Government of Mali", "MLI", "GOV"), "PublicBody"),
        (Party("Joe Biden", "USA", "GOV"), "Person"),
        (Party("Sahel Gold", "MLI", "BUS"), "Company"),
        (TEACHER, "LegalEntity"),
        (Party("civilians", "MLI", "CVL"), None),
        (Party("", None, None), None),
    ],
)
def test_schemata_of_parties(party: Party, schema: str | None) -> None:
    assert schema_of(party) == schema


def test_groups_without_a_name_are_no_entities() -> None:
    found = [json.loads(x) for x in ftm_lines([view(actors=[Party("gunmen", "MLI", "UAF")])])]
    event = next(x for x in found if x["schema"] == "Event")
    assert "organizer" not in event["properties"]
    assert "gunmen" in event["properties"]["summary"][0]


def test_nothing_is_lost_on_the_way_through_jsonl(tmp_path: Path) -> None:
    export(corpus(), ["jsonl"], tmp_path)
    assert load(tmp_path) == corpus()
    for kind in KINDS:
        lines = (tmp_path / f"{kind}.jsonl").read_text("utf-8").splitlines()
        keys = {frozenset(json.loads(x)) for x in lines}
        assert len(keys) <= 1, kind


def test_pandas_reads_jsonl(tmp_path: Path) -> None:
    import pandas as pd

    export(corpus(), ["jsonl"], tmp_path)
    found = pd.read_json(tmp_path / "incidents.jsonl", lines=True)
    assert list(found["id"]) == ["i-ambush", "i-seen", "i-meeting", "i-march"]


def test_the_bibliography_names_every_dispatch(tmp_path: Path) -> None:
    export(corpus(), ["bibliography"], tmp_path)
    items = json.loads((tmp_path / "sources.csl.json").read_text("utf-8"))
    assert [x["id"] for x in items] == [x.document.id for x in corpus().records]
    assert items[1]["container-title"] == "Hill, Radio"
    assert items[1]["issued"] == {"date-parts": [[2021, 5, 5]]}
    assert "URL" not in items[0]
    entries = (tmp_path / "sources.bib").read_text("utf-8").split("@article")[1:]
    assert len(entries) == 3
    for entry in entries:
        bare = entry.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}")
    assert r"{\#N/A}" in entries[0]
    assert "date = {2021-05-05}" in entries[1]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"records\.jsonl: cannot be read"):
        load(tmp_path)
