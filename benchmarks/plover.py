"""PLOVER's own examples: the type of the event of a sentence, and the countries of its two sides.

    python benchmarks/plover.py [--data FILE] [--misses TYPE] [--write]

The 322 examples name one event each (measured only); types of their older edition are read as the
ones they became. Scored are the distinct types of a sentence, as other coders were: *all* of what
Dateline finds in it, and only its *first* event, that whose trigger stands highest in the parse.
`both countries` is the share of examples with an event of the right type whose actors include a
country of the example's source and whose recipients include one of its target. A side of which no
party is named has the country of the event's place; where an event has no recipients because it is
two-sided, the countries of both sides must be among those of its actors.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import report
from dateline.errors import DatelineError
from dateline.export.cameo import cameo_of
from dateline.model import Annotated, Claim, Document, Party, Reading
from dateline.pipeline import Pipeline, record_of

DATA = Path(__file__).parents[2] / "shared" / "data" / "plover" / "PLOVER_GSR_CAMEO.txt"
WRITTEN = date(2000, 1, 1)  # the day the examples give for all their events
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
PLANS = {"03": "AGREE", "13": "THREATEN"}
COUNTRIES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}  # slips of the examples
COUNTRIES |= dict.fromkeys(("IGO", "NGO", "ISM", "IMG"), "INT")
HEAD = ("", "coded", "precision", "recall", "type F1", "both countries")
PEERS = (
    ("TABARI", "49.8 %", "0.656", "0.327", "0.437", "22.4 %"),
    ("PETRARCH2", "33.6 %", "0.560", "0.190", "0.284", "15.2 %"),
    ("UniversalPetrarch", "86.9 %", "0.435", "0.523", "0.475", "26.1 %"),
)


class Example(NamedTuple):
    """A sentence, the type of its event, and the countries of the parties on its two sides."""

    text: str
    kind: str
    source: frozenset[str]
    target: frozenset[str]

    @classmethod
    def of(cls, case: Mapping[str, Any]) -> "Example":
        """Read one case of the file.

        >>> case = {"text": "", "event": "DEMAND", "source": [{"code": "JAP"}], "target": ""}
        >>> Example.of(case)[1:3]
        ('REQUEST', frozenset({'JPN'}))
        """
        kind = RENAMED.get(case["event"], case["event"])
        return cls(case["text"], kind, *(_codes(case.get(s)) for s in ("source", "target")))


def _codes(parties: object) -> frozenset[str]:
    told = parties if isinstance(parties, list) else []
    return frozenset(COUNTRIES.get(p["code"], p["code"]) for p in told)


class Coded(NamedTuple):
    """The events of a sentence, that with the highest trigger first."""

    events: Sequence[Claim]

    def kinds(self, most: int | None = None) -> set[str]:
        """The types of the events, or of the first."""
        return {kind_of(claim) for claim in self.events[:most]}

    def agrees(self, example: Example, most: int | None = None) -> bool:
        """Whether some event has the type and the countries of the example."""
        own = (c for c in self.events[:most] if kind_of(c) == example.kind)
        return any(same_sides(claim, example) for claim in own)


def kind_of(claim: Claim) -> str:
    """The type of a claim as the examples give it: what is only planned is promised or threatened.

    That is what the crosswalk to CAMEO says of it, from whose handbook the examples come.
    """
    slots = claim.slots
    mode = slots.mode.value if slots.mode else None
    planned = slots.status.value == "planned"
    code = cameo_of(claim.type.value, mode, planned=planned).code
    return PLANS.get(code[:2], claim.type.value) if planned else claim.type.value


def same_sides(claim: Claim, example: Example) -> bool:
    """Whether the parties of an event have the countries of an example."""
    where = frozenset(place.value.country or "" for place in claim.slots.places)
    actors, recipients = (_of(s) or where for s in (claim.slots.actors, claim.slots.recipients))
    if not example.target or (not recipients and len(claim.slots.actors) > 1):
        return example.source | example.target <= actors | recipients
    return _meets(example.source, actors) and _meets(example.target, recipients)


def _meets(asked: frozenset[str], told: frozenset[str]) -> bool:
    return not asked or bool(asked & told)


def _of(parties: Iterable[Reading[Party]]) -> frozenset[str]:
    return frozenset(party.value.country or "" for party in parties)


def read(path: Path) -> list[Example]:
    """The examples of the file; its first entry is about the file."""
    cases = json.loads(path.read_text("utf-8"))
    return [Example.of(case) for case in cases if case["event"] != "DOCUMENT"]


def code(texts: Sequence[str]) -> Iterator[Coded]:
    """The events of each sentence."""
    documents = (Document(t, f"sentence {n}", published=WRITTEN) for n, t in enumerate(texts))
    for doc in Pipeline().annotate(documents):
        if not isinstance(doc, Annotated):
            raise DatelineError(f"{doc.document.name} could not be coded: {doc.problem}")
        yield Coded(sorted(record_of(doc).claims, key=lambda claim: _rank(doc, claim)))


def _rank(doc: Annotated, claim: Claim) -> tuple[int, int]:
    """How deep in the parse a trigger stands, and where."""
    at = doc.parse.head_of(claim.trigger)
    return sum(1 for _ in doc.parse.ancestors(at)), at


def measure(examples: Sequence[Example], coded: Sequence[Coded], most: int | None) -> list[str]:
    """The figures of all events of a sentence, or of the first `most`."""
    pairs = list(zip(examples, coded, strict=True))
    found = sum(len(c.kinds(most)) for c in {e.text: c for e, c in pairs}.values())
    right = sum(e.kind in c.kinds(most) for e, c in pairs)
    some = sum(bool(c.events) for c in coded)
    precision, recall = right / max(found, 1), right / len(pairs)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    both = sum(c.agrees(e, most) for e, c in pairs) / len(pairs)
    shares = (f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}")
    return [f"{100 * some / len(pairs):.1f} %", *shares, f"{100 * both:.1f} %"]


def misses(examples: Sequence[Example], coded: Sequence[Coded], kind: str) -> Iterator[str]:
    """What was read of the examples of a type that were not read right."""
    for example, told in zip(examples, coded, strict=True):
        if example.kind != kind or told.agrees(example, 1):
            continue
        sides = "/".join(",".join(sorted(s)) for s in (example.source, example.target))
        yield f"{example.text}\n    asked {kind} {sides}"
        for c in told.events:
            slots, words = c.slots, c.trigger.of(example.text)
            parties = f"{_shown(slots.actors)} > {_shown(slots.recipients)}"
            yield f"    {kind_of(c)} {slots.status.value} '{words}' {parties}"


def _shown(parties: Iterable[Reading[Party]]) -> str:
    return ", ".join(f"{p.value.name} ({p.value.country})" for p in parties)


NOTE = (
    "322 sentences with one event each (measured only): the distinct types found in a sentence, "
    "and the share of sentences with an event of the right type whose two sides have the right "
    "countries; a side of which no party is named has the country of the event's place. *First* is "
    "only the event whose trigger stands highest in the parse; *all* is judged as the others were. "
    "What is only planned is read as a promise or a threat, as the crosswalk to CAMEO has it. The "
    "figures of the others were measured on parses converted for them, which may cost "
    "UniversalPetrarch and PETRARCH2 some. `python benchmarks/plover.py --write`"
)


def main(arguments: Sequence[str]) -> int:
    """Measure with command-line arguments."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--data", type=Path, default=DATA)
    flags.add_argument("--misses", metavar="TYPE", help="list the examples of a type gone wrong")
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(arguments)
    if not options.data.exists():
        print(f"left out: plover (no {options.data})")
        return 0
    examples = read(options.data)
    coded = list(code([example.text for example in examples]))
    if options.misses:
        kinds = {e.kind for e in examples} if options.misses == "all" else {options.misses}
        for kind in sorted(kinds):
            print("\n".join(misses(examples, coded, kind)))
    ours = (("first", 1), ("all", None))
    rows = [[f"Dateline, {name}", *measure(examples, coded, most)] for name, most in ours]
    lines = report.table(HEAD, [*rows, *PEERS])
    print("\n".join(lines))
    if options.write:
        report.write("plover", ["## Examples of PLOVER", "", NOTE, "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
