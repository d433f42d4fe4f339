"""Which country a party belongs to when only its surroundings tell."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from dateline.annotate.entities_names import Name
from dateline.model import Parse, PlaceMention

# "Saudi-led", "Chinese-owned": the name before the hyphen is no affiliation of what follows.
_LED = frozenset(
    [
        *("led", "backed", "owned", "controlled", "allied", "supported", "affiliated", "based"),
        *("born", "brokered", "occupied", "held", "funded", "aligned", "made", "sponsored"),
        *("linked", "run", "mediated", "supplied", "trained", "drafted", "proposed", "imposed"),
        *("inspired", "flagged"),
    ]
)


def is_led(parse: Parse, last: int) -> bool:
    """Whether a name ending at token `last` begins an adjective such as "Saudi-led".

    >>> is_led(Parse("none", (), ()), 0)
    False
    """
    after = [t.text.lower() for t in parse.tokens[last + 1 : last + 3]]
    if len(after) == 2 and after[0] in {"-", "–"}:
        return after[1] in _LED
    return bool(after) and after[0].lstrip("-–") in _LED and after[0][:1] in {"-", "–"}


class Surroundings:
    """The countries a document speaks of, and where; `titled` are those its title names."""

    def __init__(
        self,
        parse: Parse,
        names: Iterable[Name],
        places: Iterable[PlaceMention],
        titled: Iterable[str],
    ) -> None:
        self._parse = parse
        seen: dict[int, str] = {}
        for name in names:
            country = name.inner if name.actor is None else name.actor.country
            if country and country != "INT" and not is_led(parse, name.last):
                seen[name.head] = country
        seen.update((p.head, p.place.country) for p in places if p.place.country)
        self._at = sorted(seen)
        self._country = seen
        self._paragraph = _paragraphs(parse)
        self._main = _only(titled) or _main(seen.values())
        self._most = Counter(seen.values()).most_common(1)

    def near(self, at: int) -> str | None:
        """The country of the dispatch; without one, the nearest told, or the most frequent."""
        if self._main is not None:
            return self._main
        near = self._nearest(at, *self._parse.sentence(at)) or self._nearest(at, *self._around(at))
        return near or (self._most[0][0] if self._most else None)

    def main(self) -> str | None:
        """The country most of the dispatch is about, if there is one."""
        return self._main

    def _around(self, at: int) -> tuple[int, int]:
        number = self._paragraph[at]
        first = bisect_left(self._paragraph, number)
        return first, bisect_left(self._paragraph, number + 1) - 1

    def _nearest(self, at: int, first: int, last: int) -> str | None:
        inside = self._at[bisect_left(self._at, first) : bisect_left(self._at, last + 1)]
        if not inside:
            return None
        return self._country[min(inside, key=lambda i: (abs(i - at), i))]


def _paragraphs(parse: Parse) -> list[int]:
    numbers, now = [], 0
    for token in parse.tokens:
        numbers.append(now)
        now += "\n" in token.text
    return numbers


def _only(countries: Iterable[str]) -> str | None:
    found = set(countries)
    return found.pop() if len(found) == 1 else None


def _main(countries: Iterable[str]) -> str | None:
    """The country told at least twice as often as any other."""
    ranked = Counter(countries).most_common(2)
    if not ranked:
        return None
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] >= 2 * second else None
