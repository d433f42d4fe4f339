"""Time expressions: found by a grammar held as data, resolved by the calendar."""

from dateline.annotate.times.step import Times

__all__ = ["Times"]
