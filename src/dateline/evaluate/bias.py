"""Where a coding errs more: battles taken for attacks on civilians, kinds of actor, regions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.evaluate.gold import GoldDocument
from dateline.evaluate.matching import Coded, Event, align, pairs
from dateline.evaluate.quotes import Sentences
from dateline.knowledge import rows

BATTLE, CIVILIANS, OTHER = "battle", "violence against civilians", "neither"
_VIOLENCE = {
    "Armed clash": BATTLE,
    "Government regains territory": BATTLE,
    "Non-state actor overtakes territory": BATTLE,
    "Attack": CIVILIANS,
    "Abduction/forced disappearance": CIVILIANS,
    "Sexual violence": CIVILIANS,
}
_KINDS = {
    **dict.fromkeys(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"), "state"),
    **dict.fromkeys(("REB", "PRM", "UAF", "PRE"), "armed group"),
    **dict.fromkeys(("IGO", "NGO"), "international body"),
}
FOREIGN, CIVIL, NOBODY, NOWHERE = "foreign state", "civil", "no actor told", "no country told"
_LEFT = "not found"


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and the one of its type found for it, if any."""

    gold: Coded
    found: Coded | None


@dataclass(frozen=True, slots=True)
class Errors:
    """How often the gold events of one group went wrong.

    `missed` are not found with their type; of those found, `actors` lack one of the gold actors,
    `status` have another status and `civilians` are coded as violence against civilians though
    gold has no such code.
    """

    events: int
    missed: int
    actors: int
    status: int
    civilians: int

    @property
    def found(self) -> int:
        """How many were found with their type."""
        return self.events - self.missed


@dataclass(frozen=True, slots=True)
class Bias:
    """The figures of the bias page.

    `confusion` counts gold battles and attacks on civilians by what they were coded as (or "not
    found"), after the ACLED sub-event type of each.
    """

    confusion: Mapping[tuple[str, str], int]
    actors: Mapping[str, Errors]
    regions: Mapping[str, Errors]

    def lines(self) -> Iterator[str]:
        """The page as lines to read."""
        columns = (BATTLE, CIVILIANS, OTHER, _LEFT)
        yield "battles and violence against civilians (rows: gold; columns: as coded):"
        yield f"  {'':27}" + "".join(f"{column:>27}" for column in columns)
        for row in (BATTLE, CIVILIANS):
            cells = (self.confusion.get((row, column), 0) for column in columns)
            yield f"  {row:27}" + "".join(f"{n:>27}" for n in cells)
        wrong, coded = self.battles_as_attacks
        yield f"  battles coded as attacks on civilians: {_percent(wrong, coded)} of {coded} found"
        for title, groups in (("actor", self.actors), ("region", self.regions)):
            yield f"by {title} (shares of the gold events; of those found for the last three):"
            yield f"{'events':>37}{'not found':>11}{'actor':>8}{'status':>8}{'civilians':>11}"
            for name, x in groups.items():
                yield _line(name, x)

    @property
    def battles_as_attacks(self) -> tuple[int, int]:
        """Battles coded as violence against civilians, and battles found at all."""
        found = sum(n for (row, to), n in self.confusion.items() if row == BATTLE and to != _LEFT)
        return self.confusion.get((BATTLE, CIVILIANS), 0), found


def _line(name: str, x: Errors) -> str:
    shares = [_percent(x.missed, x.events)]
    shares += [_percent(n, x.found) for n in (x.actors, x.status, x.civilians)]
    missed, actors, status, civilians = shares
    return f"  {name:27}{x.events:>8}{missed:>11}{actors:>8}{status:>8}{civilians:>11}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def bias(gold: Sequence[GoldDocument], found: Mapping[str, Sequence[Event]]) -> Bias:
    """Compare predicted events, by document name, with gold ones, group by group."""
    matched = [pair for doc in gold for pair in _matched(doc, found.get(doc.name, ()))]
    table: Counter[tuple[str, str]] = Counter()
    for pair in matched:
        row = violence(pair.gold)
        if row != OTHER:
            table[row, violence(pair.found) if pair.found else _LEFT] += 1
    return Bias(table, _grouped(matched, actor_kinds), _grouped(matched, regions))


def _matched(doc: GoldDocument, predicted: Sequence[Event]) -> Iterator[Pair]:
    sentences = Sentences(doc.text)
    gold = [Coded.of(doc.text, sentences, x) for x in doc.events]
    found = [Coded.of(doc.text, sentences, x) for x in predicted]
    partner = dict(align(gold, found, lambda g, f: g.type == f.type))
    for i, event in enumerate(gold):
        yield Pair(event, found[partner[i]] if i in partner else None)


def violence(event: Coded) -> str:
    """A battle, an attack on civilians, or neither, after the ACLED sub-event type."""
    return _VIOLENCE.get(event.event.get("acled") or "", OTHER)


def actor_kinds(event: Coded) -> set[str]:
    """The kinds of an event's actors; a state is foreign where the event is in another country."""
    here = {x.fields.get("country") for x in event.fillers["places"]} - {None}
    kinds = set()
    for actor in event.fillers["actors"]:
        kind = _KINDS.get(str(actor.fields.get("sector")), CIVIL)
        country = actor.fields.get("country")
        if kind == "state" and here and country and country not in here:
            kind = FOREIGN
        kinds.add(kind)
    return kinds or {NOBODY}


def regions(event: Coded) -> set[str]:
    """The world regions of an event's places, or of its actors where no place is told."""
    for slot in ("places", "actors", "recipients"):
        countries = (x.fields.get("country") for x in event.fillers[slot])
        found = {_regions()[c] for c in countries if c in _regions()}
        if found:
            return found
    return {NOWHERE}


@cache
def _regions() -> dict[object, str]:
    table = rows("crosswalks/countries.csv")
    return {row["iso3"]: row["acled_region"] for row in table if row["acled_region"]}


def _grouped(matched: Iterable[Pair], groups: Callable[[Coded], set[str]]) -> dict[str, Errors]:
    """The errors of each group, the largest first."""
    parts: dict[str, list[Pair]] = {}
    for pair in matched:
        for name in groups(pair.gold):
            parts.setdefault(name, []).append(pair)
    ranked = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0]))
    return {name: _errors(part) for name, part in ranked}


def _errors(part: Sequence[Pair]) -> Errors:
    both = [(pair.gold, pair.found) for pair in part if pair.found is not None]
    return Errors(
        events=len(part),
        missed=len(part) - len(both),
        actors=sum(len(pairs("actors", g, f)) < len(g.fillers["actors"]) for g, f in both),
        status=sum(g.single("status") != f.single("status") for g, f in both),
        civilians=sum(violence(f) == CIVILIANS != violence(g) for g, f in both),
    )
