"""Which country a party belongs to when only its surroundings tell."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.annotate.entities_names import Name
from dateline.knowledge.geography import Gazetteer
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

_SIZE = 20_000  # inhabitants
_DIRECTIONS = {"north", "south", "east", "west", "central", "new", "upper", "lower"}


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
        places = list(places)
        self._inside = {i: p for p in places for i in parse.tokens_in(p.span)}
        seen: dict[int, str] = {}
        for name in names:
            country = name.inner if name.actor is None else name.actor.country
            if country and country != "INT" and not is_led(parse, name.last):
                seen[name.head] = country
        lasting = ((p, parse.tokens_in(p.span).stop - 1) for p in places if p.place.country)
        self._places = {
            p.head: p.place.country or "" for p, last in lasting if not is_led(parse, last)
        }
        seen.update(self._places)
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

    def place_at(self, at: int) -> str | None:
        """The country of the place the token is the head of."""
        return self._places.get(at)

    def place_covers(self, first: int, last: int) -> bool:
        """Whether one place's name covers the tokens from `first` to `last`."""
        place = self._inside.get(first)
        return place is not None and self._inside.get(last) is place

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


def homeland(words: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """The country of the largest place whose name begins a longer name ("Kano Chamber of Trade").

    Only divisions and places of some size count; a name of one word has none.
    """
    lengths = [n for n in (2, 1) if n < len(words) and words[0][:1].isupper()]
    found = (gazetteer.find(" ".join(words[:n])) for n in lengths)
    largest = (features[0] for features in found if features)
    settled = (f for f in largest if f.level.startswith("adm") or f.weight >= _SIZE)
    return next((f.country for f in settled if words[0].lower() not in _DIRECTIONS), None)


def _paragraphs(parse: Parse) -> list[int]:
    numbers, last = [], -1
    breaks = [t.i for t in parse.tokens if t.pos == "SPACE" and "\n" in t.text]
    for number, at in enumerate([*breaks, len(parse.tokens) - 1]):
        numbers.extend([number] * (at - last))
        last = at
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
