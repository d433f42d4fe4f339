"""Choose what each place name means: one sense per name and dispatch."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dateline.annotate.places_find import Name
from dateline.knowledge.geography import Feature, countries, country_names, fold

Sense = tuple[Feature, float]

_STEEP = 3.5  # how many powers of ten of population outweigh what else speaks for a place
_NEAR = 200.0  # km at which nearness to other places of the dispatch fades (to 1/e)


def resolve(names: Sequence[Name], mentioned: Mapping[str, float]) -> list[Sense | None]:
    """The feature of each name and a score (0 to 1) that ranks it against its rivals.

    None stands for a name that after all can be no place the dispatch speaks of.

    `mentioned` weighs the countries that the dispatch speaks of.
    """
    hints = _hints(names)
    mentioned = _widened(names, mentioned)
    fixed = _settled(names)
    chosen: dict[tuple[str, str | None], Sense | None] = {}
    for sure in (True, False):
        for name in names:
            sense = (name.key, name.level)
            if sense in chosen or (sure and len(name.features) != 1):
                continue
            found = chosen[sense] = _choose(name, hints, mentioned, fixed)
            if found is not None:
                fixed.append(found[0])
    return [chosen[name.key, name.level] for name in names]


def _widened(names: Iterable[Name], mentioned: Mapping[str, float]) -> dict[str, float]:
    """`mentioned` with the countries of the well-known places that the dispatch names."""
    out = dict(mentioned)
    for name in names:
        best = name.features[0] if name.features else None
        if best is None or best.country is None or name.respelled:
            continue
        known = best.level != "town" or best.weight > 500_000
        rivals = (f for f in name.features[1:] if f.country != best.country)
        if known and best.weight > 10 * max((f.weight for f in rivals), default=0):
            out[best.country] = out.get(best.country, 0.0) + 0.5
    return out


def _hints(names: Iterable[Name]) -> dict[str, Counter[str]]:
    """What the dispatch anywhere says each name lies in."""
    out: dict[str, Counter[str]] = {}
    for name in names:
        out.setdefault(name.key, Counter()).update(name.within)
    return out


def _settled(names: Iterable[Name]) -> list[Feature]:
    """Places that need no choice and have a point: they pull the others near."""
    alone = (name.features[0] for name in names if len(name.features) == 1)
    return [feature for feature in alone if feature.level not in {"country", "sea"}]


def _choose(
    name: Name,
    hints: Mapping[str, Counter[str]],
    mentioned: Mapping[str, float],
    fixed: Sequence[Feature],
) -> Sense | None:
    first = name.features[0] if name.features else None
    if first is not None and first.level == "country" and name.level is None:
        rivals = hints[name.key] or first.country == "GEO"
        if not rivals:
            return first, round(min(1.0, name.belief), 3)
    top = max(mentioned.values(), default=1.0)
    ranked = []
    for order, feature in enumerate(name.features[:40]):
        total = math.log10(max(feature.weight, 100)) / _STEEP
        total += _context(feature, mentioned, top)
        total += sum(1.2 for key in hints[name.key] if _contains(key, feature))
        total += _level(name, feature) + (0.4 if _is_capital(feature) else 0.0)
        total += 0.4 * _nearness(feature, fixed)
        ranked.append((-total, order, feature))
    ranked.sort(key=lambda x: x[:2])
    told = hints[name.key]
    if ranked and _unfit(name, ranked[0][2], told):
        ranked = []
    if not ranked or _stray(name, ranked[0][2], told, mentioned):
        if name.evidence < 0.3:
            return None
        return _unlisted(name, told, mentioned), round(0.6 * min(1.0, name.belief), 3)
    best = ranked[0]
    lead = ranked[1][0] - best[0] if len(ranked) > 1 else 1.0
    rival = ranked[1][2] if len(ranked) > 1 else None
    if rival is not None and _distance(best[2], rival) < 50:
        lead = max(lead, 0.5)
    return best[2], round(min(1.0, name.belief) * min(1.0, 0.6 + 0.5 * lead), 3)


def _stray(
    name: Name, feature: Feature, hints: Iterable[str], mentioned: Mapping[str, float]
) -> bool:
    """Whether the best reading is a small place in a country the dispatch does not speak of."""
    if feature.country is None or feature.country in mentioned or not mentioned:
        return False
    if feature.geonames is None and feature.level not in {"town", "site"}:
        return False
    if any(_contains(key, feature) for key in hints):
        return False
    odd = name.level is not None and feature.level != name.level
    return feature.weight < 100_000 or (odd and feature.weight < 500_000)


def _unfit(name: Name, feature: Feature, hints: Iterable[str]) -> bool:
    """Whether the best reading is of a wider level than told, or a spelling in the wrong place."""
    if name.level in {"adm2", "town"} and feature.level in {"country", "adm1", "region", "sea"}:
        return name.kind.lower() not in {"city", "area"}
    return (
        name.respelled
        and any(True for _ in hints)
        and not any(_contains(key, feature) for key in hints)
    )


def _unlisted(name: Name, hints: Iterable[str], mentioned: Mapping[str, float]) -> Feature:
    """A place without a point, in the country told with it or else the dispatch's main one."""
    told = (country_names().get(key) for key in hints)
    main = max(mentioned, key=lambda c: (mentioned[c], c), default=None)
    country = next((c for c in told if c), main)
    return Feature(name.words, country, name.level or "town", None, None)


def _context(feature: Feature, mentioned: Mapping[str, float], top: float) -> float:
    if feature.country is None:
        return 0.3
    share = mentioned.get(feature.country, 0.0) / top
    return 0.25 + 0.5 * share if share else 0.0


def _is_capital(feature: Feature) -> bool:
    if feature.level != "town" or feature.country is None:
        return False
    return fold(countries()[feature.country].capital).startswith(fold(feature.name))


def _contains(key: str, feature: Feature) -> bool:
    """Whether the folded name `key` names the feature's country or first-level division."""
    if country_names().get(key) == feature.country and feature.level != "country":
        return True
    return (
        feature.admin1 is not None
        and feature.level != "adm1"
        and _stem(key) == _stem(fold(feature.admin1))
    )


def _stem(key: str) -> str:
    for tail in (" province", " region", " state", " governorate", " oblast"):
        key = key.removesuffix(tail)
    return key


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
        and f.weight >= max(15_000, 0.15 * feature.weight)
        for f in name.features
    ):
        return -0.25
    return usual.get(feature.level, 0.0)


def _nearness(feature: Feature, fixed: Sequence[Feature]) -> float:
    if feature.level in {"country", "sea"} or not fixed:
        return 0.0
    nearest = min(_distance(feature, other) for other in fixed[:60])
    return math.exp(-nearest / _NEAR)


def _distance(a: Feature, b: Feature) -> float:
    """Kilometres between two features; infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    mean = math.radians((a.lat + b.lat) / 2)
    return 111.2 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(mean))
