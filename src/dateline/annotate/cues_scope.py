"""What a cue governs: walks over the dependency tree."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.knowledge import read
from dateline.model import Parse, Span

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_VERBS = {"VERB", "AUX"}
_POINTING = {"this", "that", "these", "those"}
_DEFINITE = {"the"}
_CLAUSES = {"ccomp", "xcomp", "pcomp"}
_QUESTIONS = {"WP", "WRB", "WDT"}  # what is asked about did happen ("did not say who fired")
_AIMED = {"on", "at", "against"}  # prepositions before the target of an act
_FORMS = {"inf", "subjunctive", "nominal", "clause"}


class Scopes:
    """Tokens governed by a cue, by the method its entry names; see the head of the lexicon."""

    def __init__(self) -> None:
        limits: dict[str, list[str]] = read("lexicons/en/cues_limits.yaml")
        self._terminators = frozenset(limits["terminators"])
        self._nominal = frozenset(limits["nominal"])
        self._closed = frozenset(limits["closed"])
        self._light = frozenset(limits["light"])
        self.reporting = frozenset(limits["reporting"])
        self._methods: dict[str, Any] = {
            "clause": self._clause_of, "noun": self._noun_of, "complement": self._complement,
            "subordinate": self._subordinate, "condition": self._condition,
            "subject": self._subject, "object": self._object, "subject-of": self._clause_of,
            "head-complement": self._above, "complement-or-head": self._contrast,
            "last-complement": self._complement, "last-clause": self._clause_of,
            "predicate": self._predicate, "governor": self._governor,
            "last-governor": self._governor, "sentence": self._rest,
        }  # fmt: skip
        self.methods = frozenset(self._methods)

    def __call__(
        self, parse: Parse, words: tuple[int, int], method: str, by: Iterable[str]
    ) -> list[Span]:
        """The stretches governed by the cue of tokens `words` (first and last), in text order."""
        anchor = words[1] if method.startswith("last-") else words[0]
        found = set(self._methods[method](parse, anchor, tuple(by)))
        return _stretches(parse, found.difference(range(words[0], words[1] + 1)))

    def _clause_of(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        head = parse.tokens[at].head
        if head == at or parse.tokens[at].dep in {"xcomp", "ROOT"}:
            head = next(iter(parse.children(at, "xcomp")), head)
        yield from self._clause(parse, head)

    def _clause(self, parse: Parse, head: int) -> Iterator[int]:
        """A verb with its complements; with its subject where the subject is what happens."""
        token = parse.tokens[head]
        yield from self._below(parse, head)
        told = token.lemma == "be" and parse.children(head, "attr", "acomp")
        if token.lemma in self._light and not told:
            for subject in parse.children(head, *_SUBJECTS):
                if parse.tokens[subject].pos == "NOUN":
                    yield from self._below(parse, subject)
        for other in parse.children(head, "conj"):
            if parse.tokens[other].tag == token.tag and not parse.children(
                other, *_SUBJECTS, "aux"
            ):
                yield from self._clause(parse, other)

    def _below(self, parse: Parse, at: int) -> Iterator[int]:
        """`at` and what hangs below, up to a clause boundary or a terminator."""
        stack = [at]
        while stack:
            here = stack.pop()
            yield here
            stack.extend(i for i in parse.children(here) if self._open(parse, i, here))

    def _open(self, parse: Parse, at: int, head: int) -> bool:
        token, above = parse.tokens[at], parse.tokens[head]
        if token.dep == "mark" and above.dep in _CLAUSES:
            return token.lemma not in self._terminators
        if token.dep in {"nsubj", "nsubjpass"} and above.dep in _CLAUSES:
            return above.lemma in self._light
        if token.dep in self._closed or self._terminates(parse, at) or self._given(parse, at):
            return False
        if token.dep in {"advcl", "ccomp", "acl"}:
            return not self._ended(parse, at)
        if token.dep == "conj" and token.pos in _VERBS:
            return not parse.children(at, *_SUBJECTS) and token.tag == above.tag
        return (token.dep, token.tag) != ("amod", "VBN")

    def _given(self, parse: Parse, at: int) -> bool:
        """Whether a noun is spoken of as known ("not deterred by these attacks")."""
        token = parse.tokens[at]
        if token.dep not in {"pobj", "dobj"} or token.pos != "NOUN":
            return False
        words = {parse.tokens[i].lemma.lower() for i in parse.children(at, "det")}
        pointing = _POINTING if token.dep == "dobj" else _POINTING | _DEFINITE
        return not words.isdisjoint(pointing)

    def _terminates(self, parse: Parse, at: int) -> bool:
        lemma = parse.tokens[at].lemma
        if lemma in self._nominal:
            return not parse.children(at, "pcomp")
        return lemma in self._terminators

    def _ended(self, parse: Parse, at: int) -> bool:
        opening = parse.children(at, "mark", "advmod", "aux")
        if any(parse.tokens[i].lemma in self._terminators for i in opening):
            return True
        token = parse.tokens[at]
        asked = any(
            parse.tokens[i].tag in _QUESTIONS
            for i in parse.children(at, "nsubj", "nsubjpass", "dobj", "attr", "advmod")
        )
        return asked or (token.dep == "acl" and token.tag in {"VBN", "VBD"})

    def _noun_of(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        head = parse.tokens[at].head
        yield from (i for i in self._below(parse, head) if i >= min(at, head))

    def _predicate(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        subject = parse.tokens[parse.tokens[at].head]
        verb = parse.tokens[subject.head]
        if subject.dep in _SUBJECTS and verb.pos in _VERBS and verb.lemma != "be":
            yield verb.i

    def _governor(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        noun = parse.tokens[at]
        if noun.dep == "det":
            noun = parse.tokens[noun.head]
        above = parse.tokens[noun.head]
        if noun.dep == "pobj" and above.lemma in _AIMED:
            above = parse.tokens[above.head]
        elif noun.dep != "dobj":
            return
        if above.pos in _VERBS:
            yield above.i

    def _rest(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        yield from range(at + 1, parse.sentence(at)[1] + 1)

    def _complement(self, parse: Parse, at: int, by: tuple[str, ...]) -> Iterator[int]:
        roots = [root for path in by for root in follow(parse, at, path)]
        if not roots and "ccomp" in by and parse.tokens[at].dep == "acomp":
            roots = list(parse.children(parse.tokens[at].head, "ccomp"))  # "it is false that …"
        for root in roots:
            if parse.tokens[root].pos in _VERBS:
                yield from self._clause(parse, root)
            else:
                yield from self._below(parse, root)

    def _above(self, parse: Parse, at: int, by: tuple[str, ...]) -> Iterator[int]:
        yield from self._complement(parse, parse.tokens[at].head, by)

    def _contrast(self, parse: Parse, at: int, by: tuple[str, ...]) -> Iterator[int]:
        below = list(self._complement(parse, at, by))
        for i in () if below else parse.children(at + 1, *by):
            below.extend(self._below(parse, i))
        yield from below

    def _subordinate(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        head = parse.tokens[at].head
        yield from self._below(parse, head)
        for subject in parse.children(head, *_SUBJECTS):
            yield from self._below(parse, subject)

    def _condition(self, parse: Parse, at: int, by: tuple[str, ...]) -> Iterator[int]:
        yield from self._subordinate(parse, at, by)
        clause = parse.tokens[parse.tokens[at].head]
        if clause.dep == "advcl":
            yield from self._clause(parse, clause.head)

    def _subject(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        if parse.children(at, "xcomp", "ccomp", "dobj"):
            return
        for i in parse.children(at, *_SUBJECTS):
            yield from self._below(parse, i)
        if parse.tokens[at].dep in {"acl", "amod"}:
            yield parse.tokens[at].head

    def _object(self, parse: Parse, at: int, _: tuple[str, ...]) -> Iterator[int]:
        for i in parse.children(at, "dobj", "nsubjpass"):
            yield from self._below(parse, i)


def follow(parse: Parse, at: int, path: str) -> Iterator[int]:
    """The tokens below `at` that a path such as `prep:of.pcomp` or `ccomp.inf` leads to."""
    step, _, rest = path.partition(".")
    dep, _, word = step.partition(":")
    for i in parse.children(at, dep):
        if word and parse.tokens[i].lemma != word:
            continue
        if not rest and dep == "prep":
            yield from parse.children(i, "pobj", "pcomp")
        elif not rest:
            yield i
        elif rest in _FORMS:
            yield from (i,) if _fits(parse, i, rest) else ()
        else:
            yield from follow(parse, i, rest)


def _fits(parse: Parse, at: int, form: str) -> bool:
    token = parse.tokens[at]
    if form == "nominal":
        return token.pos == "NOUN"
    if form == "clause":
        return token.pos in _VERBS
    aux = [parse.tokens[i] for i in parse.children(at, "aux", "auxpass")]
    if form == "inf":
        return any(a.tag == "TO" for a in aux) or any(
            a.lemma in {"will", "would", "shall"} for a in aux
        )
    return (token.tag in {"VB", "VBP"} and not any(a.tag == "MD" for a in aux)) or any(
        a.text.lower() == "be" for a in aux
    )


def _stretches(parse: Parse, tokens: set[int]) -> list[Span]:
    """The tokens as runs without gaps; a gap of punctuation alone is none."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and all(parse.tokens[k].pos == "PUNCT" for k in range(runs[-1][1] + 1, i)):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return [parse.span(first, last) for first, last in runs]
