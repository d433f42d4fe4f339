"""Sessions, accounts and keys as the API has them."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException, Request, Response

import dateline
from dateline.review import accounts, history, queue
from dateline.review.accounts import Caller
from dateline.review.desk import Desk
from dateline.review.schemas import desk as out
from dateline.review.schemas.shared import Right, Role
from dateline.store import desk_log, desk_reads
from dateline.store.desk_tables import assignments, invitations, sessions, tokens, users
from dateline.store.tables import failures

COOKIE = "dateline_desk"


def told(desk: Desk, caller: Caller | None) -> out.Session:
    """Who works here."""
    undo, redo = (
        history.can(desk, caller) if caller and Right.code in caller.rights else (False,) * 2
    )
    return out.Session(
        user=caller.name if caller else None,
        role=caller.role if caller else None,
        can=sorted(caller.rights) if caller else [],
        mode="team" if desk.settings.team else "local",
        store=_store_name(desk) if caller else "",
        sample=desk.settings.sample,
        version=dateline.__version__,
        edition=_edition(desk) if caller else "",
        counts=_counts(desk, caller) if caller else None,
        undo=undo,
        redo=redo,
    )


def set_cookie(desk: Desk, response: Response, secret: str) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(accounts.SESSION.total_seconds()),
        httponly=True,
        samesite="strict" if desk.settings.team else "lax",
        secure=desk.settings.secure,
        path="/",
    )


def login(desk: Desk, sent: out.SentLogin, request: Request, response: Response) -> out.Session:
    """Sign in."""
    if not desk.settings.team:
        raise HTTPException(401, "There are no accounts here; open the link of the command.")
    caller = desk.accounts.check(sent.name, sent.password, address(request))
    set_cookie(desk, response, desk.accounts.start(caller))
    return told(desk, caller)


def logout(desk: Desk, request: Request, response: Response) -> None:
    """End the session."""
    secret = request.cookies.get(COOKIE)
    if secret and desk.settings.team:
        desk.accounts.end(secret)
    response.delete_cookie(COOKIE, path="/")


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def invited(desk: Desk, token: str, request: Request) -> out.Invited:
    """What an invitation is for."""
    with desk.store.database.read() as connection:
        row = _invitation(desk, connection, token, request)
    return out.Invited(role=Role(row.role), note=row.note, expires=row.expires)


def accept(
    desk: Desk, token: str, sent: out.SentAccount, http: tuple[Request, Response]
) -> out.Session:
    """Make an account from an invitation."""
    request, response = http
    with desk.store.database.write() as connection:
        desk_log.lock(connection)
        row = _invitation(desk, connection, token, request)
        caller = Caller(sent.name, Role(row.role))
        accounts.make(connection, caller, sent.password, f"invitation/{row.key}")
        used = sa.update(invitations).where(invitations.c.key == row.key)
        connection.execute(used.values(used=datetime.now(UTC)))
    set_cookie(desk, response, desk.accounts.start(caller))
    return told(desk, caller)


def listed_users(desk: Desk) -> list[out.User]:
    """All accounts."""
    with desk.store.database.read() as connection:
        return [_user(x) for x in connection.execute(sa.select(users).order_by(users.c.name))]


def change_user(desk: Desk, name: str, sent: out.SentUser, caller: Caller) -> out.User:
    """Change an account.

    Raises:
        HTTPException: There is none, or no owner would be left.
    """
    mine = users.c.name == name
    with desk.store.database.write() as connection:
        desk_log.lock(connection)
        row = connection.execute(sa.select(users).where(mine)).first()
        if row is None:
            raise HTTPException(404, "There is no such account.")
        role = (sent.role or Role(row.role)).value
        active = int(row.active if sent.active is None else sent.active)
        owners = sa.select(sa.func.count()).select_from(users)
        owners = owners.where(users.c.role == Role.owner.value, users.c.active == 1, ~mine)
        stays = role == Role.owner.value and active
        if not stays and not connection.execute(owners).scalar():
            raise HTTPException(403, "The last owner stays.")
        connection.execute(sa.update(users).where(mine).values(role=role, active=active))
        if not active:
            connection.execute(sa.delete(sessions).where(sessions.c.user == name))
        old = {"role": row.role, "active": bool(row.active)}
        new = {"role": role, "active": bool(active)}
        desk_log.record(connection, desk_log.Event(caller.by, "user", name, old, new))
        row = connection.execute(sa.select(users).where(mine)).one()
    return _user(row)


def listed_invitations(desk: Desk) -> list[out.Invitation]:
    """Invitations, newest first."""
    wanted = sa.select(invitations).order_by(invitations.c.key.desc()).limit(200)
    with desk.store.database.read() as connection:
        return [_invitation_of(x) for x in connection.execute(wanted)]


def invite(desk: Desk, sent: out.SentInvitation, caller: Caller) -> out.Invitation:
    """Invite a person."""
    with desk.store.database.write() as connection:
        number, secret = accounts.invite(connection, sent.role, sent.note, caller.by, sent.days)
        wanted = sa.select(invitations).where(invitations.c.key == number)
        row = connection.execute(wanted).one()
    return _invitation_of(row, secret)


def revoke_invitation(desk: Desk, number: int, caller: Caller) -> None:
    """Let an invitation expire now."""
    mine = invitations.c.key == _small(number)
    _expire(desk, invitations, mine, desk_log.Event(caller.by, "revoke-invitation", str(number)))


def listed_tokens(desk: Desk, caller: Caller) -> list[out.Token]:
    """One's own keys."""
    wanted = sa.select(tokens).where(tokens.c.user == caller.name).order_by(tokens.c.key.desc())
    with desk.store.database.read() as connection:
        return [_token(x) for x in connection.execute(wanted.limit(200))]


def make_token(desk: Desk, sent: out.SentToken, caller: Caller) -> out.Token:
    """Make a key.

    Raises:
        HTTPException: It would have more rights than its maker, or there are no accounts.
    """
    order = list(Role).index
    if order(sent.role) > order(caller.role):
        raise HTTPException(403, "A key has at most the rights of who makes it.")
    if not desk.settings.team:
        raise HTTPException(403, "Keys belong to accounts, and there are none here.")
    secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
    row = {
        "hash": accounts.digest(secret),
        "user": caller.name,
        "role": sent.role.value,
        "note": sent.note,
        "created": now,
        "expires": now + timedelta(days=sent.days),
    }
    with desk.store.database.write() as connection:
        done = connection.execute(sa.insert(tokens).values(row).returning(tokens.c.key))
        number = done.scalar_one()
        new = {"role": sent.role.value}
        desk_log.record(connection, desk_log.Event(caller.by, "token", str(number), None, new))
        found = connection.execute(sa.select(tokens).where(tokens.c.key == number)).one()
    return _token(found, secret)


def revoke_token(desk: Desk, number: int, caller: Caller) -> None:
    """Let a key of one's own expire now."""
    mine = sa.and_(tokens.c.key == _small(number), tokens.c.user == caller.name)
    _expire(desk, tokens, mine, desk_log.Event(caller.by, "revoke-token", str(number)))


def _expire(desk: Desk, table: sa.Table, mine: Any, event: desk_log.Event) -> None:
    with desk.store.database.write() as connection:
        values = {"expires": datetime.now(UTC)}
        if not connection.execute(sa.update(table).where(mine).values(values)).rowcount:
            raise HTTPException(404, "There is no such thing.")
        desk_log.record(connection, event)


def _small(number: int) -> int:
    return number if 0 < number < 2**31 else 0


def _invitation(desk: Desk, connection: sa.Connection, token: str, request: Request) -> Any:
    key = f"invitation {address(request)}"
    desk.accounts.throttle.check(key)
    wanted = sa.select(invitations).where(
        invitations.c.hash == accounts.digest(token),
        invitations.c.expires > datetime.now(UTC),
        invitations.c.used.is_(None),
    )
    row = connection.execute(wanted).first()
    if row is None:
        desk.accounts.throttle.fail(key)
        raise HTTPException(404, "The invitation is used up or expired, or never was.")
    return row


def _store_name(desk: Desk) -> str:
    """The last part of the file's name; where it lies on the machine is nobody's business."""
    return desk.store.name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _edition(desk: Desk) -> str:
    with desk.store.database.read() as connection:
        return desk_reads.edition(connection)


def _counts(desk: Desk, caller: Caller) -> out.Counts:
    from dateline.review import pairs

    mine = sa.select(sa.func.count()).select_from(assignments)
    mine = mine.where(
        assignments.c.coder == caller.name, assignments.c.state.in_(("to-do", "in-progress"))
    )
    with desk.store.database.read() as connection:
        failed = connection.execute(sa.select(sa.func.count()).select_from(failures)).scalar_one()
        own = connection.execute(mine).scalar_one()
        waiting, undecided = queue.waiting(connection), pairs.waiting(connection)
    return out.Counts(queue=waiting, pairs=undecided, failures=failed, assignments=own)


def _user(row: Any) -> out.User:
    return out.User(
        name=row.name,
        role=Role(row.role),
        active=bool(row.active),
        created=row.created,
        seen=row.seen,
    )


def _invitation_of(row: Any, secret: str | None = None) -> out.Invitation:
    return out.Invitation(
        id=row.key,
        role=Role(row.role),
        note=row.note,
        by=row.by.partition("/")[2],
        created=row.created,
        expires=row.expires,
        used=row.used is not None,
        token=secret,
    )


def _token(row: Any, secret: str | None = None) -> out.Token:
    return out.Token(
        id=row.key,
        note=row.note,
        role=Role(row.role),
        created=row.created,
        expires=row.expires,
        used=row.used,
        token=secret,
    )
