"""The public verbs: code, annotate and explain dispatches from Python.

`annotated` is no `annotate`, since that is the name of a stage.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dateline import model
from dateline.errors import ConfigError
from dateline.model import Annotated, Claim, Document, Reading

if TYPE_CHECKING:
    import pandas as pd

    from dateline.config import Config
    from dateline.export import Trace
    from dateline.pipeline import Pipeline

# Everything below the model is imported where it is used, so that `import dateline` stays instant.


@dataclass(frozen=True, slots=True, repr=False)
class Record(model.Record):
    """What one dispatch tells, for work in a notebook: shows itself, and becomes a table."""

    @classmethod
    def of(cls, record: model.Record) -> "Record":
        """The same record with the notebook's methods."""
        told = (record.claims, record.problem, record.notes, record.written, record.findings)
        return cls(record.document, *told)

    def __repr__(self) -> str:
        name = self.document.name or self.document.title or self.document.id
        told = f"problem: {self.problem}" if self.problem else f"{len(self.claims)} claims"
        return f"<Record {name!r}: {told}>"

    def words(self, found: Reading[Any]) -> tuple[str, ...]:
        """The words of the dispatch that a value rests on."""
        return tuple(span.of(self.document.text) for span in found.evidence)

    def explain(self, claim: Claim, slot: str | None = None) -> "tuple[Trace, ...]":
        """Where the values of a claim (of one slot, if named) come from."""
        return explain(self, claim, slot)

    def to_pandas(self, per: Literal["claim", "value"] = "claim") -> "pd.DataFrame":
        """One row per claim, or one per value with its words and the rule that found it."""
        return to_pandas([self], per)

    def to_json(self) -> str:
        """One line of JSON that `from_json` reads back without loss."""
        from dateline.model.codec import dump

        return dump(self)

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """The record that `to_json` (or `dateline code --format jsonl`) wrote.

        Raises:
            InputError: The line is no record.
        """
        from dateline.model.codec import load

        return cls.of(load(line))

    def _repr_html_(self) -> str:
        from dateline.export import fragment

        return fragment(self)


def code(
    text: str,
    *,
    published: date | str | None = None,
    title: str = "",
    publisher: str = "",
    url: str = "",
    config: "Config | None" = None,
) -> Record:
    """Code one dispatch: who did what to whom, where, when, with what toll, according to whom.

    `published` settles relative dates ("on Monday"); without it they lean on what the text tells of
    its own date (`written`), and stay open where it tells nothing. A text that cannot be coded
    gives a record that tells the `problem`.

    Raises:
        ConfigError: `published` is no date (YYYY-MM-DD).
    """
    told: dict[str, object] = {
        "title": title,
        "publisher": publisher,
        "url": url,
        "date": _day(published),
    }
    (record,) = _pipeline(config).code([_admitted(text, told, config)])
    return Record.of(record)


def code_many(
    paths: str | Path | Iterable[str | Path], *, config: "Config | None" = None
) -> Iterator[Record]:
    """Code the dispatches in files and folders, one record at a time, in a stable order.

    Many of them are coded by several processes, as the configuration's `engine` and `workers` tell.
    Memory does not grow with their number. An input that cannot be coded gives a record that tells
    the `problem`, in its place.

    Raises:
        InputError: At once, if a path does not exist or a folder holds nothing to read.
    """
    from dateline.ingest import read
    from dateline.pipeline import coded

    chosen = _settings(config)
    found = read(paths, max_characters=chosen.max_characters)
    return map(Record.of, coded(found, chosen, _kept))


def annotated(
    text: str, *, published: date | str | None = None, config: "Config | None" = None
) -> Annotated:
    """The layers below the claims: times, places, entities, quantities, cues, attributions, events.

    A layer is looked up by its class: `annotated(text)[dateline.model.PlaceMention]`.

    Raises:
        ConfigError: `published` is no date (YYYY-MM-DD).
        StepError: The text is no dispatch, or a step failed on it.
    """
    from dateline.errors import StepError

    found = _admitted(text, {"date": _day(published)}, config)
    (doc,) = _pipeline(config).annotate([found])
    if isinstance(doc, model.Record):
        raise StepError(doc.problem)
    return doc


def explain(record: model.Record, claim: Claim, slot: str | None = None) -> "tuple[Trace, ...]":
    """Where the values of a claim (of one slot, if named) come from: words, sentence and rule."""
    from dateline.export import trace

    return trace(record, claim, slot)


def to_pandas(
    records: Iterable[model.Record], per: Literal["claim", "value"] = "claim"
) -> "pd.DataFrame":
    """Records as one table: a row per claim, or per value with its words and the rule behind it."""
    from dateline.export import CLAIM_COLUMNS, VALUE_COLUMNS, claim_rows, frame, value_rows

    rows, columns = (claim_rows, CLAIM_COLUMNS) if per == "claim" else (value_rows, VALUE_COLUMNS)
    table: pd.DataFrame = frame((row for record in records for row in rows(record)), columns)
    return table


def _day(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError as cause:
        raise ConfigError(f"published={published!r}: a date YYYY-MM-DD is expected") from cause


def _admitted(
    text: str, told: Mapping[str, object], config: "Config | None"
) -> Document | model.Record:
    """The text as a document if it is a dispatch, judged as those read from files are."""
    from dateline.ingest.draft import Draft
    from dateline.ingest.screening import admit

    return admit(Draft("", "text", text, told), _settings(config).max_characters)


def _settings(config: "Config | None") -> "Config":
    from dateline.config import Config

    return config or Config()


def _pipeline(config: "Config | None") -> "Pipeline":
    return _kept(_settings(config))


@lru_cache(maxsize=4)
def _kept(config: "Config") -> "Pipeline":
    """One pipeline per configuration: loading the parser takes a second."""
    from dateline.pipeline import Pipeline

    return Pipeline(config)


__all__: Sequence[str] = ("Record", "annotated", "code", "code_many", "explain", "to_pandas")
