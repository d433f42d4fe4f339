"""Countries in other sets."""

import pytest

from dateline.export.nations import nation
from dateline.knowledge import rows
from dateline.knowledge.geography import countries

REGIONS = {
    "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa",
    "South Asia", "Southeast Asia", "Middle East", "Europe", "Caucasus and Central Asia",
    "Central America", "South America", "Caribbean", "East Asia", "North America", "Oceania",
    "Antarctica",
}  # fmt: skip
UCDP = {"Africa", "Americas", "Asia", "Europe", "Middle East", ""}


@pytest.mark.parametrize(
    ("iso3", "iso", "cow", "gw"),
    [
        ("MLI", 466, 432, 432), ("FRA", 250, 220, 220), ("DEU", 276, 255, 260),
        ("YEM", 887, 679, 678), ("PSE", 275, 666, 666), ("XKX", None, 347, 347),
        ("NER", 562, 436, 436), ("VNM", 704, 816, 816), ("HKG", 344, 710, 710),
    ],
)  # fmt: skip
def test_numbers(iso3: str, iso: int | None, cow: int, gw: int) -> None:
    found = nation(iso3)
    assert found is not None
    assert (found.iso_numeric, found.cow, found.gw) == (iso, cow, gw)


def test_every_country_is_there_with_a_region() -> None:
    found = [nation(iso3) for iso3 in countries()]
    assert None not in found
    assert {x.acled_region for x in found if x} == REGIONS
    assert {x.ucdp_region for x in found if x} == UCDP


def test_numbers_are_those_of_one_state() -> None:
    own = [row for row in rows("crosswalks/countries.csv") if not row["inside"]]
    for column in ("iso_numeric", "cow", "gw"):
        told = [row[column] for row in own if row[column]]
        assert len(told) == len(set(told)), column


def test_what_is_no_country_has_no_numbers() -> None:
    assert nation("INT") is None
    assert nation(None) is None
    assert nation("XAB") is None
