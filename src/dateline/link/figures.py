"""Tolls of an incident: series that grow, figures that fit, disputes, and what a policy picks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dateline.link.agree import toll_of
from dateline.link.policies import policy as find_policy
from dateline.link.score import compatible
from dateline.link.tolls import Toll, tolls
from dateline.link.voices import OFFICIAL
from dateline.model import Count
from dateline.model.incident import Agreement, Settled, Telling

if TYPE_CHECKING:
    from dateline.link.reconcile import Told

_NOISE = 0.9  # share of an earlier figure that a later one of a series may fall to


def settle_counts(found: Sequence[Told], policy: str) -> tuple[Settled[Count], ...]:
    """The tolls of an incident by kind and side, in the order of kind and side."""
    groups: dict[tuple[str, str], list[_Count]] = {}
    for x in found:
        for (kind, side), toll in tolls(x.claim, x.record.document).items():
            count = Count(kind, toll.who, toll.low, toll.best, toll.high)
            groups.setdefault((kind, side), []).append(_Count(x.telling(count), x, toll.struck))
    settled: dict[tuple[str, str], Settled[Count]] = {}
    for key in sorted(groups, key=lambda k: k[0] != "killed"):
        dead = settled.get(("killed", key[1]))
        left = _hurt(groups[key], dead.value if dead else None)
        if left:
            settled[key] = _settle(left, policy)
    return tuple(settled[key] for key in sorted(settled, key=_order))


class _Count(NamedTuple):
    """A count told, by whom, and whether the dead may be among those counted."""

    telling: Telling[Count]
    told: Told
    struck: bool


def _hurt(found: list[_Count], dead: Count | None) -> list[_Count]:
    """Those told to be shot or hit without the dead; none where all of them died.

    Where others tell how many were hurt, that counts alone.
    """
    sure = [x for x in found if not x.struck]
    if sure or dead is None or dead.kind == found[0].telling.value.kind:
        return sure or found
    died = toll_of(dead).figure
    left = [(x, figure(x.telling) - died) for x in found]
    return [
        x._replace(telling=replace(x.telling, value=_less(x.telling.value, died)))
        for x, rest in left
        if rest > 0
    ]


def _less(count: Count, by: int) -> Count:
    low, best, high = (
        None if x is None else max(0, x - by) for x in (count.low, count.best, count.high)
    )
    return Count(count.kind, count.who, low, best, high)


def _order(key: tuple[str, str]) -> tuple[str, bool]:
    return key[0], key[1] != "victims"


def _settle(found: list[_Count], policy: str) -> Settled[Count]:
    tellings = tuple(x.telling for x in found)
    stages = whole(tellings)
    state = standing(stages)
    official = {
        x.telling.claim
        for x in found
        if any(v.kind in OFFICIAL or v.kind == "party" for v in x.told.voices)
    }
    value = _pick(stages, state, find_policy(policy).pick, official)
    return Settled(value, policy, state, tellings)


def whole(tellings: Sequence[Telling[Count]]) -> list[Telling[Count]]:
    """Of each dispatch the highest figure: lower ones are parts of it or earlier stages."""
    best: dict[str, Telling[Count]] = {}
    for telling in tellings:
        document = telling.claim.split(":", 1)[0]
        if document not in best or figure(telling) > figure(best[document]):
            best[document] = telling
    return list(best.values())


def figure(telling: Telling[Count]) -> int:
    """The one figure that stands for a toll told."""
    return toll_of(telling.value).figure


def standing(stages: Sequence[Telling[Count]]) -> Agreement:
    """Whether figures agree, grow from day to day, or contradict each other."""
    if len(stages) < 2:
        return Agreement.SINGLE
    tolls_ = [toll_of(t.value) for t in stages]
    if all(compatible(a, b) for n, a in enumerate(tolls_) for b in tolls_[n + 1 :]):
        return Agreement.SERIES if _grows(stages, tolls_) else Agreement.AGREED
    return Agreement.SERIES if _grows(stages, tolls_) else Agreement.DISPUTED


def _grows(stages: Sequence[Telling[Count]], tolls_: Sequence[Toll]) -> bool:
    """Whether the figure rises with the day of publication and nowhere falls."""
    if any(t.published is None for t in stages):
        return False
    days: dict[str, list[Toll]] = {}
    for telling, toll in zip(stages, tolls_, strict=True):
        days.setdefault(str(telling.published), []).append(toll)
    if any(not compatible(a, b) for same in days.values() for a in same for b in same):
        return False
    figures = [max(toll.figure for toll in days[day]) for day in sorted(days)]
    steps = list(pairwise(figures))
    return all(b >= _NOISE * a for a, b in steps) and figures[-1] > figures[0]


def _pick(
    stages: Sequence[Telling[Count]], state: Agreement, pick: str, official: set[str]
) -> Count:
    ordered = sorted(stages, key=lambda t: (str(t.published or ""), figure(t)))
    if pick == "best":
        return _range(ordered, state)
    if pick == "official":
        spoken = [t for t in ordered if t.claim in official]
        return (spoken or ordered)[-1].value
    last = ordered
    if state is Agreement.SERIES:
        last = [t for t in ordered if figure(t) >= _NOISE * figure(ordered[-1])]
    if pick == "exact":
        return max(last, key=lambda t: (_exact(t.value), str(t.published or ""), figure(t))).value
    return min(last, key=lambda t: (figure(t), -_exact(t.value))).value


def _exact(count: Count) -> int:
    """2 for a figure told as exact, 1 for one with a bound, 0 for a vague one."""
    if count.best is None:
        return 0
    return 2 if count.low == count.best == count.high else 1


def _range(ordered: Sequence[Telling[Count]], state: Agreement) -> Count:
    """Low, best and high over all: best is what most voices tell, in a series the last."""
    values = [toll_of(t.value) for t in ordered]
    lows = [x for v in values for x in (v.low, v.best) if x is not None]
    highs = [x for v in values for x in (v.high, v.best, v.low) if x is not None]
    best = values[-1].figure
    if state is not Agreement.SERIES:
        votes = Counter(v.figure for v in values)
        most = max(votes.values())
        best = max(x for x, n in votes.items() if n == most) if most > 1 else _middle(values)
    first = ordered[-1].value
    return Count(first.kind, first.who, min(lows, default=None), best, max(highs, default=None))


def _middle(values: Sequence[Toll]) -> int:
    figures = sorted(v.figure for v in values)
    return figures[(len(figures) - 1) // 2]
