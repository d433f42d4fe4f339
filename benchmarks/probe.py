"""The scorecard: short sentences of our own with what is to be read of them.

    python benchmarks/probe.py [--misses] [--only GROUP] [--keep] [--write]

The sentences are tests/golden/sentences.yaml; tests/golden/passing.txt lists those that must not
be lost again (--keep adds those that are right now).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from pydantic import Field

import report
from dateline.knowledge.loader import Entry, read
from dateline.model import Claim, Count, Document, Reading, Record, Slots, Span
from dateline.pipeline import Pipeline

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
FILE = GOLDEN / "sentences.yaml"
PASSING = GOLDEN / "passing.txt"
NONE = "none"
LOST = "not found"
_HEAD = ("sentences", "right", "event not found", "accuracy")
_SLOTS = ("type", "status", "source", "actors", "recipients", "counts")

Figure = int | tuple[int | None, int | None]


class Case(Entry):
    """A sentence, and what is to be read of the event its trigger names; see the file's head."""

    text: str
    trigger: str | None = None
    type: tuple[str, ...] | str = ()
    status: tuple[str, ...] | str
    source: str | None = None
    stance: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    counts: dict[str, Figure] = Field(default={})

    @property
    def key(self) -> str:
        """What names the sentence and its trigger in the list of those that pass."""
        return f"{self.trigger or NONE} | {self.text}"

    def asks(self) -> list[str]:
        """The slots that the sentence says something of."""
        return [slot for slot in _SLOTS if getattr(self, slot)]


class Probe(Entry):
    """The sentences, in groups, and the day on which they are read."""

    published: date
    groups: dict[str, tuple[Case, ...]]

    def cases(self) -> list[Case]:
        """All cases in the order of the file."""
        return [case for group in self.groups.values() for case in group]


@dataclass(frozen=True, slots=True)
class Result:
    """What was read of a case: a claim's type and slots at its trigger, and what is wrong."""

    case: Case
    faults: tuple[str, ...] = ()
    read: str = ""

    @property
    def right(self) -> bool:
        """Whether everything the case asks for was read so."""
        return not self.faults


def load(path: Path = FILE) -> Probe:
    """Read the sentences; every trigger must stand in its sentence, and none twice."""
    probe = Probe.model_validate(read(path))
    seen = Counter(case.key for case in probe.cases())
    for case in probe.cases():
        if (case.trigger or "") not in case.text or seen[case.key] > 1:
            raise ValueError(f"{path}: not in it, or twice: '{case.key}'")
    return probe


def run(probe: Probe) -> list[Result]:
    """Code every sentence on its own."""
    cases = probe.cases()
    documents = [
        Document(case.text, f"case {number}", published=probe.published)
        for number, case in enumerate(cases)
    ]
    records = Pipeline().code(documents)
    return [result(case, record) for case, record in zip(cases, records, strict=True)]


def result(case: Case, record: Record) -> Result:
    """Compare a record with what is to be read of its sentence."""
    claim = _claim(case, record.claims)
    if claim is None or NONE in _several(case.status):
        faults = [] if (claim is None) == (NONE in _several(case.status)) else [LOST]
        read_as = "" if claim is None else f"{claim.type.value} {claim.slots.status.value}"
        return Result(case, tuple("spurious" if claim else fault for fault in faults), read_as)
    slots, text = claim.slots, case.text
    sources = [(r.value.stance, _words(r, text)) for r in slots.sources]
    told = {(r.value.kind, _bounds(r.value)) for r in slots.counts}
    right = {
        "type": claim.type.value in _several(case.type),
        "status": slots.status.value in _several(case.status),
        "source": _sourced(case, sources),
        "actors": _all(case.actors, slots.actors, text),
        "recipients": _all(case.recipients, slots.recipients, text),
        "counts": told.issuperset(case.counts.items()),
    }
    faults = [slot for slot in case.asks() if not right[slot]]
    return Result(case, tuple(faults), f"{claim.type.value} {_told(slots, text)}")


def _claim(case: Case, claims: Sequence[Claim]) -> Claim | None:
    """The claim at the trigger; without one, any claim of the sentence."""
    if case.trigger is None:
        return claims[0] if claims else None
    start = case.text.rindex(case.trigger)
    return _at(claims, Span(start, start + len(case.trigger)))


def _at(claims: Iterable[Claim], words: Span) -> Claim | None:
    for claim in claims:
        for span in (claim.trigger, *claim.mentions):
            if span.start < words.end and words.start < span.end:
                return claim
    return None


def _several(value: tuple[str, ...] | str) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _sourced(case: Case, sources: Sequence[tuple[str, str]]) -> bool:
    if case.source == NONE:
        return not sources
    wanted = (case.source or "").lower()
    return any(wanted in who.lower() and case.stance in {None, how} for how, who in sources)


def _all[T](wanted: Iterable[str], found: Sequence[Reading[T]], text: str) -> bool:
    """Whether each of the parties is among those found, by its words."""
    words = [_words(reading, text).lower() for reading in found]
    return all(any(party.lower() in one for one in words) for party in wanted)


def _words[T](reading: Reading[T], text: str) -> str:
    return reading.evidence[0].of(text) if reading.evidence else ""


def _bounds(count: Count) -> Figure:
    return (count.low, count.high) if count.best is None else count.best


def _told(slots: Slots, text: str) -> str:
    """What was read, in one line for the list of misses."""
    sides = [[_words(r, text) for r in side] for side in (slots.actors, slots.recipients)]
    backing = [(_words(r, text), r.value.stance) for r in slots.sources]
    counts = [(r.value.kind, r.value.low, r.value.best, r.value.high) for r in slots.counts]
    return f"{slots.status.value} {sides[0]} > {sides[1]} {counts or ''} {backing or ''}".rstrip()


def table(results: Sequence[Result]) -> list[str]:
    """How many are right by expected status, then each slot on the events found."""
    wanted: dict[str, list[Result]] = {}
    for x in results:
        wanted.setdefault(_several(x.case.status)[0], []).append(x)
    ranked = sorted(wanted.items(), key=lambda pair: -len(pair[1]))
    rows = [_row(status, own) for status, own in [*ranked, ("all", results)]]
    found = [x for x in results if LOST not in x.faults and NONE not in _several(x.case.status)]
    for slot in _SLOTS:
        asked = [x for x in found if slot in x.case.asks()]
        good = sum(slot not in x.faults for x in asked)
        rows.append((f"{slot}, of events found", len(asked), good, "", _share(good, len(asked))))
    return report.table(("expected", *_HEAD), rows)


def _row(name: str, own: Sequence[Result]) -> Sequence[object]:
    right = sum(x.right for x in own)
    return name, len(own), right, sum(LOST in x.faults for x in own), _share(right, len(own))


def _share(right: int, of: int) -> str:
    return f"{100 * right / of:.0f} %" if of else "–"


def by_group(probe: Probe, results: Sequence[Result]) -> list[str]:
    """How many of each group are right, and how many of its events were not found."""
    rest = iter(results)
    rows = [
        _row(name.replace("_", " "), list(islice(rest, len(cases))))
        for name, cases in probe.groups.items()
    ]
    return report.table(("group", *_HEAD), rows)


def passing(path: Path = PASSING) -> set[str]:
    """The keys of the sentences that must not be lost again."""
    return set(path.read_text("utf-8").splitlines()) if path.exists() else set()


def broken(results: Iterable[Result], floor: set[str]) -> Iterator[str]:
    """A line for each sentence on the list that is wrong now, and for each that is gone."""
    left = set(floor)
    for x in results:
        if x.case.key in left and not x.right:
            yield f"{x.case.key}: wrong {', '.join(x.faults)}; read {x.read or 'no event'}"
        left.discard(x.case.key)
    yield from (f"{key}: no such sentence" for key in sorted(left))


def main(arguments: Sequence[str]) -> int:
    """Run the scorecard and print, or write, its table; 1 if a sentence was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every case that went wrong")
    parser.add_argument("--only", metavar="GROUP", help="run this group only")
    parser.add_argument("--keep", action="store_true", help="add those that are right to the list")
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    options = parser.parse_args(arguments)
    probe = load()
    if options.only:
        probe = probe.model_copy(update={"groups": {options.only: probe.groups[options.only]}})
    results = run(probe)
    lines = table(results)
    print(*lines, "", *by_group(probe, results), sep="\n")
    for x in results if options.misses else []:
        if not x.right:
            print(f"- {x.case.key}\n    wrong {', '.join(x.faults)}; read {x.read or 'no event'}")
    floor = passing()
    if options.keep:
        floor |= {x.case.key for x in results if x.right}
        PASSING.write_text("".join(f"{key}\n" for key in sorted(floor)), "utf-8")
    if options.write:
        note = f"{len(results)} sentences of our own (`tests/golden/sentences.yaml`), by what is to"
        note += " be read of them: `python benchmarks/probe.py --write`"
        report.write("probe", ["## Status and sources", "", note, "", *lines])
    lost = [] if options.only else list(broken(results, floor))
    print(*(f"lost: {line}" for line in lost), sep="\n", end="\n" if lost else "")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
