"""Texts in the letters that the fonts of dossiers have."""

import unicodedata

CODE_PAGE = "cp1252"


def latin(text: str) -> str:
    """The text in Western European letters: others without their accents, or as "?".

    >>> latin("Ménaka, Łódź, 京")
    'Ménaka, ?ódz, ?'
    """
    return "".join(map(_letter, text))


def _letter(char: str) -> str:
    try:
        char.encode(CODE_PAGE)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        return plain or "?"
    return char
