"""What routes depend on: the desk, and who calls with which rights."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Request

from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.schemas.shared import Conflict, Problem, Right

REFUSED: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "Nobody has signed in."},
    403: {"model": Problem, "description": "The role has not this right."},
}
STALE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such thing."},
    409: {"model": Conflict, "description": "It was changed in between; nothing was done."},
    428: {"model": Problem, "description": "If-Match is missing."},
}
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such thing."}
}


def desk_of(request: Request) -> Desk:
    """The desk that this server serves."""
    found: Desk = request.app.state.desk
    return found


def caller_of(request: Request) -> Caller | None:
    """Who calls, by session or by token."""
    found: Caller | None = request.state.caller
    return found


def needs(right: Right) -> Callable[..., Caller]:
    """A dependency that lets only those through who have this right."""

    def check(found: Annotated[Caller | None, Depends(caller_of)]) -> Caller:
        if found is None:
            raise HTTPException(401, "Sign in first.")
        if right not in found.rights:
            raise HTTPException(403, f"Your role, {found.role.value}, may not do that.")
        return found

    return check


def version_of(told: Annotated[str, Header(alias="If-Match", max_length=200)] = "") -> str:
    """The version that a change was made on, from `If-Match`; empty if none was sent."""
    return told.strip().removeprefix("W/").strip('"')


TheDesk = Annotated[Desk, Depends(desk_of)]
Version = Annotated[str, Depends(version_of)]
Reader = Annotated[Caller, Depends(needs(Right.read))]
Coder = Annotated[Caller, Depends(needs(Right.code))]
Reviewer = Annotated[Caller, Depends(needs(Right.review))]
Owner = Annotated[Caller, Depends(needs(Right.manage))]
Colleague = Annotated[Caller, Depends(needs(Right.people))]
