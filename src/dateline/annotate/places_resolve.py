"""Choose what each place name means: one sense per name and dispatch."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.annotate.places_names import NATION, Lexicon, Name, contains
from dateline.annotate.places_view import View
from dateline.knowledge.geography import Feature, countries, country_names, fold

_STEEP = 3.5  # how many powers of ten of population outweigh what else speaks for a place
_NEAR = 120.0  # km at which nearness to other places of the dispatch fades (to 1/e)
_MOST = 40  # readings of a name that are weighed
_DRAWING = 12  # readings of a name that draw others
_BEHIND = 1.0  # how fast a reading that is behind ceases to draw
_SHARED, _CLOSE = 0.6, 0.8  # the most that a shared division and nearness add
_CELL = 2.5  # degrees
_LOCAL, _WORLD = 1.5, 0.6  # what both weigh where one country is spoken of, and where more are
_EXACT = 0.3  # what it counts that a place is mainly called so
_NAMESAKE = 0.4  # how far a town of a country's name is behind it
_ROUNDS = 2

Key = tuple[str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means; `lead` is how far the reading is ahead of the next (1: no rival)."""

    feature: Feature
    lead: float = 1.0
    rivals: int = 0
    listed: bool = True


def mentioned(view: View, title: str, lexicon: Lexicon) -> Counter[str]:
    """How often a document speaks of each country, by name or adjective; the title twice."""
    out: Counter[str] = Counter()
    texts, last = view.texts, len(view.texts) - 1
    for k, capital in enumerate(view.capital):
        if capital:
            _count(out, texts[k], texts[k + 1] if k < last else "", 1, lexicon)
    words = [w.strip(",.:;'’\"“”") for w in title.split()]
    for word, after in zip(words, [*words[1:], ""], strict=False):
        if word[:1].isupper():
            _count(out, word, after, 2, lexicon)
    return out


def _count(out: Counter[str], word: str, after: str, weight: int, lexicon: Lexicon) -> None:
    iso3 = lexicon.spoken_of(f"{word} {after}") if after[:1].isupper() else None
    iso3 = iso3 or lexicon.spoken_of(word)
    if iso3:
        out[iso3] += weight


@dataclass(slots=True)
class _Group:
    """All mentions of one name in one sense: its readings by what they have in themselves."""

    name: Name
    hints: Counter[str]
    readings: list[tuple[float, Feature]] = field(default_factory=list)
    ranked: Sequence[tuple[float, Feature]] = ()
    pick: Feature | None = None
    weight: float = 0.0


def resolve(names: Sequence[Name], spoken: Mapping[str, float]) -> list[Sense | None]:
    """What each name means; None stands for a name that after all can be no place here.

    `spoken` weighs the countries that the dispatch speaks of. The readings of all names are chosen
    together: those are preferred that lie in the same countries and divisions, and close by.
    """
    hints = _hints(names)
    groups: dict[Key, _Group] = {}
    for name in names:
        groups.setdefault(_key(name), _Group(name, hints[name.key]))
    lands = _Lands(spoken, names)
    for group in groups.values():
        group.readings = [(_itself(group, f, lands), f) for f in _possible(group.name)[:_MOST]]
        _settle(group, group.readings)
    strength = _LOCAL if lands.local else _WORLD
    for _ in range(_ROUNDS):
        _together(list(groups.values()), strength)
    senses = {key: _sense(group, lands) for key, group in groups.items()}
    return _housed(names, [senses[_key(n)] for n in names], lands)


def _key(name: Name) -> Key:
    return name.key, name.level, name.holder


def _hints(names: Iterable[Name]) -> dict[str, Counter[str]]:
    """What the dispatch anywhere says each name lies in."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        out[name.key].update(name.within)
    return out


class _Lands:
    """The countries the dispatch speaks of, by name and by their well-known places."""

    def __init__(self, spoken: Mapping[str, float], names: Iterable[Name]) -> None:
        self.weight = dict(spoken)
        self.local = sum(n > 0 for n in spoken.values()) <= 1
        self.sure = set(spoken)
        for name in names:
            best = name.features[0] if name.features else None
            if best is None or best.country is None or name.respelled or best.weight == NATION:
                continue
            known = best.level != "town" or best.weight > 500_000
            rivals = (f.weight for f in name.features[1:] if f.country != best.country)
            if known and best.weight > 10 * max(rivals, default=0):
                self.weight[best.country] = self.weight.get(best.country, 0.0) + 0.5
                self.sure.add(best.country)
            elif not any(f.country != best.country for f in name.features):
                self.weight[best.country] = self.weight.get(best.country, 0.0) + 0.3
        self.top = max(self.weight.values(), default=1.0)
        self.main = max(self.weight, key=lambda c: (self.weight[c], c), default=None)

    def fit(self, feature: Feature) -> float:
        """What speaks for a feature by its country alone."""
        if feature.country is None:
            return 0.3
        share = self.weight.get(feature.country, 0.0) / self.top
        return 0.25 + 0.5 * share if share else 0.0


def _possible(name: Name) -> Sequence[Feature]:
    """The readings of a name; one that names a country names none of its towns besides."""
    first = name.features[0] if name.features else None
    if first is None or first.weight != NATION or name.level is not None:
        return name.features
    return [f for f in name.features if f is first or f.country != first.country]


# choosing ----------------------------------------------------------------------------------------
def _itself(group: _Group, feature: Feature, lands: _Lands) -> float:
    """How likely a reading is by size, level, country and what the text says it lies in."""
    total = math.log10(max(feature.weight, 100)) / _STEEP + _level(group.name, feature)
    total += sum(1.2 for key in group.hints if contains(key, feature))
    total += 0.4 if _is_capital(feature) else 0.0
    total += _EXACT if fold(feature.name) == group.name.key else 0.0
    total += 0.5 if group.name.holder and feature.level in {"adm1", "country"} else 0.0
    first = group.name.features[0]
    if first.weight != NATION:
        return total + lands.fit(feature)
    if feature is first:
        return total if lands.local else total + lands.fit(feature)
    return total - _NAMESAKE + lands.fit(feature)


def _settle(group: _Group, ranked: Sequence[tuple[float, Feature]]) -> float:
    """Pick the best reading; how far it is ahead of the next one elsewhere."""
    if not ranked:
        return 0.0
    best = max(ranked, key=lambda pair: pair[0])
    next_ = max((s for s, f in ranked if not _beside(f, best[1])), default=best[0] - 1.0)
    group.pick = best[1]
    group.weight = min(1.0, max(0.15, best[0] - next_)) * min(1.0, group.name.belief)
    return best[0] - next_


def _beside(a: Feature, b: Feature) -> bool:
    """Whether two readings make no difference on the map: a town and the district around it."""
    return a is b or (a.country == b.country and _distance(a, b) < 50)


def _together(groups: Sequence[_Group], strength: float) -> None:
    """Choose anew for each name, drawn by what all other names may mean."""
    field_ = _Field(groups)
    drawn = [
        [(score + strength * field_.pull(number, f), f) for score, f in group.readings]
        if len(group.readings) > 1
        else group.readings
        for number, group in enumerate(groups)
    ]
    for group, ranked in zip(groups, drawn, strict=True):
        _settle(group, ranked)
        group.ranked = ranked


class _Field:
    """Where the readings of all names lie: each draws those of other names to itself.

    A reading that is not the likeliest of its name draws the less, the further it is behind.
    """

    def __init__(self, groups: Sequence[_Group]) -> None:
        self._cells: dict[tuple[int, int], list[_Draw]] = defaultdict(list)
        self._divisions: dict[tuple[str | None, str], dict[int, float]] = defaultdict(dict)
        for number, group in enumerate(groups):
            ranked = sorted(group.ranked or group.readings, key=lambda x: -x[0])[:_DRAWING]
            if group.name.features[:1] and group.name.features[0].weight == NATION:
                continue
            for score, feature in ranked:
                weight = (1.0 - _BEHIND * (ranked[0][0] - score)) * min(1.0, group.name.belief)
                if weight > 0.1 and feature.lat is not None and feature.weight != NATION:
                    self._add(_Draw(number, weight, feature))

    def _add(self, draw: "_Draw") -> None:
        feature = draw.feature
        if feature.admin1 is not None:
            here = self._divisions[feature.country, feature.admin1]
            here[draw.group] = max(here.get(draw.group, 0.0), draw.weight)
        if feature.level not in {"country", "sea", "region", "adm1"}:
            self._cells[_cell(feature)].append(draw)

    def pull(self, group: int, feature: Feature) -> float:
        """How strongly other names draw a reading: by the same division, by nearness."""
        if feature.weight == NATION or feature.level == "sea" or feature.lat is None:
            return 0.0
        inside = self._divisions.get((feature.country, feature.admin1 or ""), {})
        shared = sum(weight for number, weight in inside.items() if number != group)
        near: dict[int, float] = {}
        row, column = _cell(feature)
        for cell in (
            (r, c) for r in (row - 1, row, row + 1) for c in (column - 1, column, column + 1)
        ):
            for draw in self._cells.get(cell, ()):
                if draw.group != group:
                    weight = draw.weight * math.exp(-_distance(feature, draw.feature) / _NEAR)
                    near[draw.group] = max(near.get(draw.group, 0.0), weight)
        close = sum(near.values())
        return _SHARED * shared / (shared + 0.8) + _CLOSE * close / (close + 0.6)


class _Draw(NamedTuple):
    """One reading of the name of a group, and how strongly it draws."""

    group: int
    weight: float
    feature: Feature


def _cell(feature: Feature) -> tuple[int, int]:
    return int((feature.lat or 0.0) // _CELL), int((feature.lon or 0.0) // _CELL)


def _sense(group: _Group, lands: _Lands) -> Sense | None:
    """The reading picked, unless it is none that the dispatch can mean."""
    name, pick, told = group.name, group.pick, group.hints
    odd = pick is not None and (_unfit(name, pick, told) or _stray(name, pick, told, lands))
    if pick is not None and (name.given or not odd):
        return Sense(pick, group.weight, len(group.readings) - 1)
    if name.evidence < (0.2 if name.level or told else 0.3):
        return None
    known = (country_names().get(key) for key in group.hints)
    country = next((c for c in known if c), None)
    feature = Feature(name.words, country, name.level or "town", None, None)
    return Sense(feature, 0.0, len(group.readings), listed=False)


def _housed(
    names: Sequence[Name], senses: Sequence[Sense | None], lands: _Lands
) -> list[Sense | None]:
    """Places that no gazetteer lists get the country of the nearest listed town or division."""
    out = list(senses)
    fixed = sorted(
        (n.first, s.feature.country)
        for n, s in zip(names, senses, strict=True)
        if s is not None and s.listed and s.feature.weight != NATION and s.feature.country
        and not _is_capital(s.feature)
    )  # fmt: skip
    at = [first for first, _ in fixed]
    homes: dict[Key, str | None] = {}  # one country per name
    for k, (name, sense) in enumerate(zip(names, senses, strict=True)):
        if sense is None or sense.listed or sense.feature.country is not None:
            continue
        key = _key(name)
        if key not in homes:
            middle = bisect_left(at, name.first)
            near = fixed[max(0, middle - 1) : middle + 1]
            home = min(near, key=lambda x: abs(x[0] - name.first), default=(0, lands.main))
            homes[key] = home[1]
        feature = sense.feature._replace(country=homes[key])
        out[k] = Sense(feature, sense.lead, sense.rivals, listed=False)
    return out


# what fits ---------------------------------------------------------------------------------------
def _stray(name: Name, feature: Feature, hints: Iterable[str], lands: _Lands) -> bool:
    """Whether the best reading is a small place in a country the dispatch does not speak of."""
    if feature.country is None or feature.country in lands.sure or not lands.sure:
        return False
    if feature.geonames is None and feature.level not in {"town", "site"}:
        return False
    if any(contains(key, feature) for key in hints):
        return False
    odd = name.level is not None and feature.level != name.level
    return feature.weight < 100_000 or (odd and feature.weight < 500_000)


def _unfit(name: Name, feature: Feature, hints: Iterable[str]) -> bool:
    """Whether the best reading is of a wider level than told, or a spelling in the wrong place."""
    if name.level in {"adm2", "town"} and feature.level in {"country", "adm1", "region", "sea"}:
        return name.kind.lower() not in {"city", "area"}
    told = list(hints)
    return name.respelled and bool(told) and not any(contains(key, feature) for key in told)


def _is_capital(feature: Feature) -> bool:
    if feature.level != "town" or feature.country is None:
        return False
    return fold(countries()[feature.country].capital).startswith(fold(feature.name))


def _level(name: Name, feature: Feature) -> float:
    """How well the feature's level fits the type word told, or, without one, the usual reading."""
    if name.level:
        if feature.level == name.level:
            return 0.7
        near = {feature.level, name.level} in ({"adm1", "adm2"}, {"adm1", "region"})
        return 0.1 if near else -0.3
    usual = {"town": 0.1, "adm2": -0.2, "country": 0.3, "region": 0.1}
    if feature.level == "adm1" and any(
        f.level == "town"
        and f.country == feature.country
        and f.weight >= min(15_000, 0.15 * feature.weight)
        for f in name.features
    ):
        return -0.4
    return usual.get(feature.level, 0.0)


def _distance(a: Feature, b: Feature) -> float:
    """Kilometres between two features, roughly; infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    north = a.lat - b.lat
    if north > 8 or north < -8:
        return 890.0
    mean = math.radians((a.lat + b.lat) / 2)
    return 111.2 * math.hypot(north, (a.lon - b.lon) * math.cos(mean))
