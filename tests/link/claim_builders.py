"""Claims and dispatches made by hand, told by the values that matter."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dateline.link.facts import Facts, facts
from dateline.model import (
    Basis,
    Claim,
    Count,
    Document,
    Party,
    Period,
    Place,
    Reading,
    Record,
    Slots,
    Sourcing,
    Span,
)

_TRIGGER = re.compile(r"shell\w*|raid\w*|burn\w*|met\b|left\b|withdr\w+", re.IGNORECASE)


def told(value: Any) -> Reading[Any]:
    """A value that needs no words."""
    return Reading(value, Basis.ASSUMED)


def record(
    *claims: Mapping[str, Any],
    text: str = "It is.",
    published: str | None = None,
    publisher: str = "",
    title: str = "",
) -> Record:
    """A dispatch with claims, each told as in the weights file; triggers are looked for in turn."""
    day = date.fromisoformat(str(published)) if published else None
    document = Document(text, publisher, title, publisher, "", day)
    found, at = [], 0
    for fields in claims:
        match = (
            _TRIGGER.search(text, at) or _TRIGGER.search(text) or re.compile(r"\w+").search(text)
        )
        assert match is not None
        at = match.end()
        kind = Reading(fields.get("type", "ASSAULT"), Basis.STATED, (Span(*match.span()),))
        found.append(Claim(document.id, kind, slots(fields)))
    return Record(document, tuple(found))


def slots(fields: Mapping[str, Any]) -> Slots:
    """The slots that the fields of a claim tell."""
    stance = "denies" if fields.get("denied") else "reports"
    sources = [Sourcing(name, stance) for name in listed(fields.get("source"))]
    if fields.get("denied") and not sources:
        sources = [Sourcing("a spokesman", stance)]
    return Slots(
        status=told(fields.get("status", "actual")),
        mode=told(fields["mode"]) if "mode" in fields else None,
        actors=parties(fields, "actor"),
        recipients=parties(fields, "recipient"),
        places=tuple(map(told, places(fields))),
        time=told(period(fields["time"])) if "time" in fields else None,
        counts=tuple(
            told(count(kind, fields[kind])) for kind in ("killed", "injured") if kind in fields
        ),
        sources=tuple(map(told, sources)),
    )


def listed(value: Any) -> list[Any]:
    """A value or several as a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def parties(fields: Mapping[str, Any], role: str) -> tuple[Reading[Party], ...]:
    """The parties of a role; a sector belongs to all of them."""
    names = listed(fields.get(role))
    return tuple(told(Party(n, fields.get("land_of_party"), fields.get("sector"))) for n in names)


def places(fields: Mapping[str, Any]) -> list[Place]:
    """The places of a claim: a town (with coordinates), a division or a country."""
    country = fields.get("country")
    if "place" in fields:
        name, *point = listed(fields["place"])
        lat, lon = point or (None, None)
        return [Place(name, country, "town", lat, lon)]
    if "area" in fields:
        name, country = fields["area"]
        return [Place(name, country, "adm1", admin1=name)]
    return [Place("the country", fields["land"], "country")] if "land" in fields else []


def period(value: Any) -> Period:
    """A day, a month or a first and last day."""
    start, end = value if isinstance(value, list) else (value, value)
    return Period(str(start), str(end))


def count(kind: str, value: Any) -> Count:
    """A figure, or the low and high of one."""
    if isinstance(value, list):
        return Count(kind, "people", value[0], value[0], value[1])
    return Count(kind, "people", value, value, value)


def facts_of(fields: Mapping[str, Any], document: str) -> Facts:
    """The facts of one claim, in the document named unless its fields name one."""
    made = record(
        fields,
        text=fields.get("words", "It is."),
        published=fields.get("published"),
        title=fields.get("title", ""),
    )
    (found,) = facts(made)
    name = fields.get("document", document)
    return replace(found, id=f"{document}:0-1", document=name, origin=fields.get("origin", ""))
