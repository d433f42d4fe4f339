"""Time expressions: found by a grammar held as data, resolved by the calendar."""

from dateline.annotate.times.dispatch import DispatchDates
from dateline.annotate.times.doubts import TimeDoubts
from dateline.annotate.times.interval import time_notes, told, window, written
from dateline.annotate.times.step import Times

__all__ = ["DispatchDates", "TimeDoubts", "Times", "time_notes", "told", "window", "written"]
