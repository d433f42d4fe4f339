"""Pairs of claims that may tell of the same occurrence."""

import json
from typing import Any

import numpy as np

from dateline.review import commands, incidents, paging
from dateline.review.accounts import Caller
from dateline.review.desk import Desk, sees_people
from dateline.review.schemas import incidents as out
from dateline.review.schemas.claims import Done
from dateline.review.schemas.queries import PairQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_pairs, desk_reads

_NEVER = 2.0  # how doubtful a pair without a score is: less than any other


def page(desk: Desk, wanted: PairQuery, caller: Caller) -> Page[out.Pair]:
    """A page of pairs, the most doubtful first."""
    rows = _machine(desk)
    said = _said(desk)
    found = [x for x in rows if _fits(x, wanted, said)]
    counts: dict[str, int] = {}
    for x in found:
        name = said.get((x[1], x[2]), x[3])
        counts[name] = counts.get(name, 0) + 1
    if wanted.verdict:
        found = [x for x in found if said.get((x[1], x[2]), x[3]) in wanted.verdict]
    items = _pairs(desk, paging.window(wanted, found), caller)
    facets = {"verdict": sorted(counts.items())}
    return Page[out.Pair].model_construct(**paging.page(wanted, items, len(found), facets))


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


def waiting(desk: Desk) -> int:
    """How many pairs that the machine is unsure of nobody has judged."""
    said = _said(desk)
    return sum(x[3] == "unsure" and (x[1], x[2]) not in said for x in _machine(desk))


def _machine(desk: Desk) -> list[tuple[Any, ...]]:
    """What the machine says of pairs of claims that are there, the most doubtful first."""
    columns = desk.claims()
    with desk.store.database.read() as connection:
        stamp = (desk_pairs.stamp(connection), id(columns))
        known = desk.cache.get("pairs")
        if known is not None and known[0] == stamp:
            found: list[tuple[Any, ...]] = known[1]
            return found
        rows = desk_pairs.machine(connection)
    words = columns.words["state"]
    gone = [n for n, x in enumerate(words) if x in {"rejected", "merged"}]
    dead = {columns["id"][i] for i in np.flatnonzero(np.isin(columns["state"], gone))}
    there = set(columns["id"]) - dead
    kept = [tuple(x) for x in rows if x[1] in there and x[2] in there]
    kept.sort(key=lambda x: (_NEVER if x[4] is None else abs(x[4] - 0.5), x[0]))
    # Two lists of claims are never alike, since each refresh makes new columns.
    desk.cache["pairs"] = (stamp, kept, columns)
    return kept


def _said(desk: Desk) -> dict[tuple[str, str], str]:
    """What people last said of pairs."""
    with desk.store.database.read() as connection:
        found = commands.last_verdicts(connection)
    told = {pair: [x for x in said if not commands.taken_back(x)] for pair, said in found.items()}
    return {pair: said[-1].verdict.value for pair, said in told.items() if said}


def _fits(row: tuple[Any, ...], wanted: PairQuery, said: dict[tuple[str, str], str]) -> bool:
    if wanted.claim and wanted.claim not in row[1:3]:
        return False
    judged = (row[1], row[2]) in said
    return wanted.state == "all" or judged == (wanted.state == "judged")


def _pairs(desk: Desk, rows: Any, caller: Caller) -> list[out.Pair]:
    told = [x for row in rows for x in row[1:3]]
    sheets = desk.sheets({x.partition(":")[0] for x in told})
    with desk.store.database.read() as connection:
        home = desk_reads.incident_of(connection, told)
        known = commands.last_verdicts(connection)
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
