"""What the system knows: data files, and the one loader that reads them."""

from dateline.knowledge.loader import Entry, entries, listed, locate, read, rows

__all__ = ["Entry", "entries", "listed", "locate", "read", "rows"]
