"""How well our own mentions of events are brought together across texts, on ECB+.

    python benchmarks/ecbplus.py [--limit N] [--write]

News texts of the development topics (../shared/data/ecbplus, measured only). Nothing is given but
the texts: mentions are the words our claims rest on, clusters are the incidents they are linked to.
A mention is found where it shares a word with one of ours. ECB+ marks events of every kind, also
statements and sports; ours are of conflict and politics, so many are no events of ours.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import report
from coreference import b_cubed, conll, muc
from dateline.link import link
from dateline.model import Document, Record, Span
from dateline.pipeline import Pipeline

DATA = Path(__file__).parents[2] / "shared" / "data" / "ecbplus"
KIND = "ACT"  # mention types of events begin with this; NEG_ACT are events that did not happen


class Text(NamedTuple):
    """A text as a dispatch, with where each token (sentence, number) of it lies."""

    document: Document
    tokens: Mapping[tuple[int, int], Span]


class Mention(NamedTuple):
    """Words that tell of an event: the text they are in, where, and the cluster they belong to."""

    text: str
    span: Span
    cluster: str


def texts(folder: Path = DATA) -> dict[str, Text]:
    """The texts of the development topics by name."""
    told: dict[str, list[tuple[int, int, str]]] = {}
    for line in (folder / "ECB_Dev_corpus.txt").read_text("utf-8").splitlines():
        if line.strip():
            name, sentence, number, word, *_ = line.split("\t")
            told.setdefault(name, []).append((int(sentence), int(number), word))
    return {name: _text(name, words) for name, words in told.items()}


def _text(name: str, words: Sequence[tuple[int, int, str]]) -> Text:
    written, at, last = "", {}, 0
    for sentence, number, word in words:
        if written:
            written += "\n" if sentence != last else " "
        at[sentence, number] = Span(len(written), len(written) + len(word))
        written, last = written + word, sentence
    return Text(Document(written, name), at)


def gold(found: Mapping[str, Text], folder: Path = DATA) -> Iterator[Mention]:
    """The mentions of events as they are marked."""
    for x in json.loads((folder / "ECB_Dev_Event_gold_mentions.json").read_text("utf-8")):
        if KIND in x["mention_type"] and x["doc_id"] in found:
            tokens = found[x["doc_id"]].tokens
            spans = [tokens[x["sent_id"], n] for n in x["tokens_number"]]
            yield Mention(x["doc_id"], Span(spans[0].start, spans[-1].end), x["coref_chain"])


def ours(records: Sequence[Record]) -> Iterator[Mention]:
    """The mentions of all claims, each in the incident of its claim."""
    corpus = link(records)
    home = {claim: one.id for one in corpus.incidents for claim in one.claims}
    for record in records:
        for claim in record.claims:
            for span in dict.fromkeys((claim.trigger, *claim.mentions)):
                yield Mention(record.document.name, span, home[claim.id])


def matched(wanted: Sequence[Mention], found: Sequence[Mention]) -> dict[int, int]:
    """Which mention of ours each marked mention is, each used once: the one that shares most."""
    by_text: dict[str, list[int]] = {}
    for n, x in enumerate(found):
        by_text.setdefault(x.text, []).append(n)
    pairs = [
        (-_shared(x.span, found[n].span), at, n)
        for at, x in enumerate(wanted)
        for n in by_text.get(x.text, ())
        if _shared(x.span, found[n].span) > 0
    ]
    out: dict[int, int] = {}
    used: set[int] = set()
    for _, at, n in sorted(pairs):
        if at not in out and n not in used:
            out[at] = n
            used.add(n)
    return out


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def rows(wanted: Sequence[Mention], found: Sequence[Mention]) -> list[tuple[str, ...]]:
    """The scores of all mentions, and of those that both have.

    A mention that only one side has stands alone on the other.
    """
    pairs = matched(wanted, found)
    golds = {f"g{at}": x.cluster for at, x in enumerate(wanted)}
    system = {f"g{at}": f"missed {at}" for at in range(len(wanted))}
    system |= {f"g{at}": found[n].cluster for at, n in pairs.items()}
    spurious = [n for n in range(len(found)) if n not in set(pairs.values())]
    both = {name: golds[name] for name in (f"g{at}" for at in pairs)}
    every = golds | {f"o{n}": f"spurious {n}" for n in spurious}
    system |= {f"o{n}": found[n].cluster for n in spurious}
    parts = (("mentions that both have", both), ("all mentions of either", every))
    out: list[tuple[str, ...]] = []
    for name, part in parts:
        alone = {x: x for x in part}
        scores = (b_cubed(part, system), b_cubed(part, alone))
        out.append(
            (name, f"{len(part):,}", f"{muc(part, system).f1:.3f}", f"{scores[0].f1:.3f}",
             f"{conll(part, system):.3f}", f"{conll(part, alone):.3f}")
        )  # fmt: skip
    return out


def section(limit: int | None = None, folder: Path = DATA) -> list[str]:
    """Code, link, compare; the section of the documentation."""
    told = dict(list(texts(folder).items())[:limit])
    records = [x for x in Pipeline().code(x.document for x in told.values()) if x.problem is None]
    wanted, found = list(gold(told, folder)), list(ours(records))
    common = len(matched(wanted, found))
    recall, precision = common / max(1, len(wanted)), common / max(1, len(found))
    note = (
        f"{len(told)} news texts of the development topics of ECB+ (measured only), from the bare "
        f"texts: {len(wanted):,} marked mentions of events of every kind, {len(found):,} of ours; "
        f"{recall:.1%} of the marked ones are found, {precision:.1%} of ours are marked. Published "
        "figures are with the marked mentions given. `python benchmarks/ecbplus.py --write`"
    )
    head = ["scored on", "mentions", "MUC F1", "B³ F1", "CoNLL F1", "CoNLL F1, each alone"]
    return ["## Events across texts", "", note, "", *report.table(head, rows(wanted, found))]


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="so many texts only")
    parser.add_argument("--write", action="store_true", help="write the figures into the docs")
    options = parser.parse_args(arguments)
    if not DATA.is_dir():
        print(f"left out: no texts in {DATA}")
        return 0
    lines = section(options.limit)
    print("\n".join(lines))
    if options.write:
        report.write("ecbplus", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
