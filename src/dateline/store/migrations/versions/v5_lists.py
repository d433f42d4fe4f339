"""What the review desk lists from: narrow rows, and counts by kind."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dateline.store.relist import relist

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Make the tables of version 5 and fill them."""
    _claims()
    _incidents()
    _parties()
    _pairs()
    # What people said of a dispatch is found by its id, which claims begin with.
    op.execute("CREATE INDEX corrections_document ON corrections (substr(claim, 1, 16))")
    relist(op.get_bind())


def _claims() -> None:
    op.create_table(
        "listed_documents",
        _part("document"),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        *_numbers("record", "run"),
        *_days("published"),
        *_texts("publisher", "name", "title", "folded", "url"),
        *_numbers("claims", "open", "reviewed", "rejected"),
    )
    op.create_index("listed_documents_published", "listed_documents", ["published", "id"])
    _kinds("claim_kinds", "state", "type", "status", "country", "publisher")
    op.create_table(
        "listed_claims",
        _key(),
        *_numbers("document", "place"),
        *_texts("id"),
        *_numbers("kind"),
        *_days("published", "start", "end"),
        *_texts("parties"),
        sa.Column("score", sa.Float()),
    )
    op.create_index("listed_claims_document", "listed_claims", ["document"])
    op.create_index("listed_claims_kind", "listed_claims", ["kind"])
    op.create_index("listed_claims_published", "listed_claims", ["published", "document", "place"])


def _incidents() -> None:
    _kinds("incident_kinds", "type", "status", "country", "level", "disputed")
    op.create_table(
        "listed_incidents",
        _part("incident"),
        *_texts("id"),
        *_numbers("kind"),
        *_days("start", "end", "first_reported", "last_reported"),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        *_texts("parties"),
        *_numbers("voices", "claims"),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("killed", sa.BigInteger()),
        sa.Column("weight", sa.Float(), nullable=False),
    )
    op.create_index("listed_incidents_kind", "listed_incidents", ["kind"])
    op.create_index("listed_incidents_start", "listed_incidents", ["start", "incident"])
    op.create_index("listed_incidents_weight", "listed_incidents", ["weight", "start"])
    op.create_table(
        "listed_tellings", _part("document"), _part("incident"), sqlite_with_rowid=False
    )
    op.create_index("listed_tellings_incident", "listed_tellings", ["incident"])


def _parties() -> None:
    op.create_table(
        "listed_parties",
        sa.Column("name", sa.Text(), primary_key=True),
        _part("incident"),
        *_texts("role", "shown"),
        *_texts("country", "sector", nullable=True),
    )
    op.create_index("listed_parties_incident", "listed_parties", ["incident"])
    op.create_table(
        "listed_actors",
        sa.Column("name", sa.Text(), primary_key=True),
        *_texts("shown"),
        *_texts("country", "sector", nullable=True),
        *_numbers("incidents", "as_actor", "as_recipient"),
        *_days("first_reported", "last_reported"),
    )
    op.create_index("listed_actors_incidents", "listed_actors", ["incidents"])


def _pairs() -> None:
    op.create_table(
        "listed_pairs",
        sa.Column("left", sa.Text(), primary_key=True),
        sa.Column("right", sa.Text(), primary_key=True),
        *_numbers("judgement"),
        *_texts("verdict", "said"),
        sa.Column("score", sa.Float()),
        sa.Column("doubt", sa.Float(), nullable=False),
        *_numbers("there"),
    )
    op.create_index("listed_pairs_right", "listed_pairs", ["right"])
    op.create_index("listed_pairs_doubt", "listed_pairs", ["doubt", "judgement"])
    op.create_index("listed_pairs_open", "listed_pairs", ["there", "said", "verdict"])


def _kinds(name: str, *facets: str) -> None:
    op.create_table(
        name,
        _key(),
        *_texts(*facets),
        *_numbers("number"),
        sa.UniqueConstraint(*facets, name=f"{name}_values"),
    )


def _key() -> "sa.Column[int]":
    return sa.Column("key", sa.Integer(), primary_key=True)


def _part(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)


def _numbers(*names: str) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _days(*names: str) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.Integer()) for name in names]


def _texts(*names: str, nullable: bool = False) -> "list[sa.Column[Any]]":
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]
