"""The words of the dispatches, to search in; those already in the store are indexed."""

import sqlalchemy as sa
from alembic import op

from dateline.store.columns import Verbatim
from dateline.store.search import BATCH, index

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Make the index of version 2 and fill it."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE search (document INTEGER PRIMARY KEY REFERENCES documents (key), "
            "words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX search_words ON search USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5("
            "words, content='', tokenize='unicode61 remove_diacritics 0')"
        )
    documents = sa.table("documents", sa.column("key"), sa.column("text", Verbatim))
    after = 0
    wanted = sa.select(documents).order_by(documents.c.key).limit(BATCH)
    while rows := connection.execute(wanted.where(documents.c.key > after)).all():
        index(connection, [(row.key, row.text) for row in rows])
        after = rows[-1].key
