"""Scores of a clustering against a gold one: MUC, B-cubed, CEAF-e and their mean, CoNLL F1.

As the CoNLL 2012 task defines them, for clusterings of the same items.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import NamedTuple

Clusters = Mapping[str, Hashable]  # the cluster of each item


class F1(NamedTuple):
    """Precision and recall."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Clusters, found: Clusters) -> F1:
    """B-cubed: the mean over items of how pure and how whole their clusters are.

    >>> b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1}).recall
    1.0
    """
    shared = Counter((gold[x], found[x]) for x in gold)
    golds, founds = Counter(gold.values()), Counter(found[x] for x in gold)
    precision = sum(n * n / founds[f] for (_, f), n in shared.items())
    recall = sum(n * n / golds[g] for (g, _), n in shared.items())
    return F1(precision / len(gold), recall / len(gold)) if gold else F1(0.0, 0.0)


def muc(gold: Clusters, found: Clusters) -> F1:
    """MUC: the share of links that hold in the other clustering."""
    kept = {item: found[item] for item in gold}
    return F1(_links(kept, gold), _links(gold, kept))


def _links(one: Clusters, other: Clusters) -> float:
    """Of the links that `one` needs, the share that `other` has."""
    sizes = Counter(one[x] for x in one)
    parts = Counter(cluster for cluster, _ in {(one[x], other[x]) for x in one})
    needed = sum(size - 1 for size in sizes.values())
    kept = sum(size - parts[cluster] for cluster, size in sizes.items())
    return kept / needed if needed else 0.0


def ceaf_e(gold: Clusters, found: Clusters) -> F1:
    """CEAF-e: clusters matched one to one as alike as can be.

    The matching is worked out apart for each set of clusters that share items, which is exact.
    """
    golds, founds = Counter(gold.values()), Counter(found[x] for x in gold)
    shared = Counter((gold[x], found[x]) for x in gold)
    alike = {(g, f): 2 * n / (golds[g] + founds[f]) for (g, f), n in shared.items()}
    total = sum(_best(part, alike) for part in _parts(alike))
    return F1(total / len(founds), total / len(golds)) if gold else F1(0.0, 0.0)


Pair = tuple[Hashable, Hashable]


def _parts(alike: Mapping[Pair, float]) -> list[list[Pair]]:
    """The pairs of clusters, those that hang together in one list."""
    home: dict[tuple[str, Hashable], int] = {}
    parts: dict[int, list[Pair]] = {}
    for n, pair in enumerate(alike):
        ends = (("gold", pair[0]), ("found", pair[1]))
        ids = {home[end] for end in ends if end in home}
        parts[n] = [pair, *(p for k in sorted(ids) for p in parts.pop(k))]
        for one, other in parts[n]:
            home["gold", one] = home["found", other] = n
    return list(parts.values())


def _best(part: list[Pair], alike: Mapping[Pair, float]) -> float:
    """The greatest likeness of a one-to-one matching of the clusters of a part."""
    if len(part) == 1:
        return alike[part[0]]
    from scipy.optimize import linear_sum_assignment

    rows = {g: n for n, g in enumerate(dict.fromkeys(g for g, _ in part))}
    columns = {f: n for n, f in enumerate(dict.fromkeys(f for _, f in part))}
    table = [[0.0] * len(columns) for _ in rows]
    for pair in part:
        table[rows[pair[0]]][columns[pair[1]]] = alike[pair]
    chosen = linear_sum_assignment(table, maximize=True)
    return float(sum(table[row][column] for row, column in zip(*chosen, strict=True)))


def conll(gold: Clusters, found: Clusters) -> float:
    """The mean F1 of MUC, B-cubed and CEAF-e."""
    return sum(score(gold, found).f1 for score in (muc, b_cubed, ceaf_e)) / 3
