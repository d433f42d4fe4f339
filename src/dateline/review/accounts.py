"""Accounts, sessions, invitations and keys for programs; and what each role may do."""

import hashlib
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from fastapi import HTTPException

from dateline.review.schemas.shared import Right, Role
from dateline.store import desk_log
from dateline.store.connection import Database
from dateline.store.desk_tables import invitations, sessions, tokens, users

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.data_viewer: frozenset({Right.read}),
    Role.viewer: frozenset({Right.read, Right.people}),
    Role.coder: frozenset({Right.read, Right.people, Right.code}),
    Role.reviewer: frozenset({Right.read, Right.people, Right.code, Right.review}),
    Role.owner: frozenset(Right),
}
SESSION = timedelta(hours=12)
_ATTEMPTS, _WINDOW = 8, 300.0  # failed sign-ins of a name or an address, in so many seconds
_SEEN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the name of an account, and its role."""

    name: str
    role: Role

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do."""
        return RIGHTS[self.role]

    @property
    def by(self) -> str:
        """Who they are in corrections and judgements."""
        return f"person/{self.name}"


class Throttle:
    """Counts failures by key; too many within a while, and the key has to wait."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def check(self, *keys: str) -> None:
        """Let through who has not failed too often.

        Raises:
            HTTPException: They have; it tells when to come back.
        """
        now = time.monotonic()
        with self._lock:
            for key in keys:
                found = self._failures.get(key, deque())
                while found and found[0] < now - _WINDOW:
                    found.popleft()
                if len(found) >= _ATTEMPTS:
                    wait = str(int(found[0] + _WINDOW - now) + 1)
                    told = "Too many attempts; wait a while."
                    raise HTTPException(429, told, headers={"Retry-After": wait})

    def fail(self, *keys: str) -> None:
        """Note a failure."""
        with self._lock:
            if len(self._failures) > 10_000:
                self._failures.clear()
            for key in keys:
                self._failures.setdefault(key, deque()).append(time.monotonic())


class Accounts:
    """Who may use a desk; secrets are kept as hashes only."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.throttle = Throttle()

    def any(self) -> bool:
        """Whether there is an account that can be used."""
        wanted = sa.select(users.c.key).where(users.c.active == 1).limit(1)
        with self.database.read() as connection:
            return connection.execute(wanted).first() is not None

    def check(self, name: str, password: str, address: str) -> Caller:
        """Who has this name and password.

        Raises:
            HTTPException: Nobody, or there were too many attempts.
        """
        keys = (f"name {name.casefold()}", f"address {address}")
        self.throttle.check(*keys)
        with self.database.read() as connection:
            row = connection.execute(sa.select(users).where(users.c.name == name)).first()
        # An unknown name takes as long as a wrong password, so that it tells nothing.
        right = verify(row.password if row else _nobody(), password)
        if row is None or not row.active or not right:
            self.throttle.fail(*keys)
            raise HTTPException(401, "The name or the password is wrong.")
        return Caller(row.name, Role(row.role))

    def start(self, caller: Caller) -> str:
        """Begin a session; its secret goes into the cookie."""
        secret = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        row = {"hash": digest(secret), "user": caller.name, "expires": now + SESSION}
        with self.database.write() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.expires < now))
            connection.execute(sa.insert(sessions), [row])
            seen = sa.update(users).where(users.c.name == caller.name).values(seen=now)
            connection.execute(seen)
        return secret

    def end(self, secret: str) -> None:
        """End a session."""
        with self.database.write() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.hash == digest(secret)))

    def of_session(self, secret: str) -> Caller | None:
        """Whose session this is."""
        wanted = (
            sa.select(users)
            .join(sessions, sessions.c.user == users.c.name)
            .where(sessions.c.hash == digest(secret), sessions.c.expires > datetime.now(UTC))
        )
        return self._caller(wanted)

    def of_token(self, secret: str) -> Caller | None:
        """Whose key this is, with the rights that both key and account have."""
        found = digest(secret)
        now = datetime.now(UTC)
        wanted = (
            sa.select(users.c.name, users.c.role, users.c.active, tokens.c.role.label("lent"),
                      tokens.c.used, tokens.c.key)
            .join(tokens, tokens.c.user == users.c.name)
            .where(tokens.c.hash == found, tokens.c.expires > now)
        )  # fmt: skip
        with self.database.read() as connection:
            row = connection.execute(wanted).first()
        if row is None or not row.active:
            return None
        if row.used is None or now - row.used > _SEEN:
            with self.database.write() as connection:
                connection.execute(
                    sa.update(tokens).where(tokens.c.key == row.key).values(used=now)
                )
        return Caller(row.name, min(Role(row.role), Role(row.lent), key=list(Role).index))

    def _caller(self, wanted: Any) -> Caller | None:
        with self.database.read() as connection:
            row = connection.execute(wanted).first()
        return Caller(row.name, Role(row.role)) if row is not None and row.active else None


def make(connection: sa.Connection, caller: Caller, password: str, by: str) -> None:
    """Enter an account.

    Raises:
        HTTPException: The name is taken.
    """
    folded = sa.func.lower(users.c.name) == caller.name.lower()
    if connection.execute(sa.select(users.c.key).where(folded)).first():
        raise HTTPException(409, "The name is taken.")
    row = {
        "name": caller.name,
        "role": caller.role.value,
        "password": hashed(password),
        "active": 1,
        "created": datetime.now(UTC),
    }
    connection.execute(sa.insert(users), [row])
    event = desk_log.Event(by, "account", caller.name, None, {"role": caller.role.value})
    desk_log.record(connection, event)


def change_password(accounts: Accounts, caller: Caller, old: str, new: str) -> None:
    """Change one's own password; all sessions of the account end.

    Raises:
        HTTPException: The old one is wrong, or there is no account.
    """
    accounts.throttle.check(f"name {caller.name.casefold()}")
    mine = users.c.name == caller.name
    with accounts.database.write() as connection:
        row = connection.execute(sa.select(users).where(mine)).first()
        if row is None:
            raise HTTPException(403, "There are no accounts here.")
        if not verify(row.password, old):
            accounts.throttle.fail(f"name {caller.name.casefold()}")
            raise HTTPException(403, "The old password is wrong.")
        connection.execute(sa.update(users).where(mine).values(password=hashed(new)))
        connection.execute(sa.delete(sessions).where(sessions.c.user == caller.name))
        desk_log.record(connection, desk_log.Event(caller.by, "password", caller.name))


def invite(connection: sa.Connection, role: Role, note: str, by: str, days: int) -> tuple[int, str]:
    """Enter an invitation: its number and its secret, which is not kept."""
    secret = secrets.token_urlsafe(24)
    now = datetime.now(UTC)
    expires = now + timedelta(days=days)
    row = {
        "hash": digest(secret),
        "role": role.value,
        "note": note,
        "by": by,
        "created": now,
        "expires": expires,
    }
    done = connection.execute(sa.insert(invitations).values(row).returning(invitations.c.key))
    number = int(done.scalar_one())
    told = {"role": role.value, "expires": expires.isoformat()}
    desk_log.record(connection, desk_log.Event(by, "invite", str(number), None, told, note))
    return number, secret


def digest(secret: str) -> str:
    """What is kept of a secret of our own making, which is long and random."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def hashed(password: str) -> str:
    """What is kept of a password."""
    found: str = _hasher().hash(password)
    return found


def verify(kept: str, password: str) -> bool:
    """Whether a password is the one kept."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(_hasher().verify(kept, password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id, with the parameters of RFC 9106 for little memory


@cache
def _nobody() -> str:
    return hashed(secrets.token_urlsafe(16))
