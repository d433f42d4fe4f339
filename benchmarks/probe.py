"""How well status and source are told apart on minimal pairs of our own.

    python benchmarks/probe.py [--misses] [--write]

It is a map of strengths and weaknesses, not a gate.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import report
from dateline.knowledge.loader import Entry, read
from dateline.model import Claim, Document, Record, Span
from dateline.pipeline import Pipeline

FILE = Path(__file__).with_name("probe.yaml")
NONE = "none"
_HEAD = ("cases", "right", "event not found", "accuracy", "of events found")


class Case(Entry):
    """A sentence, and what is to be read of the event its trigger names."""

    text: str
    trigger: str
    status: str
    source: str | None = None
    stance: str | None = None


class Probe(Entry):
    """The minimal pairs, in groups, and the day on which they are read."""

    published: date
    groups: dict[str, tuple[Case, ...]]

    def cases(self) -> list[Case]:
        """All cases in the order of the file."""
        return [case for group in self.groups.values() for case in group]


@dataclass(frozen=True, slots=True)
class Result:
    """What was read of a case; `status` is none when no event was found at its trigger."""

    case: Case
    status: str
    sources: tuple[tuple[str, str], ...]

    @property
    def status_right(self) -> bool:
        """Whether the status is the expected one."""
        return self.status == self.case.status

    @property
    def source_right(self) -> bool | None:
        """Whether the source (and its stance) was found; None when the case expects nothing."""
        expected = self.case.source
        if expected is None:
            return None
        if expected == NONE:
            return not self.sources
        return any(
            expected.lower() in words.lower() and self.case.stance in {None, stance}
            for words, stance in self.sources
        )


def load(path: Path = FILE) -> Probe:
    """Read the minimal pairs; every trigger must stand in its sentence."""
    probe = Probe.model_validate(read(path))
    for case in probe.cases():
        if case.trigger not in case.text:
            raise ValueError(f"{path}: '{case.trigger}' is not in '{case.text}'")
    return probe


def run(probe: Probe) -> list[Result]:
    """Code every sentence on its own."""
    cases = probe.cases()
    documents = [
        Document(case.text, f"case {number}", published=probe.published)
        for number, case in enumerate(cases)
    ]
    records = Pipeline().code(documents)
    return [_result(case, record) for case, record in zip(cases, records, strict=True)]


def _result(case: Case, record: Record) -> Result:
    start = case.text.rindex(case.trigger)
    claim = _at(record.claims, Span(start, start + len(case.trigger)))
    if claim is None:
        return Result(case, NONE, ())
    sources = tuple(
        (reading.evidence[0].of(case.text) if reading.evidence else "", reading.value.stance)
        for reading in claim.slots.sources
    )
    return Result(case, claim.slots.status.value, sources)


def _at(claims: Iterable[Claim], words: Span) -> Claim | None:
    for claim in claims:
        for span in (claim.trigger, *claim.mentions):
            if span.start < words.end and words.start < span.end:
                return claim
    return None


def table(results: Sequence[Result]) -> list[str]:
    """Accuracy by expected status, and of the sources."""
    wanted = Counter(x.case.status for x in results)
    right = Counter(x.case.status for x in results if x.status_right)
    lost = Counter(x.case.status for x in results if x.status == NONE != x.case.status)
    rows: list[Sequence[object]] = [
        (status, n, right[status], lost[status], *_shares(n, right[status], lost[status]))
        for status, n in wanted.most_common()
    ]
    n, good, gone = len(results), right.total(), lost.total()
    rows.append(("all", n, good, gone, *_shares(n, good, gone)))
    sourced = [x.source_right for x in results if x.source_right is not None]
    share = f"{100 * sum(sourced) / len(sourced):.0f} %"
    rows.append(("source and stance", len(sourced), sum(sourced), "", share, ""))
    return report.table(("expected status", *_HEAD), rows)


def _shares(cases: int, right: int, lost: int) -> tuple[str, str]:
    """Accuracy over all cases, and over those whose event was found."""
    found = cases - lost
    return f"{100 * right / cases:.0f} %", f"{100 * right / found:.0f} %" if found else "–"


def by_group(probe: Probe, results: Sequence[Result]) -> list[str]:
    """Accuracy of the status in each group, and how many of its events were not found."""
    rest, rows = iter(results), []
    for name, cases in probe.groups.items():
        own = list(islice(rest, len(cases)))
        right = sum(x.status_right for x in own)
        lost = sum(x.status == NONE != x.case.status for x in own)
        shares = _shares(len(own), right, lost)
        rows.append((name.replace("_", " "), len(own), right, lost, *shares))
    return report.table(("group", *_HEAD), rows)


def main(arguments: Sequence[str]) -> int:
    """Run the probe and print, or write, its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every case that went wrong")
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    options = parser.parse_args(arguments)
    probe = load()
    results = run(probe)
    lines = table(results)
    print(*lines, "", *by_group(probe, results), sep="\n")
    for x in results if options.misses else []:
        if not x.status_right or x.source_right is False:
            print(
                f"- {x.case.text}\n    {x.case.trigger}: {x.case.status} ({x.case.source} ", end=""
            )
            print(f"{x.case.stance}), read {x.status} {list(x.sources)}")
    if options.write:
        note = f"{len(results)} sentences of our own in minimal pairs (`benchmarks/probe.yaml`):"
        command = "`python benchmarks/probe.py --write`"
        report.write("probe", ["## Status and sources", "", f"{note} {command}", "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
