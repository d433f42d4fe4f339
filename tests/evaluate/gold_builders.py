"""Small gold documents of our own, built by hand."""

import json
from pathlib import Path
from typing import Any

from dateline.evaluate import GoldDocument
from dateline.model import Document

TEXT = (
    "Rebels shelled the market in Orvel on Friday, killing nine traders, the mayor said. "
    "Police later detained two drivers. A fuel convoy will leave Orvel next week."
)


def event(kind: str, trigger: str, **slots: Any) -> dict[str, Any]:
    """An event in gold layout."""
    return {"id": trigger, "type": kind, "status": "actual", "trigger": {"text": trigger}} | slots


def events() -> list[dict[str, Any]]:
    """Three events of `TEXT`."""
    return [
        event(
            "ASSAULT",
            "shelled",
            mode="heavy-weapons",
            acled="Shelling/artillery/missile attack",
            actors=[{"text": "Rebels", "name": "rebels", "country": "VLT", "sector": "REB"}],
            recipients=[{"text": "nine traders", "name": "civilians", "sector": "CVL"}],
            places=[{"text": "Orvel", "name": "Orvel", "level": "town", "lat": 10.0, "lon": 20.0}],
            time={"text": "Friday", "start": "2024-03-01", "end": "2024-03-01"},
            counts=[{"kind": "killed", "who": "traders", "low": 9, "best": 9, "high": 9}],
            sources=[{"text": "the mayor", "name": "mayor of Orvel", "stance": "reports"}],
        ),
        event("COERCE", "detained", mode="arrest", actors=[{"text": "Police", "name": "police"}]),
        event("RETREAT", "leave", status="planned"),
    ]


def gold() -> tuple[GoldDocument, ...]:
    """One document with `events()`."""
    return (GoldDocument(Document(TEXT, "orvel"), tuple(events())),)


def write_folder(folder: Path) -> Path:
    """The same document as a gold folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "orvel.txt").write_text(TEXT, "utf-8")
    record = {"document": "orvel", "published": "2024-03-03", "events": events()}
    (folder / "orvel.json").write_text(json.dumps(record), "utf-8")
    meta = [{"id": "orvel", "title": "Shelling", "date": None, "source": "Desk", "url": ""}]
    (folder / "metadata.json").write_text(json.dumps(meta), "utf-8")
    return folder
