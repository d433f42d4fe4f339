"""Records as HTML: the dispatch with its evidence marked, beside its claims. No scripts."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from dateline.export.marks import Mark, Stretch, evidence, stretches
from dateline.export.phrases import one_line, phrase, told_apart, visible
from dateline.model import Basis, Claim, Reading, Record

LABELS = {
    "actors": "who",
    "recipients": "to whom",
    "places": "where",
    "time": "when",
    "counts": "how many",
    "sources": "according to",
    "mode": "how",
    "status": "status",
}
_LEGEND = {
    "type": "the event",
    "actors": "who",
    "recipients": "to whom",
    "places": "where",
    "time": "when",
    "counts": "how many",
    "sources": "according to whom",
    "status": "status, manner",
}
_PRIORITY = (
    "type", "mention", "counts", "time", "places", "recipients", "actors", "sources", "mode",
    "status",
)  # fmt: skip


def page(records: Iterable[Record], title: str = "Coded dispatches") -> Iterator[str]:
    """One self-contained page, piece by piece: nothing is loaded from elsewhere, nothing runs."""
    style = _style("page.css") + _style("page_only.css")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n"
        f'<body class="dateline">\n<header><h1>{_text(title)}</h1>{_legend()}</header>\n'
    )
    coded = claims = failed = 0
    for record in records:
        coded += record.problem is None
        failed += record.problem is not None
        claims += len(record.claims)
        yield _article(record)
    told = f"{coded} dispatches coded, {claims} claims, {failed} not coded"
    yield f"<footer><p>{told}.</p></footer>\n</body>\n</html>\n"


def fragment(record: Record) -> str:
    """A record for a notebook: styled, self-contained, safe beside other output."""
    style = f"<style>{_style('page.css')}</style>"
    return f'{style}<div class="dateline">{_article(record)}</div>'


def _article(record: Record) -> str:
    document = record.document
    heading = document.title or document.name or document.id
    parts = [f'<article id="{document.id}">', f"<h2>{_text(one_line(heading))}</h2>"]
    parts.append(f'<p class="meta">{_meta(record)}</p>')
    if record.problem:
        parts.append(f'<p class="meta problem">Not coded: {_text(one_line(record.problem))}</p>')
    parts.append(_findings(record))
    parts.append('<div class="split"><div class="text" dir="auto" tabindex="0" role="region"')
    parts.append(f' aria-label="The dispatch">{_marked(record)}</div>')
    parts.append(f"{_claims(record)}</div></article>\n")
    return "".join(parts)


def _meta(record: Record) -> str:
    document = record.document
    told = [_text(document.publisher)] if document.publisher else []
    if document.published:
        day = document.published.isoformat()
        told.append(f'<time datetime="{day}">{day}</time>')
    else:
        told.append("undated")
    if document.name and document.title:
        told.append(_text(document.name))
    if is_web(document.url):
        href = escape(document.url, quote=True)
        told.append(f'<a href="{href}" rel="noopener noreferrer">source</a>')
    elif document.url:
        told.append(_text(document.url))
    told.append(f"{len(record.claims)} claims" if len(record.claims) != 1 else "1 claim")
    told.extend(_text(note) for note in record.notes)
    return " · ".join(told)


def _findings(record: Record) -> str:
    """What the checks found, each beside its words."""
    text = record.document.text
    items = "".join(
        f"<li>{_text(one_line(x.says))} "
        + "".join(f"<q>{_text(one_line(span.of(text)))}</q> " for span in x.words)
        + f'<span class="basis">{_text(x.rule)}, {x.score:.0%} sure</span></li>'
        for x in record.findings
    )
    return f'<ul class="meta findings" aria-label="Doubts">{items}</ul>' if items else ""


def is_web(url: str) -> bool:
    """Whether an address may become a link: plain http or https."""
    try:
        return urlsplit(url).scheme in {"http", "https"} and url.isprintable()
    except ValueError:
        return False


def _marked(record: Record) -> str:
    text = record.document.text
    parts = []
    triggers = {x.trigger.end: n for n, x in reversed(list(enumerate(record.claims, 1)))}
    for stretch in stretches(len(text), evidence(record)):
        parts.append(_stretch(record, stretch))
        if stretch.end in triggers and any(m.slot == "type" for m in stretch.marks):
            parts.append(_numbers(record, stretch))
    return "".join(parts)


def _stretch(record: Record, stretch: Stretch) -> str:
    words = _text(record.document.text[stretch.start : stretch.end])
    if not stretch.marks:
        return words
    slots = {mark.slot for mark in stretch.marks}
    shown = next(slot for slot in _PRIORITY if slot in slots)
    anchor = f"{record.document.id}-{stretch.start}"
    told = escape("; ".join(_told(mark, record) for mark in stretch.marks), quote=True)
    return f'<mark class="{shown}" id="{anchor}" title="{told}">{words}</mark>'


def _told(mark: Mark, record: Record) -> str:
    kind = record.claims[mark.claim - 1].type.value
    label = {"type": "the event", "mention": "told of again"}.get(mark.slot, mark.slot)
    return f"{LABELS.get(mark.slot, label)} of claim {mark.claim} ({kind})"


def _numbers(record: Record, stretch: Stretch) -> str:
    ends = [
        mark.claim
        for mark in stretch.marks
        if mark.slot == "type" and record.claims[mark.claim - 1].trigger.end == stretch.end
    ]
    links = (f'<a href="#{record.document.id}-claim{n}">{n}</a>' for n in ends)
    return f"<sup>{' '.join(links)}</sup>" if ends else ""


def _claims(record: Record) -> str:
    if not record.claims:
        return "" if record.problem else '<p class="meta">No event of the codebook is told.</p>'
    items = "".join(_claim(n, x, record) for n, x in enumerate(record.claims, 1))
    return f'<ol class="claims">{items}</ol>'


def _claim(number: int, claim: Claim, record: Record) -> str:
    status = claim.status.value
    mode = f" <span>{_text(claim.mode.value)}</span>" if claim.mode else ""
    trigger = _quotes(claim.type, record)
    rows: dict[str, list[str]] = {}
    apart = told_apart(claim)
    for slot, reading in claim.readings():
        if slot == "type" or (slot in {"status", "mode"} and (slot, reading) not in apart):
            continue
        rows.setdefault(slot, []).append(f"<dd>{_value(reading, record)}</dd>")
    order = [slot for slot in LABELS if slot in rows]
    told = "".join(f"<dt>{LABELS[slot]}</dt>{''.join(rows[slot])}" for slot in order)
    return (
        f'<li class="claim" id="{record.document.id}-claim{number}">'
        f'<h3><span class="n">{number}</span><span class="type">{_text(claim.type.value)}</span>'
        f'{mode}<span class="status {_text(status)}">{_text(status)}</span></h3>'
        f"{trigger}<dl>{told}</dl></li>"
    )


def _value(reading: Reading[Any], record: Record) -> str:
    told = _text(one_line(phrase(reading.value)))
    basis = reading.basis.value
    aside = "" if reading.basis is Basis.STATED else f' <span class="basis">{basis}</span>'
    return told + aside + _quotes(reading, record)


def _quotes(reading: Reading[Any], record: Record) -> str:
    told = f' title="found by {_text(reading.found_by)}"' if reading.found_by else ""
    return "".join(
        f'<q{told}><a href="#{record.document.id}-{span.start}">'
        f"{_text(one_line(span.of(record.document.text)))}</a></q>"
        for span in reading.evidence
    )


def _legend() -> str:
    keys = (f'<span class="key {slot}">{label}</span>' for slot, label in _LEGEND.items())
    return f'<p class="legend">{"".join(keys)}</p>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)


@lru_cache(maxsize=2)
def _style(name: str) -> str:
    return (files("dateline.export") / name).read_text("utf-8")
