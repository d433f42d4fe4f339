import pytest

from dateline.ingest import language
from dateline.ingest.language import foreign

ENGLISH = (
    "The last soldiers left the base on Monday and crossed the border, the general staff said. "
    "Officials from the region have denied that there was any fighting. "
)
FRENCH = (
    "Les derniers soldats ont quitté la base lundi et ont franchi la frontière, a annoncé "
    "l'état-major. Le gouvernement accuse Paris d'avoir soutenu des groupes armés. "
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FRENCH, "fr"),
        (FRENCH.upper(), "fr"),
        ("El ejército informó el lunes de que al menos diecisiete soldados murieron en un ataque "
         "contra su base en el norte del país, según un comunicado.", "es"),
        ("По меньшей мере семнадцать военных погибли в воскресенье", "ru"),
        ("قال الجيش إن سبعة عشر جنديا قتلوا يوم الأحد في هجوم على قاعدة", "ar"),
        ("军方表示，周日该国北部一处军事基地遭到袭击，至少十七名士兵死亡，九人失踪", "zh"),
    ],
)  # fmt: skip
def test_another_language_is_told(text: str, code: str) -> None:
    assert foreign(text) == code


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Gao: 12 dead. Kidal: 3 dead. Timbuktu: 7 wounded. Menaka: 15 dead. Mopti: 22 abducted.",
        "Abdoulaye Diop, Assimi Goita, Choguel Maiga, Amadou Kouffa, Iyad Ag Ghaly, Moussa Mara",
        "qsd qsdf qsdfg " * 30,
        "Les soldats ont quitté le Mali.",  # too short to be sure
        "",
        "😀" * 500,
    ],
)
def test_english_and_doubtful_texts_pass(text: str) -> None:
    assert foreign(text) is None


def test_a_text_with_an_english_part_is_english() -> None:
    assert foreign(FRENCH * 20 + ENGLISH * 20) is None
    assert foreign(ENGLISH * 20 + FRENCH * 20) is None


def test_plain_english_never_reaches_the_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("the classifier was loaded")

    monkeypatch.setattr(language, "_identifier", fail)
    assert foreign(ENGLISH) is None
    with pytest.raises(AssertionError):
        foreign(FRENCH)
