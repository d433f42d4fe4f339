"""Commands: what people change, checked against the version they saw, logged and undoable."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.model import Claim
from dateline.model.correction import Act, Correction
from dateline.model.incident import Judgement, Reason, Verdict
from dateline.review import present
from dateline.review.accounts import Caller
from dateline.review.books import Book, correction_of, with_time
from dateline.review.corrections import correction, named
from dateline.review.desk import Desk, sees_people
from dateline.review.drafts import book_of
from dateline.review.schemas.claims import Batch, BatchPart, Command, Done
from dateline.store import desk_incidents, desk_log, verdicts
from dateline.store.listed_pairs import UNDONE
from dateline.store.sheets import Sheet

_QUIET = frozenset({"accept"})  # acts that change no claim, hence no incident
Json = dict[str, Any]


class StaleError(Exception):
    """A change was made on a version that is no longer the newest."""

    def __init__(self, version: str, sheet: Sheet | None = None, book: Book | None = None) -> None:
        super().__init__("It was changed in between; nothing was done.")
        self.version, self.sheet, self.book = version, sheet, book


@dataclass
class Made:
    """What a command did so far: claims and pairs before and after, and what to show."""

    claims: list[Json] = field(default_factory=list)
    pairs: list[Json] = field(default_factory=list)
    assignment: int | None = None
    documents: dict[str, None] = field(default_factory=dict)
    focus: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    @property
    def body(self) -> Json:
        """What is needed to undo it."""
        return {"claims": self.claims, "pairs": self.pairs, "assignment": self.assignment}


def do(desk: Desk, sent: Command, caller: Caller, version: str) -> Done:
    """Make one change.

    Raises:
        HTTPException: It cannot be made.
        StaleError: The claim has another version by now.
    """
    if sent.act != "add" and not version:
        raise HTTPException(428, "If-Match: the version of the claim is needed.")
    part = BatchPart(**sent.model_dump(), version=version)
    return all_of(desk, [part], caller, sent.why)


def batch(desk: Desk, sent: Batch, caller: Caller) -> Done:
    """Make several changes, all or none."""
    if any(x.act != "add" and not x.version for x in sent.commands):
        raise HTTPException(428, "version: that of each claim is needed.")
    return all_of(desk, sent.commands, caller, sent.why)


def all_of(desk: Desk, parts: Sequence[BatchPart], caller: Caller, why: str) -> Done:
    """Make changes as one command."""
    if not parts:
        raise HTTPException(409, "There is nothing left to do.")
    acts = dict.fromkeys(x.act for x in parts)

    def work(connection: sa.Connection) -> Made:
        made = Made()
        for part in parts:
            book = book_of(connection, part.assignment, caller)
            made.assignment = book.assignment
            _change(connection, book, part, caller, made)
        return made

    return run(desk, caller, work, ("do", " ".join(acts), why))


def judge_all(
    desk: Desk, pairs: Iterable[tuple[str, str, str]], caller: Caller, why: str, version: str = ""
) -> Done:
    """Say of pairs of claims whether they tell of the same."""
    told = [(*sorted((a, b)), verdict) for a, b, verdict in pairs]
    acts = dict.fromkeys(verdict for *_, verdict in told)

    def work(connection: sa.Connection) -> Made:
        made = Made()
        known = last_verdicts(connection, [x[:2] for x in told])
        for left, right, verdict in told:
            now = pair_version(known.get((left, right), ()))
            if version and version != now:
                raise StaleError(now)
            own = [x for x in known.get((left, right), ()) if x.by == caller.by]
            before = own[-1].verdict.value if own and not taken_back(own[-1]) else None
            pair = {"left": left, "right": right, "before": before, "after": verdict}
            enter_verdict(connection, pair, caller.by, verdict)
            made.pairs.append(pair)
            made.focus.append(f"{left}|{right}")
            made.says.append(f"{verdict}: {left} and {right}")
        return made

    return run(desk, caller, work, ("do", " ".join(acts), why))


def run(
    desk: Desk,
    caller: Caller,
    work: Callable[[sa.Connection], Made],
    about: tuple[str, str, str],
    of: int | None = None,
) -> Done:
    """Do some work in one transaction, log it, and tell what it left.

    `about` are kind ("do", "undo" or "redo"), act and why.
    """
    kind, act, why = about
    with desk.store.database.write() as connection:
        desk_log.lock(connection)
        made = work(connection)
        documents = list(made.documents)
        says = "; ".join(made.says[:3]) + (
            f" and {len(made.says) - 3} more" if made.says[3:] else ""
        )
        row = {
            "by": caller.by,
            "kind": kind,
            "act": act,
            "says": says,
            "why": why,
            "target": made.focus[0] if made.focus else "",
            "document": documents[0] if len(documents) == 1 else "",
        }
        number = desk_log.log(connection, row, made.body, of)
        _audit(connection, caller, made, f"{kind} {act}", why)
        undo, redo = desk_log.stacks(connection, caller.by)
    changed: tuple[str, ...] = ()
    if made.assignment is None and not (kind == "do" and act in _QUIET):
        changed = desk.conclude()
    document = None
    if len(documents) == 1:
        from dateline.review.dispatches import one

        document = one(desk, documents[0], caller, made.assignment or 0)
    return Done.model_construct(
        command=number,
        says=says,
        claims=[x for x in made.focus if "|" not in x],
        document=document,
        incidents=list(changed),
        undo=bool(undo),
        redo=bool(redo),
    )


def restore(
    connection: sa.Connection, caller: Caller, body: Json, way: tuple[str, str], why: str
) -> Made:
    """Put claims and pairs from one state ("before" or "after") to the other.

    Raises:
        StaleError: One of them has changed since.
    """
    start, goal = way
    made = Made(assignment=body["assignment"])
    for _, group in groupby(body["claims"], key=itemgetter("group")):
        entries = list(group)
        book = book_of(connection, body["assignment"], caller)
        document = entries[0]["name"].partition(":")[0]
        sheet = book.sheet(connection, document)
        for told in entries:
            now = _version(sheet, told["name"])
            if now != told[f"{start}_version"]:
                raise StaleError(now, sheet, book)
        for told in entries:
            if told[start]:
                reopen = Correction(told["name"], "", (), caller.by, why, act=Act.REOPEN)
                book.enter(connection, reopen, sheet.text)
            for state in told[goal]:
                again = correction_of(state, sheet.original.document)
                book.enter(connection, again, sheet.text)
        made.documents[document] = None
        after = book.sheet(connection, document)
        made.claims += [
            {
                "name": x["name"],
                "says": x["says"],
                "group": x["group"],
                "before": x[start],
                "after": x[goal],
                "before_version": x[f"{start}_version"],
                "after_version": x[f"{goal}_version"],
            }
            for x in entries
        ]
        made.focus += [x.id for x in (after.claim(y["name"]) for y in entries) if x is not None]
        made.says.append(entries[0]["says"])
    for pair in body["pairs"]:
        enter_verdict(connection, pair, caller.by, pair[goal])
        made.focus.append(f"{pair['left']}|{pair['right']}")
        made.says.append(f"{pair[goal] or 'no verdict'}: {pair['left']} and {pair['right']}")
    return made


def stale(desk: Desk, error: StaleError, caller: Caller) -> Json:
    """The answer to a change that came too late."""
    current: Any = None
    if error.sheet is not None:
        from dateline.review.dispatches import shown

        assignment = error.book.assignment if error.book else None
        found = shown(desk, error.sheet, named=sees_people(caller), assignment=assignment)
        current = found.model_dump(mode="json")
    return {"detail": str(error), "version": error.version, "current": current}


def last_verdicts(
    connection: sa.Connection, pairs: Iterable[tuple[str, ...]]
) -> dict[tuple[str, str], list[Judgement]]:
    """What people last said of pairs, oldest first."""
    told = set(pairs)
    found: dict[tuple[str, str], list[Judgement]] = {}
    for row in desk_incidents.newest(connection, "person/", {x[0] for x in told}):
        if (row.left, row.right) in told:
            said = desk_incidents.judgement_of(row)
            found.setdefault((said.left, said.right), []).append(said)
    return found


def pair_version(said: Sequence[Judgement]) -> str:
    """What changes whenever people say something else of a pair."""
    told = json.dumps([[x.by, x.verdict.value, taken_back(x)] for x in said])
    return sha256(told.encode()).hexdigest()[:12] if said else "0"


def taken_back(said: Judgement) -> bool:
    """Whether a verdict only tells that an earlier one was undone."""
    return any(x.feature == UNDONE for x in said.reasons)


def enter_verdict(connection: sa.Connection, pair: Json, by: str, verdict: str | None) -> None:
    """Enter a verdict, or that there is none any more."""
    reasons = () if verdict else (Reason(UNDONE, 0.0),)
    found = Verdict(verdict or "unsure")
    verdicts.judge(connection, [Judgement(pair["left"], pair["right"], found, by, None, reasons)])


def _change(
    connection: sa.Connection, book: Book, part: BatchPart, caller: Caller, made: Made
) -> None:
    document = part.document or part.claim.partition(":")[0]
    sheet = book.sheet(connection, document)
    if part.act != "add":
        found = named(part, sheet)
        now = sheet.version(found)
        if part.version != now:
            raise StaleError(now, sheet, book)
    said = correction(part, sheet, caller.by)
    apply(connection, book, sheet, said, made)


def apply(
    connection: sa.Connection, book: Book, sheet: Sheet, said: Correction, made: Made
) -> None:
    """Enter a correction and note what it changed."""
    document = sheet.original.document.id
    names = dict.fromkeys((said.claim, *(x.id for x in said.claims)))
    before = {name: _state(sheet, name) for name in names}
    book.enter(connection, said, sheet.text)
    after = book.sheet(connection, document)
    told = f"{said.act.value} {said.slot}".strip()
    claim = after.claim(said.claim) or sheet.claim(said.claim)
    line = f"{told}: {present.says(claim)}" if claim else told
    group = len(made.claims)
    for name in names:
        made.claims.append(
            {
                "name": name,
                "says": line,
                "group": group,
                "before": before[name],
                "after": _state(after, name),
                "before_version": _version(sheet, name),
                "after_version": _version(after, name),
            }
        )
    made.documents[document] = None
    made.says.append(line)
    made.focus += _next(after, said)


def _next(after: Sheet, said: Correction) -> list[str]:
    """The claims to go on with."""
    names = [x.id for x in said.claims] or [said.into or said.claim]
    found = [after.claim(x) for x in names]
    return [x.id for x in found if x is not None]


def _state(sheet: Sheet, name: str) -> list[Json]:
    claim = _there(sheet, name)
    return [with_time(x, sheet.text) for x in sheet.held_of(claim)] if claim else []


def _version(sheet: Sheet, name: str) -> str:
    claim = _there(sheet, name)
    return sheet.version(claim) if claim else ""


def _there(sheet: Sheet, name: str) -> Claim | None:
    return sheet.claim(name)


def _audit(connection: sa.Connection, caller: Caller, made: Made, act: str, why: str) -> None:
    for told in made.claims:
        old, new = _brief(told["before"]), _brief(told["after"])
        desk_log.record(connection, desk_log.Event(caller.by, act, told["name"], old, new, why))
    for pair in made.pairs:
        target = f"{pair['left']}|{pair['right']}"
        event = desk_log.Event(caller.by, act, target, pair["before"], pair["after"], why)
        desk_log.record(connection, event)


def _brief(states: list[Json] | None) -> Any:
    """What held for a claim, without where its words are."""
    if states is None:
        return None
    return [
        {
            "act": x["act"],
            "slot": x["slot"],
            "by": x["by"],
            "says": [y["value"] for y in x["readings"]]
            or [y["id"] for y in x["claims"]]
            or x["into"],
        }
        for x in states
    ]
