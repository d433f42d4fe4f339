"""Records in the layouts other programs and people read."""

from dateline.export.acled import sub_event
from dateline.export.explain import Quote, Trace, find_claim, trace
from dateline.export.gold import gold
from dateline.export.html import fragment, page
from dateline.export.layers import LAYERS, layer_rows
from dateline.export.phrases import one_line, phrase, quotes, told_apart
from dateline.export.tables import (
    CLAIM_COLUMNS,
    VALUE_COLUMNS,
    claim_rows,
    csv_lines,
    frame,
    value_rows,
)

__all__ = [
    "CLAIM_COLUMNS",
    "LAYERS",
    "VALUE_COLUMNS",
    "Quote",
    "Trace",
    "claim_rows",
    "csv_lines",
    "find_claim",
    "fragment",
    "frame",
    "gold",
    "layer_rows",
    "one_line",
    "page",
    "phrase",
    "quotes",
    "sub_event",
    "told_apart",
    "trace",
    "value_rows",
]
