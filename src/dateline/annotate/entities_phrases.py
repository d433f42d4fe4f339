"""The noun phrases around party words: their modifiers, owners, countries and extent."""

from collections.abc import Iterable, Iterator

from dateline.annotate.entities_context import Surroundings, is_led
from dateline.annotate.entities_names import TERRITORIAL, Name
from dateline.model import Parse, Span

INSIDE = {"compound", "amod", "nmod"}
_MODIFIERS = INSIDE | {"nummod", "advmod", "quantmod", "det", "npadvmod", "poss"}
_AFFILIATING = {"of", "from", "in", "for"}
_NO_OWNERS = TERRITORIAL | {"person", "people"}
_DANGLING = {"ADP", "DET", "CCONJ", "PUNCT", "SPACE"}
_LONGEST = 24


class Phrases:
    """Noun phrases of one document, given the names in it."""

    def __init__(self, parse: Parse, names: Iterable[Name], around: Surroundings) -> None:
        self._parse = parse
        self._tokens = parse.tokens
        self._around = around
        self._left: dict[int, list[int]] = {}
        self.at = {i: name for name in names for i in range(name.first, name.last + 1)}

    def heading(self, at: int) -> Name | None:
        """The name whose head the token is."""
        name = self.at.get(at)
        return name if name is not None and name.head == at else None

    def left(self, at: int) -> list[int]:
        """Tokens of the modifiers that stand before `at`, or before the name it heads."""
        if at not in self._left:
            self._left[at] = self._modifiers(at)
        return self._left[at]

    def _modifiers(self, at: int) -> list[int]:
        name = self.heading(at)
        first = at if name is None else name.first
        out: list[int] = []
        for child in self._parse.children(at):
            if child < first and self._tokens[child].dep in _MODIFIERS:
                out.extend(i for i in self._parse.subtree(child) if i < first)
        out = [i for i in sorted(out) if self._tokens[i].dep != "poss"]
        broken = [k for k, i in enumerate(out) if "\n" in self._tokens[i].text]
        return out[broken[-1] + 1 :] if broken else out

    def owners(self, at: int) -> Iterator[Name]:
        """Organisations named before the noun ("Hamas fighters"), the nearest first."""
        for i in [*reversed(self.left(at)), *self._parse.children(at, "poss")]:
            name = self.at.get(i)
            if name is None or name.kind in _NO_OWNERS:
                continue
            if not is_led(self._parse, name.last):
                yield name

    def joined(self, at: int) -> Iterator[Name]:
        """Coordinated countries or demonyms before the noun ("French and British troops")."""
        for i in self.left(at):
            name = self.heading(i)
            linked = self._tokens[i].dep == "conj" or self._parse.children(i, "conj")
            if name is not None and name.kind in TERRITORIAL and linked:
                yield name

    def is_proxy(self, at: int) -> bool:
        """Whether the noun's modifier is "X-led", "X-backed" and the like."""
        names = (self.at.get(i) for i in self.left(at))
        return any(name is not None and is_led(self._parse, name.last) for name in names)

    def holder(self, at: int) -> Name | None:
        """The person a title stands beside ("the envoy, Jane Doe")."""
        for i in self._parse.children(at, "appos"):
            name = self.heading(i)
            if name is not None and name.kind == "person":
                return name
        return None

    def of(self, at: int, *prepositions: str) -> Iterator[int]:
        """Heads of the phrases joined to the noun by one of the prepositions."""
        for prep in self._parse.children(at, "prep"):
            if self._tokens[prep].lemma in prepositions:
                for i in self._parse.children(prep, "pobj"):
                    name = self.at.get(i)
                    yield i if name is None else name.head

    def country(self, at: int) -> str | None:
        """The country the phrase itself tells: by modifier, possessor or of-phrase."""
        for i in reversed(self.left(at)):
            found = self.country_at(i)
            if found:
                return found
        for i in self._parse.children(at, "poss"):
            found = self.country_at(i) or self._common(i)
            if found:
                return found
        after = map(self.country_at, self.of(at, *_AFFILIATING))
        return next((c for c in after if c), None) or self._shared(at)

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

    def span(self, at: int) -> Span:
        """The phrase's characters, on one line and of bounded length; a name ends it."""
        inside = self._parse.tokens_in(self._parse.phrase(at))
        name = self.heading(at)
        last = max(at, inside.stop - 1) if name is None else max(name.last, at)
        first = min(at, inside.start) if name is None else min(name.first, inside.start)
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
