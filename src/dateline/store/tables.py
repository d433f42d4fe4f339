"""The tables of a store. `migrations/` makes them; a test checks that both agree."""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, Table, UniqueConstraint

from dateline.store.columns import Instant, Verbatim

metadata = sa.MetaData()

VERSION_TABLE = "dateline_schema"
APPEND_ONLY = (
    *("documents", "runs", "records", "sightings", "claims", "readings", "failures"),
    *("judgements", "corrections", "redirects"),
)
DERIVED = (
    *("incidents", "incident_claims", "conflicts", "commitments"),
    *("origins", "origin_documents", "concluded"),
)
LINKAGE = (
    *("linked_documents", "linked_claims", "linked_blocks", "linked_bonds", "linked_bands"),
    *("linked_copies", "linked_promises"),
)


def _key() -> "Column[int]":
    return Column("key", Integer, primary_key=True)


def _text(name: str, *, nullable: bool = False) -> "Column[str]":
    return Column(name, Verbatim, nullable=nullable)


def _code(name: str) -> "Column[str]":
    """A text of ours (codes, digests, JSON), which holds nothing that databases refuse."""
    return Column(name, sa.Text, nullable=False)


def _maybe(name: str) -> "Column[str]":
    return _text(name, nullable=True)


documents = Table(
    "documents",
    metadata,
    _key(),
    Column("id", sa.Text, nullable=False, unique=True),
    _text("publisher"),
    _text("url"),
    _text("text"),
)

runs = Table(
    "runs",
    metadata,
    _key(),
    _text("version"),
    _code("configuration"),
    _code("models"),
    _code("coder"),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("added", Integer),
    Column("known", Integer),
    Column("failed", Integer),
    Column("claims", Integer),
)

records = Table(
    "records",
    metadata,
    _key(),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("run", ForeignKey("runs.key"), nullable=False),
    _code("stamp"),
    _text("name"),
    _text("title"),
    Column("published", Date),
    _code("document_notes"),
    _code("notes"),
    _code("findings"),
    Column("written", sa.Text),
    Column("claims", Integer, nullable=False),
    UniqueConstraint("document", "stamp", name="records_document_stamp"),
    Index("records_run", "run"),
)

# A run found a record of its coder already there, but not counting: now it does.
sightings = Table(
    "sightings",
    metadata,
    Column("run", ForeignKey("runs.key"), primary_key=True),
    Column("record", ForeignKey("records.key"), primary_key=True),
    Index("sightings_record", "record"),
)

claims = Table(
    "claims",
    metadata,
    _key(),
    Column("record", ForeignKey("records.key"), nullable=False),
    Column("position", Integer, nullable=False),
    _text("id"),
    _text("type"),
    _text("status"),
    _maybe("mode"),
    Column("start", Date),
    Column("end", Date),
    _maybe("country"),
    Column("lat", Float),
    Column("lon", Float),
    _code("parties"),
    _code("body"),
    UniqueConstraint("record", "position", name="claims_record_position"),
    Index("claims_id", "id"),
    Index("claims_type", "type"),
    Index("claims_country", "country"),
    Index("claims_start", "start"),
)

readings = Table(
    "readings",
    metadata,
    Column("claim", ForeignKey("claims.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _code("slot"),
    _maybe("value"),
    _maybe("kind"),
    _maybe("country"),
    Column("lat", Float),
    Column("lon", Float),
    _maybe("start"),
    _maybe("end"),
    Column("low", sa.BigInteger),
    Column("best", sa.BigInteger),
    Column("high", sa.BigInteger),
    _code("basis"),
    _text("found_by"),
    Column("score", Float),
    _code("spans"),
)

failures = Table(
    "failures",
    metadata,
    _key(),
    Column("run", ForeignKey("runs.key"), nullable=False),
    Column("document", ForeignKey("documents.key")),
    _text("name"),
    _text("title"),
    Column("published", Date),
    _code("document_notes"),
    _text("reason"),
    _code("notes"),
    Index("failures_run", "run"),
    Index("failures_document", "document"),
)

judgements = Table(
    "judgements",
    metadata,
    _key(),
    _text("left"),
    _text("right"),
    _text("by"),
    _code("verdict"),
    Column("score", Float),
    _code("reasons"),
    Column("at", Instant, nullable=False),
    Index("judgements_pair", "left", "right", "by"),
)

corrections = Table(
    "corrections",
    metadata,
    _key(),
    _text("claim"),
    _code("slot"),
    _code("readings"),
    _text("by"),
    _text("why"),
    Column("at", Instant, nullable=False),
    Column("act", sa.Text, nullable=False, server_default="edit"),
    Column("claims", sa.Text, nullable=False, server_default="[]"),
    Column("target", Verbatim, nullable=False, server_default=""),
    Index("corrections_claim", "claim"),
)
# The document of a correction, as an index of its own has it: only with numbers written out.
correction_document = sa.func.substr(
    corrections.c.claim, sa.literal_column("1"), sa.literal_column("16")
)
Index("corrections_document", correction_document)

redirects = Table(
    "redirects",
    metadata,
    _key(),
    _text("old"),
    _text("new"),
    Column("at", Instant, nullable=False),
    Index("redirects_old", "old"),
)

incidents = Table(
    "incidents",
    metadata,
    _key(),
    Column("id", Verbatim, nullable=False, unique=True),
    _text("type"),
    _text("status"),
    Column("start", Date),
    Column("end", Date),
    _maybe("country"),
    Column("lat", Float),
    Column("lon", Float),
    _code("parties"),
    Column("voices", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("first_reported", Date),
    Column("last_reported", Date),
    _code("body"),
)

incident_claims = Table(
    "incident_claims",
    metadata,
    Column("incident", ForeignKey("incidents.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("claim"),
    Index("incident_claims_claim", "claim"),
)

conflicts = Table(
    "conflicts",
    metadata,
    _key(),
    _text("incident"),
    _code("slot"),
    Column("weight", Float, nullable=False),
    _code("body"),
    Index("conflicts_incident", "incident"),
)

commitments = Table(
    "commitments",
    metadata,
    _key(),
    _text("promise"),
    _code("outcome"),
    _maybe("due"),
    _code("body"),
    Index("commitments_promise", "promise"),
)

origins = Table(
    "origins",
    metadata,
    _key(),
    _code("body"),
)

origin_documents = Table(
    "origin_documents",
    metadata,
    Column("origin", ForeignKey("origins.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("document"),
    Index("origin_documents_document", "document"),
)

# Of which edition of the store the tables above are: one row, none before the first time.
concluded = Table("concluded", metadata, Column("edition", sa.Text, primary_key=True))

# What linking left behind, so that further dispatches are linked without the earlier ones. Ids are
# numbers of `linked_claims` and `linked_documents`.
linked_documents = Table(
    "linked_documents",
    metadata,
    _key(),
    Column("document", sa.Text, nullable=False, unique=True),
    Column("record", Integer, nullable=False),
    Column("published", Date),
    Column("facts", sa.LargeBinary, nullable=False),
    Index("linked_documents_record", "record"),
    Index("linked_documents_published", "published"),
)

linked_claims = Table(
    "linked_claims",
    metadata,
    _key(),
    Column("claim", Verbatim, nullable=False, unique=True),
    Column("document", Integer, nullable=False),
    Index("linked_claims_document", "document"),
)

linked_blocks = Table(
    "linked_blocks",
    metadata,
    Column("block", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Index("linked_blocks_claim", "claim"),
    sqlite_with_rowid=False,
)

linked_bonds = Table(
    "linked_bonds",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("other", Integer, primary_key=True, autoincrement=False),
    Column("odds", Float, nullable=False),
    sqlite_with_rowid=False,
)

linked_bands = Table(
    "linked_bands",
    metadata,
    Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    Column("document", Integer, primary_key=True, autoincrement=False),
    Index("linked_bands_document", "document"),
    sqlite_with_rowid=False,
)

linked_copies = Table(
    "linked_copies",
    metadata,
    Column("one", sa.Text, primary_key=True),
    Column("other", sa.Text, primary_key=True),
    _text("why"),
    Index("linked_copies_other", "other"),
)

linked_promises = Table(
    "linked_promises",
    metadata,
    Column("promise", Verbatim, primary_key=True),
    Column("claim", Verbatim, primary_key=True),
    Column("role", sa.Text, primary_key=True),
    Index("linked_promises_claim", "claim"),
)

# Views that the migrations make: per document the record that counts.
latest_records = sa.table(
    "latest_records",
    *(sa.column(name, Integer) for name in ("key", "document", "run")),
    sa.column("document_id", sa.Text),
)
