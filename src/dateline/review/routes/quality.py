"""Assignments, double coding, agreement and adjudication."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from dateline.review import assignments, differences, quality, teaching
from dateline.review.routes.access import (
    MISSING,
    REFUSED,
    STALE,
    Coder,
    Colleague,
    Reviewer,
    TheDesk,
    Version,
)
from dateline.review.schemas import desk as schemas
from dateline.review.schemas.claims import Done
from dateline.review.schemas.queries import AssignmentQuery, DifferenceQuery
from dateline.review.schemas.shared import Page

router = APIRouter(prefix="/api", tags=["quality"], responses=REFUSED)


@router.get("/quality", operation_id="quality")
def get_quality(desk: TheDesk, caller: Colleague) -> schemas.Quality:  # noqa: ARG001
    """How far the coding is, and who did what."""
    return quality.told(desk)


@router.get("/assignments", operation_id="assignments")
def get_assignments(
    wanted: Annotated[AssignmentQuery, Query()], desk: TheDesk, caller: Coder
) -> Page[schemas.Assignment]:
    """Assignments: a reviewer sees all, a coder their own. Facets state and coder."""
    return assignments.page(desk, wanted, caller)


@router.post("/assignments", operation_id="assign", status_code=201)
def post_assignments(
    sent: schemas.SentAssignments, desk: TheDesk, caller: Reviewer
) -> list[schemas.Assignment]:
    """Give dispatches to people, each to several for double coding."""
    return assignments.assign(desk, sent, caller)


@router.patch("/assignments/{assignment}", operation_id="changeAssignment", responses=MISSING)
def patch_assignment(
    assignment: int, sent: schemas.SentState, desk: TheDesk, caller: Coder
) -> schemas.Assignment:
    """Tell how far an assignment is; "done" seals the coding until it is reopened."""
    return assignments.change(desk, assignment, sent, caller)


@router.get("/agreement", operation_id="agreement")
def get_agreement(desk: TheDesk, caller: Colleague) -> schemas.Agreement:  # noqa: ARG001
    """How far coders agree: percent, Cohen's kappa and Krippendorff's alpha per slot."""
    return quality.agreement(desk)


@router.get("/differences", operation_id="differences")
def get_differences(
    wanted: Annotated[DifferenceQuery, Query()],
    desk: TheDesk,
    caller: Reviewer,  # noqa: ARG001
) -> Page[schemas.Difference]:
    """What coders of the same dispatch differ on."""
    return differences.page(desk, wanted)


@router.post("/differences", operation_id="decide", responses=STALE)
def post_difference(
    sent: schemas.SentDecision, desk: TheDesk, caller: Reviewer, version: Version
) -> Done:
    """Take one coder's side: it becomes the desk's coding, by a command that can be undone."""
    return differences.decide(desk, sent, caller, version)


@router.get(
    "/gold.zip",
    operation_id="gold",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}},
)
def get_gold(desk: TheDesk, caller: Colleague) -> Response:
    """Dispatches whose claims people have all decided on, as gold files."""
    content = teaching.archive(desk, caller)
    headers = {"content-disposition": 'attachment; filename="gold.zip"'}
    return Response(content, media_type="application/zip", headers=headers)
