"""The tables that the review desk lists from: narrow rows and counts, kept by whoever writes.

What is told here is told by other tables, too; here it can be filtered, counted and sorted without
reading these. Days are numbers (since 1970), names of parties are without case and accents.
"""

import sqlalchemy as sa
from sqlalchemy import Column, Float, Index, Integer, Table, UniqueConstraint

from dateline.store.columns import Verbatim
from dateline.store.tables import metadata

CLAIM_FACETS = ("state", "type", "status", "country", "publisher")
INCIDENT_FACETS = ("type", "status", "country", "level", "disputed")
OF_INCIDENTS = (
    *("listed_tellings", "listed_parties", "listed_actors", "listed_incidents", "incident_kinds"),
)


def _number(name: str) -> "Column[int]":
    return Column(name, Integer, nullable=False)


def _part(name: str) -> "Column[int]":
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _days(*names: str) -> "list[Column[int]]":
    return [Column(name, Integer) for name in names]


def _texts(*names: str, nullable: bool = False) -> "list[Column[str]]":
    return [Column(name, Verbatim, nullable=nullable) for name in names]


def _kinds(name: str, facets: tuple[str, ...]) -> Table:
    """Each combination of values to filter by ("" for none), and how many have it."""
    return Table(
        name,
        metadata,
        Column("key", Integer, primary_key=True),
        *_texts(*facets),
        _number("number"),
        UniqueConstraint(*facets, name=f"{name}_values"),
    )


# Dispatches by the record that counts, and how many claims are in which state.
listed_documents = Table(
    "listed_documents",
    metadata,
    _part("document"),
    Column("id", Verbatim, nullable=False, unique=True),
    _number("record"),
    _number("run"),
    *_days("published"),
    *_texts("publisher", "name", "title", "folded", "url"),
    *(_number(name) for name in ("claims", "open", "reviewed", "rejected")),
    Index("listed_documents_published", "published", "id"),
)

claim_kinds = _kinds("claim_kinds", CLAIM_FACETS)

# Claims as people corrected them, those rejected and merged too; `place` is where the trigger is.
listed_claims = Table(
    "listed_claims",
    metadata,
    Column("key", Integer, primary_key=True),
    _number("document"),
    _number("place"),
    *_texts("id"),
    _number("kind"),
    *_days("published", "start", "end"),
    *_texts("parties"),
    Column("score", Float),
    Index("listed_claims_document", "document"),
    Index("listed_claims_kind", "kind"),
    Index("listed_claims_published", "published", "document", "place"),
)

incident_kinds = _kinds("incident_kinds", INCIDENT_FACETS)

listed_incidents = Table(
    "listed_incidents",
    metadata,
    _part("incident"),
    *_texts("id"),
    _number("kind"),
    *_days("start", "end", "first_reported", "last_reported"),
    Column("lat", Float),
    Column("lon", Float),
    *_texts("parties"),
    *(_number(name) for name in ("voices", "claims")),
    Column("confidence", Float, nullable=False),
    Column("killed", sa.BigInteger),
    Column("weight", Float, nullable=False),
    Index("listed_incidents_kind", "kind"),
    Index("listed_incidents_start", "start", "incident"),
    Index("listed_incidents_weight", "weight", "start"),
)

# Which dispatch tells of which incident.
listed_tellings = Table(
    "listed_tellings",
    metadata,
    _part("document"),
    _part("incident"),
    Index("listed_tellings_incident", "incident"),
    sqlite_with_rowid=False,
)

# Named parties of incidents ("actor", "recipient" or "both"), and the same by party.
listed_parties = Table(
    "listed_parties",
    metadata,
    Column("name", Verbatim, primary_key=True),
    _part("incident"),
    *_texts("role", "shown"),
    *_texts("country", "sector", nullable=True),
    Index("listed_parties_incident", "incident"),
)

listed_actors = Table(
    "listed_actors",
    metadata,
    Column("name", Verbatim, primary_key=True),
    *_texts("shown"),
    *_texts("country", "sector", nullable=True),
    *(_number(name) for name in ("incidents", "as_actor", "as_recipient")),
    *_days("first_reported", "last_reported"),
    Index("listed_actors_incidents", "incidents"),
)

# What machines last said of pairs of claims; `said` is what people last did ("" if nothing), and
# `there` tells whether both claims are.
listed_pairs = Table(
    "listed_pairs",
    metadata,
    Column("left", Verbatim, primary_key=True),
    Column("right", Verbatim, primary_key=True),
    _number("judgement"),
    *_texts("verdict", "said"),
    Column("score", Float),
    Column("doubt", Float, nullable=False),
    _number("there"),
    Index("listed_pairs_right", "right"),
    Index("listed_pairs_doubt", "doubt", "judgement"),
    Index("listed_pairs_open", "there", "said", "verdict"),
)
