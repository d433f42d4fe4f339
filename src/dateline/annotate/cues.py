"""Words that deny, plan, doubt or repeat what other words tell, and how far they reach."""

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from dateline.annotate.cues_scope import Scopes
from dateline.errors import KnowledgeError
from dateline.knowledge import Entry, entries
from dateline.model import Annotated, Annotation, Cue, Parse, Token

LEXICON = "lexicons/en/cues.yaml"
_AHEAD = 14  # tokens ahead in which a word that an entry asks for may follow


class CueEntry(Entry):
    """A family of cue words; see the head of the lexicon for its fields."""

    category: Literal[
        "negated", "planned", "alleged", "hypothetical", "ongoing", "attempted", "background"
    ]
    words: tuple[str, ...]
    scope: str
    by: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    deps: frozenset[str] = frozenset()
    head_tags: frozenset[str] = frozenset()
    head_unless: frozenset[str] = frozenset()
    head_deps_unless: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    asked: bool = False
    reach: int | None = None
    content: bool = False
    tells: Literal["negated", "planned", "alleged", "hypothetical", "ongoing"] | None = None
    beside: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    reported: bool | None = None
    examples: dict[str, str] = Field(default={})
    counter_examples: dict[str, str] = Field(default={})


class Cues:
    """Cue words with the words they govern, one annotation for each unbroken stretch governed."""

    name = "cues"
    reads: tuple[type[Annotation], ...] = ()
    writes = Cue

    def __init__(self) -> None:
        self._scopes = Scopes()
        self._by_word: dict[str, list[tuple[str, CueEntry, tuple[str, ...]]]] = {}
        for name, entry in entries(LEXICON, CueEntry).items():
            if entry.scope not in self._scopes.methods:
                raise KnowledgeError(f"{LEXICON}: '{name}': no scope is called '{entry.scope}'")
            for words in entry.words:
                first, *rest = words.split()
                self._by_word.setdefault(first, []).append((name, entry, tuple(rest)))

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[Cue]]:
        """The cues of each document, in text order."""
        for doc in docs:
            yield sorted(self._find(doc.parse), key=lambda c: (c.span, c.found_by, c.scope))

    def _find(self, parse: Parse) -> Iterator[Cue]:
        for token in parse.tokens:
            seen = set()
            for name, entry, rest in self._entries(token):
                if name in seen or not self._follows(parse, token, rest):
                    continue
                if self._holds(parse, token, entry):
                    seen.add(name)
                    yield from self._cues(parse, (token.i, token.i + len(rest)), name, entry)

    def _entries(self, token: Token) -> list[tuple[str, CueEntry, tuple[str, ...]]]:
        """The entries with a cue that begins with the token, as written or by lemma."""
        lower = token.text.lower()
        found = self._by_word.get(lower, [])
        return found if lower == token.lemma else found + self._by_word.get(token.lemma, [])

    def _cues(
        self, parse: Parse, words: tuple[int, int], name: str, entry: CueEntry
    ) -> Iterator[Cue]:
        span = parse.span(*words)
        for scope in self._scopes(parse, words, entry.scope, entry.by):
            yield Cue(span, f"cues#{name}", entry.category, scope)

    def _follows(self, parse: Parse, token: Token, rest: tuple[str, ...]) -> bool:
        after = parse.tokens[token.i + 1 : token.i + 1 + len(rest)]
        return len(after) == len(rest) and all(
            word in {t.text.lower(), t.lemma} for word, t in zip(rest, after, strict=True)
        )

    def _holds(self, parse: Parse, token: Token, entry: CueEntry) -> bool:
        """Whether the token is labelled as the entry asks, among the words it asks for."""
        head = parse.tokens[token.head]
        if entry.tags and token.tag not in entry.tags:
            return False
        if entry.deps and token.dep not in entry.deps:
            return False
        if not self._hangs(head, entry) or not self._stands(parse, token, entry):
            return False
        if entry.beside or entry.unless:
            around = self._around(parse, token, entry)
            wanted = not entry.beside or not entry.beside.isdisjoint(around)
            if not wanted or not entry.unless.isdisjoint(around):
                return False
        return entry.reported is None or entry.reported == self._reported(parse, head.i)

    def _hangs(self, head: Token, entry: CueEntry) -> bool:
        """Whether the cue's head is as the entry asks."""
        if entry.head_tags and head.tag not in entry.head_tags:
            return False
        if entry.heads and head.lemma not in entry.heads:
            return False
        return head.lemma not in entry.head_unless and head.dep not in entry.head_deps_unless

    def _stands(self, parse: Parse, token: Token, entry: CueEntry) -> bool:
        """Whether the sentence goes on as the entry asks: with a word, or as a question."""
        if not entry.later and not entry.asked:
            return True
        first, last = parse.sentence(token.i)
        if entry.asked and not (token.i == first and parse.tokens[last].text == "?"):
            return False
        after = parse.tokens[token.i + 1 : min(last, token.i + _AHEAD) + 1]
        return not entry.later or any(t.lemma in entry.later for t in after)

    def _around(self, parse: Parse, token: Token, entry: CueEntry) -> set[str]:
        """Lemmas beside the cue: the dependents of its head, or its own where it governs."""
        at = token.i if entry.scope == "complement" else token.head
        return {parse.tokens[i].lemma for i in parse.children(at) if i != token.i}

    def _reported(self, parse: Parse, at: int) -> bool:
        """Whether the clause of the verb `at` is told as somebody's words."""
        for _ in range(8):
            token = parse.tokens[at]
            if token.head == at:
                return False
            head = parse.tokens[token.head]
            if token.dep == "ccomp":
                return head.lemma in self._scopes.reporting
            if token.dep == "acl" and head.pos == "NOUN":
                return True
            if token.dep not in {"conj", "advcl", "xcomp"}:
                return False
            at = token.head
        return False
