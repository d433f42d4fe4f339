"""E-mail: one message (.eml), or a mailbox of them (.mbox)."""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import partial

from dateline.errors import InputError
from dateline.ingest import pages
from dateline.ingest.decoding import decode
from dateline.ingest.draft import Draft, refused
from dateline.ingest.entry import Entry
from dateline.ingest.limits import Run
from dateline.ingest.screening import oversize
from dateline.model import Record

_FROM = re.compile(rb"From \S+ .{0,200}\d{4}\s*\Z")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MOST_PARTS = 200
_DEEPEST = 20  # levels of parts within parts


def message(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """The draft of a message: its plain text, else that of its HTML; attachments are not opened."""
    limit = _most(run)
    data = entry.file.read(limit + 1)
    if len(data) > limit:
        raise InputError(oversize(f"more than {limit:,} bytes", run.limits.characters))
    yield _draft(data, entry.name, entry.where)


def mailbox(entry: Entry, run: Run) -> Iterator[Draft | Record]:
    """A draft for each message of a mailbox, one in memory at a time."""
    limit = _most(run)
    for number, data in enumerate(_messages(entry, limit), 1):
        name, where = entry.numbered(number), f"{entry.where}, message {number}"
        if data is None:
            reason = oversize(f"more than {limit:,} bytes", run.limits.characters)
            yield from run.problem(name, where, reason)
        else:
            yield from run.part(name, where, partial(_one, data, name, where))


def _most(run: Run) -> int:
    return 32 * run.limits.characters  # its text may come twice, and with attachments


def _messages(entry: Entry, limit: int) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large."""
    held: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := entry.file.readline(65_536):
        if blank and _FROM.match(line):
            if begun:
                yield b"".join(held) if size <= limit else None
            held, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= limit:
                held.append(line)
            else:
                held.clear()
        elif line.strip():
            raise InputError("no mailbox: its first line is no 'From ' line")
        blank = not line.strip()
    if begun:
        yield b"".join(held) if size <= limit else None


def _one(data: bytes, name: str, where: str) -> Iterator[Draft | Record]:
    yield _draft(_QUOTED.sub(rb"\1", data), name, where)


def _draft(data: bytes, name: str, where: str) -> Draft | Record:
    if data.count(b"multipart/") > _MOST_PARTS:  # the parser's time grows with their square
        return refused(name, where, f"more than {_MOST_PARTS} parts within parts")
    mail = BytesParser(policy=policy.default).parsebytes(data)
    if not isinstance(mail, EmailMessage) or not mail.keys():
        return refused(name, where, "no e-mail: it has no headers")
    plain, html, others = _bodies(mail)
    notes: tuple[str, ...] = (f"attachments not opened: {others}",) if others else ()
    told: dict[str, object] = {}
    if plain is not None:
        text, odd = _decoded(plain)
    elif html is not None:
        page, odd = _decoded(html)
        text, told = pages.extract(page)
    else:
        return refused(name, where, "no text in the message")
    told |= {"title": _header(mail, "subject"), "date": _header(mail, "date")}
    told["publisher"] = _header(mail, "from")
    told["url"] = _header(mail, "archived-at").strip("<>")
    return Draft(name, where, text, told, (*notes, *odd))


def _bodies(mail: EmailMessage) -> tuple[EmailMessage | None, EmailMessage | None, int]:
    """The first plain text, the first HTML, and the number of attachments."""
    plain = html = None
    others, stack = 0, [(mail, 0)]
    while stack:
        part, depth = stack.pop()
        kind = part.get_content_type()
        if part.is_multipart() and kind.startswith("multipart/"):
            inner = part.get_payload() if depth < _DEEPEST else []
            parts = [x for x in inner if isinstance(x, EmailMessage)]
            stack.extend((x, depth + 1) for x in reversed(parts))
        elif kind == "text/plain" and plain is None and not part.get_filename():
            plain = part
        elif kind == "text/html" and html is None and not part.get_filename():
            html = part
        else:
            others += 1
    return plain, html, others


def _decoded(part: EmailMessage) -> tuple[str, tuple[str, ...]]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise InputError("no text in the message")
    return decode(data, part.get_content_charset())


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, ""))
    except Exception:  # noqa: BLE001 (the library's header parser fails on odd headers)
        return ""
