"""Values in words."""

import pytest

from dateline.export import one_line, phrase
from dateline.export.phrases import visible
from dateline.model import Count, Party, Period, Place, Sourcing


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("actual", "actual"),
        (Party("Hill Front"), "Hill Front"),
        (Party("Hill Front", "XAB", "REB"), "Hill Front (XAB REB)"),
        (Place("Birko", "XAB", "town", admin1="Upper Arda"), "Birko, Upper Arda, XAB"),
        (Place("Upper Arda", "XAB", "adm1", admin1="Upper Arda"), "Upper Arda, XAB (adm1)"),
        (Period(), "not settled"),
        (Period("2021-05", "2021-05"), "2021-05"),
        (Period("2021-05-03", "2021-05-07"), "2021-05-03 to 2021-05-07"),
        (Period("2021"), "since 2021"),
        (Period(None, "2021"), "until 2021"),
        (Count("killed", "traders", 12, 12, 12), "12 traders killed"),
        (Count("killed", "people", 0, 0, 0), "no people killed"),
        (Count("injured", "people", 1200, 1200), "at least 1,200 people injured"),
        (Count("injured", "people", 24), "at least 24 people injured"),
        (Count("abducted", "pupils", 20, None, 25), "20 to 25 pupils abducted"),
        (Count("abducted", "pupils", 20, 22, 25), "20 to 25 (best 22) pupils abducted"),
        (Count("killed", "people", None, None, 9), "up to 9 people killed"),
        (Count("killed", "people", None, 9), "9 people killed"),
        (Count("killed", "people", 5, 9), "9 (at least 5) people killed"),
        (Count("killed", "people"), "an untold number of people killed"),
        (Count("participants", "people", 300), "at least 300 people (participants)"),
        (Count("participants", "participants", 300), "at least 300 participants"),
        (Count("killed", "x", 1, 1, 1, "army"), "1 x killed, according to army"),
        (Sourcing("Hill Front", "claims-responsibility"), "Hill Front (claims responsibility)"),
    ],
)
def test_phrase(value: object, words: str) -> None:
    assert phrase(value) == words


def test_hidden_characters_are_seen() -> None:
    assert visible("a\x1b]0;title\x07b") == "a␛]0;title␇b"
    assert visible("abc\u202edef\x7f\x9b") == "abc⟨U+202E⟩def␡⟨U+009B⟩"
    assert visible("line\n\ttab") == "line\n\ttab"
    assert visible("\ud800") == "⟨U+D800⟩"
    assert visible("می‌خواهم 👩‍🚒") == "می‌خواهم 👩‍🚒"


def test_one_line_joins_lines() -> None:
    assert one_line("  the\u2028army\r\nsaid ") == "the army said"
