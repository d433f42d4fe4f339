"""The tables of the review desk: commands and their audit log, accounts, assignments."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, Table

from dateline.store.columns import Instant, Verbatim
from dateline.store.tables import metadata

APPEND_ONLY = ("desk_audit", "desk_commands", "desk_drafts")


def _key() -> "Column[int]":
    return Column("key", Integer, primary_key=True)


def _texts(*names: str) -> "list[Column[str]]":
    return [Column(name, Verbatim, nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> "Column[datetime]":
    return Column(name, Instant, nullable=nullable)


# Each entry's hash is over its own values and the hash of the entry before.
audit = Table(
    "desk_audit",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    *_texts("at", "by", "act", "target", "old", "new", "why", "tool", "previous", "hash"),
)

# `body` holds what a command changed, before and after; `of` is the command that one (un)does.
commands = Table(
    "desk_commands",
    metadata,
    _key(),
    _moment("at"),
    *_texts("by", "kind", "act", "says", "why", "target", "document", "body"),
    Column("of", Integer),
    Index("desk_commands_by", "by"),
    Index("desk_commands_of", "of"),
)

users = Table(
    "desk_users",
    metadata,
    _key(),
    Column("name", sa.Text, nullable=False, unique=True),
    *_texts("role", "password"),
    Column("active", Integer, nullable=False),
    _moment("created"),
    _moment("seen", nullable=True),
)

sessions = Table(
    "desk_sessions",
    metadata,
    _key(),
    Column("hash", sa.Text, nullable=False, unique=True),
    *_texts("user"),
    _moment("expires"),
    Index("desk_sessions_user", "user"),
)

invitations = Table(
    "desk_invitations",
    metadata,
    _key(),
    Column("hash", sa.Text, nullable=False, unique=True),
    *_texts("role", "note", "by"),
    _moment("created"),
    _moment("expires"),
    _moment("used", nullable=True),
)

tokens = Table(
    "desk_tokens",
    metadata,
    _key(),
    Column("hash", sa.Text, nullable=False, unique=True),
    *_texts("user", "role", "note"),
    _moment("created"),
    _moment("expires"),
    _moment("used", nullable=True),
    Index("desk_tokens_user", "user"),
)

assignments = Table(
    "desk_assignments",
    metadata,
    _key(),
    *_texts("document", "coder", "state", "by", "note"),
    _moment("created"),
    _moment("changed"),
    Column("due", Date),
    Index("desk_assignments_coder", "coder"),
    Index("desk_assignments_document", "document"),
)

# Corrections of a private coding, oldest first.
drafts = Table(
    "desk_drafts",
    metadata,
    _key(),
    Column("assignment", Integer, nullable=False),
    *_texts("body"),
    Index("desk_drafts_assignment", "assignment"),
)
