"""Quoted words, and the reporting verb that each quotation belongs to."""

import re
from collections.abc import Callable, Iterator

from dateline.model import Parse, Span

_QUOTES = re.compile(
    r"“[^“”]{2,2000}(?:”|$|(?=\n))"
    r"|\"[^\"\n]{2,2000}(?:\"|(?=\n)|$)"
    r"|(?:''|``)(?!')[^\n]{2,2000}?''"
    r"|(?<!\w)‘[^‘\n]{2,2000}?[,.!?]’(?!\w)",
    re.MULTILINE,
)
_WORDY = 4  # words that make a quotation a statement, not a name or a scare quote
_WHOLE = re.compile(r"\s.*[.,!?](?:[\"”’]|'')$")  # a short one that ends like a sentence
_ADJACENT = 3  # characters between two parts of one quotation
_VERBS = {"VERB", "AUX"}


def quotations(text: str) -> list[Span]:
    """Quoted statements in text order; names and single words in quotation marks are none."""
    return [
        Span(m.start(), m.end())
        for m in _QUOTES.finditer(text)
        if len(m.group().split()) >= _WORDY or _WHOLE.search(m.group())
    ]


class Quotations:
    """The quotations of a document; `by_verb` are those of each reporting verb.

    `reports` tells of a lemma whether the verb may introduce a quotation.
    """

    def __init__(self, parse: Parse, text: str, reports: Callable[[str], bool]) -> None:
        self._parse = parse
        self._text = text
        self._reports = reports
        self._all = quotations(text) if parse.tokens else []
        self._inside = {i for quote in self._all for i in parse.tokens_in(quote)}
        self.by_verb: dict[int, list[Span]] = {}
        self._assign()

    def led_in(self) -> Iterator[tuple[Span, int]]:
        """Quotations that a colon alone introduces, each with the colon."""
        claimed = {quote for quotes in self.by_verb.values() for quote in quotes}
        for quote in self._all:
            at = self._parse.token_at(quote.start) - 1
            if at < 0 or quote in claimed:
                continue
            colon = self._parse.tokens[at]
            if colon.text == ":" and "\n" not in self._text[colon.end : quote.start]:
                yield quote, at

    def _assign(self) -> None:
        """Give each quotation to the nearest verb; without one, to that of the one before."""
        last: tuple[Span, int] | None = None
        for quote in self._all:
            verbs = list(self._around(quote))
            if verbs:
                last = quote, min(verbs, key=lambda i: (self._gap(quote, i), i))
            elif last is not None and self._goes_on(last[0], quote):
                last = quote, last[1]
            else:
                last = None
                continue
            self.by_verb.setdefault(last[1], []).append(quote)

    def _around(self, quote: Span) -> Iterator[int]:
        """The reporting verbs outside quotations in the sentences where this one begins and ends.

        The sentence after it counts where it goes on in lower case ("…" he said).
        """
        parse, tokens = self._parse, self._parse.tokens
        inside = parse.tokens_in(quote)
        edges = [inside.start, max(inside.stop - 1, inside.start), inside.stop]
        if inside.stop < len(tokens) and not self._text[tokens[inside.stop].start].islower():
            first, _ = parse.sentence(inside.stop)
            edges = edges[:2] if first == inside.stop else edges
        for number in dict.fromkeys(tokens[i].sentence for i in edges if i < len(tokens)):
            first, last = parse.sentences[number]
            yield from (i for i in range(first, last + 1) if self._may_quote(i))

    def _may_quote(self, at: int) -> bool:
        token = self._parse.tokens[at]
        if token.pos not in _VERBS or at in self._inside or not self._reports(token.lemma):
            return False
        return not self._parse.children(at, "neg")

    def _gap(self, quote: Span, verb: int) -> int:
        token = self._parse.tokens[verb]
        return max(quote.start - token.end, token.start - quote.end)

    def _goes_on(self, before: Span, quote: Span) -> bool:
        """Whether nothing but the words that report the first stands between two quotations."""
        gap = self._text[before.end : quote.start]
        if len(gap) < _ADJACENT or not gap.strip():
            return True
        after = min(self._parse.token_at(before.end - 1) + 1, len(self._parse.tokens) - 1)
        sentence = self._parse.span(*self._parse.sentence(after))
        reported = sentence.end > before.end and sentence.start <= before.end + 1
        return reported and not self._text[sentence.end : quote.start].strip()
