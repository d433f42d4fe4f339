"""Read folders of gold records and of predictions in the same layout."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import GoldError
from dateline.evaluate.matching import LISTS, Event
from dateline.evaluate.quotes import locate
from dateline.model import STANCES, STATUSES, TYPES, Document

METADATA = "metadata.json"


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A dispatch and the events a careful coder recorded of it."""

    document: Document
    events: tuple[Event, ...]

    @property
    def name(self) -> str:
        """The name both files share."""
        return self.document.name

    @property
    def text(self) -> str:
        """The dispatch."""
        return self.document.text


def read_gold(folder: str | Path) -> tuple[GoldDocument, ...]:
    """The gold records of a folder (NAME.json beside NAME.txt), in the order of their names.

    Titles, publishers and dates come from the folder's `metadata.json` where there is one.

    Raises:
        GoldError: Names the file that is missing or broken, and what to do.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise GoldError(f"{folder}: no such folder; name one that holds NAME.json and NAME.txt")
    records = {p.stem: p for p in folder.glob("*.json") if p.name != METADATA}
    texts = {p.stem: p for p in folder.glob("*.txt")}
    if not records:
        raise GoldError(f"{folder}: no gold records; NAME.json files beside NAME.txt are expected")
    for name in sorted(records.keys() ^ texts.keys()):
        have, lack = (".json", ".txt") if name in records else (".txt", ".json")
        raise GoldError(
            f"{folder / name}{have}: {name}{lack} is missing; add it or remove this one"
        )
    known = _metadata(folder)
    return tuple(
        _document(records[name], texts[name], known.get(name, {})) for name in sorted(records)
    )


def read_predictions(folder: str | Path, names: Sequence[str]) -> dict[str, tuple[Event, ...]]:
    """The predicted events of the named documents; one without a file has none.

    Raises:
        GoldError: The folder is missing, or a file in it is not in the gold layout.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise GoldError(f"{folder}: no such folder; name one that holds predicted NAME.json files")
    paths = {name: folder / f"{name}.json" for name in names}
    return {name: _events(path) for name, path in paths.items() if path.exists()}


def fingerprint(folders: Sequence[str | Path]) -> str:
    """SHA-256 over the names and bytes of all record and text files, in the order of their names.

    Names are those below each folder, so that the same corpus has the same fingerprint anywhere.
    """
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        for path in sorted(folder.iterdir()):
            if path.suffix in {".json", ".txt"}:
                digest.update(f"{folder.name}/{path.name}\x1f".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _metadata(folder: Path) -> dict[str, Mapping[str, Any]]:
    path = folder / METADATA
    if not path.exists():
        return {}
    content = _json(path)
    if not isinstance(content, list) or not all(isinstance(x, dict) and "id" in x for x in content):
        raise GoldError(f"{path}: a list of objects with an 'id' is expected; correct or remove it")
    return {str(entry["id"]): entry for entry in content}


def _document(record: Path, text: Path, known: Mapping[str, Any]) -> GoldDocument:
    try:
        content = text.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise GoldError(f"{text}: cannot be read as UTF-8: {cause}; save it as UTF-8") from cause
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    published = _json(record).get("published") or known.get("date")
    events = _events(record)
    for fault in _faults(content, events):
        raise GoldError(f"{record}: {fault}")
    document = Document(
        content,
        record.stem,
        known.get("title") or "",
        known.get("source") or "",
        known.get("url") or "",
        _day(published),
    )
    return GoldDocument(document, events)


def _day(value: str | None) -> date | None:
    """A full date; anything less precise is no publication date."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _events(path: Path) -> tuple[Event, ...]:
    events = _json(path).get("events")
    if not isinstance(events, list) or not all(isinstance(x, dict) for x in events):
        raise GoldError(f"{path}: 'events' must be a list of objects, as in the coding guidelines")
    return tuple(events)


def _json(path: Path) -> Any:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as cause:
        raise GoldError(f"{path}: no readable JSON: {cause}; correct the file") from cause
    if path.name != METADATA and not isinstance(content, dict):
        raise GoldError(f"{path}: an object with 'events' is expected; correct the file")
    return content


def _faults(text: str, events: Sequence[Event]) -> Iterator[str]:
    for number, event in enumerate(events, 1):
        for fault in (*_misworded(event), *_misquoted(text, event)):
            yield f"event {event.get('id', number)}: {fault}"


def _misworded(event: Event) -> Iterator[str]:
    told = [("type", event.get("type"), TYPES), ("status", event.get("status"), STATUSES)]
    told += [("stance", source.get("stance"), STANCES) for source in event.get("sources", ())]
    for key, value, allowed in told:
        if value not in allowed:
            yield f"{key} {value!r} is none of {', '.join(allowed)}; correct it"


def _misquoted(text: str, event: Event) -> Iterator[str]:
    if locate(text, event.get("trigger")) is None:
        yield f"its trigger {_told(event.get('trigger'))} is not in the text; correct text or nth"
    for slot in ("mentions", *LISTS):
        for quote in event.get(slot, ()):
            if quote.get("text") and locate(text, quote) is None:
                yield f"{slot}: {_told(quote)} is not in the text; correct text or nth"


def _told(quote: Mapping[str, Any] | None) -> str:
    if not quote:
        return "(none given)"
    return f"{quote.get('text')!r} (occurrence {quote.get('nth', 1)})"
