"""How many people: figures, the noun they count, and the toll the phrase itself tells."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dateline.annotate.quantities_figures import Bounds, Figure, Figures
from dateline.annotate.quantities_tolls import Tolls
from dateline.knowledge import read
from dateline.model import Annotated, Annotation, EntityMention, Parse, Quantity, Span, Token

_NOUNS = {"NOUN", "PROPN"}
_OUTSIDE = {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"}
_PRONOUNS = {"they", "them", "whom", "we", "us"}
_ONE: Bounds = (1, 1, 1)
_NOUGHT: Bounds = (0, 0, 0)
_HYPHENS = {"-", "‐", "‑", "–"}
_WITHIN = {"xcomp", "prep", "acl", "relcl"}
_RAISED = {"bring", "raise", "rise", "climb", "push", "increase", "grow"}
_BETWEEN = {"ADJ", "NOUN", "PROPN", "NUM"}
_MODIFIERS = {"nummod", "amod", "det", "quantmod", "predet", "nmod", "compound", "poss"}
_REACH = 6  # tokens between a figure and its noun where the tree does not join them


class Quantities:
    """Numbers of people, with bounds as the coding guidelines count them."""

    name = "quantities"
    reads: tuple[type[Annotation], ...] = (EntityMention,)
    writes = Quantity

    def __init__(self) -> None:
        words: dict[str, Any] = read("lexicons/en/quantities_words.yaml")
        self._figures = Figures(words["numbers"], words["scales"])
        self._people = frozenset(words["people"])
        self._suffixes = tuple(words["suffixes"])
        self._things = frozenset(words["things"])
        self._tolls: dict[str, str | None] = words["tolls"]
        self._states: dict[str, str] = words["states"]
        self._fates = Tolls(words)
        self._harms = frozenset(words["harms"])
        self._totals: dict[str, str | None] = words["figures"]
        self._small = {
            w: (name, form.form)
            for name, form in self._figures.forms.items()
            if form.form in {"single", "none", "nobody", "without"}
            for w in form.words
        }

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[list[Quantity]]:
        """The quantities of each document, in text order."""
        for doc in docs:
            yield self._find(doc)

    def _find(self, doc: Annotated) -> list[Quantity]:
        parse = doc.parse
        if not parse.tokens:
            return []
        people = [x for x in doc[EntityMention] if x.kind in {"people", "person"}]
        proper = {x.head for x in people if parse.tokens[x.head].pos == "PROPN"}
        named = proper | {x.head for x in people if x.kind == "people"}
        named |= {x.head for x in doc[EntityMention] if x.kind == "group" and x.known}
        found: list[Quantity] = []
        taken: set[int] = set()
        for figure in self._figures(doc.text):
            quantity, used = self._of_figure(parse, figure, named)
            if quantity:
                found.append(quantity)
                taken.update(used)
        for token in parse.tokens:
            if token.i not in taken and token.text.lower() in self._small:
                found.extend(self._of_word(parse, token, proper))
        counted = {q.head for q in found}
        for mentions, kind in self._fates.victims(parse, people):
            if counted.isdisjoint(m.head for m in mentions):
                many, first = len(mentions), mentions[0]
                span = Span(first.span.start, max(m.span.end for m in mentions))
                by = "quantities#named"
                found.append(Quantity(span, by, first.head, "people", many, many, many, kind))
        return sorted(found, key=lambda q: (q.span, q.found_by, q.kind or ""))

    # figures

    def _of_figure(
        self, parse: Parse, figure: Figure, named: set[int]
    ) -> tuple[Quantity | None, range]:
        first, last = parse.token_at(figure.start), parse.token_at(figure.end - 1)
        number = parse.token_at(figure.number)
        used = range(number, last + 1)
        denied = first > 0 and parse.tokens[first - 1].text.lower() == "no"
        if first < 0 or denied or self._foreign(parse, number, last):
            return None, used
        top = next((i for i in reversed(used) if parse.tokens[i].head not in used), last)
        state = self._state_after(parse, last)
        noun = None if state else self._noun(parse, top, last, named)
        if noun is None:
            return self._bare(parse, figure, first, last, top), used
        if parse.tokens[first].text.lower() == "both" and parse.children(noun, "conj"):
            return None, used  # "both soldiers and farmers" counts nobody
        end = max(noun, last)
        span = parse.span(first, end if end - last <= _REACH else last)
        kind = self._fates.kind(parse, noun, first)
        return self._quantity(parse, span, noun, figure.bounds, figure.entry, kind), used

    def _foreign(self, parse: Parse, first: int, last: int) -> bool:
        """Whether the figure is part of a date, a sum of money, a name or an age."""
        tokens = parse.tokens
        if tokens[first].ent in _OUTSIDE and tokens[last].ent in _OUTSIDE:
            noun = tokens[tokens[last].head]
            counts = tokens[last].dep == "nummod" and self._person(noun)
            below = self._of(parse, last) if tokens[last].ent == "MONEY" else None
            if not counts and (below is None or not self._person(tokens[below])):
                return True
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        return (
            after is not None
            and after.text in {"-", "–"}
            and after.end == after.start + 1
            and (tokens[last].end == after.start)
        )

    def _noun(self, parse: Parse, top: int, last: int, named: set[int]) -> int | None:
        """The noun the figure counts, if it stands for people; None also where there is none."""
        token = parse.tokens[top]
        noun = token.head if token.dep in _MODIFIERS else self._of(parse, top, last)
        found = None if noun is None else self._counted(parse, noun, named)
        return self._next(parse, last, named) if found is None else found

    def _counted(self, parse: Parse, noun: int, named: set[int]) -> int | None:
        """`noun` or, where the tree stops at a modifier, the noun that it modifies."""
        token = parse.tokens[noun]
        while token.dep in {"compound", "nmod", "nummod"} and token.head > token.i:
            token = parse.tokens[token.head]
        return token.i if token.i in named or self._person(token) else None

    def _of(self, parse: Parse, at: int, last: int = -1) -> int | None:
        """The noun under "of" ("five of their X"), beyond token `last`."""
        for prep in parse.children(at, "prep"):
            for noun in parse.children(prep, "pobj") if parse.tokens[prep].lemma == "of" else ():
                return noun if noun > last else self._of(parse, noun, last)
        return None

    def _next(self, parse: Parse, last: int, named: set[int]) -> int | None:
        """The noun right behind a figure that the tree does not join to it."""
        end = self._end(parse, last)
        for i in range(last + 1, min(last + _REACH, end) + 1):
            token = parse.tokens[i]
            following = parse.tokens[i + 1] if i < end else None
            joined = following is not None and (
                following.pos in _NOUNS
                or following.text in _HYPHENS
                or (following.start == token.end and following.pos != "PUNCT")
            )
            if token.pos in _NOUNS and not joined:
                return i if i in named or self._person(token) else None
            if token.pos not in _BETWEEN and token.text not in _HYPHENS:
                return None
        return None

    def _end(self, parse: Parse, last: int) -> int:
        """The last token of the figure's sentence; of the next where it was cut off after it."""
        end = parse.sentence(last)[1]
        if end == last and last + 1 < len(parse.tokens) and parse.tokens[last + 1].text.isalpha():
            return parse.sentence(last + 1)[1]
        return end

    def _bare(
        self, parse: Parse, figure: Figure, first: int, last: int, top: int
    ) -> Quantity | None:
        """A figure without a noun that still counts people ("killing at least 42")."""
        kind = self._state_after(parse, last) or self._state_below(parse, top)
        if self._more(parse, last) and parse.tokens[top].head == last + 1:
            top = last + 1
        if kind is None and parse.tokens[top].dep in _MODIFIERS and not self._more(parse, last):
            return None
        below = self._of(parse, top, last)
        if below is not None and parse.tokens[below].lemma not in _PRONOUNS:
            return None
        kind = kind or self._fates.kind(parse, top, first)
        if kind is None and not self._suffers(parse, top):
            total = self._total(parse, top)
            if total is None:
                return None
            kind = total or None
        span = parse.span(first, last)
        low, best, high = figure.bounds
        if (low, best) == (None, None) and not _RAISED.isdisjoint(
            parse.tokens[i].lemma for i in parse.ancestors(top)
        ):
            low = best = high  # "brought the toll up to 44" sets no limit
        return self._quantity(parse, span, top, (low, best, high), figure.entry, kind)

    def _more(self, parse: Parse, last: int) -> bool:
        """Whether the word behind the figure is "more" or "others"."""
        end = parse.sentence(last)[1]
        return last < end and parse.tokens[last + 1].lemma in {"more", "other", "additional"}

    def _state_after(self, parse: Parse, last: int) -> str | None:
        """The toll in "30 wounded", "12 more dead": words right behind, no noun after."""
        tokens, end = parse.tokens, parse.sentence(last)[1]
        at = last + 2 if self._more(parse, last) else last + 1
        if at > end or tokens[at].text.lower() not in self._states:
            return None
        if at < end and (tokens[at + 1].pos in _NOUNS or tokens[at + 1].pos in {"ADJ", "NUM"}):
            return None
        return self._states[tokens[at].text.lower()]

    def _state_below(self, parse: Parse, top: int) -> str | None:
        for i in parse.children(top, "amod", "acl"):
            if parse.tokens[i].text.lower() in self._states:
                return self._states[parse.tokens[i].text.lower()]
        return None

    def _suffers(self, parse: Parse, top: int) -> bool:
        """Whether the figure is subject or object of what befalls or is done by people."""
        token = parse.tokens[top]
        while token.dep == "conj" and token.head != token.i:
            token = parse.tokens[token.head]
        verb = parse.tokens[token.head]
        return (
            token.dep
            in {
                "nummod",
                "amod",
                "dep",
                "npadvmod",
                "dobj",
                "nsubjpass",
                "nsubj",
                "appos",
                "attr",
                "oprd",
            }
            and verb.lemma in self._harms
        )

    def _total(self, parse: Parse, top: int) -> str | None:
        """The kind of toll whose number this is: "" if no word tells it, None if it is none."""
        for i in parse.ancestors(top):
            token = parse.tokens[i]
            if token.pos in _NOUNS and token.lemma in self._totals:
                return self._totals[token.lemma] or self._toll(parse, i)
            if token.lemma == "number" and self._counts(parse, i):
                return self._toll(parse, i)
            for below in parse.children(i, "nsubj", "nsubjpass", "dobj"):
                noun = parse.tokens[below]
                if noun.lemma == "toll" or (noun.lemma == "number" and self._counts(parse, below)):
                    return self._toll(parse, below)
            if token.pos == "VERB" and token.dep not in _WITHIN:
                return None
        return None

    def _counts(self, parse: Parse, number: int) -> bool:
        noun = self._of(parse, number)
        return noun is not None and self._person(parse.tokens[noun])

    def _toll(self, parse: Parse, at: int) -> str:
        words = {parse.tokens[i].lemma for i in parse.subtree(at)}
        kinds = sorted({self._tolls.get(w) or self._states.get(w) or "" for w in words})
        return kinds[-1] if kinds else ""

    # single words

    def _of_word(self, parse: Parse, token: Token, named: set[int]) -> Iterable[Quantity]:
        name, form = self._small[token.text.lower()]
        if form == "without":
            yield from self._without(parse, token, name)
            return
        head = parse.tokens[token.head]
        after = parse.tokens[token.i + 1].lemma if token.i + 1 < len(parse.tokens) else ""
        if form == "none" and after == "one":
            span, one = parse.span(token.i, token.i + 1), token.i + 1
            kind = self._fates.kind(parse, one)
            yield self._quantity(parse, span, one, _NOUGHT, "nobody", kind)
        elif form == "nobody":
            kind = self._fates.kind(parse, token.i, token.i)
            yield self._quantity(parse, token.span, token.i, _NOUGHT, name, kind)
        elif token.dep in {"det", "nummod"} and token.i < head.i:
            if form == "none" and head.lemma == "casualty":
                span = parse.span(token.i, head.i)
                for kind in ("killed", "injured"):
                    yield self._quantity(parse, span, head.i, _NOUGHT, name, kind)
            elif form == "none" and self._person(head):
                yield self._small_one(parse, token, head, _NOUGHT, name)
            elif form == "single" and self._single(parse, head, named):
                denied = after == "single" and parse.tokens[token.i - 1].lemma == "not"
                bounds = _NOUGHT if token.i and denied else _ONE
                yield self._small_one(parse, token, head, bounds, name)
        elif form == "single" and token.text.lower() in {"another", "one"}:
            yield from self._alone(parse, token, name)

    def _alone(self, parse: Parse, token: Token, name: str) -> Iterable[Quantity]:
        """Read "one of them", "wounding another", where the word is its own noun."""
        before = parse.tokens[token.i - 1].lemma if token.i else ""
        below = self._of(parse, token.i)
        if before == "no" or (below is None and not self._suffers(parse, token.i)):
            return
        if below is None or self._person(parse.tokens[below]):
            kind = self._fates.kind(parse, token.i, token.i)
            yield self._quantity(parse, token.span, token.i, _ONE, name, kind)

    def _without(self, parse: Parse, token: Token, name: str) -> Iterable[Quantity]:
        """Read "without (causing) any casualties"."""
        for i in parse.subtree(token.i):
            noun = parse.tokens[i]
            if noun.lemma in self._tolls and noun.pos in _NOUNS and noun.dep in {"pobj", "dobj"}:
                kind = self._tolls[noun.lemma]
                for told in (kind,) if kind else ("killed", "injured"):
                    yield self._quantity(parse, parse.span(token.i, i), i, _NOUGHT, name, told)

    def _single(self, parse: Parse, head: Token, named: set[int]) -> bool:
        """Whether a noun is one person's: "a boy", "a 7-year-old"."""
        if head.text == "old" and parse.tokens[head.i - 1].text.endswith(("-", "year", "month")):
            return True
        return (
            head.tag in {"NN", "NNP"}
            and head.lemma not in self._tolls
            and (head.i in named or self._person(head))
        )

    def _small_one(
        self, parse: Parse, token: Token, head: Token, bounds: Bounds, name: str
    ) -> Quantity:
        kind = self._fates.kind(parse, head.i, token.i)
        return self._quantity(parse, parse.span(token.i, head.i), head.i, bounds, name, kind)

    # nouns

    def _person(self, token: Token) -> bool:
        """Whether the token is a noun for people or for their deaths and wounds."""
        lemma = token.lemma
        if token.ent == "NORP" or not self._people.isdisjoint((lemma, token.text.lower())):
            return True
        if lemma in self._tolls:
            return True
        return (
            token.pos in _NOUNS
            and lemma not in self._things
            and len(lemma) > 5
            and (lemma.endswith(self._suffixes) or token.text.lower().endswith(self._suffixes))
        )

    def _who(self, parse: Parse, head: int) -> str:
        """The short noun, without names ("police officers"); "people" where none is told."""
        token = parse.tokens[head]
        if token.pos not in _NOUNS and token.ent != "NORP":
            return "people"
        if token.lemma in self._tolls or token.lemma == "other":
            return "people"
        first = head
        while (
            first > 0
            and parse.tokens[first - 1].dep == "compound"
            and parse.tokens[first - 1].head == head
            and parse.tokens[first - 1].text.islower()
        ):
            first -= 1
        return " ".join(t.text for t in parse.tokens[first : head + 1])

    def _quantity(
        self, parse: Parse, span: Any, head: int, bounds: Bounds, entry: str, kind: str | None
    ) -> Quantity:
        who = self._who(parse, head)
        return Quantity(span, f"quantities#{entry}", head, who, *bounds, kind)
