"""The audit log as the API has it."""

import json
from datetime import datetime

from dateline.review import paging
from dateline.review.desk import Desk
from dateline.review.schemas.desk import AuditCheck, AuditEntry
from dateline.review.schemas.queries import AuditQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_log
from dateline.store.desk_tables import audit


def page(desk: Desk, wanted: AuditQuery) -> Page[AuditEntry]:
    """Entries, newest first."""
    conditions = []
    if wanted.by:
        conditions.append(audit.c.by == f"person/{wanted.by}")
    if wanted.act:
        conditions.append(audit.c.act == wanted.act)
    if wanted.target:
        conditions.append(audit.c.target == wanted.target)
    start = paging.offset(wanted)
    with desk.store.database.read() as connection:
        rows, total = desk_log.entered(connection, conditions, start, wanted.limit)
    items = [
        AuditEntry.model_construct(
            id=x.key,
            at=datetime.fromisoformat(x.at),
            by=x.by,
            act=x.act,
            target=x.target,
            old=json.loads(x.old),
            new=json.loads(x.new),
            why=x.why,
            tool=x.tool,
            previous=x.previous,
            hash=x.hash,
        )
        for x in rows
    ]
    return Page[AuditEntry].model_construct(**paging.page(wanted, items, total))


def check(desk: Desk) -> AuditCheck:
    """Whether the log is whole."""
    found = desk_log.check(desk.store.database)
    return AuditCheck(
        whole=found.broken is None,
        entries=found.entries,
        head=found.head,
        broken=found.broken,
        says=found.says,
    )
