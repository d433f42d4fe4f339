"""What countries are called and numbered in other sets."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from dateline.knowledge import rows
from dateline.knowledge.geography import countries

CODES = "crosswalks/countries.csv"


class Nation(NamedTuple):
    """A country or territory by its names, numbers and regions; empty or None where it has none."""

    iso3: str
    iso2: str
    name: str
    iso_numeric: int | None
    cow: int | None
    gw: int | None
    acled_name: str
    acled_region: str
    ucdp_name: str
    ucdp_region: str
    lat: float | None
    lon: float | None


def nation(iso3: str | None) -> Nation | None:
    """The country of an ISO 3166-1 alpha-3 code (Kosovo: XKX); None for INT and unknown codes."""
    return _nations().get(iso3 or "")


@lru_cache(maxsize=1)
def _nations() -> Mapping[str, Nation]:
    known = countries()
    found = {row["iso3"]: row for row in rows(CODES)}
    ucdp_names = {k: row["ucdp_name"] or known[k].name for k, row in found.items()}
    return {
        iso3: Nation(
            iso3,
            known[iso3].iso2,
            known[iso3].name,
            _whole(row["iso_numeric"]),
            _whole(row["cow"]),
            _whole(row["gw"]),
            row["acled_name"] or known[iso3].name,
            row["acled_region"],
            ucdp_names[row["inside"] or iso3],
            row["ucdp_region"],
            known[iso3].lat,
            known[iso3].lon,
        )
        for iso3, row in found.items()
    }


def _whole(text: str) -> int | None:
    return int(text) if text else None
