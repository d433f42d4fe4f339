"""How well predicted events agree with gold ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dateline.evaluate.gold import GoldDocument
from dateline.evaluate.matching import LISTS, Coded, Event, Tally, align, compare, pairs, total
from dateline.evaluate.quotes import Sentences

FIGURES = ("detection", "event", "participants", "record")
# Slots an exporter derives from the others; they do not count towards the record.
DERIVED = frozenset({"acled"})


class Accuracy(NamedTuple):
    """How many of a detail's values are right where its filler was found."""

    right: int
    of: int

    @property
    def percent(self) -> float:
        """The share that is right, in per cent to one decimal."""
        return round(100 * self.right / self.of, 1) if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one gold event: found, mistyped or missed, and which slots came out wrong."""

    id: str
    type: str
    trigger: str
    verdict: str
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of the events of one document; `spurious` are those not in gold."""

    name: str
    outcomes: tuple[Outcome, ...]
    spurious: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """All figures of one comparison.

    `totals` are detection (an event in the right sentence), event (and of the right type),
    participants (and every actor and recipient right) and record (all slots of all events);
    `slots` and `details` are counted on the events found, `types` per event type.
    """

    totals: Mapping[str, Tally]
    slots: Mapping[str, Tally]
    details: Mapping[str, Accuracy]
    types: Mapping[str, Tally]
    documents: tuple[Verdicts, ...] = field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain numbers, for JSON."""
        out: dict[str, Any] = {name: _plain(tally) for name, tally in self.totals.items()}
        slots = {name: _plain(tally) for name, tally in self.slots.items()}
        details = {n: {"accuracy": x.percent, "of": x.of} for n, x in self.details.items()}
        return {**out, "slots": {**slots, **details}}

    def lines(self) -> Iterator[str]:
        """The figures as a table to read."""
        yield from (_line(f"{name:14}", tally) for name, tally in self.totals.items())
        yield "on the events found:"
        yield from (_line(f"  {name:14}", tally) for name, tally in self.slots.items())
        for name, x in self.details.items():
            yield f"  {name:14} accuracy {x.percent:5.1f}   (of {x.of})"

    def type_lines(self) -> Iterator[str]:
        """The figures of each event type, most frequent first."""
        ranked = sorted(self.types.items(), key=lambda item: (-item[1].gold, item[0]))
        yield from (_line(f"  {name:14}", tally) for name, tally in ranked)


def _plain(tally: Tally) -> dict[str, float]:
    return {
        "p": tally.precision,
        "r": tally.recall,
        "f1": tally.f1,
        "gold": tally.gold,
        "found": tally.found,
    }


def _line(name: str, t: Tally) -> str:
    shares = f"P {t.precision:5.1f}  R {t.recall:5.1f}  F1 {t.f1:5.1f}"
    return f"{name} {shares}   (gold {t.gold}, found {t.found})"


def score(gold: Sequence[GoldDocument], found: Mapping[str, Sequence[Event]]) -> Score:
    """Score predicted events, by document name, against gold ones.

    A gold document without predictions counts as one with no events. An event is found when one
    of the same type has a trigger in the same sentence; pairs are one to one, best first.
    """
    sums = _Sums()
    documents = tuple(sums.add(doc, found.get(doc.name, ())) for doc in gold)
    return sums.result(documents)


class _Sums:
    """Running totals over documents."""

    def __init__(self) -> None:
        self.totals = dict.fromkeys(FIGURES, Tally())
        self.slots: dict[str, Tally] = {}
        self.types: dict[str, Tally] = {}
        self.details: dict[str, list[bool]] = {}

    def add(self, doc: GoldDocument, predicted: Sequence[Event]) -> Verdicts:
        """Count one document."""
        sentences = Sentences(doc.text)
        gold = [Coded.of(doc.text, sentences, x) for x in doc.events]
        found = [Coded.of(doc.text, sentences, x) for x in predicted]
        loose = align(gold, found, lambda _gold, _found: True)
        typed = align(gold, found, lambda g, f: g.type == f.type)
        compared = {i: compare(gold[i], found[j]) for i, j in typed}
        self._events("detection", len(loose), gold, found)
        self._events("event", len(typed), gold, found)
        self._events("participants", sum(map(_exact, compared.values())), gold, found)
        for i, j in typed:
            self._pair(gold[i], found[j], compared[i])
        hit, used = {i for i, _ in typed}, {j for _, j in typed}
        for i, event in enumerate(gold):
            if i not in hit:
                self._alone(event, compare(event, None))
        for j, event in enumerate(found):
            if j not in used:
                self._alone(event, compare(None, event))
        elsewhere = {i for i, j in loose if j not in used} - hit
        return Verdicts(
            doc.name,
            tuple(_outcome(doc.text, i, g, compared, elsewhere) for i, g in enumerate(gold)),
            tuple(sorted(_label(doc.text, f) for j, f in enumerate(found) if j not in used)),
        )

    def result(self, documents: tuple[Verdicts, ...]) -> Score:
        """The figures, once all documents are counted."""
        slots = {name: self.slots[name] for name in sorted(self.slots) if name != "type"}
        details = {n: Accuracy(sum(x), len(x)) for n, x in sorted(self.details.items())}
        return Score(self.totals, slots, details, self.types, documents)

    def _events(
        self, figure: str, right: int, gold: Sequence[Coded], found: Sequence[Coded]
    ) -> None:
        tally = Tally(right, len(gold) - right, len(found) - right)
        self.totals[figure] = self.totals[figure].plus(tally)

    def _record(self, tallies: Mapping[str, Tally]) -> None:
        counted = total(tally for slot, tally in tallies.items() if slot not in DERIVED)
        self.totals["record"] = self.totals["record"].plus(counted)

    def _type(self, name: str, tally: Tally) -> None:
        self.types[name] = self.types.get(name, Tally()).plus(tally)

    def _alone(self, event: Coded, tallies: Mapping[str, Tally]) -> None:
        self._record(tallies)
        self._type(str(event.type), tallies.get("type", Tally()))

    def _pair(self, gold: Coded, found: Coded, tallies: Mapping[str, Tally]) -> None:
        self._record(tallies)
        self._type(str(gold.type), tallies["type"])
        for slot, tally in tallies.items():
            self.slots[slot] = self.slots.get(slot, Tally()).plus(tally)
        for slot, detail, name in _DETAILS:
            for a, b in pairs(slot, gold, found):
                right = a.fields.get(detail) == b.fields.get(detail)
                self.details.setdefault(name, []).append(right)


_DETAILS = (
    ("actors", "country", "party country"),
    ("actors", "sector", "party sector"),
    ("recipients", "country", "party country"),
    ("recipients", "sector", "party sector"),
    ("sources", "stance", "source stance"),
)


def _exact(tallies: Mapping[str, Tally]) -> bool:
    return not any(tallies[s].missed or tallies[s].spurious for s in ("actors", "recipients"))


def _outcome(
    text: str,
    number: int,
    event: Coded,
    compared: Mapping[int, Mapping[str, Tally]],
    elsewhere: set[int],
) -> Outcome:
    name = str(event.event.get("id", f"e{number + 1}"))
    trigger = _words(text, event)
    if number not in compared:
        verdict = "mistyped" if number in elsewhere else "missed"
        return Outcome(name, str(event.type), trigger, verdict)
    slots = compared[number]
    wrong = tuple(sorted(s for s, tally in slots.items() if tally.missed or tally.spurious))
    return Outcome(name, str(event.type), trigger, "found", wrong)


def _words(text: str, event: Coded) -> str:
    return text[slice(*event.triggers[0])] if event.triggers else ""


def _label(text: str, event: Coded) -> str:
    at = event.triggers[0][0] if event.triggers else -1
    return f"{event.type} “{_words(text, event)}” at {at}"


__all__ = ["FIGURES", "LISTS", "Accuracy", "Outcome", "Score", "Verdicts", "score"]
