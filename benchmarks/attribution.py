"""How well sources, reporting words and what they answer for are marked, beside human annotators.

    python benchmarks/attribution.py [--data FOLDER] [--write]

PolNeAR (news articles on a campaign): source, cue and content, as exact spans and as spans that
overlap. FactAppeal (news sentences): the sources of factual statements. Neither is trained on.

Both annotate by guidelines of their own. What differs from ours by rule is converted by the parse
alone, never by the words: see `attribution_views.py`.
"""

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import report
from attribution_views import Spans, Told, bare_name, factappeal_view, polnear_view
from dateline.annotate.attribution import Attributions
from dateline.model import Annotated, Document, Span
from dateline.pipeline import Pipeline

DATA = Path(__file__).parents[2] / "shared" / "data"
PARTS = ("source", "cue", "content")
HEAD = ("part", "gold", "found", "precision", "recall", "F1 exact", "F1 overlap")

_BRAT = re.compile(r"(T\d+)\t(Source|Cue|Content) ([\d; ]+)\t")
_LINK = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")
_TAG = re.compile(r"<(/?)(Source|Source_Attribute|Fact_\w+|Recipient|Appeal_\w+)((?::\w+)*)>")


@dataclass(slots=True)
class Tally:
    """Matches of one part, exact and overlapping."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    overlap: int = 0

    def add(self, gold: Sequence[Spans], found: Sequence[Spans]) -> None:
        """Count one document; equal spans match first, then each the first one it overlaps."""
        self.gold += len(gold)
        self.found += len(found)
        same = Counter(gold) & Counter(found)
        self.exact += same.total()
        left = list((Counter(gold) - same).elements())
        self.overlap += same.total()
        for spans in (Counter(found) - same).elements():
            other = next((x for x in left if _overlap(x, spans)), None)
            if other is not None:
                left.remove(other)
                self.overlap += 1

    def f1(self, matched: int) -> float:
        """The harmonic mean of precision and recall, in per cent."""
        total = self.gold + self.found
        return 200 * matched / total if total else 0.0

    def row(self, name: str) -> tuple[object, ...]:
        """A line of the table."""
        recall = 100 * self.exact / self.gold if self.gold else 0.0
        precision = 100 * self.exact / self.found if self.found else 0.0
        figures = (precision, recall, self.f1(self.exact), self.f1(self.overlap))
        return (name, self.gold, self.found, *(f"{figure:.1f}" for figure in figures))


def _overlap(left: Spans, right: Spans) -> bool:
    return any(a.overlaps(b) for a in left for b in right)


def read_polnear(folder: Path) -> Iterator[tuple[Document, list[Told]]]:
    """Each coding of each article (some were coded by two annotators)."""
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rpartition("_")[0]
        text = (folder / "text" / f"{name}.txt").read_text("utf-8")
        yield Document(text, path.stem), list(brat(path.read_text("utf-8")))


def brat(lines: str) -> Iterator[Told]:
    """The attributions of a brat file."""
    spans: dict[str, Spans] = {}
    for line in lines.splitlines():
        if found := _BRAT.match(line):
            pairs = (piece.split() for piece in found[3].split(";"))
            spans[found[1]] = tuple(Span(int(a), int(b)) for a, b in pairs)
        elif line.startswith("E"):
            parts: dict[str, list[Span]] = defaultdict(list)
            for part, key in _LINK.findall(line):
                parts[part].extend(spans.get(key, ()))
            yield Told(*(tuple(sorted(parts[part])) for part in ("Source", "Cue", "Content")))


def measure_polnear(docs: Iterable[Annotated], gold: Iterable[Sequence[Told]]) -> dict[str, Tally]:
    """The tally of each part over all codings."""
    tallies = {part: Tally() for part in PARTS}
    for doc, told in zip(docs, gold, strict=True):
        found = polnear_view(doc)
        for part, tally in tallies.items():
            tally.add(
                *([spans for x in side if (spans := getattr(x, part))] for side in (told, found))
            )
    return tallies


def read_factappeal(path: Path) -> Iterator[tuple[Document, list[tuple[Span, str]]]]:
    """Each sentence with its sources and their kinds."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            text, sources = untagged(row["annotation"])
            yield Document(text, f"sentence {number}"), sources


def untagged(annotation: str) -> tuple[str, list[tuple[Span, str]]]:
    """The bare sentence and the sources its tags mark, each with its kind.

    >>> untagged("<Source:Named:Official>Lund</Source:Named:Official> agreed.")
    ('Lund agreed.', [(Span(start=0, end=4), 'Official')])
    """
    text, last = "", 0
    opened: list[int] = []
    found: list[tuple[Span, str]] = []
    for tag in _TAG.finditer(annotation):
        text += annotation[last : tag.start()]
        last = tag.end()
        if tag[2] != "Source":
            continue
        if not tag[1]:
            opened.append(len(text))
        elif opened and (start := opened.pop()) < len(text):
            found.append((Span(start, len(text)), tag[3].rpartition(":")[2]))
    return text + annotation[last:], found


def measure_factappeal(
    docs: Iterable[Annotated], gold: Iterable[Sequence[tuple[Span, str]]]
) -> tuple[Tally, Counter[tuple[str, str]]]:
    """The tally of the sources, and how often each of their kinds was given which of ours."""
    tally, kinds = Tally(), Counter[tuple[str, str]]()
    for doc, told in zip(docs, gold, strict=True):
        found = factappeal_view(doc)
        names = [((bare_name(doc, span),), kind) for span, kind in told]
        tally.add([name for name, _ in names], list(found))
        kinds.update((kind, found[name] or "untold") for name, kind in names if name in found)
    return tally, kinds


def annotated(documents: Iterable[Document]) -> Iterator[Annotated]:
    """The documents with their attributions.

    Raises:
        RuntimeError: A document could not be annotated.
    """
    for doc in Pipeline(steps=(Attributions(),)).annotate(documents):
        if not isinstance(doc, Annotated):
            raise RuntimeError(f"{doc.document.name}: {doc.problem}")
        yield doc


def kind_rows(kinds: Counter[tuple[str, str]]) -> list[tuple[object, ...]]:
    """Each kind of FactAppeal with ours, most frequent first."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for (theirs, ours), n in kinds.items():
        by_kind[theirs][ours] += n
    ordered = sorted(by_kind.items(), key=lambda x: (-x[1].total(), x[0]))
    return [
        (
            theirs.replace("_", " "),
            ours.total(),
            ", ".join(f"{k} {n}" for k, n in ours.most_common(4)),
        )
        for theirs, ours in ordered
    ]


def measure(data: Path) -> list[str]:
    """All tables, as lines of Markdown."""
    gold = list(read_polnear(data / "polnear" / "dev"))
    tallies = measure_polnear(annotated(d for d, _ in gold), (told for _, told in gold))
    lines = ["PolNeAR, development part:", ""]
    lines += report.table(HEAD, [tally.row(part) for part, tally in tallies.items()])
    sentences = list(read_factappeal(data / "factappeal" / "val.csv"))
    docs = annotated(d for d, _ in sentences)
    tally, kinds = measure_factappeal(docs, (told for _, told in sentences))
    lines += ["", "FactAppeal, validation part:", ""]
    lines += report.table(HEAD, [tally.row("source")])
    lines += ["", "Kinds of the sources found exactly, theirs and ours:", ""]
    return lines + report.table(("kind", "found", "given as"), kind_rows(kinds))


NOTE = (
    "Who says what, on news that was not trained on (PolNeAR: measured only). Their guidelines "
    "differ from ours; what differs by rule is converted by the parse (see "
    "`benchmarks/attribution_views.py`). Published: rules 10.7 / 22.8 / 5.6 exact F1 of "
    "source, cue and content; trained BiLSTM-CRF 69.6 / 66.7 / 59.0. "
    "`python benchmarks/attribution.py --write`"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print, or write, the tables."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--data", type=Path, default=DATA)
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(argv)
    if not (options.data / "polnear").exists():
        print(f"left out: attribution (no corpora in {options.data})")
        return 0
    lines = measure(options.data)
    print("\n".join(lines))
    if options.write:
        report.write("attribution", ["## Attribution", "", NOTE, "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main())
