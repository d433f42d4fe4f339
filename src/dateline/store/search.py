"""Finding dispatches by their words, alike on both databases."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

BATCH = 256
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_LONGEST_WORD = 64
_MOST_BYTES = 250_000  # of words; PostgreSQL indexes no more than a megabyte of a text

_INDEX = {
    "sqlite": sa.text("INSERT INTO search (rowid, words) VALUES (:key, :words)"),
    "postgresql": sa.text(
        "INSERT INTO search (document, words) VALUES (:key, to_tsvector('simple', :words))"
    ),
}
_FOUND = {
    "sqlite": "SELECT rowid FROM search WHERE search MATCH :terms",
    "postgresql": "SELECT document FROM search "
    "WHERE words @@ websearch_to_tsquery('simple', :terms)",
}


def fold(text: str) -> str:
    """The words of a text, without case, accents and marks between them.

    >>> fold("Côte d'Ivoire’s")
    'cote d ivoire s'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(word[:_LONGEST_WORD] for word in _WORD.findall(plain))


def terms(wanted: str) -> str:
    """What to look for, in the notation of both databases; "" if it holds no words.

    Every word must occur; words in double quotes must follow one another.

    >>> terms('Kati "military camp"')
    '"kati" "military camp"'
    """
    found = (fold(phrase or word) for phrase, word in _TERM.findall(wanted))
    return " ".join(f'"{term}"' for term in found if term)


def index(connection: sa.Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Enter the words of new documents (key and text)."""
    rows = [{"key": key, "words": _searched(text)} for key, text in texts]
    connection.execute(_INDEX[connection.dialect.name], rows)


def matching(wanted: str, dialect: str) -> Any:
    """A subquery for the keys of the documents that hold the words wanted."""
    looked_for = terms(wanted)
    if not looked_for:
        return sa.select(sa.literal(0)).where(sa.false()).scalar_subquery()
    return sa.text(_FOUND[dialect]).bindparams(terms=looked_for)


def _searched(text: str) -> str:
    words = fold(text)
    if len(words.encode("utf-8", "replace")) <= _MOST_BYTES:
        return words.encode("utf-8", "replace").decode()
    return words.encode("utf-8", "replace")[:_MOST_BYTES].decode("utf-8", "ignore")
