"""Keeping dispatches, claims, judgements and incidents in a database."""

from dateline.store.coder import this_coder
from dateline.store.store import Store
from dateline.store.values import Added, Coder, Failure, Query, Run

__all__ = ["Added", "Coder", "Failure", "Query", "Run", "Store", "this_coder"]
