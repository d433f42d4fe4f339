"""All incidents, in memory, for filters, facets, the map and the network of parties."""

from collections import defaultdict
from typing import Any

import numpy as np

from dateline.review.columns import Columns
from dateline.store import Store, desk_reads
from dateline.store.search import fold

_KINDS = {
    "key": "whole",
    "id": "text",
    "type": "code",
    "status": "code",
    "start": "day",
    "end": "day",
    "country": "code",
    "lat": "real",
    "lon": "real",
    "parties": "text",
    "voices": "whole",
    "confidence": "real",
    "first_reported": "day",
    "last_reported": "day",
    "level": "code",
    "claims": "whole",
    "killed": "real",
    "weight": "real",
    "slots": "whole",
}
_LEVELS = slice(14, 20)  # of a row: level and latitude of its first three places
_SIDES = (("actors", "actor"), ("recipients", "recipient"))
# How far (km) a point of such a level may be off.
RADIUS = {
    "site": 1.0,
    "town": 5.0,
    "adm2": 25.0,
    "adm1": 100.0,
    "region": 150.0,
    "border": 75.0,
    "country": 400.0,
    "sea": 200.0,
}


class Parties:
    """Named parties, by their name without case and accents: where and as what they stand."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[str, str | None, str | None]] = {}
        self.roles: dict[str, dict[int, str]] = defaultdict(dict)
        self.of: dict[int, set[str]] = defaultdict(set)

    def add(self, key: int, role: str, told: tuple[str, str | None, str | None]) -> None:
        """Note a party of an incident (its key)."""
        name = fold(told[0])
        if not name or not told[0][:1].isupper():  # a description names nobody
            return
        self.told.setdefault(name, told)
        before = self.roles[name].get(key)
        self.roles[name][key] = role if before in {None, role} else "both"
        self.of[key].add(name)


class IncidentIndex:
    """Incidents by their settled values; `refresh` follows the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.stamp: tuple[Any, ...] = ()
        self.columns = Columns(_KINDS)
        self.slots: list[str] = []
        self.disputes: dict[str, list[str]] = {}
        self.place: dict[int, int] = {}
        self._parties: Parties | None = None

    def refresh(self) -> None:
        """Read all anew where something was concluded since."""
        with self._store.database.read() as connection:
            stamp = desk_reads.conclusions_stamp(connection)
            if stamp == self.stamp:
                return
            rows = desk_reads.incident_rows(connection)
            killed = desk_reads.killed(connection)
            disputes = desk_reads.disputes(connection)
        self.slots, self.disputes = [], defaultdict(list)
        weights: dict[str, float] = {}
        for name, slot, weight in disputes:
            if slot not in self.slots:
                self.slots.append(slot)
            self.disputes[name].append(slot)
            weights[name] = max(weights.get(name, 0.0), weight)
        bits = {slot: 1 << n for n, slot in enumerate(self.slots)}
        fresh = Columns(_KINDS)
        fresh.extend([self._row(row, killed, weights, bits) for row in rows])
        self.place = {int(key): n for n, key in enumerate(fresh["key"])}
        self.columns, self.stamp, self._parties = fresh, stamp, None

    @property
    def parties(self) -> Parties:
        """Named parties; read when first asked for."""
        if self._parties is None:
            found = Parties()
            with self._store.database.read() as connection:
                rows = [
                    (role, *row)
                    for slot, role in _SIDES
                    for row in desk_reads.party_rows(connection, slot)
                ]
            for role, key, name, country, sector in rows:
                found.add(key, role, (str(name), country, sector))
            self._parties = found
        return self._parties

    def disputed(self, slot: str) -> Any:
        """A mask of incidents that are disputed in a slot, in "any" or in "none"."""
        slots = self.columns["slots"]
        if slot == "any":
            return slots > 0
        if slot == "none":
            return slots == 0
        if slot not in self.slots:
            return np.zeros(len(slots), np.bool_)
        return (slots >> self.slots.index(slot)) & 1 == 1

    def _row(
        self, row: Any, killed: dict[int, int], weights: dict[str, float], bits: dict[str, int]
    ) -> tuple[Any, ...]:
        key, name = row[0], row[1]
        levels = row[_LEVELS]
        pairs = list(zip(levels[::2], levels[1::2], strict=True))
        level = next((x for x, lat in pairs if lat is not None), pairs[0][0])
        slots = sum({bits[x] for x in self.disputes.get(name, ())})
        return (
            *row[:14], level, row[20], killed.get(key), weights.get(name, 0.0), slots,
        )  # fmt: skip
