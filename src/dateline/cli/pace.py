"""How fast a run goes, and how long it will take."""

from collections import deque
from datetime import timedelta
from typing import NamedTuple

SPAN = 60.0  # seconds looked back on: a run gets faster and slower
LEAST = 5.0  # seconds before a forecast is worth telling


class _Mark(NamedTuple):
    seconds: float
    number: int
    share: float


class Pace:
    """Of marks, each a time with the dispatches and the share of the work done by then."""

    def __init__(self) -> None:
        self._marks: deque[_Mark] = deque()

    def mark(self, seconds: float, number: int, share: float = 0.0) -> None:
        """Set a mark; `seconds` of a clock that never goes back, `share` 0 where unknown."""
        self._marks.append(_Mark(seconds, number, share))
        while len(self._marks) > 2 and seconds - self._marks[1].seconds > SPAN:
            self._marks.popleft()

    @property
    def rate(self) -> float | None:
        """Dispatches a second, lately."""
        if (passed := self._passed()) < LEAST:
            return None
        return (self._marks[-1].number - self._marks[0].number) / passed

    @property
    def left(self) -> float | None:
        """Seconds until all is done, if it goes on as lately."""
        passed = self._passed()
        gained = self._marks[-1].share - self._marks[0].share if self._marks else 0.0
        if passed < LEAST or gained <= 0:
            return None
        return (1 - self._marks[-1].share) * passed / gained

    def __str__(self) -> str:
        """Both, as far as they are known; empty at the beginning.

        >>> pace = Pace()
        >>> pace.mark(0.0, 0)
        >>> pace.mark(10.0, 120, 0.25)
        >>> str(pace)
        ', 12.0/s, 0:00:30 left'
        """
        told = "" if self.rate is None else f", {self.rate:.1f}/s"
        left = None if self.left is None else timedelta(seconds=round(self.left))
        return told if left is None else f"{told}, {left} left"

    def _passed(self) -> float:
        return self._marks[-1].seconds - self._marks[0].seconds if self._marks else 0.0
