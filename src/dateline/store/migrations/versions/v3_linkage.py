"""What linking leaves behind, and all that people may do to a claim."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Make the tables of version 3; conclusions are computed anew, since these are empty."""
    op.add_column("corrections", sa.Column("act", sa.Text(), nullable=False, server_default="edit"))
    op.add_column(
        "corrections", sa.Column("claims", sa.Text(), nullable=False, server_default="[]")
    )
    op.add_column("corrections", sa.Column("target", sa.Text(), nullable=False, server_default=""))
    _filed()
    _tied()
    op.execute("DELETE FROM concluded")


def _filed() -> None:
    op.create_table(
        "linked_documents",
        _key(),
        sa.Column("document", sa.Text(), nullable=False, unique=True),
        _number("record"),
        sa.Column("published", sa.Date()),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
    )
    op.create_index("linked_documents_record", "linked_documents", ["record"])
    op.create_index("linked_documents_published", "linked_documents", ["published"])
    op.create_table(
        "linked_claims",
        _key(),
        sa.Column("claim", sa.Text(), nullable=False, unique=True),
        _number("document"),
    )
    op.create_index("linked_claims_document", "linked_claims", ["document"])
    op.create_table(
        "linked_blocks",
        sa.Column("block", sa.BigInteger(), primary_key=True, autoincrement=False),
        _part("day"),
        _part("claim"),
        sqlite_with_rowid=False,
    )
    op.create_index("linked_blocks_claim", "linked_blocks", ["claim"])


def _tied() -> None:
    op.create_table(
        "linked_bonds",
        _part("one"),
        _part("other"),
        sa.Column("odds", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "linked_bands",
        sa.Column("band", sa.BigInteger(), primary_key=True, autoincrement=False),
        _part("document"),
        sqlite_with_rowid=False,
    )
    op.create_index("linked_bands_document", "linked_bands", ["document"])
    op.create_table(
        "linked_copies",
        sa.Column("one", sa.Text(), primary_key=True),
        sa.Column("other", sa.Text(), primary_key=True),
        sa.Column("why", sa.Text(), nullable=False),
    )
    op.create_index("linked_copies_other", "linked_copies", ["other"])
    op.create_table(
        "linked_promises",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("promise", "claim", "role")),
    )
    op.create_index("linked_promises_claim", "linked_promises", ["claim"])


def _key() -> "sa.Column[int]":
    return sa.Column("key", sa.Integer(), primary_key=True)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _part(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)
