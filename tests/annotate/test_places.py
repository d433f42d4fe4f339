import pickle
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dateline.annotate.places import Places
from dateline.annotate.places_cues import PATH, CueEntry
from dateline.knowledge.loader import entries
from dateline.model import Annotated, Document, PlaceMention, Span

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
            "Fighters gathered at the Stade de l'Amitié in Goma.",
            "Stade de l'Amitié",
            ("Stade de l'Amitié", "COD", "site"),
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


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Georgia Tomlin met reporters in Kabul. Georgia smiled.", "Georgia"),
        ("Chad told his wife, and Chad Odom laughed.", "Chad"),
        ("They saw Michael Jordan play. Jordan scored twice.", "Jordan"),
        ("Fighters of the Islamic State in the Greater Sahara claimed it.", "Sahara"),
        ("GAO, Mali (Niger Bend Courier) - Troops left Niger on Monday.", "Niger Bend"),
        ("The government resigned. Government officials in Bamako wept.", "Government"),
    ],
)
def test_what_only_looks_like_a_place_is_none(parsed: Parsed, text: str, word: str) -> None:
    assert word not in places(parsed, text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Refugees crossed into Chad at night.", "Chad"),
        ("Georgia said it would recall its envoy from Moscow.", "Georgia"),
        ("A bomb went off in Nice, France.", "Nice"),
        ("Troops in Mali shut the bases at Gossi, Kidal and Gao.", "Gossi"),
        ("Soldiers dug in at Tolokombe in Koulikoro Region, Mali.", "Tolokombe"),
        ("BEIRUT (MNA) - Two men were held.", "BEIRUT"),
        ("Mali sent troops to the villages of Gao, Ber and Tolokombe, and to Kidal.", "Tolokombe"),
    ],
)
def test_words_around_a_name_speak_for_a_place(parsed: Parsed, text: str, word: str) -> None:
    assert word in places(parsed, text)


@pytest.mark.parametrize(
    ("text", "word", "radius"),
    [
        ("Six soldiers died near Tessit, in Mali.", "Tessit", 20.0),
        ("They were ambushed 15 kilometres from Bamako.", "Bamako", 15.0),
        ("They were ambushed ten miles outside Bamako.", "Bamako", 16.1),
        ("A mine went off south of Kidal.", "Kidal", 50.0),
        ("Shells hit the outskirts of Omdurman.", "outskirts of Omdurman", 10.0),
        ("They left Kidal at noon.", "Kidal", None),
    ],
)
def test_how_far_around_is_told_in_kilometres(
    parsed: Parsed, text: str, word: str, radius: float | None
) -> None:
    assert places(parsed, text)[word].radius == radius


def test_a_distance_with_a_direction_moves_the_point(parsed: Parsed) -> None:
    found = places(parsed, "It blew up about 40 km (25 miles) north-east of Gao in Mali.")["Gao"]
    assert found.place.name == "Gao"
    assert found.place.lat == pytest.approx(16.27 + 0.25, abs=0.02)
    assert found.place.lon == pytest.approx(-0.04 + 0.27, abs=0.02)
    assert (found.radius, found.place.geonames) == (12.0, None)


def test_a_way_between_two_towns_lies_in_the_middle(parsed: Parsed) -> None:
    found = places(parsed, "They hit a bus on the road between Gao and Ménaka in Mali.")
    way = found["road between Gao and Ménaka"]
    assert (way.place.name, way.place.country, way.place.level) == ("Gao–Ménaka", "MLI", "region")
    assert way.place.lat == pytest.approx(16.1, abs=0.1)
    assert way.radius == pytest.approx(132, abs=5)
    assert {"Gao", "Ménaka"} <= set(places(parsed, "Talks took place between Gao and Ménaka."))


def test_a_part_of_a_country_lies_on_its_side(parsed: Parsed) -> None:
    found = places(parsed, "Gunmen crossed northern Mali and the centre of the country.")
    north, centre = found["northern Mali"], found["centre of the country"]
    assert (north.place.name, centre.place.name) == ("Northern Mali", "Central Mali")
    assert (north.place.lat or 0) > (centre.place.lat or 0) + 2
    assert (north.radius or 0) > 200


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("Paris said it would pull its troops out of Mali.", "Paris", True),
        ("Rebels were armed by Rwanda, officials say.", "Rwanda", True),
        ("They accused Iran of arming rebels.", "Iran", True),
        ("Talks with Iran broke down.", "Iran", True),
        ("He was killed in a Russia missile strike.", "Russia", True),
        ("China's commerce ministry denied it.", "China", True),
        ("The government of Mali denied it.", "Mali", True),
        ("They met in Syria's capital.", "Syria", False),
        ("Shells fell in Paris.", "Paris", False),
        ("Vessels left the Yemen coast.", "Yemen", False),
        ("Mali has seen three coups.", "Mali", False),
        ("Soldiers left Mali.", "Mali", False),
        ("In Mali, Gao fell to the rebels.", "Gao", False),
    ],
)
def test_a_name_may_stand_for_a_government(
    parsed: Parsed, text: str, word: str, *, stands: bool
) -> None:
    assert places(parsed, text)[word].metonymic is stands


def test_countries_and_divisions_of_other_countries(parsed: Parsed) -> None:
    found = places(parsed, "Marchers filled Hong Kong while Puerto Rico stayed calm.")
    assert (found["Hong Kong"].place.level, found["Hong Kong"].place.country) == ("adm1", "HKG")
    assert found["Puerto Rico"].place.level == "country"


def test_a_country_is_no_town_of_its_name(parsed: Parsed) -> None:
    text = "The United States and Mexico met. Iowa, Ohio and Maine want trade with Mexico."
    assert places(parsed, text)["Mexico"].place.level == "country"


def test_a_division_keeps_its_type_word(parsed: Parsed) -> None:
    found = places(parsed, "Mali: there was looting in the Gao region and in the Mopti regions.")
    assert found["Gao region"].place.name == "Gao Region"
    assert found["Mopti regions"].place.name == "Mopti Region"


def test_a_bare_name_of_town_and_region_is_the_town(parsed: Parsed) -> None:
    found = places(parsed, "In Mali, troops left Gossi and Menaka.")
    assert (found["Menaka"].place.level, found["Menaka"].place.country) == ("town", "MLI")


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        (
            "Police in Springfield, Ill., and in Peoria, Ill., held a man.",
            "Springfield",
            "Illinois",
        ),
        ("Police in Springfield, Mo., and in Joplin, Mo., held a man.", "Springfield", "Missouri"),
        ("A fair opened in Athens, Henderson County and in Tyler, Texas.", "Athens", "Texas"),
    ],
)
def test_places_told_together_lie_together(
    parsed: Parsed, text: str, word: str, country: str
) -> None:
    assert places(parsed, text)[word].place.admin1 == country


def test_the_main_country_is_where_the_towns_are(parsed: Parsed) -> None:
    text = (
        "French troops left, the French army said in Paris. France had bases at Gao, Kidal and "
        "Gossi in Mali.\n\nFighting went on in the north."
    )
    assert places(parsed, text)["the north"].place.name == "Northern Mali"


def test_a_border_is_named_for_both_sides(parsed: Parsed) -> None:
    found = places(parsed, "Mali sent troops to Gao and to the border with Niger.")
    assert found["border with Niger"].place.name == "Mali-Niger border"


def test_names_marked_beforehand_are_resolved(parsed: Parsed) -> None:
    text = "Whatever Tripoli in Lebanon and Bamako and Xyzzyville mean, Malian is Mali."
    doc = parsed(text)
    spans = [
        Span(text.index(x), text.index(x) + len(x)) for x in ("Tripoli", "Xyzzyville", "Malian")
    ]
    found = STEP.resolved(doc, spans)
    assert [m.place.country if m else None for m in found] == ["LBN", "LBN", "MLI"]
    assert [m.place.lat is None for m in found if m] == [False, True, False]
    assert [m.span for m in found if m] == spans


def test_scores_rise_with_certainty(parsed: Parsed) -> None:
    sure = places(parsed, "Shells fell near Kidal in Mali.")["Kidal"].score
    unsure = places(parsed, "Police in Springfield held a man.")["Springfield"].score
    assert 0 <= unsure < 0.6 < sure <= 1


def test_a_users_own_places_are_used(parsed: Parsed, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "name,aliases,level,country,lat,lon,admin1,weight,geonames,source\n"
        "Tolokombe,Toloko,town,MLI,14.5,-3.9,Mopti,50000,,me\n"
    )
    text = "Gunmen burned the village of Toloko in Mali."
    (layer,) = Places((str(mine),))([parsed(text)])
    found = {m.span.of(text): m.place for m in layer}
    place = found["village of Toloko"]
    assert (place.name, place.country, place.lat, place.admin1) == (
        "Tolokombe",
        "MLI",
        14.5,
        "Mopti",
    )


def test_a_village_no_gazetteer_lists_has_no_point(parsed: Parsed) -> None:
    found = places(parsed, "Gunmen burned the village of Tolokombe in Mali.")
    place = next(m.place for words, m in found.items() if "Tolokombe" in words)
    assert (place.country, place.level, place.lat, place.geonames) == ("MLI", "town", None, None)


def test_an_unlisted_village_lies_with_the_towns_around_it(parsed: Parsed) -> None:
    text = (
        "France and French allies left Mali. France closed its bases at Tolokombe, Kidal and Gao."
    )
    assert places(parsed, text)["Tolokombe"].place.country == "MLI"


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
