"""Read hand codings in the compact layout that training/README.md describes."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.model import KINDS, LEVELS, STANCES, STATUSES, TYPES, Document

Fields = dict[str, Any]
Coding = tuple[Document, list[Fields]]

_NTH = re.compile(r"(.*\S)\s*#(\d+)")
_RANGE = re.compile(r"(\d+)-(\d+)")
_COUNTRY = re.compile(r"[A-Z]{3}")


class CodingError(Exception):
    """A line of a coding cannot be read; tells file, line and why."""


def own(folder: Path) -> Iterator[Coding]:
    """The dispatches of a folder (NAME.txt, metadata.json) with their codings (NAME.code)."""
    told = {x["id"]: x for x in json.loads((folder / "metadata.json").read_text("utf-8"))}
    for path in sorted(folder.glob("*.code")):
        about = told[path.stem]
        text = path.with_suffix(".txt").read_text("utf-8")
        published = date.fromisoformat(about["date"])
        document = Document(text, path.stem, about["title"], published=published)
        yield document, read(path, text)


def others(folder: Path, texts: Path) -> Iterator[Coding]:
    """Codings of openly licensed texts kept elsewhere: `texts` holds open/ and the press releases.

    A text that is not there, or not as it was coded, is left out.
    """
    by_digest = {_digest(text): (text, day) for text, day in _texts(texts)}
    for path in sorted(folder.glob("*.code")):
        first = path.read_text("utf-8").split("\n", 1)[0]
        text, day = by_digest.get(first.rsplit(" ", 1)[-1], ("", None))
        if text:
            yield Document(text, path.stem, published=day), read(path, text)


def sentences(folder: Path) -> Iterator[Coding]:
    """The short texts of a folder, many in a file: `> DATE | TEXT`, then the lines of its coding.

    Raises:
        CodingError: As with `read`.
    """
    for path in sorted(folder.glob("*.code")):
        numbered = list(enumerate(path.read_text("utf-8").splitlines(), 1))
        starts = [k for k, (_, line) in enumerate(numbered) if line.startswith("> ")]
        for start, end in pairwise([*starts, len(numbered)]):
            day, _, text = numbered[start][1].removeprefix("> ").partition(" | ")
            document = Document(text, f"{path.stem} {start + 1}", published=_day(day))
            yield document, _coded(path, numbered[start + 1 : end], text)


def read(path: Path, text: str) -> list[Fields]:
    """The events of one coding, as gold records have them.

    Raises:
        CodingError: A line is none of the layout, or quotes what the text does not have.
    """
    return _coded(path, enumerate(path.read_text("utf-8").splitlines(), 1), text)


def _coded(path: Path, lines: Iterable[tuple[int, str]], text: str) -> list[Fields]:
    events: list[Fields] = []
    for number, line in lines:
        cells = [cell.strip() for cell in line.split(" //")[0].split("|")]
        if not cells[0] or cells[0].startswith("//"):
            continue
        try:
            if cells[0].split()[0] in TYPES:
                events.append(_event(cells, text))
            else:
                _add(events[-1], cells, text)
        except (ValueError, IndexError, KeyError) as cause:
            raise CodingError(f"{path}:{number}: {cause}: {line}") from cause
    return events


def _event(cells: list[str], text: str) -> Fields:
    kind, mode, status = cells[0].split()
    _one_of(status, STATUSES)
    return {
        "type": kind,
        "mode": _told(mode),
        "acled": None,
        "status": status,
        "trigger": _quote(cells[1], text),
        "mentions": [_quote(cell, text) for cell in cells[2:] if cell],
        "actors": [],
        "recipients": [],
        "places": [],
        "time": None,
        "counts": [],
        "sources": [],
    }


def _add(event: Fields, cells: list[str], text: str) -> None:
    """Add what one line tells of an event."""
    kind, quote, *rest = cells[0], _quote(cells[1], text), *cells[2:]
    if kind in {"a", "r"}:
        event["actors" if kind == "a" else "recipients"].append(quote | _party(rest))
    elif kind == "p":
        event["places"].append(quote | _place(rest))
    elif kind == "w":
        start, end = (*map(_told, rest), _told(rest[0]))[:2]
        event["time"] = quote | {"start": start, "end": end}
    elif kind == "n":
        event["counts"].append(quote | _count(rest))
    elif kind == "s":
        event["sources"].append(quote | {"name": rest[0], "stance": _one_of(rest[1], STANCES)})
    else:
        raise ValueError(f"no line begins with {kind!r}")


def _party(cells: list[str]) -> Fields:
    name, country, sector = cells
    if _told(country) and not _COUNTRY.fullmatch(country):
        raise ValueError(f"{country!r} is no code of a country")
    return {"name": name, "country": _told(country), "sector": _told(sector)}


def _place(cells: list[str]) -> Fields:
    name, country, level, *point = cells
    lat, lon = map(float, point[0].split(",")) if point and _told(point[0]) else (None, None)
    return {
        "name": name,
        "country": _told(country),
        "level": _one_of(level, LEVELS),
        "lat": lat,
        "lon": lon,
    }


def _count(cells: list[str]) -> Fields:
    kind, who, figures, *source = cells
    bounds = [int(x) if _told(x) else None for x in figures.split()]
    low, best, high = bounds if len(bounds) > 1 else bounds * 3
    return {
        "kind": _one_of(kind, KINDS),
        "who": who,
        "low": low,
        "best": best,
        "high": high,
        "source": _told(source[0]) if source else None,
    }


def _quote(cell: str, text: str) -> Fields:
    """Words of the text: the words themselves ("#2" for the second such), or their offsets."""
    if not _told(cell):
        return {}
    offsets = _RANGE.fullmatch(cell)
    if offsets:
        start, end = map(int, offsets.groups())
        return {"text": text[start:end], "start": start, "end": end}
    again = _NTH.fullmatch(cell)
    words, nth = (again[1], int(again[2])) if again else (cell, 1)
    start = -1
    for _ in range(nth):
        start = text.find(words, start + 1)
        if start < 0:
            raise ValueError(f"the text does not say {cell!r}")
    return {"text": words, "start": start, "end": start + len(words)}


def _told(cell: str) -> str | None:
    return None if cell in {"", "-", "?"} else cell


def _one_of(cell: str, allowed: tuple[str, ...]) -> str:
    if cell not in allowed:
        raise ValueError(f"{cell!r} is none of {', '.join(allowed)}")
    return cell


def _texts(folder: Path) -> Iterator[tuple[str, date | None]]:
    """The openly licensed texts with their dates."""
    told = json.loads((folder / "open" / "metadata.json").read_text("utf-8"))
    for about in told:
        text = (folder / "open" / f"{about['id']}.txt").read_text("utf-8")
        yield text, _day(about.get("date"))
    with (folder / "state_press_releases.jsonl").open(encoding="utf-8") as lines:
        for about in map(json.loads, lines):
            yield about.get("text") or "", _day(about.get("date"))


def _day(told: str | None) -> date | None:
    try:
        return date.fromisoformat((told or "")[:10])
    except ValueError:
        return None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
