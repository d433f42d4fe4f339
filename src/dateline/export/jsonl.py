"""A corpus as JSON Lines without loss, one file for each kind of thing, and back."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.model.codec import encode
from dateline.model.codec_incident import decode_corpus, encode_corpus
from dateline.model.incident import Corpus

KINDS = ("records", "incidents", "origins", "judgements", "conflicts", "commitments")


def jsonl_lines(corpus: Corpus) -> Mapping[str, Iterator[str]]:
    """The lines of each of `KINDS`. Keys of a line are always the same, dates are ISO 8601."""
    alone = Corpus((), *(getattr(corpus, kind) for kind in KINDS[1:]))
    rest = encode_corpus(alone)
    found: dict[str, Iterator[str]] = {"records": _lines(corpus.records, encode)}
    for kind in KINDS[1:]:
        found[kind] = _lines(rest[kind], dict)
    return found


def load(folder: Path) -> Corpus:
    """The corpus whose lines lie in a folder as records.jsonl, incidents.jsonl and so on.

    Raises:
        InputError: A file is missing, is no JSON or is no such thing.
    """
    fields: dict[str, Any] = {kind: list(_read(folder / f"{kind}.jsonl")) for kind in KINDS}
    return decode_corpus(fields | {"layout": encode_corpus(Corpus(()))["layout"]})


def _lines(things: Iterable[Any], encoder: Callable[[Any], Any]) -> Iterator[str]:
    for thing in things:
        yield json.dumps(encoder(thing), ensure_ascii=True) + "\n"


def _read(path: Path) -> Iterator[Any]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())
    except (OSError, ValueError) as cause:
        raise InputError(f"{path}: cannot be read: {cause}") from cause
