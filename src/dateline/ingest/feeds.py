"""RSS and Atom: one entry of a feed for each dispatch."""

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from dateline.errors import InputError
from dateline.ingest import pages
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Run
from dateline.ingest.xml import drop, elements, local, markup
from dateline.model import Record

_ITEMS = {"item", "entry"}
_ROOTS = {"rss", "feed", "RDF"}
_TEXTS = ("encoded", "content", "description", "summary")  # from the fullest down
_DATES = ("pubDate", "published", "issued", "date", "updated", "modified")
_SHORT = ("description", "summary")
_TAG = re.compile(r"<[a-zA-Z/!]")


def entries(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each entry, with the feed's title as publisher.

    Raises:
        InputError: It is no feed, or broken; the entries before the damage are read.
    """
    publisher, number, depth, root = "", 0, 0, ""
    for event, element in elements(entry.file, ("start", "end")):
        name = local(element)
        if event == "start":
            depth += 1
            root = root or name
            if root not in _ROOTS:
                raise InputError(f"no RSS or Atom feed (its outermost element is {root[:40]})")
            continue
        depth -= 1
        if name in _ITEMS:
            number += 1
            raw = _raw(element)
            called, where = entry.numbered(number), f"{entry.where}, entry {number}"
            yield from run.part(called, where, partial(_draft, raw, publisher, (called, where)))
            drop(element)
        elif name == "title" and not publisher and _of_feed(element):
            publisher = _text(element)
        elif depth <= 1:
            drop(element)


def _of_feed(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) in {"channel", "feed"}


def _raw(item: Any) -> dict[str, tuple[str, bool]]:
    """What an entry tells: by name its text, and whether that is HTML."""
    found: dict[str, tuple[str, bool]] = {}
    for child in item:
        name, value = local(child), _text(child)
        if name == "link":
            if child.get("rel", "alternate") != "alternate":
                continue
            value = child.get("href") or value
        if value and name not in found:
            found[name] = (value, child.get("type") not in {"text", "text/plain"})
    return found


def _text(element: Any) -> str:
    """The text within an element; of markup within it (XHTML), the markup."""
    if not len(element):
        return (element.text or "").strip()
    return markup(element)


def _draft(
    raw: dict[str, tuple[str, bool]], publisher: str, told_as: tuple[str, str]
) -> Iterator[Draft | Record]:
    kind = next((name for name in _TEXTS if name in raw), None)
    if kind is None:
        raise InputError("the entry has no text")
    content, marked = raw[kind]
    told = {
        "title": " ".join(_plain(raw["title"][0]).split()) if "title" in raw else "",
        "date": next((raw[name][0] for name in _DATES if name in raw), ""),
        "publisher": _plain(publisher),
        "url": raw["link"][0] if "link" in raw else "",
    }
    found = _body(content) if marked else content
    notes = ("only the summary that the feed tells",) if kind in _SHORT else ()
    yield Draft(*told_as, found, told, notes)


def _body(content: str) -> str:
    if not _TAG.search(content):
        return html.unescape(content)
    return pages.extract(content)[0]


def _plain(value: str) -> str:
    return html.unescape(re.sub(r"<[^<>]{0,500}>", "", value))
