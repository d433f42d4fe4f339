"""Claims: mentions of one event brought together, one claim per event and dispatch."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from dateline.extract.decide import Thresholds, one_side
from dateline.extract.linear import Linear, load
from dateline.model import (
    Annotated,
    Basis,
    Claim,
    EventMention,
    Parse,
    Party,
    Reading,
    Slots,
    Token,
)

_NAMED = ("actors", "recipients", "places")
_POINTS = frozenset({"town", "site"})
_LIKELY = 0.6  # the certainty from which a mention may stand for the event
_CLEAR = 0.8  # the certainty from which two towns are two places
_ASIDE = 0.8  # what a time or place counts that only a further mention tells
_LAST = 4  # mentions of an event, the latest, that a further one is compared with
_WORD = re.compile(r"\w+")


class Facts(NamedTuple):
    """What linking compares of a mention, worked out once."""

    mention: EventMention
    number: int
    token: Token
    slots: Mapping[str, frozenset[object]]
    determiner: str | None

    @classmethod
    def of(cls, parse: Parse, mention: EventMention, number: int) -> Self:
        """The facts of a mention, the `number`-th of its type in the document."""
        slots = mention.slots
        told: dict[str, frozenset[object]] = {
            name: frozenset(_key(r.value.name) for r in getattr(slots, name)) for name in _NAMED
        }
        told["time"] = frozenset([slots.time.value] if slots.time else [])
        told["count"] = frozenset((r.value.kind, r.value.best) for r in slots.counts)
        dets = parse.children(mention.head, "det")
        lemma = parse.tokens[dets[0]].lemma if dets else None
        return cls(mention, number, parse.tokens[mention.head], told, lemma)


def claims(
    doc: Annotated, models: Mapping[str, Linear] | None = None, thresholds: Thresholds | None = None
) -> tuple[Claim, ...]:
    """The claims of a document, in the order of their first mention."""
    model = (load() if models is None else models)["link"]
    least = (thresholds or Thresholds()).link
    groups: list[list[Facts]] = []
    for facts in all_facts(doc.parse, doc[EventMention]):
        mention = facts.mention
        alike = [g for g in groups if g[0].mention.type == mention.type and not _apart(g, mention)]
        score, group = _nearest(model, alike, facts)
        if group is None or score < least:
            groups.append([facts])
        else:
            group.append(facts)
    return tuple(_claim(doc, [facts.mention for facts in group]) for group in groups)


def all_facts(parse: Parse, mentions: Iterable[EventMention]) -> Iterator[Facts]:
    """The facts of a document's mentions, given in text order."""
    seen: Counter[str] = Counter()
    for mention in mentions:
        yield Facts.of(parse, mention, seen[mention.type])
        seen[mention.type] += 1


def _apart(group: Sequence[Facts], mention: EventMention) -> bool:
    """Whether a plan meets its execution, or one town another: these are two events."""
    mentions = [*(facts.mention for facts in group), mention]
    statuses = {m.slots.status.value for m in mentions}
    if "planned" in statuses and statuses & {"actual", "ongoing"}:
        return True
    towns = {
        r.value.name
        for m in mentions
        for r in m.slots.places
        if r.value.level in _POINTS and (r.score or 0.0) >= _CLEAR
    }
    return len(towns) > 1


def _nearest(
    model: Linear, groups: Sequence[list[Facts]], facts: Facts
) -> tuple[float, list[Facts] | None]:
    """The group whose nearest member likeliest tells of the mention's event, the first on a tie."""
    pairs = [(group, other) for group in groups for other in group[-_LAST:]]
    scores = model.many([of_pair(other, facts) for _, other in pairs])
    best: tuple[float, list[Facts] | None] = (0.0, None)
    yes = model.labels.index("yes")
    for (group, _), score in zip(pairs, scores[:, yes].tolist(), strict=True):
        if score > best[0]:
            best = (score, group)
    return best


def of_pair(left: Facts, right: Facts) -> list[str]:
    """Features of two mentions of one type, `left` before `right`."""
    a, b = left.token, right.token
    apart = min(b.sentence - a.sentence, 6)
    near = min(apart, 2)
    kind, alike = left.mention.type, a.lemma == b.lemma
    between = min(right.number - left.number - 1, 4)
    out = [
        f"t={kind}/{near}",
        f"apart={apart}",
        f"lem={alike}/{near}",
        f"pos={a.pos}/{b.pos}",
        f"lems={min(a.lemma, b.lemma)}/{max(a.lemma, b.lemma)}",
        f"kind={kind}",
        f"rule={left.mention.found_by == right.mention.found_by}/{near}",
        f"det={right.determiner}/{b.pos}/{alike}",
        f"between={between}",
        f"betd={between}/{right.determiner}/{b.pos}",
        f"beta={between}/{alike}",
        f"bett={between}/{kind}",
        f"first={left.number == 0}/{right.determiner}/{b.pos}",
        f"rl={b.lemma}/{right.determiner}",
    ]
    for name in _NAMED:
        agree = _agree(left.slots[name], right.slots[name])
        out += [f"{name}={agree}/{near}", f"{name}={agree}"]
    out.append(f"time={_agree(left.slots['time'], right.slots['time'])}/{near}")
    out.append(f"count={_agree(left.slots['count'], right.slots['count'])}")
    x, y = left.mention.slots, right.mention.slots
    out.append(f"status={x.status.value == y.status.value}")
    modes = [slots.mode.value if slots.mode else None for slots in (x, y)]
    out.append(f"mode={modes[0] == modes[1]}/{None in modes}")
    if not apart:
        out += [f"near={min(abs(b.i - a.i) // 3, 5)}", f"arc={_arc(a, b)}"]
    return out


def _arc(a: Token, b: Token) -> str:
    if a.head == b.i:
        return f"^{a.dep}"
    if b.head == a.i:
        return f">{b.dep}"
    return "shared" if a.head == b.head else "none"


def _agree(left: frozenset[object], right: frozenset[object]) -> str:
    if not left or not right:
        return "open" if left or right else "none"
    return "same" if left == right else "some" if left & right else "differ"


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return " ".join(sorted(set(_WORD.findall(name.lower()))))


def _claim(doc: Annotated, group: Sequence[EventMention]) -> Claim:
    main = max(group, key=lambda m: (m.score >= _LIKELY, _told(m), m.score, -m.head))
    further = tuple(sorted(m.span for m in group if m is not main))
    kind = Reading(main.type, Basis.STATED, (main.span,), main.found_by, main.score)
    return Claim(doc.document.id, kind, _merged(main, group), further)


def _told(mention: EventMention) -> int:
    slots = mention.slots
    return (
        len(slots.actors)
        + len(slots.recipients)
        + len(slots.counts)
        + bool(slots.places)
        + bool(slots.time)
    )


def _merged(main: EventMention, group: Sequence[EventMention]) -> Slots:
    """The slots of all mentions together: each value once, at its most certain reading."""
    if len(group) == 1:
        return main.slots
    slots = [m.slots for m in group]
    actors, recipients = one_side(
        _surest([s.actors for s in slots]), _surest([s.recipients for s in slots])
    )
    modes = [s.mode for s in slots if s.mode]
    return Slots(
        status=_voted([s.status for s in slots]),
        mode=max(modes, key=_certainty) if modes else None,
        actors=actors,
        recipients=recipients,
        places=_central(main, [s.places for s in slots]),
        time=next(iter(_central(main, [(s.time,) if s.time else () for s in slots])), None),
        counts=_union(
            (r for s in slots for r in s.counts),
            lambda r: f"{r.value.kind}/{r.value.low}/{r.value.best}/{r.value.high}",
        ),
        sources=_union((r for s in slots for r in s.sources), lambda r: _key(r.value.name)),
    )


def _central[T](
    main: EventMention, sides: Sequence[tuple[Reading[T], ...]]
) -> tuple[Reading[T], ...]:
    """The most certain reading; one that only a further mention tells must be clearly surer."""
    own = {id(r) for r in (*main.slots.places, main.slots.time) if r is not None}
    ranked = [
        ((score if id(r) in own else score * _ASIDE, first), r)
        for side in sides
        for r in side
        for score, first in (_certainty(r),)
    ]
    return (max(ranked, key=lambda x: x[0])[1],) if ranked else ()


def _union[T](
    readings: Iterable[Reading[T]], key: Callable[[Reading[T]], str]
) -> tuple[Reading[T], ...]:
    best: dict[str, Reading[T]] = {}
    for reading in readings:
        name = key(reading)
        if name not in best or _certainty(reading) > _certainty(best[name]):
            best[name] = reading
    return tuple(sorted(best.values(), key=lambda r: r.evidence))


def _surest(sides: Sequence[tuple[Reading[Party], ...]]) -> tuple[Reading[Party], ...]:
    """The parties of the mention that is surest of one."""
    return max(sides, key=lambda side: max(map(_certainty, side), default=(0.0, 0)))


def _voted(readings: Sequence[Reading[str]]) -> Reading[str]:
    totals: dict[str, float] = {}
    for reading in readings:
        totals[reading.value] = totals.get(reading.value, 0.0) + (
            1.0 if reading.score is None else reading.score
        )
    value = max(sorted(totals), key=lambda v: totals[v])
    return max((r for r in readings if r.value == value), key=_certainty)


def _certainty[T](reading: Reading[T]) -> tuple[float, int]:
    return (reading.score or 0.0, -reading.evidence[0].start if reading.evidence else 0)
