"""Which place of a sentence an event took place at, beside the nearest place, on labelled verbs.

    python benchmarks/event_places.py [--data FILE] [--most N] [--write]

The sentences of "Geolocating Political Events in Text" (Halterman 2019) mark a verb and, where it
tells one, its location. Measured are the verbs that Dateline takes for an event. The sentences are
agency text and may be measured on only: nothing is learned from them.
"""

import argparse
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import report
from dateline.model import Annotated, Document, EventMention, PlaceMention, Span
from dateline.pipeline import Pipeline

DATA = Path(__file__).parents[2] / "shared" / "data" / "event_location" / "labeled_text.jsonl.zip"
MOST = 2000


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb and the places told as its location; none where it has none."""

    text: str
    verb: Span
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the place found is right, whether the nearest is, and whether there is one at all."""

    right: bool
    nearest: bool
    located: bool


def read(path: Path, most: int) -> list[Verb]:
    """Up to `most` labelled verbs, evenly picked from the whole."""
    with zipfile.ZipFile(path) as archive:
        rows: list[dict[str, Any]] = json.loads(archive.read("labeled_text.jsonl"))
    found = [verb for row in rows if (verb := _verb(row)) is not None]
    return found[:: max(1, -(-len(found) // most))]


def _verb(row: dict[str, Any]) -> Verb | None:
    spans = [s for s in row.get("spans") or [] if s["start"] < s["end"]]
    verbs = [Span(s["start"], s["end"]) for s in spans if s["label"] == "VERB"]
    places = tuple(Span(s["start"], s["end"]) for s in spans if s["label"] == "LOCATION")
    return Verb(row["text"], verbs[0], places) if len(verbs) == 1 and row["text"].strip() else None


def judge(verb: Verb, event: EventMention, places: Sequence[PlaceMention]) -> Verdict:
    """Compare the place of an event, and the place nearest to its verb, with the label."""
    told = [span for place in event.slots.places for span in place.evidence]
    near = min(places, key=lambda p: _gap(p.span, verb.verb), default=None)
    return Verdict(
        _agrees(told, verb), _agrees([near.span] if near else [], verb), bool(verb.places)
    )


def _agrees(found: Sequence[Span], verb: Verb) -> bool:
    if not verb.places or not found:
        return not verb.places and not found
    return any(a.overlaps(b) for a in found for b in verb.places)


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def verdicts(verbs: Sequence[Verb], docs: Iterable[object]) -> Iterator[Verdict]:
    """The verdicts on the verbs that were taken for an event."""
    for verb, doc in zip(verbs, docs, strict=True):
        if not isinstance(doc, Annotated):
            continue
        event = next((e for e in doc[EventMention] if e.span.overlaps(verb.verb)), None)
        if event is not None:
            yield judge(verb, event, doc[PlaceMention])


def table(found: Sequence[Verdict]) -> list[str]:
    """The figures."""
    rows = []
    for name, some in (
        ("with a location", [v for v in found if v.located]),
        ("without one", [v for v in found if not v.located]),
        ("all", list(found)),
    ):
        size = len(some) or 1
        rows.append([
            name, len(some), f"{sum(v.right for v in some) / size:.3f}",
            f"{sum(v.nearest for v in some) / size:.3f}",
        ])  # fmt: skip
    return report.table(["verbs", "events", "Dateline", "nearest place"], rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    flags = argparse.ArgumentParser(description="Measure which place belongs to an event.")
    flags.add_argument("--data", type=Path, default=DATA)
    flags.add_argument("--most", type=int, default=MOST, help="verbs that are tried")
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(argv)
    if not options.data.exists():
        print(f"left out: places of events (no sentences in {options.data})")
        return 0
    verbs = read(options.data, options.most)
    lines = table(list(verdicts(verbs, Pipeline().annotate(Document(v.text) for v in verbs))))
    print("\n".join(lines))
    if options.write:
        head = f"Accuracy over {len(verbs):,} labelled verbs, those that are taken for an event. "
        command = "`python benchmarks/event_places.py --write`"
        report.write("event_places", ["## Places of events", "", head + command, "", *lines])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
