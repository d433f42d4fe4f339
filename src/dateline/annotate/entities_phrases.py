"""The noun phrases around party words: their modifiers, owners, countries and extent."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from dateline.annotate.entities_context import Surroundings, is_led
from dateline.annotate.entities_names import TERRITORIAL, Name
from dateline.model import Parse, Span

INSIDE = {"compound", "amod", "nmod"}
_MODIFIERS = INSIDE | {"nummod", "advmod", "quantmod", "det", "npadvmod", "poss"}
_AFFILIATING = {"of", "from", "in", "for"}
_NO_OWNERS = TERRITORIAL | {"person", "people"}
_DANGLING = {"ADP", "DET", "CCONJ", "PUNCT", "SPACE"}
_LONGEST = 24
# Adjectives that tell several countries at once, and those that tell another one.
_SEVERAL = frozenset(
    [
        *("african", "asian", "european", "arab", "western", "eastern", "sahelian", "nordic"),
        *("scandinavian", "baltic", "balkan", "caribbean", "gulf", "world", "global", "maghreb"),
        *("international", "multinational", "multilateral", "transatlantic", "g7", "g20"),
    ]
)
_OTHERS = frozenset(["foreign", "overseas", "various", "unnamed", "unspecified"])
_PLAIN = {"det", "amod", "compound", "nummod", "nmod"}
_FOLLOWED = {"appos", "poss", "prep", "pobj", "conj"}


class Phrases:
    """Noun phrases of one document, given the names in it."""

    def __init__(self, parse: Parse, names: Iterable[Name], around: Surroundings) -> None:
        self._parse = parse
        self._tokens = parse.tokens
        self._around = around
        self._left: dict[int, list[int]] = {}
        self._below: dict[tuple[str, int], list[int]] = {}
        for token in parse.tokens:
            if token.dep in _FOLLOWED and token.head != token.i:
                self._below.setdefault((token.dep, token.head), []).append(token.i)
        self.titled: dict[int, Name] = {}
        self.at: dict[int, Name] = {}
        self._paired: set[int] = set()  # heads of countries coordinated with something
        for name in names:
            self.at.update(dict.fromkeys(range(name.first, name.last + 1), name))
            linked = parse.tokens[name.head].dep == "conj" or self.below(name.head, "conj")
            if linked and name.kind in TERRITORIAL:
                self._paired.add(name.head)

    def heading(self, at: int) -> Name | None:
        """The name whose head the token is."""
        name = self.at.get(at)
        return name if name is not None and name.head == at else None

    def below(self, at: int, dep: str) -> Sequence[int]:
        """Dependents of `at` with one of the labels this class follows, in text order."""
        return self._below.get((dep, at), ())

    def left(self, at: int) -> list[int]:
        """Tokens of the modifiers that stand before `at`, or before the name it heads."""
        if at not in self._left:
            self._left[at] = self._modifiers(at)
        return self._left[at]

    def _modifiers(self, at: int) -> list[int]:
        name = self.heading(at)
        first = at if name is None else name.first
        tokens, children = self._tokens, self._parse.children
        inside = [i for i in children(at) if i < first and tokens[i].dep in _MODIFIERS]
        if not inside:
            return inside
        for i in inside:
            inside.extend(children(i))
        out = sorted(i for i in inside if i < first and tokens[i].dep != "poss")
        broken = [k for k, i in enumerate(out) if tokens[i].pos == "SPACE"]
        broken = [k for k in broken if "\n" in tokens[out[k]].text]
        return out[broken[-1] + 1 :] if broken else out

    def owners(self, at: int) -> Iterator[Name]:
        """Organisations named before the noun ("Hamas fighters"), the nearest first."""
        for i in [*reversed(self.left(at)), *self.below(at, "poss")]:
            name = self.at.get(i)
            if name is None or name.kind in _NO_OWNERS:
                continue
            if not is_led(self._parse, name.last):
                yield name

    def joined(self, at: int) -> Iterator[Name]:
        """Coordinated countries or demonyms before the noun ("French and British troops")."""
        if self._paired:
            names = (self.heading(i) for i in self.left(at) if i in self._paired)
            yield from (name for name in names if name is not None)

    def is_proxy(self, at: int) -> bool:
        """Whether the noun's modifier is "X-led", "X-backed" and the like."""
        names = (self.at.get(i) for i in self.left(at))
        return any(name is not None and is_led(self._parse, name.last) for name in names)

    def holder(self, at: int) -> Name | None:
        """The person a title stands beside ("the envoy, Jane Doe")."""
        if at in self.titled:
            return self.titled[at]
        for i in self.below(at, "appos"):
            name = self.heading(i)
            if name is not None and name.kind == "person":
                return name
        return None

    def of(self, at: int, *prepositions: str) -> Iterator[int]:
        """Heads of the phrases joined to the noun by one of the prepositions."""
        for prep in self.below(at, "prep"):
            if self._tokens[prep].lemma in prepositions:
                for i in self.below(prep, "pobj"):
                    name = self.at.get(i)
                    yield i if name is None else name.head

    def country(self, at: int, skip: Collection[str] = ()) -> str | None:
        """The country the phrase itself tells: by modifier, possessor or of-phrase.

        "INT" where it tells several at once ("African envoys"), "" where it only tells that it is
        some other one ("foreign troops"). Words in `skip` are passed over.
        """
        for i in reversed(self.left(at)):
            found = self.country_at(i)
            if found:
                return found
        for i in self.below(at, "poss"):
            found = self.country_at(i) or self._common(i)
            if found:
                return found
        after = map(self.place_at, self.of(at, *_AFFILIATING))
        told = next((c for c in after if c), None) or self._shared(at)
        return told or self._abroad(at, skip)

    def _abroad(self, at: int, skip: Collection[str]) -> str | None:
        words = [self._tokens[i].text.lower() for i in self.left(at)]
        if not _SEVERAL.isdisjoint(w for w in words if w not in skip):
            return "INT"
        return "" if not _OTHERS.isdisjoint(w for w in words if w not in skip) else None

    def place_at(self, at: int) -> str | None:
        """The country of the name or place the token belongs to."""
        return self.country_at(at) or self._around.place_at(at)

    def country_at(self, at: int) -> str | None:
        """The country of the name the token belongs to."""
        name = self.at.get(at)
        if name is None or is_led(self._parse, name.last):
            return None
        return name.inner if name.actor is None else name.actor.country

    def _shared(self, at: int) -> str | None:
        """The country before the first of coordinated nouns ("Malian soldiers and police")."""
        token = self._tokens[at]
        if token.dep != "conj" or at in self.at:
            return None
        return next((c for c in map(self.country_at, self.left(token.head)) if c), None)

    def _common(self, at: int) -> str | None:
        return self._around.main() if self._tokens[at].lemma in {"country", "nation"} else None

    def core(self, at: int) -> Span:
        """The noun and the modifiers before it, without articles."""
        left = [i for i in self.left(at) if self._tokens[i].dep != "det"]
        return self._parse.span(left[0] if left else at, at)

    def _extent(self, at: int) -> tuple[int, int]:
        """First and last token of the phrase of a noun, as `Parse.phrase` has it."""
        children = self._parse.children
        first = at
        for i in reversed(children(at)):
            if self._tokens[i].dep not in _PLAIN or children(i) or i > at:
                inside = self._parse.tokens_in(self._parse.phrase(at))
                return inside.start, inside.stop - 1
            first = i if i == first - 1 else first
        return first, at

    def span(self, at: int) -> Span:
        """The phrase's characters, on one line and of bounded length; a name ends it."""
        name = self.heading(at)
        first, last = self._extent(at)
        if name is not None:
            first, last = min(name.first, first), max(name.last, at)
        holder = self.holder(at)
        if name is None and holder is not None and 0 <= holder.first - last <= 3:
            last = holder.last
        first, last = max(first, at - _LONGEST), min(last, at + _LONGEST)
        for i in range(first, at):
            if "\n" in self._tokens[i].text:
                first = i + 1
        cut = next((i for i in range(at + 1, last + 1) if "\n" in self._tokens[i].text), last + 1)
        last = cut - 1
        while last > at and name is None and self._tokens[last].pos in _DANGLING:
            last -= 1
        return self._parse.span(first, last)
