"""From files and streams to documents."""

from dateline.ingest.meter import Meter
from dateline.ingest.reader import read

__all__ = ["Meter", "read"]
