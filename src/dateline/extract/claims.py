"""Claims: mentions of one event brought together, one claim per event and dispatch."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

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
)

_POINTS = frozenset({"town", "site"})
_LIKELY = 0.6  # the certainty from which a mention may stand for the event
_CLEAR = 0.8  # the certainty from which two towns are two places
_WORD = re.compile(r"\w+")


def claims(
    doc: Annotated, models: Mapping[str, Linear] | None = None, thresholds: Thresholds | None = None
) -> tuple[Claim, ...]:
    """The claims of a document, in the order of their first mention."""
    model = (load() if models is None else models)["link"]
    least = (thresholds or Thresholds()).link
    groups: list[list[EventMention]] = []
    for mention in doc[EventMention]:
        alike = [g for g in groups if g[0].type == mention.type and not _apart(g, mention)]
        scored = [(same(model, doc.parse, g, mention), -k, g) for k, g in enumerate(alike)]
        score, _, group = max(scored, default=(0.0, 0, None), key=lambda x: x[:2])
        if group is None or score < least:
            groups.append([mention])
        else:
            group.append(mention)
    return tuple(_claim(doc, group) for group in groups)


def _apart(group: Sequence[EventMention], mention: EventMention) -> bool:
    """Whether a plan meets its execution, or one town another: these are two events."""
    statuses = {m.slots.status.value for m in (*group, mention)}
    if "planned" in statuses and statuses & {"actual", "ongoing"}:
        return True
    towns = {
        r.value.name
        for m in (*group, mention)
        for r in m.slots.places
        if r.value.level in _POINTS and (r.score or 0.0) >= _CLEAR
    }
    return len(towns) > 1


def same(
    model: Linear, parse: Parse, group: Sequence[EventMention], mention: EventMention
) -> float:
    """The probability that a mention tells of the event of a group: that of its nearest member."""
    scores = model.many([of_pair(parse, other, mention) for other in group])
    return float(scores[:, model.labels.index("yes")].max())


def of_pair(parse: Parse, left: EventMention, right: EventMention) -> list[str]:
    """Features of two mentions of one type, `left` before `right`."""
    a, b = parse.tokens[left.head], parse.tokens[right.head]
    apart = min(b.sentence - a.sentence, 6)
    kind = left.type
    out = [
        f"t={kind}/{min(apart, 2)}",
        f"apart={apart}",
        f"lem={a.lemma == b.lemma}/{min(apart, 2)}",
        f"pos={a.pos}/{b.pos}",
        f"lems={'/'.join(sorted((a.lemma, b.lemma)))}",
        f"kind={kind}",
    ]
    out.append(f"rule={left.found_by == right.found_by}/{min(apart, 2)}")
    for name in ("actors", "recipients", "places"):
        x = {_key(r.value.name) for r in getattr(left.slots, name)}
        y = {_key(r.value.name) for r in getattr(right.slots, name)}
        out.append(f"{name}={_agree(x, y)}/{min(apart, 2)}")
        out.append(f"{name}={_agree(x, y)}")
    times = [{m.slots.time.value} if m.slots.time else set() for m in (left, right)]
    tolls = [{(r.value.kind, r.value.best) for r in m.slots.counts} for m in (left, right)]
    out += [f"time={_agree(*times)}/{min(apart, 2)}", f"count={_agree(*tolls)}"]
    out.append(f"status={left.slots.status.value == right.slots.status.value}")
    modes = [m.slots.mode.value if m.slots.mode else None for m in (left, right)]
    out.append(f"mode={modes[0] == modes[1]}/{None in modes}")
    dets = [parse.tokens[i].lemma for i in parse.children(right.head, "det")]
    out.append(f"det={dets[0] if dets else None}/{b.pos}/{a.lemma == b.lemma}")
    if not apart:
        out += [
            f"near={min(abs(right.head - left.head) // 3, 5)}",
            f"arc={_arc(parse, left, right)}",
        ]
    return out


def _arc(parse: Parse, left: EventMention, right: EventMention) -> str:
    a, b = parse.tokens[left.head], parse.tokens[right.head]
    if a.head == b.i:
        return f"^{a.dep}"
    if b.head == a.i:
        return f">{b.dep}"
    return "shared" if a.head == b.head else "none"


def _agree[T](left: set[T], right: set[T]) -> str:
    if not left or not right:
        return "open" if left or right else "none"
    return "same" if left == right else "some" if left & right else "differ"


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
    times = [s.time for s in slots if s.time]
    modes = [s.mode for s in slots if s.mode]
    places = [r for s in slots for r in s.places]
    return Slots(
        status=_voted([s.status for s in slots]),
        mode=max(modes, key=_certainty) if modes else None,
        actors=actors,
        recipients=recipients,
        places=(max(places, key=_certainty),) if places else (),
        time=max(times, key=_certainty) if times else None,
        counts=_union(
            (r for s in slots for r in s.counts),
            lambda r: f"{r.value.kind}/{r.value.low}/{r.value.best}/{r.value.high}",
        ),
        sources=_union((r for s in slots for r in s.sources), lambda r: _key(r.value.name)),
    )


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
