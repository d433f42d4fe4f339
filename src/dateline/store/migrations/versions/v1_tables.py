"""Documents, runs and what people say of them; incidents computed from them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dateline.store.migrations.guards import forbid, forbid_edits, prepare, seal_runs

revision = "1"
down_revision = None

_TEXT, _INT, _REAL, _DAY = sa.Text(), sa.Integer(), sa.Float(), sa.Date()
_MOMENT = sa.DateTime(timezone=True)

APPEND_ONLY = (
    *("documents", "records", "sightings", "claims", "readings", "failures"),
    *("judgements", "corrections", "redirects"),
)
DERIVED = (
    *("incidents", "incident_claims", "conflicts", "commitments"),
    *("origins", "origin_documents", "concluded"),
)

# A document is as the newest run tells it that coded it or found it coded; runs that finished come
# before those that did not.
LATEST_RECORDS = """
CREATE VIEW latest_records AS
SELECT * FROM (
    SELECT records.*, documents.id AS document_id, ROW_NUMBER() OVER (
        PARTITION BY records.document
        ORDER BY CASE WHEN runs.finished IS NULL THEN 1 ELSE 0 END, runs.key DESC
    ) AS place
    FROM (
        SELECT key AS record, run FROM records UNION ALL SELECT record, run FROM sightings
    ) AS told
    JOIN records ON records.key = told.record
    JOIN runs ON runs.key = told.run
    JOIN documents ON documents.key = records.document
) AS ranked WHERE place = 1
"""
LATEST_CLAIMS = """
CREATE VIEW latest_claims AS
SELECT claims.*, latest_records.document_id, latest_records.published, latest_records.run
FROM claims JOIN latest_records ON latest_records.key = claims.record
"""


def upgrade() -> None:
    """Make the tables of version 1."""
    _dispatches()
    _claims()
    _people()
    _incidents()
    _conclusions()
    op.execute(LATEST_RECORDS)
    op.execute(LATEST_CLAIMS)
    prepare()
    for table in APPEND_ONLY:
        forbid(table)
    for table in DERIVED:
        forbid_edits(table)
    seal_runs()


def _some(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _any(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _key() -> sa.Column[int]:
    return sa.Column("key", sa.Integer(), primary_key=True)


def _place(name: str = "position") -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)


def _to(name: str, target: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(target), nullable=nullable)


def _of(name: str, target: str) -> sa.Column[int]:
    key = sa.ForeignKey(target)
    return sa.Column(name, sa.Integer(), key, primary_key=True, autoincrement=False)


def _dispatches() -> None:
    op.create_table(
        "documents",
        _key(),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        *_some(_TEXT, "publisher", "url", "text"),
    )
    op.create_table(
        "runs",
        _key(),
        *_some(_TEXT, "version", "configuration", "models", "coder"),
        *_some(_MOMENT, "started"),
        *_any(_MOMENT, "finished"),
        *_any(_INT, "added", "known", "failed", "claims"),
    )
    op.create_table(
        "records",
        _key(),
        _to("document", "documents.key"),
        _to("run", "runs.key"),
        *_some(_TEXT, "stamp", "name", "title"),
        *_any(_DAY, "published"),
        *_some(_TEXT, "document_notes", "notes", "findings"),
        *_any(_TEXT, "written"),
        *_some(_INT, "claims"),
        sa.UniqueConstraint("document", "stamp", name="records_document_stamp"),
    )
    op.create_index("records_run", "records", ["run"])
    op.create_table("sightings", _of("run", "runs.key"), _of("record", "records.key"))
    op.create_index("sightings_record", "sightings", ["record"])
    op.create_table(
        "failures",
        _key(),
        _to("run", "runs.key"),
        _to("document", "documents.key", nullable=True),
        *_some(_TEXT, "name", "title"),
        *_any(_DAY, "published"),
        *_some(_TEXT, "document_notes", "reason", "notes"),
    )
    op.create_index("failures_run", "failures", ["run"])
    op.create_index("failures_document", "failures", ["document"])


def _claims() -> None:
    op.create_table(
        "claims",
        _key(),
        _to("record", "records.key"),
        *_some(_INT, "position"),
        *_some(_TEXT, "id", "type", "status"),
        *_any(_TEXT, "mode"),
        *_any(_DAY, "start", "end"),
        *_any(_TEXT, "country"),
        *_any(_REAL, "lat", "lon"),
        *_some(_TEXT, "parties", "body"),
        sa.UniqueConstraint("record", "position", name="claims_record_position"),
    )
    for column in ("id", "type", "country", "start"):
        op.create_index(f"claims_{column}", "claims", [column])
    op.create_table(
        "readings",
        _of("claim", "claims.key"),
        _place(),
        *_some(_TEXT, "slot"),
        *_any(_TEXT, "value", "kind", "country"),
        *_any(_REAL, "lat", "lon"),
        *_any(_TEXT, "start", "end"),
        *_any(sa.BigInteger(), "low", "best", "high"),
        *_some(_TEXT, "basis", "found_by"),
        *_any(_REAL, "score"),
        *_some(_TEXT, "spans"),
    )


def _people() -> None:
    op.create_table(
        "judgements",
        _key(),
        *_some(_TEXT, "left", "right", "by", "verdict"),
        *_any(_REAL, "score"),
        *_some(_TEXT, "reasons"),
        *_some(_MOMENT, "at"),
    )
    op.create_index("judgements_pair", "judgements", ["left", "right", "by"])
    op.create_table(
        "corrections",
        _key(),
        *_some(_TEXT, "claim", "slot", "readings", "by", "why"),
        *_some(_MOMENT, "at"),
    )
    op.create_index("corrections_claim", "corrections", ["claim"])


def _incidents() -> None:
    op.create_table("redirects", _key(), *_some(_TEXT, "old", "new"), *_some(_MOMENT, "at"))
    op.create_index("redirects_old", "redirects", ["old"])
    op.create_table(
        "incidents",
        _key(),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        *_some(_TEXT, "type", "status"),
        *_any(_DAY, "start", "end"),
        *_any(_TEXT, "country"),
        *_any(_REAL, "lat", "lon"),
        *_some(_TEXT, "parties"),
        *_some(_INT, "voices"),
        *_some(_REAL, "confidence"),
        *_any(_DAY, "first_reported", "last_reported"),
        *_some(_TEXT, "body"),
    )
    op.create_table(
        "incident_claims",
        _of("incident", "incidents.key"),
        _place(),
        *_some(_TEXT, "claim"),
    )
    op.create_index("incident_claims_claim", "incident_claims", ["claim"])


def _conclusions() -> None:
    op.create_table(
        "conflicts",
        _key(),
        *_some(_TEXT, "incident", "slot"),
        *_some(_REAL, "weight"),
        *_some(_TEXT, "body"),
    )
    op.create_index("conflicts_incident", "conflicts", ["incident"])
    op.create_table(
        "commitments",
        _key(),
        *_some(_TEXT, "promise", "outcome"),
        *_any(_TEXT, "due"),
        *_some(_TEXT, "body"),
    )
    op.create_index("commitments_promise", "commitments", ["promise"])
    op.create_table("origins", _key(), *_some(_TEXT, "body"))
    op.create_table(
        "origin_documents", _of("origin", "origins.key"), _place(), *_some(_TEXT, "document")
    )
    op.create_index("origin_documents_document", "origin_documents", ["document"])
    op.create_table("concluded", sa.Column("edition", sa.Text(), primary_key=True))
