from datetime import date

import pytest

from dateline.ingest.draft import Draft
from dateline.ingest.screening import admit
from dateline.model import Document, Record


def draft(text: str, **told: object) -> Draft:
    return Draft("a", "a.txt", text, told)


def admitted(text: str, **told: object) -> Document:
    found = admit(draft(text, **told))
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "a.txt: empty"),
        (" \n\t\u00a0", "a.txt: nothing but white space"),
        ("17 – 21 – 42 !!!", "a.txt: holds no words"),
        ("😀😀😀", "a.txt: holds no words"),
        ("\x01\x02\x03abc", "a.txt: binary data, not text (it is full of control characters)"),
    ],
)
def test_what_is_no_dispatch_is_refused(text: str, reason: str) -> None:
    found = admit(draft(text))
    assert isinstance(found, Record)
    assert found.problem == reason
    assert found.document.name == "a"


def test_a_text_over_the_limit_is_refused_with_the_remedy() -> None:
    found = admit(draft("word " * 3), max_characters=14)
    assert isinstance(found, Record)
    assert found.problem is not None
    assert "15 characters" in found.problem
    assert "14 characters at most" in found.problem
    assert "max_characters" in found.problem
    assert found.document.text == ""
    assert isinstance(admit(draft("word " * 3), max_characters=15), Document)


def test_another_language_is_refused_but_kept() -> None:
    text = "Les derniers soldats ont quitté la base lundi, a annoncé l'état-major des armées. " * 3
    found = admit(draft(text, title="Retrait"))
    assert isinstance(found, Record)
    assert found.problem == "a.txt: language fr, only English is coded"
    assert (found.document.text, found.document.title) == (text, "Retrait")


def test_the_text_is_kept_to_the_character() -> None:
    text = "  Troops\r\nleft \u202eGao\u202c at\x07 noon \U0001f600\u200b.\n\n"
    found = admitted(text)
    assert found.text == text
    assert found.notes == (
        "control characters kept in the text: U+0007 (1)",
        "direction marks kept, the text may look other than it reads: U+202C (1), U+202E (1)",
    )


def test_plain_text_has_no_notes() -> None:
    assert admitted("Café owners in Ménaka said “no”.\tThey\r\nleft\x85.").notes == ()


def test_an_unpaired_surrogate_is_replaced_in_place_and_noted() -> None:
    found = admitted("Troops \ud83d left Gao", title="\udc00 x")
    assert found.text == "Troops \ufffd left Gao"
    assert found.title == "\ufffd x"
    assert found.notes == ("unpaired surrogates, which no file can hold, read as U+FFFD",)


def test_damage_done_elsewhere_is_noted() -> None:
    assert admitted("Troops left M\ufffdnaka").notes == (
        "damaged before it was read: 1 characters are U+FFFD",
    )


def test_metadata_becomes_text_on_one_line() -> None:
    found = admitted(
        "Troops left.", title=" Last\n convoy ", publisher=42, url=["x"], date="2022-08-15"
    )
    assert (found.title, found.publisher, found.url) == ("Last convoy", "42", "")
    assert found.published == date(2022, 8, 15)


def test_a_bad_date_is_noted_and_not_fatal() -> None:
    found = admitted("Troops left.", date="2022-13-45")
    assert found.published is None
    assert found.notes == (
        "the publication date '2022-13-45' is no date (write YYYY-MM-DD): left unknown",
    )
