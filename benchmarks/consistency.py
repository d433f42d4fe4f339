"""How many findings the checks have on the gold dispatches, by rule, and each to be read.

    python benchmarks/consistency.py [--gold FOLDER] [FOLDER ...] [--write]

A gold dispatch should be free of contradictions, so most findings there are false alarms; those
judged by hand (`consistency.yaml`) are told apart. Further folders of dispatches are checked, too.
How much the checks see is measured on contradictions of our own (`consistency_planted.yaml`).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import report
from dateline.check.rules import load
from dateline.config import Config
from dateline.evaluate import read_gold
from dateline.ingest import read
from dateline.knowledge.loader import Entry, entries
from dateline.knowledge.loader import read as load_yaml
from dateline.model import Annotated, Document, Finding, Record
from dateline.pipeline import Pipeline, annotation_steps

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "shared" / "gold"
PLANTED = HERE / "consistency_planted.yaml"
VERDICTS = HERE / "consistency.yaml"
PARTS = ("train", "dev")
AROUND = 90


class Verdict(Entry):
    """What a reader made of one finding: is the text (or its date) wrong, and why?"""

    document: str
    rule: str
    words: str
    right: bool
    why: str


class Fault(Entry):
    """A sentence with a contradiction, and the rule that should speak."""

    rule: str
    text: str


class Planted(Entry):
    """Sentences with contradictions, and the day on which they are read."""

    published: date
    planted: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding in a dispatch, and whether a reader thought it right (None: not judged)."""

    document: Document
    finding: Finding
    right: bool | None

    def lines(self) -> Iterator[str]:
        """The finding to be read beside its surroundings."""
        text, span = self.document.text, self.finding.span
        around = text[max(0, span.start - AROUND) : span.end + AROUND]
        verdict = {True: "right", False: "FALSE", None: "not judged"}[self.right]
        name = self.document.name or self.document.id
        yield f"- {name}: {self.finding.rule} ({self.finding.score}, {verdict})"
        yield f"    {self.finding.says}"
        yield f"    … {' '.join(around.split())} …"


def verdicts(path: Path = VERDICTS) -> dict[tuple[str, str, str], bool]:
    """Whether findings are right, by document, rule and words."""
    told = entries(path, Verdict).values()
    return {(x.document, x.rule, x.words): x.right for x in told}


def check(
    documents: Iterable[Document | Record], known: Mapping[tuple[str, str, str], bool]
) -> tuple[int, list[Found]]:
    """How many dispatches were checked, and what was found in them."""
    steps, number, found = annotation_steps(), 0, []
    last = next(n for n, step in enumerate(steps, 1) if step.writes is Finding)
    for doc in Pipeline(Config(), steps[:last]).annotate(documents):
        if not isinstance(doc, Annotated):
            continue
        number += 1
        for x in doc[Finding]:
            key = (doc.document.name, x.rule, x.span.of(doc.text))
            found.append(Found(doc.document, x, known.get(key)))
    return number, found


def planted(told: Planted) -> list[tuple[Fault, bool]]:
    """Each planted contradiction, and whether the rule that should speak did."""
    documents = [
        Document(fault.text, str(n), published=told.published)
        for n, fault in enumerate(told.planted)
    ]
    spoken = {(x.document.name, x.finding.rule) for x in check(documents, {})[1]}
    return [(fault, (str(n), fault.rule) in spoken) for n, fault in enumerate(told.planted)]


def seen(results: Sequence[tuple[Fault, bool]]) -> list[str]:
    """How many planted contradictions each rule has seen."""
    wanted = Counter(fault.rule for fault, _ in results)
    right = Counter(fault.rule for fault, found in results if found)
    rows = [(rule, n, right[rule]) for rule, n in sorted(wanted.items())]
    return report.table(("rule", "planted", "seen"), [*rows, ("all", len(results), right.total())])


def table(number: int, found: Sequence[Found]) -> list[str]:
    """Findings by rule, right ones, and false alarms in ten dispatches (all not right count)."""
    names = sorted(f"{x.found_by.rsplit('/', 1)[-1]}" for x in load().values())
    told = Counter(x.finding.rule for x in found)
    right = Counter(x.finding.rule for x in found if x.right)
    rows = [
        (name, told[name], right[name], _tenth(told[name] - right[name], number)) for name in names
    ]
    total, good = len(found), sum(right.values())
    rows.append(("all", total, good, _tenth(total - good, number)))
    return report.table(("rule", "findings", "right", "false alarms in 10 dispatches"), rows)


def _tenth(alarms: int, number: int) -> str:
    return f"{10 * alarms / max(number, 1):.2f}"


def main(arguments: Sequence[str]) -> int:
    """Check the gold dispatches (and further folders), print what was found, or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the gold dispatches")
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    parser.add_argument("folders", nargs="*", help="further dispatches to check")
    options = parser.parse_args(arguments)
    known = verdicts()
    parts = [options.gold / part for part in PARTS if (options.gold / part).is_dir()]
    if not parts and not options.folders:
        print(f"left out: the consistency benchmark needs gold dispatches in {options.gold}")
        return 0
    results = planted(Planted.model_validate(load_yaml(PLANTED)))
    print(*seen(results), *(f"- missed: {x.text}" for x, found in results if not found), sep="\n")
    gold = [x.document for part in parts for x in read_gold(part)]
    number, found = check(gold, known)
    _show("gold dispatches", number, found)
    if options.write:
        head = f"What the checks find in the {number} gold dispatches, each finding judged by hand:"
        lines = [f"{head} `python benchmarks/consistency.py --write`", "", *table(number, found)]
        lines += ["", "And in sentences of our own with a contradiction each:", "", *seen(results)]
        report.write("consistency", ["## Consistency", "", *lines])
    if options.folders:
        _show("further dispatches", *check(read(options.folders), known))
    return 0


def _show(title: str, number: int, found: Sequence[Found]) -> None:
    print(f"{number} {title}", *table(number, found), sep="\n")
    for x in found:
        print(*x.lines(), sep="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
