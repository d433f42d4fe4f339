"""From the bytes of a file to drafts: the one place that knows all formats."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from dateline.errors import InputError
from dateline.ingest import docx, feeds, lines, mail, markdown, pages, parquet, pdf, tables, warc
from dateline.ingest.archives import Fault, members
from dateline.ingest.decoding import charset, decode
from dateline.ingest.draft import Draft, fields
from dateline.ingest.entry import Entry
from dateline.ingest.kinds import CONFINED, MANIFOLD, NAMES, PACKED, settled
from dateline.ingest.limits import Run, reason
from dateline.ingest.screening import oversize
from dateline.ingest.unpack import unpacked
from dateline.model import Record

_START = 512  # bytes that tell a format


class NeedsChild(Exception):  # noqa: N818 (a signal between reader and formats, no error)
    """The file has a format whose parser may only work in a child process."""


def drafts(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """The drafts in a file of any format, in order.

    Raises:
        InputError: It cannot be read (on), whatever its parser raised.
        OSError: The system would not let it be read (on).
        NeedsChild: It may not be read in this process; nothing was drawn from it before.
    """
    try:
        yield from _drafts(entry, run)
    except (InputError, NeedsChild):
        raise
    except Exception as cause:
        if isinstance(cause, OSError) and cause.errno is not None:
            raise
        raise InputError(reason(cause)) from cause


def _drafts(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    kind = kind_of(entry)
    notes: tuple[str, ...] = ()
    if entry.kind not in {None, kind} and (entry.kind, kind) != ("docx", "zip"):
        notes = (f"a {NAMES[kind]} by its content, whatever its name",)
    if kind in CONFINED and not run.confined:
        raise NeedsChild
    if kind in PACKED:
        found = drafts(unpacked(entry, kind, run.limits), run)
    elif kind in {"zip", "tar"}:
        found = _members(entry, kind, run)
    else:
        found = _READERS[kind](entry, run)
    yield from (_noted(draft, notes) for draft in found) if notes else found


def kind_of(entry: Entry) -> str:
    """The format of a file, by its name and its first bytes.

    Raises:
        InputError: The name promises a format that the content is not.
    """
    try:
        return settled(entry.kind, entry.file.peek(_START)[:_START])
    except ValueError as cause:
        raise InputError(f"called {entry.suffix}, but its content is no {cause}") from cause


def _noted(draft: Draft | Record, notes: tuple[str, ...]) -> Draft | Record:
    return draft if isinstance(draft, Record) else replace(draft, notes=(*draft.notes, *notes))


def _members(entry: Entry, kind: str, run: Run) -> Iterator[Draft | Record]:
    for member in members(entry, kind, run):
        if isinstance(member, Fault):
            yield from run.problem(member.path, member.where, member.reason)
        elif _manifold(member):
            yield from _parts(member, run)
        else:
            yield from run.part(member.name, member.where, partial(drafts, member, run))


def _parts(member: Entry, run: Run) -> Iterator[Draft | Record]:
    """The drafts of a member that tells its parts itself; its own failure is one part more."""
    if not run.enter(member.name, member.where):
        return
    try:
        yield from drafts(member, run)
    except Exception as cause:  # noqa: BLE001 (parsers of foreign formats raise anything)
        yield from run.problem(member.name, member.where, reason(cause))


def _manifold(member: Entry) -> bool:
    with suppress(Exception):
        return kind_of(member) in MANIFOLD
    return False


def _whole(entry: Entry, limit: int, run: Run) -> bytes:
    data = entry.file.read(limit + 5)  # a byte order mark comes on top
    if len(data) == limit + 5:
        size = f"{max(entry.size or 0, limit + 1):,} bytes"
        raise InputError(oversize(size, run.limits.characters))
    return data


def _plain(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    text, notes = decode(_whole(entry, 4 * run.limits.characters, run))
    yield Draft(entry.name, entry.where, text, {}, notes)


def _markdown(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    text, notes = decode(_whole(entry, 4 * run.limits.characters, run))
    told, text = markdown.split(text)
    yield Draft(entry.name, entry.where, text, fields(told), notes)


def _html(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    data = _whole(entry, 16 * run.limits.characters, run)
    text, notes = decode(data, charset(data))
    told: dict[str, object] = {}
    if text.strip():
        text, told = pages.extract(text)
    yield Draft(entry.name, entry.where, text, fields(told), notes)


_READERS: dict[str, Callable[[Entry, Run], Iterator[Draft | Record]]] = {
    "text": _plain,
    "markdown": _markdown,
    "html": _html,
    "lines": lines.split,
    "list": lines.listed,
    "table": tables.rows,
    "parquet": parquet.rows,
    "warc": warc.records,
    "mbox": mail.mailbox,
    "mail": mail.message,
    "pdf": pdf.text,
    "docx": docx.text,
    "feed": feeds.entries,
}
