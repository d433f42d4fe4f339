"""How far the reading has come."""

from dataclasses import dataclass


@dataclass(slots=True)
class Meter:
    """Bytes and dispatches read so far; `total` bytes there are, None where nobody can tell.

    Packed files count as they lie on the disk.
    """

    total: int | None = None
    done: int = 0
    read: int = 0

    @property
    def share(self) -> float | None:
        """How much of everything was read, from 0 to 1; None where nobody can tell."""
        return min(1.0, self.done / self.total) if self.total else None
