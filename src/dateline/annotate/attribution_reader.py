"""Read the attributions of one document: from cue words to speakers and to what they answer for."""

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.annotate.attribution_artefacts import Artefacts
from dateline.annotate.attribution_lexicon import Lexicon, Reporting
from dateline.annotate.attribution_outlets import Outlets
from dateline.annotate.attribution_quotes import Quotations
from dateline.annotate.attribution_sources import Speakers, Voice, Voices
from dateline.annotate.cues_scope import follow
from dateline.model import Annotated, Attribution, Parse, Span, Token

_OWN = {"it", "he", "she", "they", "we", "i", "its", "his", "her", "their", "our"}
_FUTURE = {"will", "would", "shall", "'ll", "’ll", "'d"}
_PLANS = {"plan", "intend", "go", "aim", "agree", "decide", "expect", "seek"}
_VERBS = {"VERB", "AUX"}
_SUBJECTS = ("nsubj", "nsubjpass")
_ENDLESS = 800  # tokens from which a sentence is no sentence
_AUDIENCE = {"to", "for", "with"}
_TALKS = {"interview", "speak", "talk", "comment", "conversation"}
_MEDIA = {"media", "medium", "newspaper", "broadcaster", "outlet", "agency"}
_STEM = 5  # letters that "Sudan" and "Sudanese" share
_OBJECT = re.compile(r"^dobj")


class Reader:
    """Reads the attributions of one document."""

    def __init__(
        self, doc: Annotated, lexicon: Lexicon, artefacts: Artefacts, outlets: Outlets
    ) -> None:
        self._parse = doc.parse
        self._text = doc.text
        self._lexicon = lexicon
        self._making = artefacts.making
        self._outlets = outlets
        self._speakers = Speakers(doc.parse, artefacts)
        self._quotations = Quotations(doc.parse, doc.text, lexicon.quoting)

    def find(self) -> list[Attribution]:
        """The attributions that words of reporting make, then those of quotations left over."""
        found: list[Attribution] = []
        for token in self._parse.tokens:
            if token.pos in _VERBS:
                if token.lemma in self._lexicon.verbs:
                    found.extend(self._by_verb(token))
                if token.lemma in self._making:
                    self._speakers.note(token.i)
            elif token.pos == "NOUN" and token.lemma in self._lexicon.nouns:
                found.extend(self._by_noun(token))
            lower = token.text.lower()
            if lower in self._lexicon.adjectives and token.pos in {"ADJ", "VERB"}:
                found.extend(self._by_adjective(token))
            if lower in self._lexicon.phrases:
                found.extend(self._by_phrase(token))
        found.extend(self._led_in())
        return found

    # cues

    def _by_verb(self, token: Token) -> Iterator[Attribution]:
        if self._parse.children(token.i, "neg"):
            return
        quotes = self._quotations.by_verb.get(token.i, [])
        voices: Voices | None = None
        behind = self._inverted(token)
        for name, entry in self._lexicon.verbs[token.lemma]:
            contents = self._of_verb(token, entry, quotes)
            if behind is not None and entry.quotes:
                contents = [(entry.stance, s) for s in self._words(token.head, leave=token.i)]
            if not contents:
                continue
            if behind is not None:
                voices = self._speakers.named(behind)
            elif entry.source == "object":
                voices = self._speakers.of_object(token.i)
            else:
                voices = self._speakers.of_verb(token.i)
            if voices is None or not self._credible(voices, entry):
                continue
            voices += self._told(token)
            yield from self._made(token.span, name, voices, contents)

    def _inverted(self, token: Token) -> int | None:
        """Who stands behind the verb in "the toll rose to 22, reported officials, …"."""
        parse = self._parse
        objects = parse.children(token.i, "dobj")
        if token.tag != "VBD" or token.dep not in {"advcl", "parataxis"} or len(objects) != 1:
            return None
        words = parse.subtree(objects[0])
        end = max(words) + 1
        closed = end == len(parse.tokens) or parse.tokens[end].pos == "PUNCT"
        apart = token.i > 0 and parse.tokens[token.i - 1].text in {",", "–", "—"}
        alone = not parse.children(token.i, *_SUBJECTS, "mark", "aux")
        right_behind = min(words) == token.i + 1 and self._speakers.able(objects[0])
        return objects[0] if apart and alone and closed and right_behind else None

    def _told(self, token: Token) -> Voices:
        """The outlet that a speaker talked to, which is credited too ("told Radio Lund that …")."""
        parse = self._parse
        found = list(parse.children(token.i, "dobj", "dative")) if token.lemma == "tell" else []
        for i in parse.children(token.i, "prep", "advcl"):
            found += self._talked_to(i)
        return tuple(Voice(i, i) for i in found if self._is_outlet(i))

    def _talked_to(self, at: int) -> Iterator[int]:
        """Whom "to X", "for X", "in an interview with X" and "speaking to X" name."""
        parse, token = self._parse, self._parse.tokens[at]
        if token.dep == "prep" and token.lemma in _AUDIENCE:
            yield from parse.children(at, "pobj")
        below = parse.children(at, "pobj") if token.dep == "prep" else (at,)
        for i in below:
            if parse.tokens[i].lemma in _TALKS:
                for prep in parse.children(i, "prep"):
                    yield from parse.children(prep, "pobj")

    def _is_outlet(self, at: int) -> bool:
        if self._parse.tokens[at].lemma in _MEDIA:
            return True
        return self._outlets.named(self._speakers.span(at).of(self._text))

    def _of_verb(
        self, token: Token, entry: Reporting, quotes: Sequence[Span]
    ) -> list[tuple[str, Span]]:
        parse = self._parse
        if entry.source == "object":
            return [(entry.stance, s) for s in self._clause(token.i, leave=token.i)]
        passive = bool(parse.children(token.i, "auxpass")) or self._speakers.passive(token.i)
        paths = entry.content
        if parse.children(token.i, "dative"):
            paths = tuple(path for path in paths if path != "dobj.nominal")
        if passive:
            given = parse.children(token.i, "dobj")  # "were denied visas"
            paths = tuple(
                _OBJECT.sub("nsubjpass", p) for p in paths if not (given and _OBJECT.match(p))
            )
        roots = [i for path in paths for i in follow(parse, token.i, path)]
        if self._speakers.passive(token.i):
            head = parse.tokens[token.head]
            told = {"nsubjpass.nominal", f"nsubjpass:{head.lemma}"}.intersection(paths)
            return [(entry.stance, parse.phrase(head.i))] if told and head.pos == "NOUN" else []
        contents = [(self._own(token, i, entry), s) for i in roots for s in self._words(i)]
        if entry.quotes:
            contents += [(entry.stance, q) for q in quotes]
        contents += [
            (self._own(token, token.head, entry), s) for s in self._before(token, entry, roots)
        ]
        if entry.quotes and not contents:
            contents += [(entry.stance, s) for s in self._following(token)]
        return contents + [(entry.stance, s) for s in self._pointed_at(token, entry)]

    def _pointed_at(self, token: Token, entry: Reporting) -> Iterator[Span]:
        """The sentence before, where the object only points back ("denied the allegations")."""
        parse = self._parse
        number = token.sentence - 1
        objects = parse.children(token.i, "dobj")
        bare = (i for i in objects if not parse.children(i, "prep", "acl", "relcl", "ccomp"))
        back = any(parse.tokens[i].lemma.lower() in entry.back for i in bare)
        if back and number >= 0 and not parse.children(token.i, "prep", "xcomp", "ccomp"):
            first, last = parse.sentences[number]
            yield parse.span(first, last)

    def _following(self, token: Token) -> Iterator[Span]:
        """All paragraphs after a line that ends in "X said:"."""
        parse, text = self._parse, self._text
        last = parse.tokens[parse.sentence(token.i)[1]]
        colon = next((i for i in range(token.i + 1, last.i + 1) if parse.tokens[i].text == ":"), -1)
        if colon < 0:
            return
        end = parse.tokens[colon].end
        line = text.find("\n", end)
        if line >= 0 and not text[end:line].strip() and text[line:].strip():
            body = text[line:]
            yield Span(line + len(body) - len(body.lstrip()), len(text.rstrip()))

    def _credible(self, voices: Voices, entry: Reporting) -> bool:
        heads = [v.head for v in voices if v.head is not None]
        return entry.voice == "any" or all(map(self._speakers.able, heads))

    def _before(self, token: Token, entry: Reporting, roots: list[int]) -> Iterator[Span]:
        """The clause that ", X said" follows where the tree hangs the verb below it."""
        if not entry.quotes or roots:
            return
        head = self._parse.tokens[token.head]
        as_said = token.dep == "advcl" and any(
            self._parse.tokens[i].lemma == "as" for i in self._parse.children(token.i, "mark")
        )
        if (token.dep == "parataxis" or as_said) and head.pos in _VERBS:
            yield from self._words(head.i, leave=token.i)

    def _by_adjective(self, token: Token) -> Iterator[Attribution]:
        """What someone is "alarmed by" or "confident that"."""
        parse = self._parse
        subjects = parse.children(token.i, "nsubj", "nsubjpass")
        if not subjects and token.dep in {"acomp", "oprd"}:
            subjects = parse.children(token.head, "nsubj")
        if not subjects:
            return
        for name, entry in self._lexicon.adjectives[token.text.lower()]:
            roots = [i for path in entry.content for i in follow(parse, token.i, path)]
            contents = [(entry.stance, span) for i in roots for span in self._words(i)]
            voices = self._speakers.named(subjects[-1]) if contents else ()
            if voices and self._credible(voices, entry):
                yield from self._made(token.span, name, voices, list(contents))

    def _by_noun(self, token: Token) -> Iterator[Attribution]:
        parse = self._parse
        for name, entry in self._lexicon.nouns[token.lemma]:
            roots = [i for path in entry.content for i in follow(parse, token.i, path)]
            roots = [i for i in roots if not self._names_source(i)]
            if "acl" in entry.content:
                roots += self._behind_maker(token)
            contents: list[tuple[str, Span]] = [
                (entry.stance, span) for i in roots for span in self._words(i)
            ]
            if contents:
                voices = self._speakers.of_noun(token.i)
                if entry.voice == "able" and not (voices and self._credible(voices, entry)):
                    continue
                yield from self._made(token.span, name, voices, contents)

    def _behind_maker(self, token: Token) -> Iterator[int]:
        """The clause in "a claim by X that …", which the tree may hang below X."""
        parse = self._parse
        by = (i for i in parse.children(token.i, "prep") if parse.tokens[i].lemma == "by")
        makers = (maker for i in by for maker in parse.children(i, "pobj"))
        for clause in (i for maker in makers for i in parse.children(maker, "relcl", "acl")):
            that = parse.tokens[min(parse.subtree(clause))]
            if that.lemma == "that" and that.dep != "nsubj" and parse.children(clause, *_SUBJECTS):
                yield clause

    def _names_source(self, at: int) -> bool:
        """Whether a participle says where the report came from ("a report published by X")."""
        below = self._parse.tokens[at]
        told = self._parse.children(at, "mark", "nsubj")
        return below.dep == "acl" and below.tag == "VBN" and not told

    def _by_phrase(self, token: Token) -> Iterator[Attribution]:
        parse = self._parse
        for name, entry, rest in self._lexicon.phrases[token.text.lower()]:
            last = token.i + len(rest)
            after = tuple(t.text.lower() for t in parse.tokens[token.i + 1 : last + 1])
            if after != rest:
                continue
            voices: Voices = ()
            if rest:
                nouns = parse.children(last, "pobj") or parse.children(token.i, "pobj")
                if not nouns:
                    continue
                voices = self._speakers.named(nouns[0])
            at = self._top(token.i, last)
            contents: list[tuple[str, Span]] = [
                (entry.stance, s) for s in self._clause(at, leave=at if rest else -1)
            ]
            told = (self._quotations.by_verb.get(i, ()) for i in parse.ancestors(at))
            contents += [(entry.stance, quote) for quote in next(filter(None, told), ())]
            yield from self._made(parse.span(token.i, last), name, voices, contents)

    def _top(self, first: int, last: int) -> int:
        """The word of a phrase that the others hang on ("reported" in "as reported by")."""
        tokens = self._parse.tokens
        return next(
            (i for i in range(first, last + 1) if not first <= tokens[i].head <= last), first
        )

    def _made(
        self, cue: Span, name: str, voices: Voices, contents: Sequence[tuple[str, Span]]
    ) -> Iterator[Attribution]:
        sources = list(dict.fromkeys(self._speakers.spans(voices)))
        for stance in dict.fromkeys(stance for stance, _ in contents):
            spans = _outer({s for kind, s in contents if kind == stance})
            for source, speaker in sources if spans else ():
                yield Attribution(cue, f"attribution#{name}", source, spans, stance, speaker)

    # content

    def _words(self, root: int, leave: int = -1) -> Iterator[Span]:
        """The stretches of the subtree of `root`, without that of `leave`.

        Another clause that introduces a quotation of its own is no part of them. In a sentence
        without end, it is all the rest: its clauses may hang one below the other.
        """
        first, last = self._parse.sentence(root)
        if last - first > _ENDLESS:
            yield self._parse.span(root, last)
            return
        keep = set(self._parse.subtree(root))
        for other in (leave, *self._parse.children(root, "conj")):
            if other >= 0 and (other == leave or other in self._quotations.by_verb):
                keep.difference_update(self._parse.subtree(other))
        yield from _runs(self._parse, sorted(keep))

    def _clause(self, at: int, leave: int) -> Iterable[Span]:
        """The clause a phrase such as "according to" belongs to."""
        parse = self._parse
        for i in parse.ancestors(at):
            token = parse.tokens[i]
            if token.pos in _VERBS and token.dep not in {"xcomp", "acl", "pcomp"}:
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
        if clause.pos == "NOUN":
            return entry.stance if entry.plain else entry.own
        subjects = parse.children(root, "nsubj", "nsubjpass")
        aux = {tokens[i].text.lower() for i in parse.children(root, "aux")}
        own = any(self._same(verb, i) for i in subjects)
        future = bool(aux & _FUTURE) or clause.lemma in _PLANS
        if entry.own == "claims-responsibility":
            active = not parse.children(root, "nsubjpass")
            return entry.own if own and active and not future else entry.stance
        if own and not future and parse.children(root, "neg"):
            return "denies"
        told = future and own if entry.plain else future or own
        return entry.own if told else entry.stance

    def _same(self, verb: Token, subject: int) -> bool:
        """Whether a subject in the content is the speaker, by pronoun or by shared words.

        "Sudanese officials" speak for "Sudan": five letters in common are enough.
        """
        if self._parse.tokens[subject].text.lower() in _OWN:
            return True
        said = {w for s in self._parse.children(verb.i, "nsubj") for w in self._stems(s)}
        return not said.isdisjoint(self._stems(subject))

    def _stems(self, head: int) -> set[str]:
        words = (self._parse.tokens[i] for i in self._parse.subtree(head))
        return {t.lemma[:_STEM] for t in words if t.pos in {"PROPN", "NOUN", "ADJ"}}

    # quotations

    def _led_in(self) -> Iterator[Attribution]:
        """Quotations after a colon alone: "The mayor was blunt: “…”"."""
        for quote, colon in self._quotations.led_in():
            voices = self._speakers.before(colon)
            if voices:
                yield from self._made(quote, "quotation", voices, [("reports", quote)])


def _outer(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in text order without those inside another."""
    ordered = sorted(spans, key=lambda s: (s.start, -s.end))
    kept: list[Span] = []
    for span in ordered:
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _runs(parse: Parse, tokens: list[int]) -> Iterator[Span]:
    """Unbroken stretches of the tokens, without punctuation at their ends."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        while run and _loose(parse.tokens[run[0]]):
            run.pop(0)
        while run and _loose(parse.tokens[run[-1]]):
            run.pop()
        if run:
            yield parse.span(run[0], run[-1])


def _loose(token: Token) -> bool:
    return token.text in {",", ".", ";", ":", "-", "–", "—"} or token.pos == "SPACE"
