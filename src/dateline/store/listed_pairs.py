"""The rows of pairs of claims that the desk lists from, kept as machines and people judge."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

import sqlalchemy as sa

from dateline.store import bulk
from dateline.store.listing import alone
from dateline.store.listing_tables import (
    claim_kinds,
    listed_claims,
    listed_documents,
    listed_pairs,
)
from dateline.store.sheets import GONE
from dateline.store.tables import judgements

Pair = tuple[str, str]

UNDONE = "undone"  # the reason of a verdict that was taken back
_MACHINE, _PERSON = "machine/", "person/"
_NEVER = 2.0  # how doubtful a pair without a score is: less than any other
_BATCH = 200  # values in one condition; databases limit their number


def renew(connection: sa.Connection, pairs: Iterable[Pair]) -> None:
    """List pairs as they are judged by now."""
    alone(connection)
    for some in batched(sorted(set(pairs)), _BATCH):
        judged = _judged(connection, some)
        rows = [x for pair in some if (x := _row(pair, judged[pair])) is not None]
        there = _there(connection, {x for row in rows for x in (row["left"], row["right"])})
        for row in rows:
            row["there"] = int(row["left"] in there and row["right"] in there)
        _remove(connection, some)
        bulk.insert(connection, listed_pairs, rows)


def reach(connection: sa.Connection, claims: Iterable[str]) -> None:
    """Note of the pairs of claims that have come or gone whether both claims are there."""
    table = listed_pairs
    for some in batched(sorted(claims), _BATCH):
        concerned = sa.or_(table.c.left.in_(some), table.c.right.in_(some))
        wanted = sa.select(table.c.left, table.c.right, table.c.there).where(concerned)
        rows = connection.execute(wanted).all()
        there = _there(connection, {x for row in rows for x in row[:2]})
        changed = [
            {"a": left, "b": right, "now": now}
            for left, right, before in rows
            if (now := int(left in there and right in there)) != before
        ]
        if changed:
            mine = (table.c.left == sa.bindparam("a"), table.c.right == sa.bindparam("b"))
            statement = sa.update(table).where(*mine).values(there=sa.bindparam("now"))
            connection.execute(statement, changed)


def _judged(connection: sa.Connection, pairs: Sequence[Pair]) -> dict[Pair, list[Any]]:
    """All judgements on pairs, oldest first."""
    found: dict[Pair, list[Any]] = defaultdict(list)
    lefts = sorted({left for left, _ in pairs})
    wanted = sa.select(judgements).where(judgements.c.left.in_(lefts))
    for row in connection.execute(wanted.order_by(judgements.c.key)):
        found[row.left, row.right].append(row)
    return found


def _row(pair: Pair, judged: Sequence[Any]) -> dict[str, Any] | None:
    """The row of a pair; None if no machine judged it."""
    machine = [x for x in judged if x.by.startswith(_MACHINE)]
    if not machine:
        return None
    last = machine[-1]
    return {
        "left": pair[0],
        "right": pair[1],
        "judgement": last.key,
        "verdict": last.verdict,
        "said": _said(judged),
        "score": last.score,
        "doubt": _NEVER if last.score is None else abs(last.score - 0.5),
    }


def _said(judged: Sequence[Any]) -> str:
    """What people last said; what they took back does not count."""
    newest = {x.by: x for x in judged if x.by.startswith(_PERSON)}
    left = [x for x in newest.values() if not _taken_back(x)]
    return str(max(left, key=lambda x: x.key).verdict) if left else ""


def _taken_back(row: Any) -> bool:
    return any(x["feature"] == UNDONE for x in json.loads(row.reasons))


def _there(connection: sa.Connection, claims: set[str]) -> set[str]:
    """Those of these claims that are there, neither rejected nor merged."""
    found: set[str] = set()
    table, kinds = listed_claims, claim_kinds
    joined = table.join(kinds, kinds.c.key == table.c.kind).join(
        listed_documents, listed_documents.c.document == table.c.document
    )
    wanted = sa.select(table.c.id).select_from(joined).where(kinds.c.state.not_in(GONE))
    for some in batched(sorted({x.partition(":")[0] for x in claims}), _BATCH):
        told = connection.execute(wanted.where(listed_documents.c.id.in_(some))).scalars()
        found.update(told)
    return found & claims


def _remove(connection: sa.Connection, pairs: Sequence[Pair]) -> None:
    table = listed_pairs
    rows = [{"a": left, "b": right} for left, right in pairs]
    mine = (table.c.left == sa.bindparam("a"), table.c.right == sa.bindparam("b"))
    connection.execute(sa.delete(table).where(*mine), rows)
