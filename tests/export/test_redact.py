"""Profiles of redaction."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.export.corpora import BIRKO, FIRST, corpus

from dateline.errors import KnowledgeError
from dateline.export.formats import FORMATS, export
from dateline.export.redact import BLOCK, Rule, profile, redact
from dateline.export.singly import singly
from dateline.model import Basis, Claim, Document, Party, Reading, Record, Slots, Span
from dateline.model.codec_incident import decode_corpus, encode_corpus
from dateline.model.incident import Corpus

NAMED = {"people": Rule(names=("CVL",))}
TEXT_FORMATS = [x for x in FORMATS if x not in {"parquet", "xlsx", "dossier-docx", "dossier-pdf"}]


def everything(found: Corpus, folder: Path) -> str:
    """All that the text formats tell of a corpus."""
    return "".join(path.read_text("utf-8") for path in export(found, TEXT_FORMATS, folder))


def test_a_withheld_name_is_in_no_export(tmp_path: Path) -> None:
    assert "Orlo" in everything(corpus(), tmp_path / "open")
    found = everything(redact(corpus(), NAMED), tmp_path / "closed")
    assert "Orlo" not in found
    assert "Nadia" not in found
    assert "withheld (CVL)" in found


def test_a_redacted_corpus_is_whole() -> None:
    found = redact(corpus(), profile("public"))
    assert decode_corpus(encode_corpus(found)) == found
    claims = found.claims()
    assert {x for one in found.incidents for x in one.claims} == set(claims)
    assert {found.judgements[0].left, found.judgements[0].right} <= set(claims)
    assert {x for y in found.conflicts for side in y.sides for x in side} <= set(claims)
    assert found.commitments[0].promise in claims
    documents = {x.document.id for x in found.records}
    assert {x.id for x in found.origins} == documents
    assert [x.id for x in found.incidents] == [x.id for x in corpus().incidents]


def test_texts_keep_their_length_and_evidence() -> None:
    (first, *_) = redact(corpus(), {"all": Rule(texts="evidence")}).records
    text = first.document.text
    assert len(text) == len(FIRST)
    assert "Hill Front rebels" in text
    assert "elders" in text
    assert "BIRKO" not in text


def test_an_address_goes_where_it_spells_a_name_or_the_text_goes() -> None:
    assert redact(corpus(), NAMED).records[1].document.url == "https://hill.example/2"
    whole = encode_corpus(corpus())
    document = whole["records"][1]["document"]
    document["url"] = "https://hill.example/2021/nadia-orlo-speaks"
    document["id"] = Document(document["text"], "", "", document["publisher"], document["url"]).id
    told = json.dumps(whole).replace(corpus().records[1].document.id, document["id"])
    found = redact(decode_corpus(json.loads(told)), NAMED)
    assert found.records[1].document.url.startswith("urn:redacted:")
    dropped = redact(corpus(), {"all": Rule(texts="drop")})
    assert all(x.document.url.startswith("urn:redacted:") for x in dropped.records)


def test_a_text_may_go_as_a_whole() -> None:
    (first, *_) = redact(corpus(), {"all": Rule(texts="drop")}).records
    assert set(first.document.text) == {BLOCK}
    assert first.document.title == ""
    assert first.claims[0].actors[0].value.name == "Hill Front"


def test_dispatches_alike_after_redaction_stay_apart() -> None:
    twins = [Document(f"Nadia Or{x}o went.", x, publisher="Post") for x in "lm"]
    party = Party("Nadia Orlo", "MLI", "CVL")
    coded = [
        Record(x, (Claim(x.id, Reading("ACCUSE", Basis.STATED, (Span(11, 15),)),
                         Slots(Reading("actual", Basis.ASSUMED),
                               actors=(Reading(y, Basis.STATED, (Span(0, 10),)),))),))
        for x, y in zip(twins, (party, replace(party, name="Nadia Ormo")), strict=True)
    ]  # fmt: skip
    found = redact(singly(coded), NAMED)
    assert {x.document.text for x in found.records} == {f"{BLOCK * 10} went."}
    assert len({x.document.id for x in found.records}) == 2
    assert len(found.claims()) == 2


def test_coordinates_are_rounded_or_dropped() -> None:
    rounded = redact(corpus(), profile("locations")).incidents[0].places[0]
    assert (rounded.value.lat, rounded.value.lon, rounded.value.geonames) == (15.2, -0.3, None)
    assert rounded.tellings[0].value == rounded.value
    dropped = redact(corpus(), {"all": Rule(coordinates="drop")}).incidents[0].places[0].value
    assert (dropped.name, dropped.lat, dropped.lon) == ("Birko", None, None)


def test_a_place_becomes_its_division(tmp_path: Path) -> None:
    found = redact(corpus(), {"all": Rule(places="division")})
    place = found.incidents[0].places[0].value
    assert (place.name, place.level, place.lat) == ("Gao", "adm1", None)
    assert BIRKO.name not in everything(found, tmp_path)


def test_conditions_choose_incidents() -> None:
    rule = Rule(types=("PROTEST",), coordinates="drop")
    found = {x.id: x for x in redact(corpus(), {"march": rule}).incidents}
    assert found["i-march"].places[0].value.lat is None
    assert found["i-ambush"].places[0].value == BIRKO
    by_sector = redact(corpus(), {"rebels": Rule(sectors=("REB",), coordinates="drop")})
    told = [x.value.lat for record in by_sector.records for y in record.claims for x in y.places]
    assert told == [None, None, 16.0]  # both claims of the ambush, though one names no rebels


@pytest.mark.parametrize(
    "rule", [Rule(modes=("sexual",), texts="drop"), Rule(statuses=("alleged",), texts="drop")]
)
def test_what_no_rule_asks_for_stays(rule: Rule) -> None:
    assert redact(corpus(), {"other": rule}) == corpus()


def test_disputes_and_plans_name_no_hidden_names() -> None:
    whole = encode_corpus(corpus())
    whole["conflicts"][0]["says"] = ["Nadia Orlo: yes", "army: no"]
    whole["commitments"][0]["says"] = "Orlo met them."
    found = redact(decode_corpus(whole), NAMED)
    assert "Orlo" not in json.dumps(encode_corpus(found), ensure_ascii=False)


def test_profiles_are_data(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("all: {coordinates: drop}\n", "utf-8")
    assert profile(str(own)) == {"all": Rule(coordinates="drop")}
    for name in ("public", "partners", "locations"):
        assert profile(name)
    own.write_text("all: {coordinates: blurred}\n", "utf-8")
    with pytest.raises(KnowledgeError, match="coordinates"):
        profile(str(own))
    with pytest.raises(KnowledgeError, match="nowhere"):
        profile("nowhere")
