"""Whether two values of a slot can both be right."""

from dateline.knowledge.geography import fold, kilometres
from dateline.link.facts import days
from dateline.link.tolls import Toll
from dateline.model import Count, Party, Period, Place

_POINTS = frozenset({"site", "town"})
_NEAR = 25.0  # kilometres between the names of one place
_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


def parties_agree(one: Party, other: Party) -> bool:
    """Whether two names or descriptions may mean the same party."""
    if fold(one.name) == fold(other.name):
        return True
    if one.country and other.country and one.country != other.country:
        return "INT" in {one.country, other.country} and one.sector == other.sector
    if one.sector in _STATE and other.sector in _STATE:
        return one.country == other.country
    named = one.name[:1].isupper() and other.name[:1].isupper()
    return not named and (one.sector == other.sector or "UAF" in {one.sector, other.sector})


def places_agree(one: Place, other: Place) -> bool:
    """Whether one is the other or holds it, as far as levels and countries tell."""
    if fold(one.name) == fold(other.name):
        return True
    if one.country and other.country and one.country != other.country:
        return False
    fine, coarse = (one, other) if one.level in _POINTS else (other, one)
    if coarse.level not in _POINTS:
        if coarse.level == "adm1" and fine.admin1:
            return fold(fine.admin1) in {fold(coarse.name), fold(coarse.admin1 or "")}
        return True
    if None in {one.lat, one.lon, other.lat, other.lon}:
        return False
    gap = kilometres((one.lat or 0, one.lon or 0), (other.lat or 0, other.lon or 0))
    return gap <= _NEAR


def periods_agree(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    a, b = _bounds(one), _bounds(other)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def precision(period: Period) -> int:
    """How finely a period is told: the negative number of its days."""
    bounds = _bounds(period)
    return bounds[0] - bounds[1] if bounds else -(10**6)


def _bounds(period: Period) -> tuple[int, int] | None:
    start, end = period.start or period.end, period.end or period.start
    if start is None or end is None:
        return None
    try:
        return days(start)[0], days(end)[1]
    except ValueError:
        return None


def toll_of(count: Count) -> Toll:
    """The bounds of a count."""
    return Toll(count.low, count.best, count.high, count.who)
