"""The examples of knowledge entries, read from any of their formats and tried on the pipeline."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

from dateline.errors import KnowledgeError
from dateline.knowledge import entries, locate, read, rows
from dateline.knowledge.triggers import NON_EVENTS, NonEvent
from dateline.model import (
    Annotated,
    Annotation,
    Attribution,
    Cue,
    Document,
    EventMention,
    PlaceMention,
    Quantity,
    Span,
    TimeExpression,
)

PUBLISHED = date(2022, 8, 17)  # the day on which the examples of time expressions are read
_MARK = re.compile(r"\[([^\[\]=]+)(?: = ([^\[\]]*))?\]")


class Proof(NamedTuple):
    """A text that an entry must (`holds`) or must not match, and what exactly is asked of it.

    `marks` are the spans the text marks, each with the value it gives (a TIMEX3 value) or None (a
    place); `told` is a word that must lie in a cue's scope, the bounds of a quantity, or the source
    of an attribution and a word of its content.
    """

    path: str
    entry: str
    text: str
    holds: bool
    marks: tuple[tuple[Span, str | None], ...] = ()
    told: str | tuple[int | str | None, ...] | None = None


class Fault(NamedTuple):
    """What is wrong with a knowledge file or one of its entries (empty: the whole file)."""

    path: str
    entry: str
    problem: str


def data_files(folder: str = ".") -> Iterator[str]:
    """Paths (below `knowledge/`) of all data files of the package, samples left out."""
    for item in sorted(locate(folder).iterdir(), key=lambda x: x.name):
        path = item.name if folder == "." else f"{folder}/{item.name}"
        if item.is_dir() and item.name != "samples":
            yield from data_files(path)
        elif item.name.endswith((".yaml", ".csv")):
            yield path


def loadable(paths: Iterable[str]) -> Iterator[Fault]:
    """The files that are no YAML or no table at all."""
    for path in paths:
        try:
            if path.endswith(".csv"):
                _even(path)
            elif read(path) is None:
                raise KnowledgeError(f"{path}: empty; remove it or fill it")
        except KnowledgeError as cause:
            yield Fault(path, "", str(cause).removeprefix(f"{path}: "))


def _even(path: str) -> None:
    for number, row in enumerate(rows(path), 1):
        if None in row or None in row.values():
            raise KnowledgeError(f"{path}: row {number} has more or fewer cells than the header")


def proofs(path: str) -> Iterator[Proof]:
    """All examples and counter-examples in a YAML file."""
    content = read(path)
    for name, fields in content.items() if isinstance(content, dict) else ():
        for key, holds in (("examples", True), ("counter_examples", False)):
            told = fields.get(key) or () if isinstance(fields, dict) else ()
            pairs = told.items() if isinstance(told, dict) else ((text, None) for text in told)
            for text, asked in pairs:
                bare, marks = unmarked(str(text))
                asked = tuple(asked) if isinstance(asked, list) else asked
                yield Proof(path, str(name), bare, holds, marks, asked)


def unmarked(example: str) -> tuple[str, tuple[tuple[Span, str | None], ...]]:
    """The bare text of an example and the spans that it marks.

    >>> unmarked("Gone [last week = 2022-W32].")
    ('Gone last week.', ((Span(start=5, end=14), '2022-W32'),))
    """
    bare, marks, last = "", [], 0
    for found in _MARK.finditer(example):
        bare += example[last : found.start()]
        marks.append((Span(len(bare), len(bare) + len(found[1])), found[2]))
        bare += found[1]
        last = found.end()
    return bare + example[last:], tuple(marks)


def failing(
    found: Iterable[Proof], annotate: Callable[[Iterable[Document]], Iterable[Any]]
) -> Iterator[Fault]:
    """The examples an entry misses and the counter-examples it matches.

    `annotate` gives the annotated document of each document, in order.
    """
    tried = list(found)
    texts = [Document(proof.text, published=PUBLISHED) for proof in tried]
    for proof, doc in zip(tried, annotate(texts), strict=True):
        if not isinstance(doc, Annotated):
            yield Fault(proof.path, proof.entry, f"cannot be annotated: {proof.text}")
        elif matched(proof, doc) != proof.holds:
            problem = "misses its example" if proof.holds else "matches its counter-example"
            yield Fault(proof.path, proof.entry, f"{problem}: {proof.text}")


def matched(proof: Proof, doc: Annotated) -> bool:
    """Whether what the proof asks for is found."""
    if proof.path == NON_EVENTS:
        from dateline.extract.triggers import candidates

        entry = entries(NON_EVENTS, NonEvent)[proof.entry]
        unlikely = dict.fromkeys(entry.words, (entry,))
        return set(candidates(doc.parse)) != set(candidates(doc.parse, unlikely))
    if proof.marks:
        return all(_marked(span, value, doc) for span, value in proof.marks)
    if isinstance(proof.told, tuple) and len(proof.told) == 2:
        return any(_said(x, proof, doc.text) for x in doc[Attribution])
    if isinstance(proof.told, tuple):
        return any((x.low, x.best, x.high) == proof.told for x in doc[Quantity])
    if isinstance(proof.told, str):
        at = _span(proof.told, doc.text)
        cues = (x for x in doc[Cue] if names(x.found_by, proof.path, proof.entry))
        return any(x.scope.covers(at) for x in cues)
    return any(names(x.found_by, proof.path, proof.entry) for x in finds(doc))


def _said(found: Attribution, proof: Proof, text: str) -> bool:
    source, word = proof.told if isinstance(proof.told, tuple) else (None, None)
    return (
        names(found.found_by, proof.path, proof.entry)
        and (found.source.of(text) if found.source else None) == source
        and any(content.covers(_span(str(word), text)) for content in found.content)
    )


def _span(words: str, text: str) -> Span:
    at = text.find(words)
    if at < 0:
        raise KnowledgeError(f"'{words}' is not in its own example: {text}")
    return Span(at, at + len(words))


def _marked(span: Span, value: str | None, doc: Annotated) -> bool:
    if value is None:
        return any(x.span == span for x in doc[PlaceMention])
    return any(x.span == span and x.value == value for x in doc[TimeExpression])


class Find(NamedTuple):
    """Something found in a document: by what, and where."""

    found_by: str
    start: int
    end: int


def finds(doc: Annotated) -> Iterator[Find]:
    """All annotations and all values of event mentions, each with what found it."""
    layers: Mapping[type[Annotation], tuple[Annotation, ...]] = doc.layers
    for layer in layers.values():
        for found in layer:
            yield Find(found.found_by, found.span.start, found.span.end)
            if isinstance(found, EventMention):
                yield from _slot_finds(found)


def _slot_finds(event: EventMention) -> Iterator[Find]:
    slots = event.slots
    lists = (slots.actors, slots.recipients, slots.places, slots.counts, slots.sources)
    single = (slots.status, slots.mode, slots.time)
    for reading in (*(x for told in lists for x in told), *(x for x in single if x)):
        if reading.evidence:
            first, last = reading.evidence[0], reading.evidence[-1]
            yield Find(reading.found_by, first.start, last.end)


def names(found_by: str, path: str, entry: str | None = None) -> bool:
    """Whether a `found_by` means this file (and entry)."""
    stem, _, name = found_by.partition("#")
    bare = PurePath(path).with_suffix("").as_posix()
    return bool(stem) and f"/{bare}".endswith(f"/{stem}") and entry in {None, name}
