"""How far coders agree: percent, Cohen's kappa and Krippendorff's alpha, for nominal values."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

Unit = Mapping[str, Hashable]  # what each coder who judged it says
_SURE = 1 - 1e-12  # where chance alone would make all agree, agreement beyond it is not defined


def percent(units: Sequence[Unit]) -> float | None:
    """The share of pairs of codings of a unit that say the same, in percent.

    >>> percent([{"a": 1, "b": 1}, {"a": 1, "b": 2}])
    50.0
    """
    pairs = [(a, b) for unit in units for a, b in combinations(unit.values(), 2)]
    return 100 * sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def kappa(units: Sequence[Unit]) -> float | None:
    """Cohen's kappa; of more than two coders the mean over all pairs of them for which it is told.

    >>> kappa([{"a": 1, "b": 1}, {"a": 2, "b": 2}])
    1.0
    """
    coders = sorted({coder for unit in units for coder in unit})
    found = []
    for left, right in combinations(coders, 2):
        both = [(x[left], x[right]) for x in units if left in x and right in x]
        one = _cohen(both)
        if one is not None:
            found.append(one)
    return sum(found) / len(found) if found else None


def alpha(units: Sequence[Unit]) -> float | None:
    """Krippendorff's alpha for nominal values; coders may have left out units.

    >>> alpha([{"a": 1, "b": 1}, {"a": 2, "b": 2}])
    1.0
    """
    told = [list(unit.values()) for unit in units if len(unit) > 1]
    values: Counter[Hashable] = Counter(value for unit in told for value in unit)
    number = values.total()
    if number < 2:
        return None
    expected = sum(n * (number - n) for n in values.values()) / (number - 1)
    if not expected:
        return None
    observed = 0.0
    for unit in told:
        counts = Counter(unit)
        apart = sum(n * (len(unit) - n) for n in counts.values())
        observed += apart / (len(unit) - 1)
    return 1 - observed / expected


def _cohen(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    if not pairs:
        return None
    number = len(pairs)
    same = sum(a == b for a, b in pairs) / number
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(n * right[value] for value, n in left.items()) / number**2
    return (same - chance) / (1 - chance) if chance < _SURE else None
