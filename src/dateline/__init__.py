"""Sourced event data from news dispatches: who did what to whom, where, when, according to whom."""

from dateline.api import Record, annotated, code, code_many, explain, to_pandas
from dateline.corpus import Corpus, linked, open_store
from dateline.errors import DatelineError
from dateline.model import Basis, Claim, Document, Reading, Span

__version__ = "0.1.0"

__all__ = [
    "Basis",
    "Claim",
    "Corpus",
    "DatelineError",
    "Document",
    "Reading",
    "Record",
    "Span",
    "__version__",
    "annotated",
    "code",
    "code_many",
    "explain",
    "linked",
    "open_store",
    "to_pandas",
]
