"""Checks that keep figures, names and verbs from being read as times."""

import re

from dateline.annotate.times.grammar import Atom
from dateline.model import Annotated, Span, Token

_YEARS = re.compile(
    r"(?:in|since|of|from|during|between|and|to|until|by|late|early|mid|or|before|after)[ -]$"
)
_OLDEST, _LATEST = 1900, 2049


class Guards:
    """Whether an atom may stand, given the words around it and how they are tagged."""

    _REACH = 24

    def __init__(self) -> None:
        self._after: dict[tuple[str, ...], re.Pattern[str]] = {}

    def allow(self, doc: Annotated, low: str, atom: Atom) -> bool:
        """Whether every check of the atom's entry holds."""
        entry = atom.entry
        if entry.capital and not _capital(doc.text[atom.start : atom.end]):
            return False
        if entry.never_after and self._follows(low, atom.start, entry.never_after):
            return False
        if not (entry.never_person or entry.year or entry.after):
            return True
        parse = doc.parse
        inside = parse.tokens_in(Span(atom.start, atom.end)) or [parse.token_at(atom.start)]
        tokens = [parse.tokens[i] for i in inside if i >= 0]
        if entry.never_person and any(t.ent == "PERSON" for t in tokens):
            return False
        if entry.after and not self._follows(low, atom.start, entry.after):
            return entry.or_tagged and _dated(tokens)
        return not entry.year or _is_year(doc, low, atom, tokens)

    def _follows(self, low: str, at: int, words: tuple[str, ...]) -> bool:
        if words not in self._after:
            body = "|".join(map(re.escape, words))
            self._after[words] = re.compile(rf"(?<!\w)(?:{body})(?:(?<=-)| )$")
        return self._after[words].search(low, max(0, at - self._REACH), at) is not None


def _capital(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return bool(letters) and any(w[:1].isupper() for w in re.findall(r"[^\W\d_]+", words))


def _dated(tokens: list[Token]) -> bool:
    return bool(tokens) and all(t.ent in {"DATE", "TIME"} and t.pos == "PROPN" for t in tokens)


def _is_year(doc: Annotated, low: str, atom: Atom, tokens: list[Token]) -> bool:
    """Whether a number of four digits names a year here."""
    if not tokens or tokens[0].ent in {"MONEY", "PERCENT", "QUANTITY"}:
        return False
    token, number = tokens[0], int(atom.fields["year"])
    head = doc.parse.tokens[token.head]
    counts = (
        token.dep in {"nummod", "quantmod"} and head.tag in {"NNS", "NNPS"} and head.i > token.i
    )
    opened = _YEARS.search(low, max(0, atom.start - 10), atom.start) is not None
    if counts and (number % 50 == 0 or not (token.ent == "DATE" or _the(low, atom.start))):
        return False
    if _OLDEST <= number <= _LATEST:
        return opened or counts or token.ent in {"DATE", "CARDINAL", "EVENT", "LAW", ""}
    return opened and token.ent == "DATE"


def _the(low: str, at: int) -> bool:
    return low.endswith(("the ", "'s "), 0, at)
