"""Sessions, accounts, the vocabulary and the audit log."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.review import accounts, audit, session, vocabulary
from dateline.review.routes.access import MISSING, REFUSED, Colleague, Owner, Reader, TheDesk
from dateline.review.schemas import desk as schemas
from dateline.review.schemas.queries import AuditQuery
from dateline.review.schemas.shared import Page, Problem

router = APIRouter(prefix="/api", tags=["desk"])

_THROTTLED: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "The name or the password is wrong."},
    429: {"model": Problem, "description": "Too many attempts; Retry-After tells the seconds."},
}


@router.get("/session", operation_id="session")
def get_session(request: Request, desk: TheDesk) -> schemas.Session:
    """Who works here, with which rights, on which store; needs no right."""
    return session.told(desk, request.state.caller)


@router.post("/login", operation_id="login", responses=_THROTTLED)
def post_login(
    sent: schemas.SentLogin, request: Request, response: Response, desk: TheDesk
) -> schemas.Session:
    """Sign in with name and password (team mode); the session is a cookie."""
    return session.login(desk, sent, request, response)


@router.post("/logout", operation_id="logout", status_code=204, response_model=None)
def post_logout(request: Request, response: Response, desk: TheDesk) -> None:
    """End the session."""
    session.logout(desk, request, response)


@router.get(
    "/invitations/{token}", operation_id="invitation", responses=MISSING | {429: {"model": Problem}}
)
def get_invitation(token: str, request: Request, desk: TheDesk) -> schemas.Invited:
    """What an invitation is for; 404 if it is used up, expired or was never made."""
    return session.invited(desk, token, request)


@router.post(
    "/invitations/{token}/accept",
    operation_id="acceptInvitation",
    responses=MISSING | {409: {"model": Problem}, 429: {"model": Problem}},
)
def post_accept(
    token: str, sent: schemas.SentAccount, request: Request, response: Response, desk: TheDesk
) -> schemas.Session:
    """Make the account that one was invited to, and sign in; 409 if the name is taken."""
    return session.accept(desk, token, sent, (request, response))


@router.post(
    "/password",
    operation_id="changePassword",
    status_code=204,
    response_model=None,
    responses=REFUSED,
)
def post_password(sent: schemas.SentPassword, desk: TheDesk, caller: Reader) -> None:
    """Change one's own password; other sessions of the account end."""
    accounts.change_password(desk.accounts, caller, sent.old, sent.new)


@router.get("/users", operation_id="users", responses=REFUSED)
def get_users(desk: TheDesk, caller: Colleague) -> list[schemas.User]:  # noqa: ARG001
    """All accounts."""
    return session.listed_users(desk)


@router.patch("/users/{name}", operation_id="changeUser", responses=REFUSED | MISSING)
def patch_user(name: str, sent: schemas.SentUser, desk: TheDesk, caller: Owner) -> schemas.User:
    """Give an account another role, or close or reopen it; the last owner stays."""
    return session.change_user(desk, name, sent, caller)


@router.get("/invitations", operation_id="invitations", responses=REFUSED)
def get_invitations(desk: TheDesk, caller: Owner) -> list[schemas.Invitation]:  # noqa: ARG001
    """Invitations, newest first."""
    return session.listed_invitations(desk)


@router.post("/invitations", operation_id="invite", responses=REFUSED, status_code=201)
def post_invitation(
    sent: schemas.SentInvitation, desk: TheDesk, caller: Owner
) -> schemas.Invitation:
    """Invite a person; the answer has the token of the link, which is shown only once."""
    return session.invite(desk, sent, caller)


@router.delete(
    "/invitations/{invitation}",
    operation_id="revokeInvitation",
    responses=REFUSED | MISSING,
    status_code=204,
    response_model=None,
)
def delete_invitation(invitation: int, desk: TheDesk, caller: Owner) -> None:
    """Let an invitation expire now."""
    session.revoke_invitation(desk, invitation, caller)


@router.get("/tokens", operation_id="tokens", responses=REFUSED)
def get_tokens(desk: TheDesk, caller: Reader) -> list[schemas.Token]:
    """One's own keys for programs."""
    return session.listed_tokens(desk, caller)


@router.post("/tokens", operation_id="makeToken", responses=REFUSED, status_code=201)
def post_token(sent: schemas.SentToken, desk: TheDesk, caller: Reader) -> schemas.Token:
    """Make a key for programs (`Authorization: Bearer TOKEN`); it is shown only once."""
    return session.make_token(desk, sent, caller)


@router.delete(
    "/tokens/{token}",
    operation_id="revokeToken",
    responses=REFUSED | MISSING,
    status_code=204,
    response_model=None,
)
def delete_token(token: int, desk: TheDesk, caller: Reader) -> None:
    """Let a key of one's own expire now."""
    session.revoke_token(desk, token, caller)


@router.get("/vocabulary", operation_id="vocabulary", responses=REFUSED)
def get_vocabulary(desk: TheDesk, caller: Reader) -> schemas.Vocabulary:  # noqa: ARG001
    """All codes and what they mean."""
    return vocabulary.told()


@router.get("/audit", operation_id="audit", responses=REFUSED)
def get_audit(
    wanted: Annotated[AuditQuery, Query()],
    desk: TheDesk,
    caller: Colleague,  # noqa: ARG001
) -> Page[schemas.AuditEntry]:
    """The audit log, newest first. As a file: /api/audit.csv and .jsonl."""
    return audit.page(desk, wanted)


@router.get("/audit/check", operation_id="auditCheck", responses=REFUSED)
def get_check(desk: TheDesk, caller: Colleague) -> schemas.AuditCheck:  # noqa: ARG001
    """Whether the log is whole: every entry's hash is checked."""
    return audit.check(desk)
