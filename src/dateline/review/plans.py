"""Announced acts and what became of them."""

from collections.abc import Iterable
from datetime import date

from dateline.model.incident import Commitment
from dateline.review import paging, present
from dateline.review.desk import Desk
from dateline.review.schemas import incidents as out
from dateline.review.schemas.queries import PlanQuery
from dateline.review.schemas.shared import Page
from dateline.store import desk_lists, desk_plans, desk_reads
from dateline.store.sheets import Sheet


def page(desk: Desk, wanted: PlanQuery) -> Page[out.Plan]:
    """A page of plans, those pending first, then the newest."""
    with desk.store.database.read() as connection:
        counts = desk_plans.counts(connection)
        total = sum(n for x, n in counts.items() if not wanted.outcome or x in wanted.outcome)
        window = (paging.offset(wanted), wanted.limit)
        found = desk_plans.listed(connection, wanted.outcome, window)
    items = plans_of(desk, found)
    facets = {"outcome": desk_lists.told(counts)}
    return Page[out.Plan].model_construct(**paging.page(wanted, items, total, facets))


def plans_of(desk: Desk, found: Iterable[Commitment]) -> list[out.Plan]:
    """Plans with the words that announce them and that show their outcome."""
    told = list(found)
    claims = {claim for x in told for claim in (x.promise, *x.evidence)}
    sheets = desk.sheets({x.partition(":")[0] for x in claims})
    with desk.store.database.read() as connection:
        home = desk_reads.incident_of(connection, claims)
    shown = (_plan(x, sheets, home) for x in told)
    return [x for x in shown if x is not None]


def _plan(found: Commitment, sheets: dict[str, Sheet], home: dict[str, str]) -> out.Plan | None:
    sheet = sheets.get(found.promise.partition(":")[0])
    claim = sheet.claim(found.promise) if sheet else None
    if sheet is None or claim is None:
        return None
    document = sheet.original.document
    evidence = (_telltale(x, sheets, home) for x in found.evidence)
    return out.Plan.model_construct(
        id=found.promise,
        says=found.says,
        outcome=found.outcome.value,
        due=found.due,
        document=document.id,
        title=document.title or document.name,
        published=document.published,
        type=claim.type.value,
        actors=[x.value.name for x in claim.actors],
        quote=present.clean(present.sentence(document.text, claim.trigger).of(document.text)),
        evidence=[x for x in evidence if x is not None],
    )


def _telltale(name: str, sheets: dict[str, Sheet], home: dict[str, str]) -> out.Telltale | None:
    sheet = sheets.get(name.partition(":")[0])
    claim = sheet.claim(name) if sheet else None
    if sheet is None or claim is None:
        return None
    document = sheet.original.document
    published: date | None = document.published
    return out.Telltale.model_construct(
        claim=name,
        document=document.id,
        title=document.title or document.name,
        published=published,
        quote=present.clean(present.sentence(document.text, claim.trigger).of(document.text)),
        incident=home.get(name),
    )
