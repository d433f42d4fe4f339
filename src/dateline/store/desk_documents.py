"""Dispatches as the review desk lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from dateline.store.desk_lists import Condition, holding
from dateline.store.listing import day_number
from dateline.store.listing_tables import listed_documents
from dateline.store.search import fold, matching

_TABLE = listed_documents.c
_NEWEST = (_TABLE.published.desc().nulls_last(), _TABLE.id.desc())


@dataclass(frozen=True, slots=True)
class Asked:
    """Which dispatches: words of the text or the title, a run (0 for any), days, a state."""

    words: str = ""
    run: int = 0
    since: date | None = None
    until: date | None = None
    state: str = "all"


def publishers(connection: sa.Connection, asked: Asked) -> dict[str, int]:
    """How many dispatches each publisher has."""
    wanted = sa.select(_TABLE.publisher, sa.func.count()).where(*_where(connection, asked))
    return {row[0]: row[1] for row in connection.execute(wanted.group_by(_TABLE.publisher))}


def listed(
    connection: sa.Connection, asked: Asked, among: Sequence[str], window: tuple[int, int]
) -> Sequence[Any]:
    """Some dispatches, the newest first; of these publishers, if any is told."""
    where = _where(connection, asked)
    if among:
        where.append(_TABLE.publisher.in_(among))
    start, limit = window
    wanted = sa.select(listed_documents).where(*where).order_by(*_NEWEST)
    return connection.execute(wanted.offset(start).limit(limit)).all()


def telling(connection: sa.Connection, words: str, limit: int) -> Sequence[Any]:
    """The newest dispatches that hold these words."""
    found = _TABLE.document.in_(matching(words, connection.dialect.name))
    wanted = sa.select(listed_documents).where(found).order_by(*_NEWEST).limit(limit)
    return connection.execute(wanted).all()


def run_of(connection: sa.Connection, name: str) -> int:
    """The run whose coding of a dispatch counts; 0 if there is none."""
    found = connection.execute(sa.select(_TABLE.run).where(_TABLE.id == name)).scalar()
    return found or 0


def names(connection: sa.Connection) -> Sequence[str]:
    """The ids of all dispatches, in the order they came."""
    return connection.execute(sa.select(_TABLE.id).order_by(_TABLE.document)).scalars().all()


def unknown(connection: sa.Connection, asked: Sequence[str]) -> set[str]:
    """Those of these ids that no dispatch has."""
    wanted = sa.select(_TABLE.id).where(_TABLE.id.in_(asked))
    return set(asked) - set(connection.execute(wanted).scalars())


def _where(connection: sa.Connection, asked: Asked) -> list[Condition]:
    found: list[Condition] = []
    if asked.run:
        found.append(_TABLE.run == asked.run)
    if asked.since:
        found.append(_TABLE.published >= day_number(asked.since))
    if asked.until:
        found.append(_TABLE.published <= day_number(asked.until))
    if asked.state != "all":
        found.append(_TABLE.open > 0 if asked.state == "open" else _TABLE.open == 0)
    if asked.words:
        told: list[Condition] = [
            _TABLE.document.in_(matching(asked.words, connection.dialect.name))
        ]
        if fold(asked.words):
            told.append(holding(connection, _TABLE.folded, asked.words))
        found.append(sa.or_(*told))
    return found
