"""Tokens, sentences and the dependency tree: the parse, held as our own values."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.model.span import Span


class Token(NamedTuple):
    """One token, labelled by the parser: `pos` UPOS, `tag` Penn, `dep` ClearNLP, `ent` OntoNotes.

    `i` is its place in `Parse.tokens`, `head` that of its head (itself at a root).
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    ent: str

    @property
    def span(self) -> Span:
        """Its characters."""
        return Span(self.start, self.end)


class NamedEntity(NamedTuple):
    """A name the parser's tagger found: tokens `first` to `last`, both included."""

    first: int
    last: int
    label: str


_CLAUSES = frozenset(
    {"relcl", "acl", "advcl", "ccomp", "parataxis", "appos", "punct", "conj", "cc"}
)


@dataclass(frozen=True, slots=True)
class Parse:
    """A document's tokens and trees. Token arguments and results are indices into `tokens`."""

    found_by: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[NamedEntity, ...] = ()
    _children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        object.__setattr__(self, "_children", tuple(map(tuple, children)))
        object.__setattr__(self, "_starts", tuple(t.start for t in self.tokens))

    def children(self, at: int, *deps: str) -> tuple[int, ...]:
        """Dependents of `at` in text order; with `deps`, only those so labelled."""
        found = self._children[at]
        if not deps or not found:
            return found
        tokens = self.tokens
        return tuple([i for i in found if tokens[i].dep in deps])

    def subtree(self, at: int) -> list[int]:
        """`at` and everything below it, in text order."""
        out, stack = [], [at]
        while stack:
            i = stack.pop()
            out.append(i)
            stack.extend(self._children[i])
        return sorted(out)

    def ancestors(self, at: int) -> Iterator[int]:
        """Heads from the nearest to the root of the sentence."""
        while self.tokens[at].head != at:
            at = self.tokens[at].head
            yield at

    def token_at(self, offset: int) -> int:
        """The last token that begins at or before `offset`; -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def tokens_in(self, span: Span) -> range:
        """Indices of the tokens that begin inside `span`."""
        first = bisect_right(self._starts, span.start - 1)
        return range(first, bisect_right(self._starts, span.end - 1))

    def sentence(self, at: int) -> tuple[int, int]:
        """First and last token (both included) of the sentence of `at`."""
        return self.sentences[self.tokens[at].sentence]

    def span(self, first: int, last: int) -> Span:
        """Characters from token `first` to token `last`, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def head_of(self, span: Span) -> int:
        """The token in `span` whose head lies outside it (the first such), or -1 without tokens."""
        inside = self.tokens_in(span)
        for i in inside:
            if self.tokens[i].head == i or self.tokens[i].head not in inside:
                return i
        return inside.start if len(inside) else -1

    def conjuncts(self, at: int) -> list[int]:
        """`at` and the heads coordinated with it ("A, B and C"), in text order."""
        out = [at]
        for i in out:
            out.extend(self.children(i, "conj"))
        return sorted(out)

    def phrase(self, at: int) -> Span:
        """The noun phrase headed by `at`, without clauses, appositions and conjuncts.

        Prepositional attributes stay in ("the army of Mali"), as in the coding guidelines.
        """
        keep, stack = [at], [at]
        while stack:
            here = stack.pop()
            for i in self._children[here]:
                clause = self.tokens[i].dep in _CLAUSES or bool(self.children(i, "pcomp"))
                if clause and not self._joins(here, i):
                    continue
                keep.append(i)
                stack.append(i)
        first, last = at, at
        kept = set(keep)
        while first - 1 in kept:
            first -= 1
        while last + 1 in kept:
            last += 1
        return self.span(first, last)

    def _joins(self, head: int, at: int) -> bool:
        """Whether `at` is a hyphen or a conjunct inside a modifier, which a phrase may not lose."""
        token = self.tokens[at]
        return token.text in {"-", "–"} or (
            token.dep in {"conj", "cc"} and self.tokens[head].dep in {"amod", "compound", "nmod"}
        )
