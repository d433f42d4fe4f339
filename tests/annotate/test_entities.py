"""Parties found in hand-written sentences."""

from collections.abc import Callable
from datetime import date

import pytest

from dateline.annotate.entities import Entities
from dateline.annotate.entities_nouns import plural
from dateline.annotate.places import Places
from dateline.model import Annotated, Document, EntityMention, Parse, Party


@pytest.fixture(scope="module")
def step() -> Entities:
    return Entities()


@pytest.fixture(scope="module")
def read(
    parsed: Callable[..., Annotated], step: Entities
) -> Callable[..., dict[str, EntityMention]]:
    def run(text: str, published: date | None = None) -> dict[str, EntityMention]:
        doc = parsed(text, published=published, steps=[step])
        return {m.span.of(doc.text): m for m in doc[EntityMention]}

    return run


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("Two Malian soldiers were killed near the ford.", "Two Malian soldiers",
         Party("Malian Armed Forces", "MLI", "MIL")),
        ("The French army left the base in June.", "The French army",
         Party("French Armed Forces", "FRA", "MIL")),
        ("Russian police arrested a poet.", "Russian police",
         Party("Russian police", "RUS", "COP")),
        ("Mali's military government closed the border.", "Mali's military government",
         Party("Government of Mali", "MLI", "GOV")),
        ("Fighters of Boko Haram burned the school.", "Fighters of Boko Haram",
         Party("Boko Haram", "NGA", "REB")),
        ("ISIL fighters fled the town.", "ISIL fighters", Party("Islamic State", "INT", "REB")),
        ("The IDF struck a depot.", "The IDF", Party("Israel Defense Forces", "ISR", "MIL")),
        ("JNIM attacked the convoy.", "JNIM",
         Party("Jama'at Nusrat al-Islam wal-Muslimin", "INT", "REB")),
        ("Ukraine rejected the offer.", "Ukraine", Party("Government of Ukraine", "UKR", "GOV")),
        ("The Kremlin rejected the offer.", "The Kremlin",
         Party("Government of Russia", "RUS", "GOV")),
        ("UN officials counted nine graves.", "UN officials",
         Party("United Nations", "INT", "IGO")),
        ("A Chadian rebel commander surrendered.", "A Chadian rebel commander",
         Party("Chadian rebels", "TCD", "REB")),
    ],
)  # fmt: skip
def test_a_phrase_becomes_the_party_it_names(
    read: Callable[..., dict[str, EntityMention]], text: str, words: str, party: Party
) -> None:
    found = read(text)
    assert words in found, sorted(found)
    assert found[words].party == party


def test_a_leader_is_known_by_name_title_and_surname(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("French President Emmanuel Macron flew home; later the president met aides.")
    macron = Party("Emmanuel Macron", "FRA", "GOV")
    assert found["French President Emmanuel Macron"].party == macron
    assert found["the president"].party == macron
    assert found["French President Emmanuel Macron"].known


def test_an_unknown_person_takes_country_and_sector_from_the_title(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("Kenyan lawmaker Achieng Barasa was held. Barasa denied the charge.")
    assert found["Kenyan lawmaker Achieng Barasa"].party == Party("Achieng Barasa", "KEN", "LEG")
    assert found["Barasa"].party.name == "Achieng Barasa"


def test_coordinated_nouns_are_separate_and_share_their_country(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("Malian soldiers and policemen guarded the bridge.")
    assert found["Malian soldiers"].party.country == "MLI"
    assert found["policemen"].party == Party("Malian police", "MLI", "COP")


def test_a_joint_phrase_names_every_army(read: Callable[..., dict[str, EntityMention]]) -> None:
    found = read("French and British troops landed at dawn.")
    assert {m.party.name for m in found.values()} == {
        "French Armed Forces",
        "British Armed Forces",
    }


def test_an_office_beside_a_name_is_its_holder(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("The Foreign Secretary, Boris Johnson, spoke. The Foreign Secretary left.")
    assert found["The Foreign Secretary"].party.name == "Boris Johnson"


def test_generic_words_belong_to_the_country_of_the_dispatch(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("The junta in Burkina Faso banned two papers. Police searched the offices.")
    assert found["Police"].party == Party("Burkinabe police", "BFA", "COP")


def test_the_date_decides_what_a_group_was(read: Callable[..., dict[str, EntityMention]]) -> None:
    text = "The Taliban closed the road."
    assert read(text, date(2020, 5, 1))["The Taliban"].party.sector == "REB"
    assert read(text, date(2022, 5, 1))["The Taliban"].party.sector == "GOV"


def test_an_armed_act_by_a_demonym_is_the_armed_forces(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("An Israeli airstrike hit a farm. An Israeli proposal was rejected.")
    sectors = [m.party.sector for words, m in found.items() if "Israeli" in words]
    assert "MIL" in sectors


def test_forces_led_by_a_country_are_not_its_own(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("In Ukraine, Russia-led forces shelled the Ukrainian town of Pisky.")
    assert found["Russia-led forces"].party.country != "RUS"


def test_words_of_no_party_and_pronouns_give_nothing(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    assert read("It rained on the hills, and they were green.") == {}


def test_an_abbreviation_in_brackets_is_known_afterwards(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("The Sahel Herders Union (SHU) met on Monday. On Friday SHU protested.")
    assert found["SHU"].party.name == "Sahel Herders Union"


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("In Mali, West African envoys met.", "West African envoys", ("INT", "GOV")),
        ("In Chad, host countries asked for money.", "host countries", (None, "GOV")),
        ("In Chad, our allies will help.", "our allies", ("INT", "GOV")),
        ("In Mali, foreign troops left the base.", "foreign troops", (None, "MIL")),
        ("Gunmen in Kenya shot two teachers.", "Gunmen in Kenya", ("KEN", "UAF")),
        ("Residents of Nairobi fled.", "Residents of Nairobi", ("KEN", "CVL")),
        ("A former Kenyan minister was held.", "A former Kenyan minister", ("KEN", "ELI")),
        ("One Kenyan was hurt.", "One Kenyan", ("KEN", "CVL")),
        ("Aid reached Kenya's displaced.", "Kenya's displaced", ("KEN", "REF")),
        ("Chile's Defense Department met.", "Chile's Defense Department", ("CHL", "MIL")),
        ("Some NGO workers left.", "Some NGO workers", (None, "NGO")),
        ("The breakaway republic of Abkhazia voted.", "Abkhazia", ("GEO", "PRE")),
        ("Russia-backed fighters fled.", "Russia-backed fighters", (None, "REB")),
    ],
)
def test_country_and_sector_of_generic_words(
    read: Callable[..., dict[str, EntityMention]],
    text: str,
    words: str,
    party: tuple[str | None, str],
) -> None:
    found = read(text)
    assert words in found, sorted(found)
    assert (found[words].party.country, found[words].party.sector) == party


@pytest.mark.parametrize(
    ("text", "name", "sector"),
    [
        ("Special Envoy for Peace Achieng Barasa flew home.", "Achieng Barasa", "GOV"),
        ("Sergeant Achieng Barasa fell.", "Achieng Barasa", "MIL"),
        ("The suspect, identified as Achieng Barasa, fled.", "Achieng Barasa", "CRM"),
        ("A gunman named Achieng Barasa fled.", "Achieng Barasa", "UAF"),
        ("Achieng Barasa is a journalist.", "Achieng Barasa", "JRN"),
    ],
)
def test_a_title_or_description_tells_the_sector_of_a_person(
    read: Callable[..., dict[str, EntityMention]], text: str, name: str, sector: str
) -> None:
    assert (name, sector) in {(m.party.name, m.party.sector) for m in read(text).values()}


def test_the_president_of_another_country_is_not_the_one_named_before(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("President Emmanuel Macron spoke. The president of Kenya left the hall.")
    assert found["The president of Kenya"].party.country == "KEN"


def test_a_town_is_no_party(parsed: Callable[..., Annotated], step: Entities) -> None:
    text = "The truck burned in Kilifi. Kilifi lies on the coast of Kenya."
    places = [Places(), step]
    found = parsed(text, steps=places)[EntityMention]
    assert "Kilifi" not in {m.span.of(text) for m in found}


def test_a_capital_inside_another_name_is_no_government(
    parsed: Callable[..., Annotated], step: Entities
) -> None:
    text = "Rebels attacked Mocimboa da Praia in Mozambique."
    found = parsed(text, steps=[Places(), step])[EntityMention]
    assert "CPV" not in {m.party.country for m in found}


def test_an_abbreviation_of_another_name_is_left_alone(
    read: Callable[..., dict[str, EntityMention]],
) -> None:
    found = read("The Herders Union (ISAF) met. ISAF fired.")
    assert "Herders Union" not in {m.party.name for w, m in found.items() if w == "ISAF"}


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "\u0000\u0007", "🙂🙂 🙂", "a" * 20_000, "- - ( ) ,\n\n;", "The the of of"],
)
def test_odd_text_does_no_harm(parsed: Callable[..., Annotated], step: Entities, text: str) -> None:
    doc = parsed(text, steps=[step])
    assert all(m.span.end <= len(text) for m in doc[EntityMention])


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("NAIROBI (AFP) - The president sent police to Haiti.", False),
        ("NAIROBI - The president sent police to Haiti.", False),
        ("NAIROBI refused to send police to Haiti.", True),
    ],
)
def test_a_dateline_is_no_party(
    parsed: Callable[..., Annotated], step: Entities, text: str, *, acts: bool
) -> None:
    doc = parsed(text, steps=[step])
    assert ("NAIROBI" in {e.span.of(text) for e in doc[EntityMention]}) is acts


def test_without_tokens_there_are_no_mentions(step: Entities) -> None:
    (found,) = step([Annotated(Document("text"), Parse("none", (), ()))])
    assert list(found) == []


@pytest.mark.parametrize(
    ("one", "many"),
    [("gunman", "gunmen"), ("child", "children"), ("boss", "bosses"), ("boy", "boys")],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many
