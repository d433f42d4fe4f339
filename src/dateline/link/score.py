"""How likely two claims tell of the same occurrence, and why."""

import math
from collections.abc import Callable, Iterator
from datetime import date

from dateline.knowledge.geography import kilometres
from dateline.link.facts import Facts, Point, Who, related
from dateline.link.tolls import Toll
from dateline.link.weights import REVISION, Weight, load
from dateline.model.incident import Judgement, Reason, Verdict

Degree = tuple[str, float]  # a feature and how far it holds (0 to 1)

_DONE = frozenset({"actual", "ongoing", "alleged"})
_SURE, _UNSURE = 0.6, 0.4  # probabilities from which a machine says the same, or is unsure
_SAME, _NEAR, _APART = 3.0, 25.0, 200.0  # kilometres
_LEAVING = "RETREAT"  # goes from one country to another: either may be told as the place
_UNLIKE = 4  # times that one toll may be another


class Scorer:
    """Compares facts by the weighted features of the knowledge file."""

    def __init__(self, weights: dict[str, Weight] | None = None) -> None:
        found = load() if weights is None else weights
        self._weights = {name: entry.weight for name, entry in found.items()}

    def score(self, a: Facts, b: Facts) -> float:
        """The log odds that two claims tell of the same occurrence."""
        weights = self._weights
        return weights["always"] + sum(weights[name] * x for name, x in features(a, b))

    def judge(self, a: Facts, b: Facts) -> Judgement:
        """The verdict of the machine with its reasons, the weightiest first."""
        a, b = (a, b) if a.id < b.id else (b, a)
        reasons = [
            Reason(name, round(self._weights[name] * x, 3), _says(name, a, b))
            for name, x in features(a, b)
        ]
        total = self._weights["always"] + sum(reason.weight for reason in reasons)
        odds = probability(total)
        verdict = Verdict.SAME if odds >= _SURE else Verdict.DIFFERENT
        if _UNSURE < odds < _SURE:
            verdict = Verdict.UNSURE
        reasons.sort(key=lambda r: (-abs(r.weight), r.feature))
        by = f"machine/{REVISION}"
        return Judgement(a.id, b.id, verdict, by, round(odds, 4), tuple(reasons))


def probability(odds: float) -> float:
    """The probability of log odds.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def features(a: Facts, b: Facts) -> Iterator[Degree]:
    """The features that two claims show, each with its degree."""
    yield from _kind(a, b)
    yield from _whether(a, b)
    yield from _time(a, b)
    yield from _place(a, b)
    yield from _parties("actor", a.actors, b.actors)
    yield from _parties("recipient", a.recipients, b.recipients)
    yield from _tolls(a, b)
    yield from _text(a, b)


def _kind(a: Facts, b: Facts) -> Iterator[Degree]:
    if a.type == b.type:
        yield "type-same", 1.0
    else:
        close = related(a.type, b.type)
        yield ("type-related" if close else "type-differs"), 1.0
        if close and a.document == b.document:
            yield "types-here", 1.0
    if a.mode and b.mode:
        yield ("mode-same" if a.mode == b.mode else "mode-differs"), 1.0
    if a.trigger == b.trigger:
        yield "trigger-same", 1.0


def _whether(a: Facts, b: Facts) -> Iterator[Degree]:
    statuses = {a.status, b.status}
    if "planned" in statuses and len(statuses) == 2:
        yield "plan-and-act", 1.0
    elif "hypothetical" in statuses and len(statuses) == 2:
        yield "supposed", 1.0
    denied = (a.denied or a.status == "negated", b.denied or b.status == "negated")
    if denied[0] != denied[1] and (b if denied[0] else a).status in _DONE and _anchored(a, b):
        yield "denial", 1.0
    if a.general != b.general:
        yield "campaign", 1.0


def _anchored(a: Facts, b: Facts) -> bool:
    """Whether two claims tell the same town or named party."""
    towns = {p.key for p in a.points} & {p.key for p in b.points}
    ours = {w.key for w in (*a.actors, *a.recipients) if w.named}
    return bool(towns) or any(w.key in ours for w in (*b.actors, *b.recipients))


def _time(a: Facts, b: Facts) -> Iterator[Degree]:
    if a.when is None or b.when is None:
        return
    gap = max(a.when.first - b.when.last, b.when.first - a.when.last, 0)
    if not (a.when.told and b.when.told):
        yield from _untimed(a, b, gap)
    elif gap:
        yield from _apart(a, b, gap)
    else:
        wide = max(a.when.wide, b.when.wide)
        if wide <= 31:
            yield ("day-same" if not wide else "days-within" if wide < 8 else "month-within"), 1.0


def _untimed(a: Facts, b: Facts, gap: int) -> Iterator[Degree]:
    told = a.when if a.when and a.when.told else b.when if b.when and b.when.told else None
    other = b if told is a.when else a
    if told and other.published is not None and told.first > other.published:
        yield "before-event", 1.0
    elif gap <= 2:
        yield ("untimed-here" if a.document == b.document else "untimed"), 1.0
    else:
        yield "untimed-apart", min(1.0, gap / 14)


def _apart(a: Facts, b: Facts, gap: int) -> Iterator[Degree]:
    if gap == 1:
        yield "day-next", 1.0
    elif gap <= 14 and (_on_report(a) or _on_report(b)):
        yield "report-day", 1.0
    else:
        yield ("days-apart" if gap <= 3 else "long-apart"), 1.0


def _on_report(a: Facts) -> bool:
    """Whether the day told is that of the dispatch."""
    return a.when is not None and a.when.first == a.when.last == a.published


def _place(a: Facts, b: Facts) -> Iterator[Degree]:
    if a.points and b.points:
        yield from _points(a, b)
    elif a.lands and b.lands and a.lands.isdisjoint(b.lands):
        yield "country-differs", 0.5 if a.type == b.type == _LEAVING else 1.0
    elif a.divisions and b.divisions and a.divisions.isdisjoint(b.divisions):
        yield "division-differs", 1.0
    elif (a.lands and b.lands) or not a.areas.isdisjoint(b.areas):
        yield "place-within", 1.0


def _points(a: Facts, b: Facts) -> Iterator[Degree]:
    pairs = [(p, q) for p in a.points for q in b.points]
    if any(p.key == q.key for p, q in pairs):
        yield "place-same", 1.0
        return
    gaps = [gap for p, q in pairs if (gap := _distance(p, q)) is not None]
    if gaps and min(gaps) <= _NEAR:
        yield ("place-same" if min(gaps) <= _SAME else "place-near"), 1.0
    elif any(p.key in b.single for p in a.points) or any(q.key in a.single for q in b.points):
        yield "place-named", 1.0
    elif gaps:
        yield ("place-apart" if min(gaps) <= _APART else "place-far"), 1.0


def _distance(p: Point, q: Point) -> float | None:
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    return kilometres((p.lat, p.lon), (q.lat, q.lon))


def _parties(role: str, ours: tuple[Who, ...], theirs: tuple[Who, ...]) -> Iterator[Degree]:
    if not ours or not theirs:
        return
    pairs = [(p, q) for p in ours for q in theirs]
    same = [p for p, q in pairs if p.key == q.key and p.named]
    if same:
        yield f"{role}-same", 0.5 if all(p.sector in _STATE for p in same) else 1.0
    elif any(_alike(p, q) for p, q in pairs):
        yield f"{role}-alike", 1.0
    elif all(p.named and q.named for p, q in pairs):
        yield f"{role}-differs", 1.0


_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})


def _alike(p: Who, q: Who) -> bool:
    """Whether two parties may be the same: one described, or bodies of one state."""
    if p.key == q.key:
        return True
    if p.country and q.country and p.country != q.country and "INT" not in {p.country, q.country}:
        return False
    if p.sector in _STATE and q.sector in _STATE:
        return p.country == q.country
    if p.named and q.named:
        return False
    both = {p.sector, q.sector}
    return None in both or len(both) == 1 or both <= _ARMED


def _tolls(a: Facts, b: Facts) -> Iterator[Degree]:
    shown = {_toll(a.tolls[key], b.tolls[key]) for key in a.tolls.keys() & b.tolls.keys()}
    for name in ("toll-same", "toll-small", "toll-fits", "toll-differs", "toll-unlike"):
        if name in shown:
            yield name, 1.0
            return


def _toll(one: Toll, other: Toll) -> str:
    low, high = sorted((one.figure, other.figure))
    if low == high:
        return "toll-same" if low > 2 else "toll-small"
    if compatible(one, other):
        return "toll-fits"
    return "toll-unlike" if high > _UNLIKE * max(1, low) else "toll-differs"


def compatible(one: Toll, other: Toll) -> bool:
    """Whether both tolls can be right.

    >>> exact = Toll(14, 14, 14)
    >>> compatible(Toll(12, 12, None), exact), compatible(Toll(12, 12, 12), exact)
    (True, False)
    """
    return _floor(one) <= _ceiling(other) and _floor(other) <= _ceiling(one)


def _floor(toll: Toll) -> float:
    return toll.low if toll.low is not None else 0.8 * toll.figure


def _ceiling(toll: Toll) -> float:
    if toll.high is not None:
        return toll.high
    return math.inf if toll.low is not None else 1.2 * toll.figure


def _text(a: Facts, b: Facts) -> Iterator[Degree]:
    if a.document == b.document:
        yield "same-dispatch", 1.0
        if a.tolls.keys() ^ b.tolls.keys() and not a.tolls.keys() & b.tolls.keys():
            yield "toll-part", 1.0
    else:
        near, all_ = len(a.full & b.full), len(a.known & b.known)
        if near:
            yield "names-shared", min(1.0, near / 2)
        if all_:
            yield "dispatch-names", min(1.0, all_ / 4)
        single = len(a.single & b.single)
        if single > 1:
            yield "name-words", min(1.0, single / 5)
        titled = overlap(a.title, b.title)
        if titled > 0.2:
            yield "titles-shared", min(1.0, 1.5 * titled)
    shared = overlap(a.words, b.words)
    if shared > 0.1:
        yield "words-shared", min(1.0, 2 * shared)
        if a.origin and a.origin == b.origin and a.document != b.document and shared > 0.3:
            yield "reprint", min(1.0, 1.2 * shared)


def overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """The share of the shorter list that the other has, 0 where either is empty."""
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / max(least, 4) if least else 0.0


def _day(a: Facts) -> str:
    if a.when is None:
        return "no day"
    first, last = (date.fromordinal(x).isoformat() for x in a.when[:2])
    told = first if first == last else f"{first} to {last}"
    return told if a.when.told else f"none told, published by {last}"


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)[:6])


def _tolled(a: Facts) -> str:
    return ", ".join(f"{x.figure} {key[0]}" for key, x in sorted(a.tolls.items())) or "none"


_SHOW: dict[str, Callable[[Facts], str]] = {
    "type": lambda a: a.type,
    "mode": lambda a: a.mode or "none",
    "trigger": lambda a: a.trigger,
    "day": _day,
    "place": lambda a: ", ".join(p.key for p in a.points) or _list(a.areas | a.lands),
    "country": lambda a: _list(a.lands),
    "division": lambda a: _list(a.divisions),
    "actor": lambda a: ", ".join(w.key for w in a.actors),
    "recipient": lambda a: ", ".join(w.key for w in a.recipients),
    "toll": _tolled,
    "plan": lambda a: a.status,
    "supposed": lambda a: a.status,
    "denial": lambda a: "denied" if a.denied else a.status,
}
for _time_feature in ("days", "month", "long", "report", "untimed", "before", "campaign"):
    _SHOW[_time_feature] = _day


def _says(name: str, a: Facts, b: Facts) -> str:
    """The values compared, in words."""
    group = name.split("-")[0]
    if group in _SHOW:
        ours, theirs = _SHOW[group](a), _SHOW[group](b)
        return ours if ours == theirs else f"{ours} / {theirs}"
    shared = {
        "names": a.full & b.full,
        "name": a.single & b.single,
        "dispatch": a.known & b.known,
        "words": a.words & b.words,
        "titles": a.title & b.title,
    }
    return _list(shared.get(group, frozenset()))
