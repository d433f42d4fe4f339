"""Parties: country and sector of phrases that stand alone and of the parties of gold dispatches.

    python benchmarks/actors.py [--phrases FILE] [--gold FOLDER] [--misses] [--write]

*Phrases* are 143 names and descriptions with the country and sector that the tests of another
coder ask for. Codes that are no sectors of PLOVER's table are not asked for; a phrase with two
codes may be given either; a bare country is its government.

*Gold*: each actor and recipient of the gold dispatches is compared with the mention that shares
its head noun, else with the one that overlaps it most. `found` is the share with such a mention,
`head` with one of the same head, `name` with an overlapping mention whose name has the same words;
`country` and `sector` are counted on those found.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import report
from dateline.annotate.entities import Entities
from dateline.annotate.places import Places
from dateline.annotate.tokens import Parser
from dateline.config import Config
from dateline.evaluate import read_gold
from dateline.evaluate.matching import Event
from dateline.evaluate.quotes import content, locate
from dateline.knowledge.parties import SECTORS
from dateline.model import Annotated, Document, EntityMention, Party, Span

SHARED = Path(__file__).parents[2] / "shared"
PHRASES = SHARED / "data" / "actors" / "phrases.json"
GOLD = SHARED / "gold"
PARTS = ("train", "dev")
WRITTEN = date(2022, 12, 1)  # the phrases are of that year; who is in office depends on it
FIELDS = ("found", "head", "name", "country", "sector")
INTERNATIONAL = {"EUR", "IGO", "INT"}


# phrases -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a party, and what is asked of them: "" none, None not asked; `sectors` are any of.

    >>> Phrase.of({"text": "Kenya", "country": "KEN", "code_1": ""}).sectors
    frozenset({'GOV'})
    """

    text: str
    country: str | None
    sectors: frozenset[str]

    @classmethod
    def of(cls, case: Mapping[str, str]) -> "Phrase":
        """Read one case of the file."""
        country = case.get("country")
        codes = [case[c] for c in ("code_1", "code_2") if c in case]
        if codes == [""] and country:
            codes = ["GOV"]
        told = frozenset(codes) if codes and set(codes) <= SECTORS else frozenset()
        return cls(case["text"], "INT" if country in INTERNATIONAL else country, told)

    def verdicts(self, party: Party | None) -> Iterator[tuple[str, bool]]:
        """What was asked, each with whether the party found has it."""
        if self.country is not None:
            yield "country", (party.country if party and party.country else "") == self.country
        if self.sectors:
            yield "sector", party is not None and party.sector in self.sectors


def of_phrase(doc: Annotated) -> Party | None:
    """The party a whole text names: that of its head noun, else of its longest mention."""
    head = doc.parse.head_of(Span(0, len(doc.text)))
    ranked = sorted(doc[EntityMention], key=lambda m: (m.head != head, m.span.start - m.span.end))
    return ranked[0].party if ranked else None


# gold --------------------------------------------------------------------------------------------
def best(doc: Annotated, span: Span) -> EntityMention | None:
    """The mention that shares the head of a span, else the one that overlaps it most."""
    head = doc.parse.head_of(span)
    over = [m for m in doc[EntityMention] if m.span.overlaps(span)]
    return min(over, key=lambda m: (m.head != head, -_common(m.span, span), m.span), default=None)


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def judged(doc: Annotated, party: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The verdicts on one actor or recipient of the gold records."""
    place = locate(doc.text, party)
    if place is None:
        return
    span = Span(*place)
    mention = best(doc, span)
    yield "found", mention is not None
    yield "head", mention is not None and mention.head == doc.parse.head_of(span)
    named = content(party.get("name"))
    over = (m.party.name for m in doc[EntityMention] if m.span.overlaps(span))
    yield "name", bool(named) and any(content(name) == named for name in over)
    if mention is not None:
        yield "country", mention.party.country == party.get("country")
        yield "sector", mention.party.sector == party.get("sector")


def parties(events: Iterable[Event]) -> Iterator[Mapping[str, Any]]:
    """The actors and recipients of all events."""
    for event in events:
        yield from (*event.get("actors", ()), *event.get("recipients", ()))


# measuring ---------------------------------------------------------------------------------------
class Shares:
    """How many verdicts there were on each field, and how many of them good."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()
        self._right: Counter[str] = Counter()

    def add(self, verdicts: Iterable[tuple[str, bool]]) -> None:
        """Count some verdicts."""
        for field, right in verdicts:
            self._asked[field] += 1
            self._right[field] += right

    def of(self, field: str) -> str:
        """The share that is right, and of how many; empty where nothing was asked.

        >>> Shares().of("country")
        ''
        """
        asked = self._asked[field]
        return f"{100 * self._right[field] / asked:.1f} % of {asked:,}" if asked else ""


def annotated(documents: Iterable[Document]) -> Iterator[Annotated]:
    """Documents with their places and parties."""
    docs = list(Parser(Config().parser)([Annotated(d) for d in documents]))
    for step in (Places(), Entities()):
        layers = step(docs)
        docs = [d.with_layer(step.writes, x) for d, x in zip(docs, layers, strict=True)]
    yield from docs


def measure_phrases(file: Path) -> tuple[Shares, list[str]]:
    """The figures on phrases, and a line for each that went wrong."""
    phrases = [Phrase.of(case) for case in json.loads(file.read_text("utf-8"))]
    documents = (Document(p.text, str(i), published=WRITTEN) for i, p in enumerate(phrases))
    shares, misses = Shares(), []
    for phrase, doc in zip(phrases, annotated(documents), strict=True):
        party = of_phrase(doc)
        verdicts = list(phrase.verdicts(party))
        shares.add(verdicts)
        wrong = [field for field, right in verdicts if not right]
        if wrong:
            asked = f"{phrase.country or '-'} {'/'.join(sorted(phrase.sectors))}"
            misses.append(f"{phrase.text}: {', '.join(wrong)}; asked {asked}, found {party}")
    return shares, misses


def measure_gold(folder: Path) -> Shares:
    """The figures on the parties of one gold folder."""
    gold = read_gold(folder)
    shares = Shares()
    for record, doc in zip(gold, annotated(r.document for r in gold), strict=True):
        for party in parties(record.events):
            shares.add(judged(doc, party))
    return shares


NOTE = (
    "Country and sector of 143 phrases that stand alone, and the parties of the gold dispatches: "
    "the share with a mention, with one of the same head noun, with one of the same name; country "
    "and sector of those found. `python benchmarks/actors.py --write`"
)


def main(arguments: Sequence[str]) -> int:
    """Measure what is at hand with command-line arguments."""
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--phrases", type=Path, default=PHRASES)
    flags.add_argument("--gold", type=Path, default=GOLD, help="folder with train/ and dev/")
    flags.add_argument("--misses", action="store_true", help="list the phrases that went wrong")
    flags.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    options = flags.parse_args(arguments)
    rows: list[list[str]] = []
    if options.phrases.exists():
        shares, misses = measure_phrases(options.phrases)
        rows.append(["phrases", *map(shares.of, FIELDS)])
        print("\n".join(misses) if options.misses else f"{len(misses)} phrases went wrong")
    parts = PARTS if options.gold.is_dir() else ()
    measured = ((part, measure_gold(options.gold / part)) for part in parts)
    rows += [[f"gold {part}", *map(shares.of, FIELDS)] for part, shares in measured]
    if not rows:
        print(f"left out: actors (neither {options.phrases} nor {options.gold})")
        return 0
    lines = report.table(["parties of", *FIELDS], rows)
    print("\n".join(lines))
    if options.write:
        report.write("actors", ["## Parties", "", NOTE, "", *lines])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
