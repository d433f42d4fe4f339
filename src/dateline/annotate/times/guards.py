"""Checks that keep figures, names and verbs from being read as times."""

import re

from dateline.annotate.times.grammar import Atom
from dateline.model import Annotated, Span, Token

_YEARS = re.compile(
    r"(?:\(|(?:in|since|of|from|during|between|and|to|until|by|late|early|mid|or|before|after)"
    r"[ -])$"
)
_TO = re.compile(r"\d{4} ?[-/] ?(?:1[5-9]|20)\d\d(?![.,]?\d)")
_FROM = re.compile(r"(?<![\d$£€.,])(?:1[5-9]|20)\d\d ?[-/] ?$")
_OLDEST, _LATEST, _ROUND = 1900, 2049, 1000


class Guards:
    """Whether an atom may stand, given the words around it and how they are tagged."""

    _REACH = 24

    def __init__(self) -> None:
        self._after: dict[tuple[str, ...], re.Pattern[str]] = {}

    def allow(self, doc: Annotated, low: str, atom: Atom) -> bool:
        """Whether every check of the atom's entry holds."""
        entry = atom.entry
        if not _spelt(doc.text, atom):
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


def _spelt(text: str, atom: Atom) -> bool:
    """Whether the words have the capitals their entry asks for, and none of a name."""
    if atom.entry.capital and not _capital(text[atom.start : atom.end]):
        return False
    return not (atom.entry.never_named and _in_name(text, atom))


def _in_name(text: str, atom: Atom) -> bool:
    """Whether the words stand with a capital before another ("the Daily Herald")."""
    after = text[atom.end : atom.end + 2]
    return text[atom.start].isupper() and after[:1] == " " and after[1:].isupper()


def _capital(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return bool(letters) and any(w[:1].isupper() for w in re.findall(r"[^\W\d_]+", words))


def _dated(tokens: list[Token]) -> bool:
    return bool(tokens) and all(t.ent in {"DATE", "TIME"} and t.pos == "PROPN" for t in tokens)


def _is_year(doc: Annotated, low: str, atom: Atom, tokens: list[Token]) -> bool:
    """Whether a number of four digits names a year here."""
    if not tokens or tokens[0].ent in {"MONEY", "PERCENT", "QUANTITY"}:
        return False
    begin = atom.end - 4
    if _TO.match(low, begin) or _FROM.search(low, max(0, begin - 7), begin):
        return True
    token, number = tokens[-1], int(atom.fields["year"])
    head = doc.parse.tokens[token.head]
    counts = (
        token.dep in {"nummod", "quantmod"} and head.tag in {"NNS", "NNPS"} and head.i > token.i
    )
    if counts and (number % 50 == 0 or not (token.ent == "DATE" or _the(low, atom.start))):
        return False
    opened = _YEARS.search(low, max(0, atom.start - 10), atom.start) is not None
    if _OLDEST <= number <= _LATEST:
        return opened or counts or token.ent in {"DATE", "CARDINAL", "EVENT", "LAW", ""}
    if number >= _ROUND and number % 100 == 0 and token.ent != "DATE":
        return False
    return token.ent in {"DATE", "EVENT", "LAW"} or (opened and head.i < token.i) or counts


def _the(low: str, at: int) -> bool:
    return low.endswith(("the ", "'s "), 0, at)
