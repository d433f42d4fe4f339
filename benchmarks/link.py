"""How well and how fast dispatches are linked to incidents.

    python benchmarks/link.py [--limit N] [--cache FILE] [--write]
    python benchmarks/link.py --scale CLAIMS [--write]

The first codes local news texts about shootings (../shared/data/gun_violence, measured only), links
them and compares with the incidents they are filed under; `--cache` keeps the coded records, since
coding takes far longer than linking. The second links claims made by varying those of the sample
dispatches, in three sizes up to CLAIMS, and adds one dispatch.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import report
from coreference import b_cubed, conll
from dateline.link import link
from dateline.link.block import Index
from dateline.link.facts import facts
from dateline.link.figures import settle_counts
from dateline.link.reconcile import told
from dateline.link.words import content, sentence
from dateline.model import Claim, Document, Record
from dateline.model.codec import dump, load
from dateline.model.incident import Corpus
from dateline.pipeline import Pipeline
from scale import plot, sizes, table

DATA = Path(__file__).parents[2] / "shared" / "data" / "gun_violence"
PLOT = report.PAGE.parent / "images" / "linking-scale.svg"
POLICIES = ("conservative", "informative", "latest-official", "ucdp")
TOLLS = {"killed": "num_killed", "injured": "num_injured"}


class Filed(NamedTuple):
    """A text with the incident it is filed under."""

    incident: str
    document: Document


def filed(limit: int | None, folder: Path = DATA) -> list[Filed]:
    """The texts of even incident ids; whole incidents, about `limit` texts."""
    lines = (folder / "docs.jsonl").read_text("utf-8").splitlines()
    told_ = [fields for line in lines if int((fields := json.loads(line))["incident"]) % 2 == 0]
    told_.sort(key=lambda fields: (int(fields["incident"][::-1]), fields["id"]))  # mixes the years
    found = [Filed(fields["incident"], _document(fields)) for fields in told_]
    if limit is None or limit >= len(found):
        return found
    last = found[limit - 1].incident
    return [x for n, x in enumerate(found) if n < limit or x.incident == last]


def _document(fields: Mapping[str, str]) -> Document:
    try:
        day = date.fromisoformat(fields["dct"])
    except (TypeError, ValueError):
        day = None
    return Document(
        fields["text"], fields["id"], fields["title"] or "", "", fields["uri"] or "", day
    )


def coded(found: Sequence[Filed], cache: Path | None) -> list[Record]:
    """The records of the texts, from the cache or the pipeline, with the progress printed."""
    if cache and cache.exists():
        kept = {r.document.id: r for r in map(load, cache.read_text("utf-8").split("\n")[:-1])}
        return [kept[x.document.id] for x in found]
    records, start = [], time.perf_counter()
    for n, record in enumerate(Pipeline().code(x.document for x in found), 1):
        records.append(record)
        if n % 100 == 0:
            print(f"coded {n} of {len(found)} in {time.perf_counter() - start:.0f} s", flush=True)
    if cache:
        cache.write_text("".join(f"{dump(record)}\n" for record in records), "utf-8")
    return records


def main_claims(record: Record) -> list[tuple[float, Claim]]:
    """The violent claims of a text, each with how likely the text is about it (points)."""
    title = set(content(record.document.title))
    found = []
    for n, claim in enumerate(record.claims):
        if claim.type.value != "ASSAULT" or claim.status.value in {"planned", "hypothetical"}:
            continue
        words = set(content(sentence(record.document.text, claim.trigger)))
        points = 2.0 * (n == 0) + (n < 3) + 0.5 * min(2, len(claim.mentions))
        points += 2 * any(c.value.kind in TOLLS for c in claim.counts)
        points += bool(claim.places) + bool(claim.time)
        found.append((points + 3 * len(words & title) / max(1, len(title)), claim))
    return found


def clusters(corpus: Corpus) -> dict[str, str]:
    """The incident of each text: that of the claims it is about, its own where it has none."""
    home = {claim: incident.id for incident in corpus.incidents for claim in incident.claims}
    out = {}
    for record in corpus.records:
        points: dict[str, list[float]] = {}
        for score, claim in main_claims(record):
            points.setdefault(home[claim.id], []).append(score)
        best = max(points, key=lambda i: max(points[i]) + 0.5 * len(points[i]), default="")
        out[record.document.id] = best or f"none:{record.document.id}"
    return out


class Blocking(NamedTuple):
    """Share of the true pairs of texts of which claims are compared, and of all pairs of claims."""

    recall: float
    compared: float


def blocking(records: Iterable[Record], gold: Mapping[str, str]) -> Blocking:
    """How blocking does on texts; those without claims are left out."""
    told_ = [a for record in records for a in facts(record)]
    texts = sorted({a.document for a in told_})
    compared = list(Index(told_).pairs())
    met = {tuple(sorted((a.document, b.document))) for a, b in compared}
    true = {(a, b) for group in _groups(texts, gold) for a, b in combinations(group, 2)}
    pairs = len(told_) * (len(told_) - 1) / 2
    return Blocking(len(true & met) / max(1, len(true)), len(compared) / max(1, pairs))


def _groups(texts: Iterable[str], gold: Mapping[str, str]) -> Iterator[list[str]]:
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(gold[text], []).append(text)
    yield from groups.values()


def toll_rows(
    corpus: Corpus, gold: Mapping[str, str], found: Mapping[str, str], folder: Path = DATA
) -> Iterator[tuple[str, str, str]]:
    """Per policy, the share of the incidents whose killed and injured are exact.

    The reconciled incident is the one that most texts of a gold incident are about.
    """
    lines = (folder / "incidents.jsonl").read_text("utf-8").splitlines()
    facts_ = {fields["incident"]: fields for fields in map(json.loads, lines)}
    every, incidents = corpus.claims(), {i.id: i for i in corpus.incidents}
    origins = {d: o.id for o in corpus.origins for d in o.documents}
    matched = []
    for group in _groups(found, gold):
        votes = Counter(found[text] for text in group if not found[text].startswith("none:"))
        if votes:
            best = max(votes, key=lambda i: (votes[i], i))
            matched.append((gold[group[0]], incidents[best]))
    for policy in POLICIES:
        right: Counter[str] = Counter()
        for name, incident in matched:
            said = [told(*every[c], origins[every[c][1].document.id]) for c in incident.claims]
            counts = [settled.value for settled in settle_counts(said, policy)]
            for kind, key in TOLLS.items():
                total = sum(
                    c.best if c.best is not None else c.low or 0 for c in counts if c.kind == kind
                )
                right[kind] += total == facts_[name][key]
        shares = [f"{right[kind] / max(1, len(matched)):.3f}" for kind in TOLLS]
        yield policy, shares[0], shares[1]


def quality(options: argparse.Namespace) -> list[str]:
    """Code, link, compare; the section of the documentation."""
    texts = filed(options.limit)
    records = coded(texts, options.cache)
    gold = {x.document.id: x.incident for x in texts}
    start = time.perf_counter()
    corpus = link(records)
    seconds = time.perf_counter() - start
    gold = {record.document.id: gold[record.document.id] for record in corpus.records}
    found = clusters(corpus)
    with_claims = {d: g for d, g in gold.items() if not found[d].startswith("none:")}
    block = blocking([r for r in corpus.records if r.document.id in with_claims], gold)
    scores = [
        ("all texts", gold),
        ("texts with a violent claim", with_claims),
    ]
    rows = []
    for name, part in scores:
        cubed = b_cubed(part, found)
        rows.append(
            (name, len(part), *(f"{x:.3f}" for x in (cubed.precision, cubed.recall, cubed.f1)),
             f"{conll(part, found):.3f}")
        )  # fmt: skip
    alone = b_cubed(gold, {d: d for d in gold})
    return [
        *report.table(
            ["texts brought together", "texts", "B³ P", "B³ R", "B³ F1", "CoNLL F1"], rows
        ),
        "",
        f"Each text by itself: B³ F1 {alone.f1:.3f}. Blocking: {block.recall:.1%} of the true "
        f"pairs of texts are compared, {block.compared:.2%} of all pairs of claims. "
        f"{seconds:.0f} s for "
        f"{sum(len(r.claims) for r in records)} claims.",
        "",
        *report.table(["policy", "killed exact", "injured exact"], toll_rows(corpus, gold, found)),
    ]


NOTE = (
    "Local news texts about shootings, filed by incident (measured only). A text belongs to the "
    "incident of the violent claims it is about; texts without one, many of them pages without "
    "an article, stand alone. `python benchmarks/link.py --write`"
)
SCALE_NOTE = (
    "Claims made by varying those of the sample dispatches (days, places, countries, parties, "
    "figures, words), linked from nothing; then one dispatch added: in memory, and to an SQLite "
    "store that holds them all (coded before, linked within). "
    "`python benchmarks/link.py --scale 100000 --write`"
)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="link about so many texts")
    parser.add_argument("--cache", type=Path, help="file that keeps the coded records")
    parser.add_argument("--scale", type=int, metavar="CLAIMS", help="measure speed instead")
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    if options.scale:
        found = list(sizes(options.scale))
        picture = f"![Seconds to link, by the number of claims](images/{PLOT.name})"
        lines = ["## Linking at scale", "", SCALE_NOTE, "", *table(found), "", picture]
        if options.write:
            PLOT.parent.mkdir(exist_ok=True)
            PLOT.write_text(plot(found), "utf-8")
    elif DATA.is_dir():
        lines = ["## Linking", "", NOTE, "", *quality(options)]
    else:
        print(f"left out: no texts in {DATA}")
        return 0
    print("\n".join(lines[4:]))
    if options.write:
        report.write("linking_scale" if options.scale else "linking", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
