import pickle
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from dateline.annotate.places import Places
from dateline.annotate.places_cues import PATH, CueEntry
from dateline.knowledge.loader import entries
from dateline.model import Annotated, Document, PlaceMention

Parsed = Callable[..., Annotated]
STEP = Places()


def places(parsed: Parsed, text: str) -> dict[str, PlaceMention]:
    doc = parsed(text, steps=[STEP])
    return {m.span.of(text): m for m in doc[PlaceMention]}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Shells fell near Kidal in Mali.", "Kidal", ("Kidal", "MLI", "town")),
        ("Malian troops left Gao on Monday.", "Gao", ("Gao", "MLI", "town")),
        ("Gunmen crossed northern Mali.", "northern Mali", ("Northern Mali", "MLI", "region")),
        ("They flew to Mali.", "Mali", ("Mali", "MLI", "country")),
        ("Police in Niamey, Niger, fired.", "Niger", ("Niger", "NER", "country")),
        ("Bandits roam Niger State, Nigeria.", "Niger State", ("Niger State", "NGA", "adm1")),
        (
            "Fighters seized a post in Kunduz province, Afghanistan.",
            "Kunduz province",
            ("Kunduz Province", "AFG", "adm1"),
        ),
        (
            "Tankers turned back in the Strait of Hormuz.",
            "Strait of Hormuz",
            ("Strait of Hormuz", None, "sea"),
        ),
        (
            "A drone struck Kandahar airport in Afghanistan.",
            "Kandahar airport",
            ("Kandahar airport", "AFG", "site"),
        ),
        (
            "Patrols met at the border between Mali and Niger.",
            "border between Mali and Niger",
            ("Mali-Niger border", "MLI", "border"),
        ),
        (
            "Patrols met at the Mali–Niger border.",
            "Mali–Niger border",
            ("Mali-Niger border", "MLI", "border"),
        ),
        (
            "Soldiers crossed into Malian territory.",
            "Malian territory",
            ("Mali", "MLI", "country"),
        ),
    ],
)
def test_a_place_is_found_named_and_levelled(
    parsed: Parsed, text: str, words: str, expected: tuple[str, str | None, str]
) -> None:
    found = places(parsed, text)
    assert words in found, sorted(found)
    place = found[words].place
    assert (place.name, place.country, place.level) == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In Tripoli, Libya, militias clashed.", "LBY"),
        ("In Tripoli, Lebanon, militias clashed.", "LBN"),
    ],
)
def test_what_a_town_is_said_to_lie_in_decides(parsed: Parsed, text: str, country: str) -> None:
    assert places(parsed, text)["Tripoli"].place.country == country


def test_one_sense_per_dispatch(parsed: Parsed) -> None:
    text = "Clashes shook Tripoli, Lebanon. By night Tripoli was calm."
    doc = parsed(text, steps=[STEP])
    found = [m.place.country for m in doc[PlaceMention] if m.span.of(text) == "Tripoli"]
    assert found == ["LBN", "LBN"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Chad Smith told reporters that he was ready.", "Chad"),
        ("The Washington Post reported the deal.", "Washington"),
        ("The Hong Kong Police Force denied it.", "Hong Kong"),
        ("It was a nice gesture, and reading helped.", "nice"),
    ],
)
def test_people_papers_and_words_are_no_places(parsed: Parsed, text: str, word: str) -> None:
    assert word not in places(parsed, text)


def test_a_village_no_gazetteer_lists_has_no_point(parsed: Parsed) -> None:
    found = places(parsed, "Gunmen burned the village of Tolokombe in Mali.")
    place = next(m.place for words, m in found.items() if "Tolokombe" in words)
    assert (place.country, place.level, place.lat, place.geonames) == ("MLI", "town", None, None)


def test_the_country_is_the_one_spoken_of(parsed: Parsed) -> None:
    found = places(parsed, "Mali was calm. Troops were sent across the country.")
    assert found["the country"].place.country == "MLI"


def test_mentions_come_in_order_and_apart(parsed: Parsed) -> None:
    text = "Troops left Gao for the Mali-Niger border, then Kidal airport and northern Mali."
    spans = [m.span for m in parsed(text, steps=[STEP])[PlaceMention]]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("text", ["", "\x00\x07 \u200f", "🔥 Mali 🔥", "A" * 5000, "MALI, NIGER"])
def test_odd_text_never_fails(parsed: Parsed, text: str) -> None:
    doc = parsed(text)
    assert all(m.span.of(text) for layer in STEP([doc]) for m in layer)


def test_a_document_without_tokens_has_no_places() -> None:
    assert [list(x) for x in STEP([Annotated(Document("Mali"))])] == [[]]


def test_a_pickled_step_finds_the_same(parsed: Parsed) -> None:
    doc = parsed("Shells fell near Kidal, Mali, and in the Gao region.")
    again = pickle.loads(pickle.dumps(STEP))
    assert [list(x) for x in again([doc])] == [list(x) for x in STEP([doc])]


CUES: list[Any] = [
    (name, text, kept)
    for name, entry in entries(PATH, CueEntry).items()
    for kept, texts in ((True, entry.examples), (False, entry.counter_examples))
    for text in texts
]


@pytest.mark.parametrize(("name", "text", "kept"), CUES)
def test_cue_examples_hold(parsed: Parsed, name: str, text: str, *, kept: bool) -> None:
    (word,) = re.findall(r"\[(.+?)\]", text)
    found = places(parsed, text.replace("[", "").replace("]", ""))
    assert (word in found) is kept, (name, sorted(found))
