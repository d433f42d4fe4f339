"""From files and streams to documents."""

from dateline.ingest.reader import read
from dateline.ingest.screening import screen

__all__ = ["read", "screen"]
