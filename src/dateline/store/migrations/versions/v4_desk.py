"""The review desk: commands and their audit log, accounts, assignments."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dateline.store.migrations.guards import forbid

revision = "4"
down_revision = "3"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of version 4."""
    _log()
    _accounts()
    _assignments()
    for table in ("desk_audit", "desk_commands", "desk_drafts"):
        forbid(table)


def _log() -> None:
    op.create_table(
        "desk_audit",
        sa.Column("key", sa.Integer(), primary_key=True, autoincrement=False),
        *_texts("at", "by", "act", "target", "old", "new", "why", "tool", "previous", "hash"),
    )
    op.create_table(
        "desk_commands",
        _key(),
        _moment("at"),
        *_texts("by", "kind", "act", "says", "why", "target", "document", "body"),
        sa.Column("of", sa.Integer()),
    )
    _index("desk_commands", "by", "of")


def _accounts() -> None:
    op.create_table(
        "desk_users",
        _key(),
        _unique("name"),
        *_texts("role", "password"),
        sa.Column("active", sa.Integer(), nullable=False),
        _moment("created"),
        _moment("seen", nullable=True),
    )
    op.create_table("desk_sessions", _key(), _unique("hash"), *_texts("user"), _moment("expires"))
    _index("desk_sessions", "user")
    for name, texts in (
        ("desk_invitations", ("role", "note", "by")),
        ("desk_tokens", ("user", "role", "note")),
    ):
        op.create_table(
            name,
            _key(),
            _unique("hash"),
            *_texts(*texts),
            _moment("created"),
            _moment("expires"),
            _moment("used", nullable=True),
        )
    _index("desk_tokens", "user")


def _assignments() -> None:
    op.create_table(
        "desk_assignments",
        _key(),
        *_texts("document", "coder", "state", "by", "note"),
        _moment("created"),
        _moment("changed"),
        sa.Column("due", sa.Date()),
    )
    _index("desk_assignments", "coder", "document")
    op.create_table(
        "desk_drafts",
        _key(),
        sa.Column("assignment", sa.Integer(), nullable=False),
        *_texts("body"),
    )
    _index("desk_drafts", "assignment")


def _key() -> "sa.Column[int]":
    return sa.Column("key", sa.Integer(), primary_key=True)


def _unique(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False, unique=True)


def _texts(*names: str) -> "list[sa.Column[Any]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, _MOMENT, nullable=nullable)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"{table}_{column}", table, [column])
