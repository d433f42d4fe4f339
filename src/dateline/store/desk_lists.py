"""Lists as the review desk asks for them: the database counts, filters, sorts and turns pages."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from dateline.store.listing import day_number
from dateline.store.listing_tables import (
    CLAIM_FACETS,
    INCIDENT_FACETS,
    claim_kinds,
    incident_kinds,
    listed_claims,
    listed_incidents,
)
from dateline.store.search import fold

Condition = sa.ColumnElement[bool]
Fits = Callable[[str], bool]
Facets = dict[str, Counter[str]]

_FEW = 2000  # entries that are quicker found by their kinds than by the order they stand in


@dataclass(frozen=True, slots=True)
class Kept:
    """A table of entries, and the kinds that they are of."""

    entries: sa.Table
    kinds: sa.Table
    facets: tuple[str, ...]


CLAIMS = Kept(listed_claims, claim_kinds, CLAIM_FACETS)
INCIDENTS = Kept(listed_incidents, incident_kinds, INCIDENT_FACETS)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries: by facet the values that fit, and conditions on all that has no facet."""

    chosen: Mapping[str, Fits] = field(default_factory=dict)
    rest: Sequence[Condition] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """How many entries fit, per facet what each value would leave, and a condition for them."""

    total: int
    facets: Facets
    where: Sequence[Condition]


def among(values: Sequence[str]) -> Fits:
    """Whether a value is one of these."""
    wanted = frozenset(values)
    return lambda value: value in wanted


def find(connection: sa.Connection, kept: Kept, wanted: Filter) -> Found:
    """Count entries by their kinds, without reading them where no other filter asks for it."""
    seen: dict[str, dict[str, bool]] = {name: {} for name in wanted.chosen}
    places = {name: kept.facets.index(name) for name in wanted.chosen}
    facets: Facets = {name: Counter() for name in kept.facets}
    total = 0
    for *values, number in _kinds(connection, kept, wanted.rest):
        failed = [
            name for name, place in places.items()
            if not _fits(seen[name], values[place], wanted.chosen[name])
        ]  # fmt: skip
        if not failed:
            total += number
        if len(failed) > 1:
            continue
        for name, value in zip(kept.facets, values, strict=True):
            if not failed or name == failed[0]:
                facets[name][value] += number
    return Found(total, facets, _where(kept, wanted, seen, total))


def page(
    connection: sa.Connection,
    columns: Sequence[Any],
    found: Found,
    order: Sequence[Any],
    window: tuple[int, int],
) -> Sequence[Any]:
    """Some entries in an order: `window` tells how many are left out and how many shown."""
    start, limit = window
    if start >= found.total:
        return []
    wanted = sa.select(*columns).where(*found.where).order_by(*order)
    return connection.execute(wanted.offset(start).limit(limit)).all()


def ordered(column: Any, *, descending: bool) -> Any:
    """The order of a column, what is not told last."""
    return (column.desc() if descending else column.asc()).nulls_last()


def holding(connection: sa.Connection, column: "sa.Column[str]", part: str) -> Condition:
    """Whether a text holds a part (without case and accents)."""
    postgres = connection.dialect.name == "postgresql"
    place = sa.func.strpos if postgres else sa.func.instr
    return place(column, fold(part)) > 0


def touching(table: sa.Table, since: date | None, until: date | None) -> Iterator[Condition]:
    """Whether the known time of an entry may touch these days."""
    start, end = table.c.start, table.c.end
    if since is not None:
        after = end >= day_number(since)
        yield sa.or_(after, sa.and_(end.is_(None), start.is_not(None)))
    if until is not None:
        before = start <= day_number(until)
        yield sa.or_(before, sa.and_(start.is_(None), end.is_not(None)))


def told(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The values of a facet, the most frequent first."""
    return sorted(((x, n) for x, n in counts.items() if n), key=lambda x: (-x[1], x[0]))


def _kinds(connection: sa.Connection, kept: Kept, rest: Sequence[Condition]) -> Any:
    """The values of each kind, and how many entries are of it."""
    kinds = kept.kinds
    values = [kinds.c[name] for name in kept.facets]
    if not rest:
        return connection.execute(sa.select(*values, kinds.c.number).where(kinds.c.number > 0))
    # As an expression, the column is not looked up in its index, entry by entry.
    kind = (kept.entries.c.kind + 0).label("kind")
    counted = sa.select(kind, sa.func.count().label("number"))
    of = counted.where(*rest).group_by(kind).subquery()
    return connection.execute(sa.select(*values, of.c.number).join(of, of.c.kind == kinds.c.key))


def _fits(known: dict[str, bool], value: str, fits: Fits) -> bool:
    found = known.get(value)
    if found is None:
        found = known[value] = fits(value)
    return found


def _where(
    kept: Kept, wanted: Filter, seen: Mapping[str, Mapping[str, bool]], total: int
) -> list[Condition]:
    """The conditions for entries of the kinds that fit."""
    narrowed = [
        kept.kinds.c[name].in_(sorted(value for value, fits in values.items() if fits))
        for name, values in seen.items()
        if not all(values.values())
    ]
    if not narrowed:
        return list(wanted.rest)
    kinds = sa.select(kept.kinds.c.key).where(*narrowed)
    kind = kept.entries.c.kind
    # As an expression, the column cannot be looked up: the entries are read as they are ordered.
    column = kind if total <= _FEW else kind + 0
    return [*wanted.rest, column.in_(kinds)]
