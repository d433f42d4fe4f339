"""From a value back to its words, their sentence, and the rule that found it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from dateline.export.phrases import one_line, phrase
from dateline.knowledge import locate, read, rows
from dateline.knowledge.parties import slug
from dateline.model import Claim, Record, Span

_ENDS = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’']))\s+(?=[\"“‘']?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the dispatch with what stands before and after them in their sentence."""

    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one value of a claim comes from.

    `rule` is the knowledge entry that found it, as written in its file, empty if a model did;
    `score` is the probability that the model gives it.
    """

    slot: str
    value: str
    basis: str
    quotes: tuple[Quote, ...]
    found_by: str
    rule: str = ""
    score: float | None = None


def trace(record: Record, claim: Claim, slot: str | None = None) -> tuple[Trace, ...]:
    """The values of a claim (of one slot only, if named), each with where it comes from."""
    text = record.document.text
    return tuple(
        Trace(
            name,
            phrase(found.value),
            found.basis.value,
            tuple(quoted(span, text) for span in found.evidence),
            found.found_by,
            rule_text(found.found_by),
            found.score,
        )
        for name, found in claim.readings()
        if slot in {None, name}
    )


def find_claim(records: Iterable[Record], wanted: str) -> tuple[Record, Claim] | None:
    """The claim with this id, or the n-th of the dispatch called NAME for "NAME#n"."""
    name, _, number = wanted.rpartition("#")
    for record in records:
        here = number.isdecimal() and name in {record.document.name, record.document.id}
        if here and 0 < int(number) <= len(record.claims):
            return record, record.claims[int(number) - 1]
        for claim in record.claims:
            if claim.id == wanted:
                return record, claim
    return None


def rule_text(found_by: str) -> str:
    """The knowledge entry behind a `found_by`, as YAML; empty if there is no such entry."""
    stem, _, name = found_by.partition("#")
    if not name:
        return ""
    for path in _files("."):
        if f"/{path.rpartition('.')[0]}".endswith(f"/{stem}"):
            entry = _entry(path, name)
            if entry is not None:
                return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=88).strip()
    return ""


def _entry(path: str, name: str) -> Mapping[str, Any] | None:
    if path.endswith(".csv"):
        found = (row for row in rows(path) if slug(row.get("name") or "") == name)
        return next(found, None)
    content = read(path)
    return {name: content[name]} if isinstance(content, dict) and name in content else None


def _files(folder: str) -> Iterator[str]:
    """Paths of all data files of the package's knowledge, in a stable order."""
    for item in sorted(locate(folder).iterdir(), key=lambda x: x.name):
        path = f"{folder}/{item.name}"
        if item.is_dir():
            yield from _files(path)
        elif item.name.endswith((".yaml", ".csv")):
            yield path


def quoted(span: Span, text: str) -> Quote:
    """Words of a text with what stands before and after them in their sentence."""
    start = max((m.end() for m in _ENDS.finditer(text, 0, span.start)), default=0)
    after = _ENDS.search(text, span.end)
    end = after.start() if after else len(text)
    return Quote(
        span,
        one_line(text[start : span.start]),
        one_line(span.of(text)),
        one_line(text[span.end : end]),
    )
