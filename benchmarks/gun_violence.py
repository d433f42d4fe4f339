"""What single dispatches tell of the shooting they are about: killed, injured, day and town.

    python benchmarks/gun_violence.py [--limit N] [--cache FILE] [--errors N] [--write]

Local news texts (../shared/data/gun_violence, measured only), each by itself: its claims are
brought together, and the incident that the text is about is compared with the facts it is filed
under. A text may be older than the last facts, or no article at all. `--cache` keeps the coded
records; `--errors` prints what was told and what is filed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import report
from dateline.knowledge.geography import fold
from dateline.link import link
from dateline.link.policies import DEFAULT
from dateline.model import Annotated, Count, PlaceMention, Record
from dateline.model.codec import dump, load
from dateline.model.incident import Corpus, Incident
from dateline.pipeline import Pipeline, record_of
from link import DATA, TOLLS, Filed, filed, main_claims

SLOTS = ("killed", "injured", "date", "city")
ASKED = {"killed": ".75", "injured": ".65", "date": ".75", "city": ".80"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What an incident is filed with; a county counts as its town."""

    killed: int
    injured: int
    date: str
    city: str

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Facts":
        """Read one line of the incidents."""
        day = datetime.strptime(fields["date"], "%B %d, %Y").date()  # noqa: DTZ007 (a day only)
        city = fold(fields["city_or_county"].split("(")[0])
        return cls(fields["num_killed"], fields["num_injured"], day.isoformat(), city)


@dataclass(frozen=True, slots=True)
class Told:
    """What a dispatch tells: a toll untold is none, a day or town untold is empty.

    `some` are all the figures of a kind that the dispatch gives for any of its violent events.
    """

    killed: int
    injured: int
    date: str
    city: str
    some: Mapping[str, frozenset[int]]

    def right(self, facts: Facts) -> set[str]:
        """The slots that agree with the facts."""
        found = {name for name in SLOTS if getattr(self, name) == getattr(facts, name)}
        return found | {f"some {kind}" for kind in TOLLS if getattr(facts, kind) in self.some[kind]}


class Coded(NamedTuple):
    """A dispatch's record, and the town told most in it (the first of several)."""

    record: Record
    town: str


def coded(found: Sequence[Filed], cache: Path | None) -> list[Coded]:
    """The texts coded, from the cache or the pipeline."""
    if cache and cache.exists():
        lines = (line.split("\t", 1) for line in cache.read_text("utf-8").split("\n")[:-1])
        kept = {x.document.id: Coded(x, town) for town, x in ((t, load(r)) for t, r in lines)}
        return [kept[x.document.id] for x in found]
    out = []
    for n, doc in enumerate(Pipeline().annotate(x.document for x in found), 1):
        if isinstance(doc, Annotated):
            out.append(Coded(record_of(doc), main_town(doc[PlaceMention])))
        else:
            out.append(Coded(doc, ""))
        if n % 100 == 0:
            print(f"coded {n} of {len(found)}", file=sys.stderr, flush=True)
    if cache:
        cache.write_text("".join(f"{x.town}\t{dump(x.record)}\n" for x in out), "utf-8")
    return out


def main_town(places: Iterable[PlaceMention]) -> str:
    """The town named most often, the first of several."""
    often = Counter(x.place.name for x in places if x.place.level == "town")
    return max(often, key=lambda name: often[name], default="")


def told(found: Coded) -> Told | None:
    """What a dispatch tells of the incident it is about; None where it tells of none.

    Where the incident has no town of its own, say a site only, the dispatch's main town counts.
    """
    record = found.record
    corpus = link([record])
    incident = about(corpus, record)
    if incident is None:
        return None
    counts = [settled.value for settled in incident.counts]
    period = incident.time.value if incident.time else None
    day = period.start if period and period.start == period.end else None
    towns = [s.value.name for s in incident.places if s.value.level == "town"]
    every = [r.value for _, claim in main_claims(record) for r in claim.slots.counts]
    return Told(
        killed=total(counts, "killed"),
        injured=total(counts, "injured"),
        date=day or "",
        city=fold(towns[0] if towns else found.town),
        some={
            k: frozenset({figure(c) for c in every if c.kind == k} | {total(counts, k)})
            for k in TOLLS
        },
    )


def about(corpus: Corpus, record: Record) -> Incident | None:
    """The incident that a dispatch is about: that of its likeliest violent claim."""
    home = {claim: incident for incident in corpus.incidents for claim in incident.claims}
    points = {claim.id: score for score, claim in main_claims(record)}
    best = max(points, key=lambda claim: points[claim], default=None)
    return home.get(best) if best else None


def figure(count: Count) -> int:
    """The one figure that stands for a count."""
    return next((x for x in (count.best, count.low, count.high) if x is not None), 0)


def total(counts: Iterable[Count], kind: str) -> int:
    """All of a kind, of whichever side."""
    return sum(figure(count) for count in counts if count.kind == kind)


def facts(folder: Path = DATA) -> dict[str, Facts]:
    """The facts by incident."""
    lines = (folder / "incidents.jsonl").read_text("utf-8").splitlines()
    return {x["incident"]: Facts.of(x) for x in map(json.loads, lines)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One dispatch: what it tells, what is filed, which slots agree."""

    name: str
    told: Told | None
    facts: Facts

    @property
    def right(self) -> set[str]:
        """The slots that agree; none where the dispatch tells of no violence."""
        return self.told.right(self.facts) if self.told else set()


def table(found: Sequence[Verdict]) -> list[str]:
    """The shares over all dispatches and over those with a violent claim."""
    rows = []
    some = [v for v in found if v.told]
    for name, part in (("all texts", found), ("texts with a violent claim", some)):
        right = Counter(slot for v in part for slot in v.right)
        names = ("killed", "some killed", "injured", "some injured", "date", "city")
        rows.append([name, len(part), *(f"{right[x] / max(1, len(part)):.3f}" for x in names)])
    head = ["", "texts", "killed", "a figure given", "injured", "a figure given", "date", "city"]
    return report.table(head, rows)


def errors(found: Iterable[Verdict], most: int) -> Iterator[str]:
    """What was told and what is filed, of the first dispatches with something wrong."""
    wrong = [v for v in found if set(SLOTS) - v.right]
    for v in wrong[:most]:
        yield f"{v.name}: told {v.told}, filed {v.facts}"


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="about so many texts")
    parser.add_argument("--cache", type=Path, help="file that keeps the coded records")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong dispatches")
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    if not DATA.is_dir():
        print(f"left out: no texts in {DATA}")
        return 0
    texts, known = filed(options.limit), facts()
    pairs = zip(texts, coded(texts, options.cache), strict=True)
    found = [Verdict(x.document.name, told(code), known[x.incident]) for x, code in pairs]
    note = (
        f"{len(found):,} of {len(filed(None)):,} local news texts about shootings, each by itself "
        "(measured only; whole incidents from all years): killed and injured "
        f"exact under the policy {DEFAULT}, or as some figure of the text; the day and the town "
        "exact (the dispatch's main town where the incident has none). Asked: "
        + ", ".join(f"{name} {share}" for name, share in ASKED.items())
        + ". `python benchmarks/gun_violence.py --write`"
    )
    lines = ["## Tolls, day and town of single dispatches", "", note, "", *table(found)]
    print("\n".join([*lines, *errors(found, options.errors)]))
    if options.write:
        report.write("gun_violence", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
