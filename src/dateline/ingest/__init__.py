"""From files and streams to documents."""

from dateline.ingest.reader import read

__all__ = ["read"]
