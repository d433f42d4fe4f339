"""Admit a draft as a document, or refuse it with a reason."""

import re
from collections import Counter
from datetime import date

from dateline.ingest.dates import day, in_url
from dateline.ingest.draft import Draft, sound
from dateline.ingest.language import foreign
from dateline.ingest.limits import MAX_CHARACTERS
from dateline.model import Document, Record

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LETTER = re.compile(r"[^\W\d_]")
_BINARY_SHARE = 0.1  # control characters per character


def admit(draft: Draft, max_characters: int = MAX_CHARACTERS) -> Document | Record:
    """The document of a draft, with notes on what is odd about it, or a record with a problem."""
    reason = _unusable(draft.text, max_characters)
    if reason is not None:
        return Record(_document(draft, ""), problem=sound(f"{draft.where}: {reason}"))
    document = _document(draft, sound(draft.text))
    other = foreign(document.text)
    if other is not None:
        problem = sound(f"{draft.where}: language {other}, only English is coded")
        return Record(document, problem=problem, notes=document.notes)
    return document


def oversize(size: str, max_characters: int) -> str:
    """Why a text of this size is refused, and what to do."""
    return (
        f"{size}, but a dispatch may have {max_characters:,} characters at most; split it or "
        "raise max_characters in the configuration"
    )


def _unusable(text: str, max_characters: int) -> str | None:
    if len(text) > max_characters:
        return oversize(f"{len(text):,} characters", max_characters)
    if not text:
        return "empty"
    if text.isspace():
        return "nothing but white space"
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        return "binary data, not text (it is full of control characters)"
    if not _LETTER.search(text):
        return "holds no words"
    return None


def _document(draft: Draft, text: str) -> Document:
    published, odd = _published(draft.told.get("date"))
    if published is None and not odd and (published := in_url(_line(draft.told.get("url")))):
        odd = ("the publication date is taken from the address",)
    told = {key: _line(draft.told.get(key)) for key in ("title", "publisher", "url")}
    notes = (*draft.notes, *odd, *_oddities(draft.text, text))
    return Document(text, sound(draft.name), **told, published=published, notes=notes)


def _published(value: object) -> tuple[date | None, tuple[str, ...]]:
    try:
        return day(value), ()
    except ValueError:
        shown = _line(value)[:40]
        return None, (
            f"the publication date '{shown}' is no date (write YYYY-MM-DD): left unknown",
        )


def _line(value: object) -> str:
    """A metadata value as one line of text; anything but a text or a number counts as not told."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return sound(" ".join(str(value).split()))


def _oddities(received: str, text: str) -> tuple[str, ...]:
    if not text:
        return ()
    notes = []
    controls, marks = _listed(_CONTROL, text), _listed(_BIDI, text)
    if controls:
        notes.append(f"control characters kept in the text: {controls}")
    if marks:
        notes.append(f"direction marks kept, the text may look other than it reads: {marks}")
    if received != text:
        notes.append("unpaired surrogates, which no file can hold, read as U+FFFD")
    elif "\ufffd" in text:
        notes.append(f"damaged before it was read: {text.count('\ufffd')} characters are U+FFFD")
    return tuple(notes)


def _listed(pattern: re.Pattern[str], text: str) -> str:
    counts = Counter(pattern.findall(text))
    shown = [f"U+{ord(c):04X} ({n})" for c, n in sorted(counts.items())]
    return ", ".join(shown[:5]) + (" …" if len(shown) > 5 else "")
