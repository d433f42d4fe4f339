"""Records in the layout of gold files."""

from dataclasses import replace

import pytest
from tests.made import TEXT, assumed, record, span, stated

from dateline.errors import ExportError
from dateline.export import gold
from dateline.model import Claim, Document, Party, Period, Record, Slots


def quoted(quote: dict[str, object]) -> str:
    """What the words and occurrence of a quote point at."""
    at = -1
    for _ in range(int(str(quote["nth"]))):
        at = TEXT.index(str(quote["text"]), at + 1)
    assert at == quote.get("start", at)
    return TEXT[at : at + len(str(quote["text"]))]


def test_every_slot_is_there() -> None:
    content = gold(record())
    assert content["document"] == "birko"
    assert content["published"] == "2021-05-03"
    first, second = content["events"]
    assert list(first) == [
        "id", "type", "mode", "acled", "status", "trigger", "mentions", "actors", "recipients",
        "places", "time", "counts", "sources",
    ]  # fmt: skip
    assert (first["type"], first["mode"], first["status"]) == ("ASSAULT", "heavy-weapons", "actual")
    assert first["acled"] == "Shelling/artillery/missile attack"
    assert first["actors"][0] | {"text": "", "nth": 1} == {
        "text": "", "nth": 1, "start": 15, "end": 32,
        "name": "Hill Front", "country": "XAB", "sector": "REB",
    }  # fmt: skip
    assert (first["places"][0]["lat"], first["places"][0]["lon"]) == (12.5, -3.25)
    assert first["counts"] == [
        {"kind": "killed", "who": "traders", "low": 12, "best": 12, "high": None}
    ]
    assert [x["stance"] for x in first["sources"]] == ["reports", "denies"]
    assert second["acled"] is None
    assert (second["id"], second["mode"], second["time"]) == ("e2", None, None)


def test_quotes_give_words_occurrence_and_characters() -> None:
    for event in gold(record())["events"]:
        quotes = [event["trigger"], *event["mentions"], *event["actors"], *event["places"]]
        quotes += [*event["recipients"], *event["sources"]]
        for quote in quotes:
            assert quoted(quote) == TEXT[quote["start"] : quote["end"]]


def test_a_time_gives_its_dates_where_other_quotes_give_characters() -> None:
    first, _ = gold(record())["events"]
    assert first["time"] == {
        "text": "on Monday", "nth": 1, "start": "2021-05-03", "end": "2021-05-03",
    }  # fmt: skip


def test_the_occurrence_counts_overlapping_words() -> None:
    text = "aaaa shelled aa"
    document = Document(text)
    kind = stated("ASSAULT", "shelled", text=text)
    told = Claim(document.id, kind, Slots(assumed("actual")), (span("aa", text, 4),))
    content = gold(Record(document, (told,)))
    assert content["document"] == document.id
    assert content["events"][0]["mentions"] == [{"text": "aa", "nth": 4, "start": 13, "end": 15}]


def test_a_value_without_words_quotes_nothing() -> None:
    base = record()
    slots = base.claims[0].slots
    bare = replace(slots, time=assumed(Period("2021", "2021")), actors=(assumed(Party("army")),))
    event = gold(Record(base.document, (replace(base.claims[0], slots=bare),)))["events"][0]
    assert event["time"] == {"text": None, "start": "2021", "end": "2021", "inferred": True}
    assert event["actors"] == [{"text": None, "name": "army", "country": None, "sector": "UNK"}]


def test_a_claim_that_points_outside_the_text_is_an_error() -> None:
    with pytest.raises(ExportError, match="characters 33 to 40 lie outside the dispatch"):
        gold(Record(Document("Short."), record().claims))
