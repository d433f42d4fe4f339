"""Figures in running text: numerals, number words and what bounds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from dateline.knowledge import Entry, entries

LEXICON = "lexicons/en/quantities.yaml"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_NOT_AFTER = r"(?<![\w$€£¥.,:/#+-])"
_NOT_BEFORE = (
    r"(?![\w%°]|[.,:/]\d|\s?%|-?(?:year|day|month|week|hour|minute|point|member|mile|metre|meter)s?\b"
    r"|-[a-z])"
)

Bounds = tuple[int | None, int | None, int | None]


class Form(Entry):
    """One way to say how many; see the head of the lexicon for `form`."""

    form: Literal["exact", "range", "bound", "amount", "single", "none", "nobody", "without"]
    words: tuple[str, ...] = ()
    sets: tuple[Literal["low", "best", "high"], ...] = ()
    after: bool = False
    low: int | None = None
    best: int | None = None
    high: int | None = None
    examples: dict[str, Bounds] = Field(default={})
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Characters `start` to `end` give the bounds; the number proper begins at `number`."""

    start: int
    number: int
    end: int
    bounds: Bounds
    entry: str


class Figures:
    """Find the figures of a text, whatever they count."""

    def __init__(self, numbers: dict[str, int], scales: dict[str, int]) -> None:
        self._numbers, self._scales = numbers, scales
        self.forms = entries(LEXICON, Form)
        self._bounds = {w: n for n, f in self.forms.items() if f.form == "bound" for w in f.words}
        self._amounts = {w: n for n, f in self.forms.items() if f.form == "amount" for w in f.words}
        self._pattern = re.compile(self._source(), re.IGNORECASE)

    def __call__(self, text: str) -> Iterator[Figure]:
        """The figures in text order."""
        for match in self._pattern.finditer(text):
            found = self._read(match)
            if found:
                yield found

    def _source(self) -> str:
        words, scales = _either(self._numbers), _either(self._scales)
        spelt = rf"(?:{words})(?:(?:[-‐‑ ]|\sand\s)(?:{words})\b)*"
        number = rf"(?:{_DIGITS}|{spelt})(?:[ -](?:{scales})\b)*{_NOT_BEFORE}"
        before = _either(w for w, n in self._bounds.items() if not self.forms[n].after)
        after = _either(w for w, n in self._bounds.items() if self.forms[n].after)
        return (
            rf"{_NOT_AFTER}(?:\bbetween\s(?P<from>{number})\sand\s(?P<until>{number})"
            rf"|(?:\b(?P<bound>{before})\s(?:another\s|a\s(?:further\s)?(?=hundred|thousand|dozen|million))?)?"
            rf"(?:(?P<amount>(?:{_either(self._amounts)})\b)"
            rf"|(?P<number>{number})(?:\s?(?:\bto\b|\bor\b|-|–)\s?(?P<upper>{number}))?)"
            rf"(?:\s(?P<after>{after})\b)?)"
        )

    def _read(self, match: re.Match[str]) -> Figure | None:
        got = match.groupdict()
        if got["from"]:
            low, high = self._value(got["from"]), self._value(got["until"])
            return _figure(match, "from", _spread(low, high), "range")
        if got["amount"]:
            name = self._amounts[" ".join(got["amount"].lower().split())]
            form = self.forms[name]
            found = _figure(match, "amount", (form.low, form.best, form.high), name)
            return found if form.best is None else self._bounded(found, got, form.best)
        if got["upper"]:
            return self._range(match, got["number"] or "", got["upper"])
        value = self._value(got["number"])
        if value is None:
            return None
        return self._bounded(_figure(match, "number", (value,) * 3, "exact"), got, value)

    def _range(self, match: re.Match[str], lower: str, upper: str) -> Figure | None:
        low, high = self._value(lower), self._value(upper)
        if low is None or high is None or low >= high or _years(lower, upper):
            return None
        return _figure(match, "number", _spread(low, high), "range")

    def _bounded(self, found: Figure, got: dict[str, str | None], value: int) -> Figure:
        words = got["bound"] or got["after"]
        if not words:
            return found
        name = self._bounds[" ".join(words.lower().split())]
        sets = self.forms[name].sets
        low, best, high = (value if x in sets else None for x in ("low", "best", "high"))
        return replace(found, bounds=(low, best, high), entry=name)

    def _value(self, words: str | None) -> int | None:
        """The number some words say; None if they make none ("two three")."""
        total, part, last = 0.0, 0.0, float("inf")
        for word in re.findall(r"[\d.,]+|[a-z]+", (words or "").lower()):
            if word in self._scales:
                part = (part or 1) * self._scales[word]
                if self._scales[word] >= 1000:
                    total, part = total + part, 0.0
                last = self._scales[word]
            elif word != "and":
                number = self._numbers.get(word)
                value = float(word.replace(",", "")) if number is None else float(number)
                if value >= last or (part and part < 20):
                    return None
                part, last = part + value, value
        total += part
        return int(total) if total == int(total) else None


def _figure(match: re.Match[str], group: str, bounds: Bounds, entry: str) -> Figure:
    return Figure(match.start(), match.start(group), match.end(), bounds, entry)


def _years(*words: str) -> bool:
    """Whether these figures are years ("2019–2020")."""
    return all(re.fullmatch(r"(?:1[89]|20)\d\d", w) for w in words)


def _spread(low: int | None, high: int | None) -> Bounds:
    return low, None, high


def _either(words: object) -> str:
    """A regular expression for any of the words, longest first, over any white space."""
    ranked = sorted(map(str, words), key=lambda w: (-len(w), w))  # type: ignore[call-overload]
    return "|".join(r"\s".join(map(re.escape, word.split())) for word in ranked)
