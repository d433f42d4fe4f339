"""Floors under the figures: what was once reached may not be lost unnoticed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from dateline.errors import GoldError
from dateline.evaluate.score import FIGURES, Score

# How far a slot's floor lies below the figure reached: slots are counted on the events found, so
# that finding more (and harder) events moves them a little.
SLACK = 1.0


class Floors(BaseModel):
    """The least F1 (or accuracy) for each figure of each part of a corpus.

    `corpus` is the fingerprint of the gold records the floors were measured on. A figure without
    a floor is not guarded.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    corpus: str
    floors: dict[str, dict[str, float]]

    @classmethod
    def load(cls, path: str | Path) -> "Floors":
        """Read a floors file.

        Raises:
            GoldError: The file is missing or is no floors file.
        """
        try:
            return cls.model_validate_json(Path(path).read_text("utf-8"))
        except OSError as cause:
            raise GoldError(f"{path}: cannot be read: {cause}; restore the file") from cause
        except ValidationError as cause:
            first = cause.errors()[0]
            where = ".".join(map(str, first["loc"])) or "file"
            raise GoldError(f"{path}: {where}: {first['msg']}; correct the file") from cause

    def save(self, path: str | Path) -> None:
        """Write them in a stable order."""
        Path(path).write_text(json.dumps(self.model_dump(), indent=2, sort_keys=True) + "\n")

    def breaches(self, corpus: str, scores: Mapping[str, Score]) -> Iterator[str]:
        """A sentence for each way in which the scores fall short of the floors."""
        if corpus != self.corpus:
            yield (
                f"the gold records are not those the floors were measured on "
                f"({corpus[:12]}…, not {self.corpus[:12]}…); measure the floors anew"
            )
        for part, floors in self.floors.items():
            reached = figures(scores[part]) if part in scores else {}
            for name, floor in floors.items():
                value = reached.get(name)
                if value is None:
                    yield f"{part}: {name} was not measured; its floor is {floor}"
                elif value < floor:
                    yield f"{part}: {name} is {value}, below its floor of {floor}"

    def lifted(self, corpus: str, scores: Mapping[str, Score]) -> "Floors":
        """Floors at the figures reached (for slots, a little below); none is lowered.

        On other gold records than before the old floors mean nothing, and new ones start.
        """
        old = self.floors if corpus == self.corpus else {}
        new: dict[str, dict[str, float]] = {part: dict(floors) for part, floors in old.items()}
        for part, result in scores.items():
            floors = new.setdefault(part, {})
            for name, value in figures(result).items():
                reached = value if name in FIGURES else max(0.0, round(value - SLACK, 1))
                floors[name] = max(reached, floors.get(name, 0.0))
        return Floors(corpus=corpus, floors=new)


def figures(result: Score) -> dict[str, float]:
    """The figures a gate guards, by name: F1, or accuracy for details."""
    out: dict[str, Any] = {name: tally.f1 for name, tally in result.totals.items()}
    out |= {name: tally.f1 for name, tally in result.slots.items()}
    return out | {name: x.percent for name, x in result.details.items()}
