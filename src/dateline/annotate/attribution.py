"""Who says what: sources, words of reporting, and the stretches of text they answer for."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import Field

from dateline.annotate.attribution_quotes import Outlets, quotations
from dateline.annotate.attribution_sources import Speakers, phrases
from dateline.annotate.cues_scope import follow
from dateline.knowledge import Entry, entries
from dateline.model import Annotated, Annotation, Attribution, Parse, Span, Token

LEXICON = "lexicons/en/attribution.yaml"
Stance = Literal["reports", "announces", "claims-responsibility", "alleges", "confirms", "denies"]
_OWN = {"it", "he", "she", "they", "we", "i", "its", "his", "her", "their", "our"}
_FUTURE = {"will", "would", "shall", "'ll", "’ll", "'d"}
_PLANS = {"plan", "intend", "go", "aim", "agree", "decide", "expect", "seek"}
_BREAKS = {"advcl", "punct", "cc", "mark", "parataxis", "meta", "intj", "conj"}


class Reporting(Entry):
    """A family of reporting words; see the head of the lexicon for its fields."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    content: tuple[str, ...]
    stance: Stance
    own: Stance | None = None
    quotes: bool = False
    examples: dict[str, tuple[str | None, str]] = Field(default={})
    counter_examples: tuple[str, ...] = ()


class Attributions:
    """Sources with what they say, one annotation for each source and stance."""

    name = "attribution"
    reads: tuple[type[Annotation], ...] = ()
    writes = Attribution

    def __init__(self) -> None:
        self._verbs: dict[str, list[tuple[str, Reporting]]] = {}
        self._nouns: dict[str, list[tuple[str, Reporting]]] = {}
        self._phrases: dict[str, list[tuple[str, Reporting, tuple[str, ...]]]] = {}
        for name, entry in entries(LEXICON, Reporting).items():
            for verb in entry.verbs:
                self._verbs.setdefault(verb, []).append((name, entry))
            for noun in entry.nouns:
                self._nouns.setdefault(noun, []).append((name, entry))
            for phrase in entry.phrases:
                first, *rest = phrase.split()
                self._phrases.setdefault(first, []).append((name, entry, tuple(rest)))
        self._outlets = Outlets()

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[Attribution]]:
        """The attributions of each document, in text order."""
        for doc in docs:
            found = _Reader(doc, self._verbs, self._nouns, self._phrases).find()
            found.extend(self._credits(doc))
            yield sorted(found, key=lambda a: (a.span, a.found_by, a.source or a.span, a.stance))

    def _credits(self, doc: Annotated) -> Iterator[Attribution]:
        for content, names in self._outlets(doc.text):
            for name in names:
                yield Attribution(name, "attribution#credit", name, (content,), "reports")


class _Reader:
    """Reads the attributions of one document."""

    def __init__(
        self,
        doc: Annotated,
        verbs: dict[str, list[tuple[str, Reporting]]],
        nouns: dict[str, list[tuple[str, Reporting]]],
        phrases_: dict[str, list[tuple[str, Reporting, tuple[str, ...]]]],
    ) -> None:
        self._parse = doc.parse
        self._verbs, self._nouns, self._phrases = verbs, nouns, phrases_
        self._speakers = Speakers(doc.parse)
        self._quotes = quotations(doc.text)
        self._ends = [quote.end for quote in self._quotes]
        self._spoken: dict[Span, tuple[int, ...]] = {}  # quotation: its speakers

    def find(self) -> list[Attribution]:
        """The attributions that words of reporting make, then those of quotations left over."""
        found: list[Attribution] = []
        for token in self._parse.tokens:
            if token.pos in {"VERB", "AUX"} and token.lemma in self._verbs:
                found.extend(self._by_verb(token))
            elif token.pos == "NOUN" and token.lemma in self._nouns:
                found.extend(self._by_noun(token))
            elif token.text.lower() in self._phrases:
                found.extend(self._by_phrase(token))
        found.extend(self._unclaimed())
        return found

    # cues

    def _by_verb(self, token: Token) -> Iterator[Attribution]:
        parse = self._parse
        if parse.children(token.i, "neg"):
            return
        for name, entry in self._verbs[token.lemma]:
            passive = bool(parse.children(token.i, "auxpass"))
            paths = [p for p in entry.content if not (passive and p.startswith("dobj"))]
            roots = [i for path in paths for i in follow(parse, token.i, path)]
            if passive:
                roots = roots or list(self._passive(token, entry))
            contents = [
                (self._own(token, i, entry), span) for i in roots for span in self._words(i)
            ]
            quoted = self._quoted(token) if entry.quotes else []
            contents += [(entry.stance, q) for q in quoted]
            contents += [
                (self._fronted(token, entry), s) for s in self._before(token, entry, roots)
            ]
            if not contents:
                continue
            heads = self._speakers.of_verb(token.i)
            if heads is None:
                continue
            self._spoken.update(dict.fromkeys(quoted, heads))
            yield from self._made(token.span, name, heads, contents)

    def _passive(self, token: Token, entry: Reporting) -> Iterator[int]:
        """What a passive reporting verb tells: "the raid was confirmed by X"."""
        if "dobj.nominal" in entry.content and not self._parse.children(token.i, "dobj"):
            yield from (
                i for i in self._parse.children(token.i, "nsubjpass")
                if self._parse.tokens[i].pos == "NOUN"
            )  # fmt: skip

    def _before(self, token: Token, entry: Reporting, roots: list[int]) -> Iterator[Span]:
        """The clause that ", X said" follows where the tree hangs the verb below it."""
        if not entry.quotes or roots or token.dep not in {"parataxis", "ccomp", "advcl"}:
            return
        head = self._parse.tokens[token.head]
        if token.dep == "parataxis" and head.pos in {"VERB", "AUX"}:
            yield from self._words(head.i, leave=token.i)

    def _fronted(self, token: Token, entry: Reporting) -> str:
        return self._own(token, token.head, entry)

    def _by_noun(self, token: Token) -> Iterator[Attribution]:
        parse = self._parse
        for name, entry in self._nouns[token.lemma]:
            roots = [i for path in entry.content for i in follow(parse, token.i, path)]
            roots = [i for i in roots if not self._names_source(i)]
            contents: list[tuple[str, Span]] = [
                (entry.stance, span) for i in roots for span in self._words(i)
            ]
            if contents:
                heads = self._speakers.of_noun(token.i)
                yield from self._made(token.span, name, heads, contents)

    def _names_source(self, at: int) -> bool:
        """Whether a participle says where the report came from ("a report published by X")."""
        below = self._parse.tokens[at]
        return below.dep == "acl" and below.tag == "VBN"

    def _by_phrase(self, token: Token) -> Iterator[Attribution]:
        parse = self._parse
        for name, entry, rest in self._phrases[token.text.lower()]:
            last = token.i + len(rest)
            after = tuple(t.text.lower() for t in parse.tokens[token.i + 1 : last + 1])
            if after != rest:
                continue
            heads: tuple[int, ...] = ()
            if rest:
                nouns = parse.children(last, "pobj") or parse.children(token.i, "pobj")
                if not nouns:
                    continue
                heads = self._speakers.named(nouns[0])
            contents: list[tuple[str, Span]] = [
                (entry.stance, s) for s in self._clause(token.i, leave=token.i if rest else -1)
            ]
            yield from self._made(parse.span(token.i, last), name, heads, contents)

    def _made(
        self, cue: Span, name: str, heads: tuple[int, ...], contents: Sequence[tuple[str, Span]]
    ) -> Iterator[Attribution]:
        sources = list(phrases(self._speakers, heads))
        for stance in dict.fromkeys(stance for stance, _ in contents):
            spans = tuple(sorted({s for kind, s in contents if kind == stance}))
            for source in sources:
                yield Attribution(cue, f"attribution#{name}", source, spans, stance)

    # content

    def _words(self, root: int, leave: int = -1) -> Iterator[Span]:
        """The stretches of the subtree of `root`, without that of `leave`."""
        keep = set(self._parse.subtree(root))
        if leave >= 0:
            keep.difference_update(self._parse.subtree(leave))
        yield from _runs(self._parse, sorted(keep))

    def _clause(self, at: int, leave: int) -> Iterable[Span]:
        """The clause a phrase such as "according to" belongs to."""
        parse = self._parse
        for i in parse.ancestors(at):
            token = parse.tokens[i]
            if token.pos in {"VERB", "AUX"} and token.dep not in {"xcomp", "acl", "pcomp"}:
                while token.dep == "conj" and not parse.children(token.i, "nsubj", "nsubjpass"):
                    token = parse.tokens[token.head]
                return self._words(token.i, leave)
        first, last = parse.sentence(at)
        top = next((i for i in range(first, last + 1) if parse.tokens[i].head == i), at)
        return self._words(top, leave)

    def _own(self, verb: Token, root: int, entry: Reporting) -> str:
        """The stance, which changes where speakers tell of their own acts or plans."""
        if entry.own is None:
            return entry.stance
        tokens, parse = self._parse.tokens, self._parse
        clause = tokens[root]
        if clause.dep == "xcomp":
            return entry.own
        subjects = parse.children(root, "nsubj", "nsubjpass")
        aux = {tokens[i].text.lower() for i in parse.children(root, "aux")}
        own = any(self._same(verb, i) for i in subjects)
        if entry.own == "claims-responsibility":
            active = not parse.children(root, "nsubjpass")
            return entry.own if own and active and not aux & _FUTURE else entry.stance
        if clause.pos == "NOUN":
            return entry.stance if "say" in entry.verbs else entry.own
        future = bool(aux & _FUTURE) or clause.lemma in _PLANS
        return entry.own if future and own else entry.stance

    def _same(self, verb: Token, subject: int) -> bool:
        """Whether a subject in the content is the speaker, by pronoun or by shared words."""
        tokens = self._parse.tokens
        if tokens[subject].text.lower() in _OWN:
            return True
        speaker = [i for s in self._parse.children(verb.i, "nsubj") for i in self._parse.subtree(s)]
        said = {tokens[i].lemma for i in speaker if tokens[i].pos in {"PROPN", "NOUN", "ADJ"}}
        below = self._parse.subtree(subject)
        about = {tokens[i].lemma for i in below if tokens[i].pos in {"PROPN", "NOUN", "ADJ"}}
        return bool(said & about)

    # quotations

    def _quoted(self, token: Token) -> list[Span]:
        """Quotations that begin or end in the verb's sentence, outside of which the verb stands."""
        first, last = self._parse.sentence(token.i)
        words = self._parse.span(first, last)
        return [q for q in self._near(words) if not q.covers(token.span)]

    def _near(self, words: Span) -> Iterator[Span]:
        at = bisect_right(self._ends, words.start)
        while at < len(self._quotes) and self._quotes[at].start < words.end + 2:
            yield self._quotes[at]
            at += 1

    def _unclaimed(self) -> Iterator[Attribution]:
        """Quotations without a reporting word go on with the speaker of the one before."""
        before: tuple[Span, tuple[int, ...]] | None = None
        for quote in self._quotes:
            heads = self._spoken.get(quote)
            if heads is None and before is not None and quote.start - before[0].end < 3:
                heads = before[1]
                contents = [("reports", quote)]
                yield from self._made(quote, "quotation", heads, contents)
            before = (quote, heads) if heads is not None else None


def _runs(parse: Parse, tokens: list[int]) -> Iterator[Span]:
    first = last = -2
    for i in tokens:
        if i != last + 1:
            if first >= 0:
                yield parse.span(first, last)
            first = i
        last = i
    if first >= 0:
        yield parse.span(first, last)
