"""What machines say of pairs of claims, as the review desk lists them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.store.tables import judgements

_BATCH = 200  # pairs in one condition; databases limit their number
_MACHINE = "machine/"
_AUTHOR = sa.func.substr(judgements.c.by, 1, len(_MACHINE)) == _MACHINE


def stamp(connection: sa.Connection) -> int:
    """The number of the last judgement of a machine."""
    wanted = sa.select(sa.func.max(judgements.c.key)).where(_AUTHOR)
    return connection.execute(wanted).scalar() or 0


def machine(connection: sa.Connection) -> Sequence[Any]:
    """Key, claims, verdict and score of the newest judgement of a machine on each pair."""
    key = sa.func.max(judgements.c.key)
    last = sa.select(key.label("key")).where(_AUTHOR)
    last_of = last.group_by(judgements.c.left, judgements.c.right).subquery()
    wanted = sa.select(
        judgements.c.key,
        judgements.c.left,
        judgements.c.right,
        judgements.c.verdict,
        judgements.c.score,
    ).join(last_of, last_of.c.key == judgements.c.key)
    return connection.execute(wanted).all()


def reasons(connection: sa.Connection, keys: Iterable[int]) -> dict[int, str]:
    """The reasons of judgements, as JSON."""
    found: dict[int, str] = {}
    for some in batched(keys, _BATCH):
        wanted = sa.select(judgements.c.key, judgements.c.reasons)
        for row in connection.execute(wanted.where(judgements.c.key.in_(some))):
            found[row.key] = row.reasons
    return found


def times(
    connection: sa.Connection, pairs: Iterable[tuple[str, ...]]
) -> dict[tuple[str, str], datetime]:
    """When people last said something of pairs."""
    found: dict[tuple[str, str], datetime] = {}
    for some in batched(pairs, _BATCH):
        lefts = {x[0] for x in some}
        wanted = sa.select(judgements.c.left, judgements.c.right, judgements.c.at)
        wanted = wanted.where(judgements.c.left.in_(lefts), ~_AUTHOR).order_by(judgements.c.key)
        found |= {(row.left, row.right): row.at for row in connection.execute(wanted)}
    return found
