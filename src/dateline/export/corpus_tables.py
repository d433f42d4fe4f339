"""Every table that can be made of a corpus, by what a row of it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.export import conclusions, incident_tables
from dateline.export.ledger import LEDGER_COLUMNS, ledger, ledger_row
from dateline.export.tables import CLAIM_COLUMNS, Row, claim_rows
from dateline.export.view import views
from dateline.model.incident import Corpus

Table = tuple[Sequence[str], Iterable[Row]]


def table(corpus: Corpus, per: str) -> Table:
    """The columns and rows of the table with one row per `per`."""
    found = views(corpus)
    tables: dict[str, Table] = {
        "incident": (incident_tables.INCIDENT_COLUMNS, map(incident_tables.incident_row, found)),
        "claim": (CLAIM_COLUMNS, (row for x in corpus.records for row in claim_rows(x))),
        "telling": (
            conclusions.TELLING_COLUMNS,
            (row for x in found for row in conclusions.telling_rows(x)),
        ),
        "toll": (
            incident_tables.TOLL_COLUMNS,
            (row for x in found for row in incident_tables.toll_rows(x)),
        ),
        "source": (incident_tables.SOURCE_COLUMNS, incident_tables.source_rows(corpus)),
        "ledger": (LEDGER_COLUMNS, map(ledger_row, ledger(corpus))),
        "dispute": (conclusions.DISPUTE_COLUMNS, conclusions.dispute_rows(corpus)),
        "commitment": (conclusions.PLAN_COLUMNS, conclusions.plan_rows(corpus)),
    }
    return tables[per]


def frame(corpus: Corpus, per: str) -> Any:
    """That table as a pandas DataFrame; whole numbers stay whole where some are not told."""
    import pandas as pd

    columns, rows = table(corpus, per)
    found = pd.DataFrame(list(rows), columns=list(columns))
    whole = {x: "Int64" for x in columns if x in incident_tables.WHOLE}
    whole |= {x: "Int64" for x in columns if x.endswith(("_low", "_best", "_high"))}
    real = {x: "float64" for x in columns if x in incident_tables.REAL or x == "weight"}
    return found.astype(whole | real)
