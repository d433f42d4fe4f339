"""Who speaks: the noun phrase behind a word of reporting, and behind a pronoun."""

from collections.abc import Iterator

from dateline.model import Parse, Span

_SUBJECTS = ("nsubj", "nsubjpass")
_PERSONAL = {"he": "one", "she": "one", "they": "many", "it": "body"}
_RELATIVE = {"who", "which", "that", "whom"}
_VOICE = {"i", "we", "you", "one", "there", "this", "these", "those"}
_BODIES = {"ORG", "GPE", "NORP"}
_REACH = 6  # tokens from the start of a sentence to a subject behind a date
_MAKING = {"make", "issue", "publish", "release", "receive", "cite", "have"}
_LOOKBACK = 3  # sentences a pronoun may reach back
_NOMINAL = {"NOUN", "PROPN"}


class Speakers:
    """Find the speakers of reporting words in one parse; remembers them for later pronouns."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._heard: list[int] = []  # heads of earlier speakers, nearest last

    def of_verb(self, verb: int) -> tuple[int, ...] | None:
        """Heads of the speakers of a verb: () if it hides them, None if the text itself speaks."""
        if self._parse.children(verb, "auxpass"):
            return self._agents(verb)
        subject = self._subject(verb)
        return self._resolve(subject) if subject is not None else self._participle(verb)

    def of_noun(self, noun: int) -> tuple[int, ...]:
        """Heads of those who made a report or accusation: "X's claim", "a statement by X"."""
        parse = self._parse
        for i in parse.children(noun, "poss"):
            return self._resolve(i) or ()
        for prep in parse.children(noun, "prep", "agent"):
            if parse.tokens[prep].lemma in {"by", "from"}:
                for i in parse.children(prep, "pobj"):
                    return self._resolve(i) or ()
        over = parse.tokens[parse.tokens[noun].head]
        if parse.tokens[noun].dep == "dobj" and over.lemma in {
            "make",
            "issue",
            "publish",
            "release",
        }:
            return self.of_verb(over.i) or ()
        return ()

    def named(self, noun: int) -> tuple[int, ...]:
        """Heads of the speakers a phrase names outright ("according to A and B")."""
        return self._resolve(noun) or ()

    def span(self, head: int) -> Span:
        """The minimal noun phrase of a speaker; the name where an apposition tells it."""
        for i in self._parse.children(head, "appos"):
            if self._parse.tokens[i].ent == "PERSON" and self._parse.tokens[head].pos == "NOUN":
                head = i
        span = self._parse.phrase(head)
        first = self._parse.token_at(span.start)
        case = self._parse.tokens[self._parse.token_at(span.end - 1)]
        while first < head and self._parse.tokens[first].ent == "DATE":
            first += 1
        span = Span(self._parse.tokens[first].start, span.end)
        if case.tag == "POS" and case.i > first:
            return self._parse.span(first, case.i - 1)
        return span

    def _agents(self, verb: int) -> tuple[int, ...]:
        for agent in self._parse.children(verb, "agent"):
            for i in self._parse.children(agent, "pobj"):
                return self._resolve(i) or ()
        return ()

    def _subject(self, verb: int) -> int | None:
        """The subject of a verb, its own or that of the verb it is coordinated with."""
        parse, here = self._parse, verb
        for _ in range(4):
            found = parse.children(here, "nsubj")
            if found:
                return found[-1]
            token = parse.tokens[here]
            if token.dep not in {"conj", "xcomp"} or token.head == here:
                return None
            here = token.head
        return None

    def _participle(self, verb: int) -> tuple[int, ...]:
        """Who speaks in "adding that …" (its clause's subject) and "a letter saying …"."""
        token = self._parse.tokens[verb]
        if token.dep in {"acl", "relcl"}:
            return self._resolve(token.head) or ()
        dated = self._dated(verb)
        if dated is not None:
            return self._resolve(dated) or ()
        if token.dep in {"advcl", "pcomp", "prep"}:
            over = self._parse.tokens[token.head]
            over = self._parse.tokens[over.head] if over.pos == "ADP" else over
            subject = next(iter(self._parse.children(over.i, *_SUBJECTS)), None)
            return () if subject is None else self._resolve(subject) or ()
        return ()

    def _dated(self, verb: int) -> int | None:
        """The subject in "In June media reported …", where the tree hangs it below "in"."""
        if verb == 0:
            return None
        token, first = self._parse.tokens[verb - 1], self._parse.sentence(verb)[0]
        compounds = self._parse.children(token.i, "compound", "nmod")
        dated = any(self._parse.tokens[i].ent == "DATE" for i in compounds)
        return token.i if dated and token.ent != "DATE" and token.i - first < _REACH else None

    def _resolve(self, head: int) -> tuple[int, ...] | None:
        parse = self._parse
        token = parse.tokens[head]
        lower = token.text.lower()
        if lower in _VOICE:
            return None
        if lower in _RELATIVE or token.tag in {"WP", "WDT"}:
            clause = parse.tokens[token.head]
            return (clause.head,) if clause.dep == "relcl" else ()
        if lower in _PERSONAL or token.tag == "PRP$":
            antecedent = self._antecedent(head, _PERSONAL.get(lower, "one"))
            return () if antecedent is None else (antecedent,)
        found = tuple(i for i in parse.conjuncts(head) if self._speaks(i))
        found += tuple(i for k in found for i in self._publishers(k))
        self._heard.extend(found)
        return found

    def _publishers(self, report: int) -> Iterator[int]:
        """Those who made a report that speaks ("a report released by X and Y")."""
        parse = self._parse
        if parse.tokens[report].pos != "NOUN" or parse.tokens[report].ent:
            return
        below = (report, *parse.children(report, "acl"))
        for at in below:
            for by in parse.children(at, "prep", "agent"):
                for i in parse.children(by, "pobj") if parse.tokens[by].lemma == "by" else ():
                    yield from (k for k in parse.conjuncts(i) if self._speaks(k))

    def _speaks(self, at: int) -> bool:
        token = self._parse.tokens[at]
        return token.pos in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"} or bool(token.ent)

    def _antecedent(self, at: int, number: str) -> int | None:
        """The nearest earlier speaker that fits the pronoun, else the nearest fitting subject."""
        parse = self._parse
        first = max(0, parse.tokens[at].sentence - _LOOKBACK)
        start = parse.sentences[first][0]
        for head in reversed(self._heard):
            if head < start:
                break
            if head < at and self._agrees(head, number):
                return head
        for i in range(at - 1, start - 1, -1):
            if parse.tokens[i].dep in _SUBJECTS and self._agrees(i, number):
                return i
        return None

    def _agrees(self, head: int, number: str) -> bool:
        token = self._parse.tokens[head]
        plural = token.tag in {"NNS", "NNPS"} or bool(self._parse.children(head, "conj"))
        if token.pos not in _NOMINAL:
            return False
        if number == "many":
            return plural or token.ent in _BODIES
        if number == "body":
            return not plural and token.ent != "PERSON" and token.ent != "DATE"
        return not plural and token.ent not in _BODIES and token.ent not in {"DATE", "LOC", "FAC"}


def phrases(speakers: Speakers, heads: tuple[int, ...]) -> Iterator[Span | None]:
    """The spans of the speakers; one None where the text hides them."""
    if not heads:
        yield None
    for head in heads:
        yield speakers.span(head)
