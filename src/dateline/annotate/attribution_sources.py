"""Who speaks: the noun phrase behind a word of reporting, behind a pronoun and behind a report."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.annotate.attribution_artefacts import Artefacts, Makers
from dateline.model import Parse, Span, Token

_SUBJECTS = ("nsubj", "nsubjpass")
_PERSONAL = {"he": "one", "she": "one", "they": "many", "it": "body"}
_RELATIVE = {"who", "which", "that", "whom"}
_VOICE = {"i", "we", "you", "one", "there", "this", "these", "those"}
_NOBODY = {"nobody", "none", "noone"}
_NO = {"no", "neither"}
_BODIES = {"ORG", "GPE", "NORP"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 6  # tokens from the start of a sentence to a subject behind a date
_LOOKBACK = 3  # sentences a pronoun may reach back
_WINDOW = 300  # tokens it may reach back at most
_NOMINAL = {"NOUN", "PROPN"}
_CARRIERS = {"in", "at", "on", "via", "through"}
_EXAMPLES = {"include", "including"}
_POINTING = {"the", "this", "that"}
_TELLING = ("compound", "amod", "nmod", "poss", "acl", "relcl", "prep")  # tell which report it is


class Voice(NamedTuple):
    """A speaker: the head of the words that name it (None: unnamed), and of those by the cue."""

    head: int | None
    spoken: int


Voices = tuple[Voice, ...]


class Speakers:
    """Find the speakers of reporting words in one parse; remembers them for later pronouns."""

    def __init__(self, parse: Parse, artefacts: Artefacts) -> None:
        self._parse = parse
        self._artefacts = artefacts
        self._makers = Makers(parse, artefacts)
        self.able = self._makers.able
        self._heard: list[int] = []  # heads of earlier speakers, nearest last
        self._issued: dict[str, int] = {}  # "statement": the head of who made the last one
        self._cited: dict[str, int] = {}  # "report": the last one that more words tell of

    def of_verb(self, verb: int) -> Voices | None:
        """The speakers of a verb: () if it hides them, None if the text itself speaks."""
        if self._parse.children(verb, "auxpass") or self.passive(verb):
            return self._agents(verb)
        subjects = self._subjects(verb)
        voices = self._all_of(subjects) if subjects else self._participle(verb)
        if voices and voices[0].head is not None:
            self._note_carriers(verb, voices[0].head)
        return voices

    def passive(self, verb: int) -> bool:
        """Whether a verb is a participle behind what is told ("the raid claimed by X")."""
        token = self._parse.tokens[verb]
        return (token.dep, token.tag) == ("acl", "VBN") and bool(
            self._parse.children(verb, "agent")
        )

    def of_object(self, verb: int) -> Voices | None:
        """Who is cited: the objects of a verb, if they can speak."""
        for i in self._parse.children(verb, "dobj"):
            voices = self._resolve(i)
            able = voices and all(v.head is not None and self._makers.able(v.head) for v in voices)
            return voices if able else None
        return None

    def of_noun(self, noun: int) -> Voices:
        """Those who made a report or accusation: "X's claim", "a statement by X"."""
        parse = self._parse
        for i in parse.children(noun, "poss"):
            return self._resolve(i) or ()
        made = self._makers.of(noun)
        if made:
            return tuple(Voice(i, i) for i in made)
        over = parse.tokens[parse.tokens[noun].head]
        if parse.tokens[noun].dep == "dobj" and over.lemma in self._artefacts.making:
            return self.of_verb(over.i) or ()
        token = parse.tokens[noun]
        if token.lemma in self._artefacts.speaking and (
            token.tag == "NNS" or parse.children(noun, "compound")
        ):
            return (Voice(noun, noun),)
        return ()

    def named(self, noun: int) -> Voices:
        """The speakers a phrase names outright ("according to A and B")."""
        return self._resolve(noun) or ()

    def before(self, colon: int) -> Voices:
        """The first subject before a colon, for a quotation without a reporting word."""
        parse = self._parse
        for i in range(parse.sentence(colon)[0], colon):
            token = parse.tokens[i]
            if token.dep in _SUBJECTS and token.head < colon:
                voices = self._resolve(i) or ()
                heads = [v.head for v in voices if v.head is not None]
                return voices if heads and all(map(self._makers.able, heads)) else ()
        return ()

    def span(self, head: int) -> Span:
        """The minimal noun phrase of a speaker; the name where an apposition tells it."""
        for i in self._parse.children(head, "appos"):
            if self._parse.tokens[i].ent == "PERSON" and self._parse.tokens[head].pos == "NOUN":
                head = i
        span = self._parse.phrase(head)
        first = self._parse.token_at(span.start)
        case = self._parse.tokens[self._parse.token_at(span.end - 1)]
        while first < head and self._dates(first, head):
            first += 1
        span = Span(self._parse.tokens[first].start, span.end)
        if case.tag == "POS" and case.i > first:
            return self._parse.span(first, case.i - 1)
        return span

    def _dates(self, at: int, head: int) -> bool:
        """Whether a word before a speaker is a date ("in 2021 media reported")."""
        token = self._parse.tokens[at]
        year = token.dep == "nummod" and token.head == head and _YEAR.fullmatch(token.text)
        return token.ent == "DATE" or bool(year)

    def spans(self, voices: Voices) -> Iterator[tuple[Span | None, Span | None]]:
        """Source and speaker of each voice; two None once where the text hides them."""
        if not voices:
            yield None, None
        for voice in voices:
            source = None if voice.head is None else self.span(voice.head)
            same = voice.head == voice.spoken
            yield source, None if same else self.span(voice.spoken)

    def _agents(self, verb: int) -> Voices:
        for agent in self._parse.children(verb, "agent"):
            for i in self._parse.children(agent, "pobj"):
                return self._resolve(i) or ()
        return ()

    def _subjects(self, verb: int) -> tuple[int, ...]:
        """The subjects of a verb, its own or those of the verb it is coordinated with."""
        parse, here = self._parse, verb
        for _ in range(4):
            found = parse.children(here, "nsubj")
            if found:
                return found
            token = parse.tokens[here]
            if token.dep not in {"conj", "xcomp"} or token.head == here:
                return ()
            here = token.head
        return ()

    def _all_of(self, subjects: tuple[int, ...]) -> Voices | None:
        """The speakers of all subjects; the tree may hang a list on the verb one by one."""
        *others, last = subjects
        voices = self._resolve(last)
        for i in others if voices is not None else ():
            if self._makers.able(i) and self._parse.tokens[i].pos in _NOMINAL:
                voices = (*(self._resolve(i) or ()), *(voices or ()))
        return voices

    def _participle(self, verb: int) -> Voices:
        """Who speaks in "adding that …" (its clause's subject) and "a letter saying …"."""
        token = self._parse.tokens[verb]
        if token.dep in {"acl", "relcl"}:
            return self._resolve(self._makers.carrier(token.head)) or ()
        dated = self._dated(verb)
        if dated is not None:
            return self._resolve(dated) or ()
        if token.dep in {"advcl", "pcomp", "prep"}:
            over = self._parse.tokens[token.head]
            if over.lemma == "as":  # "state radio quoted him as saying"
                quoted = self._parse.children(over.head, "dobj")
                if quoted:
                    return self._resolve(quoted[0]) or ()
            over = self._parse.tokens[over.head] if over.pos == "ADP" else over
            apart = verb > 0 and self._parse.tokens[verb - 1].text == ","
            while apart and over.dep == "ccomp":  # "he said they fled, adding": he adds
                over = self._parse.tokens[over.head]
            subject = next(iter(self._parse.children(over.i, *_SUBJECTS)), None)
            if subject is not None:
                return self._resolve(subject) or ()
        return ()

    def _dated(self, verb: int) -> int | None:
        """The subject in "In June media reported …", where the tree hangs it below "in"."""
        if verb == 0:
            return None
        token, first = self._parse.tokens[verb - 1], self._parse.sentence(verb)[0]
        compounds = self._parse.children(token.i, "compound", "nmod")
        dated = any(self._parse.tokens[i].ent == "DATE" for i in compounds)
        dated = dated or any(
            _YEAR.fullmatch(self._parse.tokens[i].text)
            for i in self._parse.children(token.i, "nummod")
        )
        return token.i if dated and token.ent != "DATE" and token.i - first < _REACH else None

    def _resolve(self, head: int) -> Voices | None:
        parse = self._parse
        token = parse.tokens[head]
        lower = token.text.lower()
        if lower in _VOICE or self._nobody(token):
            return None
        if lower in _RELATIVE or token.tag in {"WP", "WDT"}:
            return self._relative(head)
        if lower in _PERSONAL or token.tag == "PRP$":
            antecedent = self._antecedent(head, _PERSONAL.get(lower, "one"))
            others = [i for i in parse.conjuncts(head) if i != head and self._makers.speaks(i)]
            return (Voice(antecedent, head), *(Voice(i, i) for i in others))
        made = self._made(head) or self._again(head)
        if made:
            return made
        found = tuple(i for i in self._all(head) if self._makers.speaks(i))
        self._heard.extend(found)
        if token.lemma.lower() in self._artefacts.nouns and parse.children(head, *_TELLING):
            self._cited[token.lemma.lower()] = head
        return tuple(Voice(i, i) for i in found)

    def _all(self, head: int) -> list[int]:
        """Those coordinated with a speaker, and those "including" names."""
        parse = self._parse
        found = parse.conjuncts(head)
        for i in list(found):
            for prep in parse.children(i, "prep"):
                if parse.tokens[prep].lemma in _EXAMPLES:
                    found += [k for j in parse.children(prep, "pobj") for k in parse.conjuncts(j)]
        return found

    def _nobody(self, token: Token) -> bool:
        determiners = self._parse.children(token.i, "det")
        return token.text.lower() in _NOBODY or any(
            self._parse.tokens[i].text.lower() in _NO for i in determiners
        )

    def _relative(self, head: int) -> Voices:
        """What "who" and "which" stand for."""
        clause = self._parse.tokens[self._parse.tokens[head].head]
        if clause.dep != "relcl":
            return ()
        made = self._made(clause.head) or (Voice(clause.head, head),)
        return tuple(Voice(v.head, head) for v in made)

    def _made(self, artefact: int) -> Voices:
        """Who speaks in a report: its makers, or whose "the statement" was the last one."""
        parse, token = self._parse, self._parse.tokens[artefact]
        if token.pos not in _NOMINAL or token.lemma.lower() not in self._artefacts.nouns:
            return ()
        made = self._makers.of(artefact)
        if made:
            self._issue(token.lemma, made[0])
            self._heard.extend(made)
            return tuple(Voice(i, artefact) for i in made)
        owner = parse.children(artefact, "poss")
        if owner and parse.tokens[owner[0]].tag == "PRP$":
            return tuple(Voice(v.head, artefact) for v in self._resolve(owner[0]) or ())
        over = parse.tokens[token.head]
        if token.dep == "dobj" and over.lemma in self._artefacts.making and over.i != artefact:
            voices = self.of_verb(over.i) or ()
            return tuple(Voice(v.head, artefact) for v in voices)
        if token.lemma not in self._artefacts.own or owner or parse.children(artefact, "compound"):
            return ()
        known = self._issued.get(token.lemma, self._issued.get(""))
        return (Voice(known, artefact),) if self._points(artefact) and known is not None else ()

    def _points(self, artefact: int) -> bool:
        """Whether "the", "this" or "that" points back to a report told of before."""
        tokens = self._parse.tokens
        return any(tokens[i].lemma in _POINTING for i in self._parse.children(artefact, "det"))

    def _again(self, artefact: int) -> Voices:
        """The report that "the report" alone stands for: the last one that more words told of."""
        parse = self._parse
        known = self._cited.get(parse.tokens[artefact].lemma.lower())
        alone = not parse.children(artefact, *_TELLING)
        if known is None or not alone or not self._points(artefact):
            return ()
        return (Voice(known, artefact),)

    def _note_carriers(self, verb: int, head: int) -> None:
        """Remember whose "statement" it is: "In a statement, the army said …"."""
        parse = self._parse
        preps = [i for at in (verb, head) for i in parse.children(at, "prep")]
        for prep in (i for i in preps if parse.tokens[i].lemma in _CARRIERS):
            for i in parse.children(prep, "pobj"):
                self._issue(parse.tokens[i].lemma, head)
        for i in parse.children(verb, "dobj"):
            self._issue(parse.tokens[i].lemma, head)

    def _issue(self, noun: str, head: int) -> None:
        """Remember who made the last one; "" stands for any that is its maker's own voice."""
        if noun in self._artefacts.own:
            self._issued[noun] = self._issued[""] = head

    def note(self, verb: int) -> None:
        """Remember who issued a statement by the verb of making it."""
        for i in self._parse.children(verb, "dobj"):
            if self._parse.tokens[i].lemma in self._artefacts.own:
                self.of_verb(verb)

    def _antecedent(self, at: int, number: str) -> int | None:
        """The nearest earlier speaker that fits the pronoun, else the nearest fitting subject."""
        parse = self._parse
        first = max(0, parse.tokens[at].sentence - _LOOKBACK)
        start = max(parse.sentences[first][0], at - _WINDOW)
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
