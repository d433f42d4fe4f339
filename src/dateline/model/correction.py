"""What a person changes in a claim."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.model.event import SLOTS, Reading


@dataclass(frozen=True, slots=True)
class Correction:
    """What a slot of a claim (its id) should say, according to a person.

    `readings` stand instead of all that was read for the slot; none means that it should be empty.
    `by` is "person/NAME"; `at` is when it was made, None until a store has recorded it.
    """

    claim: str
    slot: str
    readings: tuple[Reading[Any], ...]
    by: str
    why: str = ""
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.slot != "type" and self.slot not in SLOTS:
            raise ValueError(f"no slot: {self.slot!r}")
        if self.slot in {"type", "status", "mode", "time"} and len(self.readings) > 1:
            raise ValueError(f"{self.slot} takes one reading, not {len(self.readings)}")
        if self.slot in {"type", "status"} and not self.readings:
            raise ValueError(f"{self.slot} cannot be empty")
