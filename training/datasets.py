"""From gold records to training examples: features and labels of every decision."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dateline.evaluate.matching import Event as Gold
from dateline.evaluate.matching import Filler, same_party, same_place
from dateline.evaluate.quotes import locate
from dateline.extract import features
from dateline.extract.claims import all_facts, of_pair
from dateline.extract.decide import Trigger
from dateline.extract.encoder import NONE
from dateline.extract.fillers import (
    name_of,
    parties,
    places,
    quantities,
    sources,
    times,
    told_at,
)
from dateline.extract.mentions import Events
from dateline.extract.roles import of_role
from dateline.extract.scene import Scene
from dateline.extract.triggers import candidates
from dateline.model import EntityMention, Span

Example = tuple[list[str], str]
Same = Callable[[Filler, Filler], bool]
Sink = dict[str, list[Example]]


def trigger_heads(scene: Scene, event: Gold) -> list[int]:
    """The tokens that head an event's trigger and mentions, each once, trigger first."""
    heads = []
    for quote in (event["trigger"], *event["mentions"]):
        span = locate(scene.doc.text, quote)
        if span is not None:
            head = scene.parse.head_of(Span(*span))
            if head >= 0 and head not in heads:
                heads.append(head)
    return heads


def examples(scene: Scene, events: Iterable[Gold]) -> Sink:
    """Examples of every decision but linking, from one document."""
    sink: Sink = defaultdict(list)
    kinds: dict[int, str] = {}
    for event in events:
        for head in trigger_heads(scene, event):
            kinds.setdefault(head, event["type"])
            _of_mention(scene, head, event, sink)
    for at in candidates(scene.parse):
        sink["trigger"].append((features.of_trigger(scene, at), kinds.get(at, NONE)))
    return sink


def _of_mention(scene: Scene, at: int, event: Gold, sink: Sink) -> None:
    kind = event["type"]
    sink["mode"].append((features.of_mode(scene, at, kind), f"{kind}/{event['mode'] or NONE}"))
    sink["status"].append((features.of_status(scene, at, kind), event["status"]))
    for slot, item, label in _fillers(scene, at, event):
        sink[slot].append((_VIEWS[slot](scene, at, kind, item), label))


_VIEWS: dict[str, Callable[[Scene, int, str, Any], list[str]]] = {
    "role": of_role,
    "place": features.of_place,
    "time": features.of_time,
    "count": features.of_count,
    "source": features.of_source,
}


def labels(scene: Scene, at: int, event: Gold) -> dict[str, list[tuple[int, str]]]:
    """The head token and the label of each candidate for the slots of an event."""
    out: dict[str, list[tuple[int, str]]] = {slot: [] for slot in _VIEWS}
    for slot, item, label in _fillers(scene, at, event):
        out[slot].append((told_at(scene, item), label))
    return out


def _fillers(scene: Scene, at: int, event: Gold) -> Iterator[tuple[str, Any, str]]:
    """Slot, candidate and label of all that may fill an event's slots."""
    text = scene.doc.text
    for entity, label in roles(scene, at, event):
        yield "role", entity, label
    for place in places(scene, at):
        quote = {
            "start": place.span.start,
            "end": place.span.end,
            "name": place.place.name,
            "country": place.place.country,
            "level": place.place.level,
            "lat": place.place.lat,
            "lon": place.place.lon,
        }
        yield "place", place, _yes(_among(text, event["places"], quote, same_place))
    told = event["time"] or {}
    for time in times(scene, at):
        right = bool(told.get("start")) and (told["start"], told["end"]) == (
            time.start,
            time.end,
        )
        yield "time", time, _yes(right)
    for quantity in quantities(scene, at):
        figure = quantity.best if quantity.best is not None else (quantity.low, quantity.high)
        kinds = (c["kind"] for c in event["counts"] if _figure(c) == figure)
        yield "count", quantity, next(kinds, NONE)
    for source in sources(scene, at):
        quote = (
            {
                "start": source.source.start,
                "end": source.source.end,
                "name": name_of(scene, source.source),
            }
            if source.source
            else {}
        )
        found = (s["stance"] for s in event["sources"] if _among(text, [s], quote, same_party))
        yield "source", source, next(found, NONE)


def links(scene: Scene, events: Iterable[Gold], step: Events) -> list[Example]:
    """Examples of linking: pairs of mentions of one type, their slots filled by `step`."""
    told = [
        (number, Trigger(head, event["type"]))
        for number, event in enumerate(events)
        for head in trigger_heads(scene, event)
    ]
    told.sort(key=lambda x: x[1].at)
    mentions = step.fill(scene, [trigger for _, trigger in told])
    facts = all_facts(scene.parse, mentions)
    found = [(number, fact) for (number, _), fact in zip(told, facts, strict=True)]
    return [
        (of_pair(left, right), _yes(a == b))
        for k, (b, right) in enumerate(found)
        for a, left in found[:k]
        if left.mention.type == right.mention.type and left.token.i != right.token.i
    ]


def roles(scene: Scene, at: int, event: Gold) -> list[tuple[EntityMention, str]]:
    """Each candidate party of a trigger with its role in the gold event.

    Where several mentions stand for one gold party, only the closest in the tree is an example; the
    others are left out, since nothing around them tells of the role.
    """
    found = parties(scene, at)
    labels = dict.fromkeys(range(len(found)), NONE)
    wanted = [
        (label, gold)
        for label, slot in (("actor", "actors"), ("recipient", "recipients"))
        for gold in event[slot]
    ]
    for label, gold in wanted:
        same = [k for k, e in enumerate(found) if _is_party(scene.doc.text, gold, e)]
        same.sort(key=lambda k: _distance(scene, at, found[k]))
        labels.update(dict.fromkeys(same[:1], label))
        for k in same[1:]:
            if labels.get(k) == NONE:
                del labels[k]
    return [(found[k], label) for k, label in labels.items()]


def _is_party(text: str, gold: Gold, entity: EntityMention) -> bool:
    quote = {
        "start": entity.span.start,
        "end": entity.span.end,
        "name": entity.party.name,
    }
    return _among(text, [gold], quote, same_party)


def _distance(scene: Scene, at: int, entity: EntityMention) -> tuple[bool, bool, int, int]:
    head = scene.first_conjunct(entity.head)
    steps = scene.path(at, head).split()
    return (
        scene.sentence(at) != scene.sentence(entity.head),
        head not in scene.frame(at),
        len(steps) if steps not in (["far"], ["apart"]) else 99,
        abs(entity.head - at),
    )


def _among(
    text: str, wanted: Iterable[Mapping[str, Any]], quote: Mapping[str, Any], same: Same
) -> bool:
    found = Filler.of(text, quote)
    return any(same(Filler.of(text, gold), found) for gold in wanted)


def _figure(count: Gold) -> Any:
    return count["best"] if count["best"] is not None else (count["low"], count["high"])


def _yes(right: bool) -> str:  # noqa: FBT001
    return "yes" if right else "no"


def merged(sinks: Iterable[Sink]) -> Sink:
    """The examples of many documents as one."""
    out: Sink = defaultdict(list)
    for sink in sinks:
        for name, found in sink.items():
            out[name] += found
    return out
