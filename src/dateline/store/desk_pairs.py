"""What machines say of pairs of claims, as the review desk lists them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.store.listing_tables import listed_pairs
from dateline.store.tables import judgements

_BATCH = 200  # pairs in one condition; databases limit their number
_MACHINE = "machine/"
_VERDICT = sa.case((listed_pairs.c.said != "", listed_pairs.c.said), else_=listed_pairs.c.verdict)
_AUTHOR = sa.func.substr(judgements.c.by, 1, len(_MACHINE)) == _MACHINE


def conditions(state: str, claim: str) -> list[sa.ColumnElement[bool]]:
    """Pairs of claims that are there: open ones, judged ones or all; of a claim, if one is told."""
    table = listed_pairs.c
    found = [table.there == 1]
    if state != "all":
        found.append(table.said != "" if state == "judged" else table.said == "")
    if claim:
        found.append(sa.or_(table.left == claim, table.right == claim))
    return found


def counts(connection: sa.Connection, where: Sequence[sa.ColumnElement[bool]]) -> dict[str, int]:
    """How many pairs have which verdict: that of people, else that of machines."""
    wanted = sa.select(_VERDICT, sa.func.count()).where(*where).group_by(_VERDICT)
    return {row[0]: row[1] for row in connection.execute(wanted)}


def listed(
    connection: sa.Connection,
    where: Sequence[sa.ColumnElement[bool]],
    verdicts: Sequence[str],
    window: tuple[int, int],
) -> Sequence[Any]:
    """Key, claims, verdict and score of the newest judgement of a machine, doubtful ones first."""
    table = listed_pairs.c
    wanted = sa.select(table.judgement, table.left, table.right, table.verdict, table.score)
    if verdicts:
        where = (*where, _VERDICT.in_(verdicts))
    ordered = wanted.where(*where).order_by(table.doubt, table.judgement)
    start, limit = window
    return connection.execute(ordered.offset(start).limit(limit)).all()


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
