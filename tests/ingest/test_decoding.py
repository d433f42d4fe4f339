import codecs

import pytest

from dateline.errors import InputError
from dateline.ingest.decoding import charset, decode

TEXT = "Soldiers left Ménaka – “for good”, the général said."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_unicode_is_read_without_a_note_and_without_its_mark(data: bytes) -> None:
    assert decode(data) == (TEXT, ())


def test_windows_text_is_read_and_noted() -> None:
    assert decode(TEXT.encode("cp1252")) == (TEXT, ("not UTF-8: read as Windows-1252",))


def test_latin_1_is_the_last_resort() -> None:
    text, notes = decode(b"Soldiers left M\xe9naka.\x81 No shots were fired.")
    assert text == "Soldiers left Ménaka.\x81 No shots were fired."
    assert notes == ("not UTF-8: read as Latin-1",)


def test_the_declared_encoding_comes_before_a_guess() -> None:
    text, notes = decode("Войска ушли".encode("cp1251"), "windows-1251")
    assert text == "Войска ушли"
    assert notes == ("read as windows-1251, the encoding it declares",)


@pytest.mark.parametrize("declared", ["klingon", "hex", "utf-8", "ascii"])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(TEXT.encode("cp1252"), declared)[0] == TEXT


def test_valid_utf_8_is_believed_whatever_is_declared() -> None:
    assert decode(TEXT.encode(), "iso-8859-1") == (TEXT, ())


def test_one_damaged_byte_does_not_garble_the_rest() -> None:
    text, notes = decode(TEXT.encode() + b"\xc3")
    assert text == TEXT + "\ufffd"
    assert notes == ("1 damaged byte sequences read as U+FFFD (UTF-8)",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 \xe2\xe3", "a PDF file"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or an office document"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"{\\rtf1\\ansi Troops left}", "a rich text file"),
        (b"Troops\0left", "NUL bytes"),
        ("Войска ушли из города".encode("cp1251"), "neither UTF-8 nor a Western encoding"),
        (codecs.BOM_UTF16_LE + b"\x00\xdc" * 40, "no text"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(data)


def test_charset_of_a_page() -> None:
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15">'
    assert charset(page) == "ISO-8859-15"
    assert charset(b"<html><body>charset=none</body>") is None
