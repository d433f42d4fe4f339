"""Pairs of claims that may tell of the same occurrence."""

import json
from typing import Any

import sqlalchemy as sa

from dateline.review import commands, incidents, paging
from dateline.review.accounts import Caller
from dateline.review.desk import Desk, sees_people
from dateline.review.schemas import incidents as out
from dateline.review.schemas.claims import Done
from dateline.review.schemas.queries import PairQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_pairs, desk_reads


def page(desk: Desk, wanted: PairQuery, caller: Caller) -> Page[out.Pair]:
    """A page of pairs, the most doubtful first."""
    window = (paging.offset(wanted), wanted.limit)
    with desk.store.database.read() as connection:
        where = desk_pairs.conditions(wanted.state, wanted.claim)
        counts = desk_pairs.counts(connection, where)
        rows = desk_pairs.listed(connection, where, wanted.verdict, window)
    total = sum(n for x, n in counts.items() if not wanted.verdict or x in wanted.verdict)
    items = _pairs(desk, rows, caller)
    facets = {"verdict": sorted(counts.items())}
    return Page[out.Pair].model_construct(**paging.page(wanted, items, total, facets))


def judge(desk: Desk, sent: out.SentVerdict, caller: Caller, version: str) -> Done:
    """Say whether two claims tell of the same."""
    from fastapi import HTTPException

    if not version:
        raise HTTPException(428, "If-Match: the version of the pair is needed.")
    if sent.left == sent.right:
        raise HTTPException(422, "left, right: two claims are needed.")
    sheets = desk.sheets({x.partition(":")[0] for x in (sent.left, sent.right)})
    for name in (sent.left, sent.right):
        sheet = sheets.get(name.partition(":")[0])
        if sheet is None or name not in sheet.shown:
            raise HTTPException(404, "There is no such claim.")
    pair = [(sent.left, sent.right, sent.verdict)]
    return commands.judge_all(desk, pair, caller, sent.why, version)


def waiting(connection: sa.Connection) -> int:
    """How many pairs nobody has judged: as many as the list shows if nothing else is asked."""
    counts = desk_pairs.counts(connection, desk_pairs.conditions("open", ""))
    return sum(counts.values())


def _pairs(desk: Desk, rows: Any, caller: Caller) -> list[out.Pair]:
    told = [x for row in rows for x in row[1:3]]
    sheets = desk.sheets({x.partition(":")[0] for x in told})
    with desk.store.database.read() as connection:
        home = desk_reads.incident_of(connection, told)
        known = commands.last_verdicts(connection, [tuple(row[1:3]) for row in rows])
        reasons = desk_pairs.reasons(connection, [row[0] for row in rows])
        times = desk_pairs.times(connection, [tuple(row[1:3]) for row in rows])
    found = []
    for key, left, right, verdict, score in rows:
        sides = [incidents.excerpt(sheets, x, home.get(x), caller) for x in (left, right)]
        if sides[0] is None or sides[1] is None:
            continue
        every = known.get((left, right), [])
        said = [x for x in every if not commands.taken_back(x)]
        why = [out.Reason(**x) for x in json.loads(reasons.get(key, "[]"))]
        why.sort(key=lambda x: -abs(x.weight))
        found.append(
            out.Pair.model_construct(
                id=f"{left}|{right}",
                version=commands.pair_version(every),
                left=sides[0],
                right=sides[1],
                together=left in home and home[left] == home.get(right),
                machine=verdict,
                score=score,
                supports=[x for x in why if x.weight > 0],
                opposes=[x for x in why if x.weight < 0],
                verdict=said[-1].verdict.value if said else None,
                by=said[-1].by.partition("/")[2] if said and sees_people(caller) else "",
                at=times.get((left, right)) if said else None,
            )
        )
    return found
