import pickle
import sqlite3
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.geography import (
    DATABASE,
    Feature,
    Filter,
    Gazetteer,
    abbreviations,
    adjectives,
    countries,
    country_names,
    demonyms,
    fold,
    kilometres,
    moved,
    supplement,
)
from dateline.knowledge.loader import locate
from dateline.model import LEVELS


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("name", "country", "level", "lat", "lon"),
    [
        ("Gao", "MLI", "town", 16.27, -0.04),
        ("Tombouctou", "MLI", "town", 16.77, -3.01),
        ("Diallassagou", "MLI", "town", 13.75, -3.63),
        ("Qamishli", "SYR", "town", 37.05, 41.23),
        ("Kiev", "UKR", "town", 50.45, 30.52),
        ("Bunagana", "COD", "town", -1.30, 29.60),
        ("Strait of Hormuz", None, "sea", 26.57, 56.25),
        ("Kunduz", "AFG", "adm1", 36.8, 68.9),
    ],
)
def test_known_places_are_found_where_they_lie(
    gazetteer: Gazetteer, name: str, country: str | None, level: str, lat: float, lon: float
) -> None:
    found = [f for f in gazetteer.find(name) if (f.country, f.level) == (country, level)]
    assert found
    assert found[0].lat == pytest.approx(lat, abs=0.3)
    assert found[0].lon == pytest.approx(lon, abs=0.3)


def test_the_weightiest_reading_comes_first(gazetteer: Gazetteer) -> None:
    weights = [f.weight for f in gazetteer.find("Tripoli")]
    assert len(weights) > 1
    assert weights == sorted(weights, reverse=True)


def test_a_supplement_row_takes_over_the_geonames_id(gazetteer: Gazetteer) -> None:
    (town,) = [f for f in gazetteer.find("El Fasher") if f.level == "town"]
    assert town.geonames is not None


def test_unknown_names_give_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Xyzzyville") == ()
    assert gazetteer.find("") == ()


def test_near_spellings_are_found_in_the_wanted_countries_only(gazetteer: Gazetteer) -> None:
    assert "Bentiu" in {f.name for f in gazetteer.find_like("Bentyu", frozenset({"SSD"}))}
    assert gazetteer.find_like("Bentyu", frozenset({"FRA"})) == ()


def test_a_gazetteer_survives_pickling(gazetteer: Gazetteer) -> None:
    before = gazetteer.find("Gao")
    assert pickle.loads(pickle.dumps(gazetteer)).find("Gao") == before


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.sqlite"):
        Gazetteer(tmp_path / "none.sqlite").find("Gao")


def test_a_broken_supplement_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "name,aliases,level,country,lat,lon,admin1,weight,source\nKidal,,town,MLI,north,1,,5,me\n"
    )
    with pytest.raises(KnowledgeError, match="row 2"):
        list(supplement(path))


def test_the_supplement_keeps_its_format() -> None:
    for names, feature in supplement():
        assert feature.level in LEVELS, names
        assert feature.country is None or feature.country in countries(), names
        assert isinstance(feature, Feature)
        assert feature.lat is None or (-90 <= feature.lat <= 90), names
        assert feature.lon is None or (-180 <= feature.lon <= 180), names


def test_niger_is_not_nigeria() -> None:
    assert demonyms()["Nigerien"] == "NER"
    assert demonyms()["Nigerian"] == "NGA"
    assert country_names()[fold("Côte d’Ivoire")] == "CIV"
    assert {"XKX", "HKG", "TWN", "PSE"} <= set(countries())


def test_the_database_is_compact_and_complete() -> None:
    path = Path(str(locate(DATABASE)))
    assert path.stat().st_size < 30_000_000
    link = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    (towns,) = link.execute("SELECT count(*) FROM places WHERE level = 0").fetchone()
    link.close()
    assert towns > 150_000


def test_the_filter_misses_no_name_and_few_others() -> None:
    names = [f"name {number}" for number in range(2000)]
    kept = Filter(bytes(Filter.of(names, 4000)))
    assert all(name in kept for name in names)
    assert sum(f"other {number}" in kept for number in range(2000)) < 100


def test_every_name_of_the_database_passes_its_filter(gazetteer: Gazetteer) -> None:
    link = sqlite3.connect(f"{Path(str(locate(DATABASE))).as_uri()}?immutable=1", uri=True)
    names = [row[0] for row in link.execute("SELECT name FROM names LIMIT 2000 OFFSET 90000")]
    link.close()
    assert all(gazetteer.find_folded(name) for name in names)


def test_countries_lie_within_themselves() -> None:
    known = countries()
    for iso3, point in {"KIR": (1.4, 173), "RUS": (60, 100), "USA": (39.8, -98.6)}.items():
        country = known[iso3]
        assert kilometres((country.lat or 0, country.lon or 0), point) < 100
    assert known["HKG"].level == "adm1"
    assert known["MLI"].area > 1_000_000


def test_a_point_moves_by_the_kilometres_told() -> None:
    start = (16.27, -0.04)
    for bearing in (0, 45, 90, 200):
        assert kilometres(start, moved(start, 40, bearing)) == pytest.approx(40, rel=0.01)
    assert moved(start, 40, 0)[1] == start[1]
    assert moved(start, 40, 90)[1] > start[1]


def test_short_forms_and_adjectives_name_known_places(gazetteer: Gazetteer) -> None:
    for name, country in abbreviations().values():
        found = gazetteer.find(name)
        assert any((f.country, f.level) == (country, "adm1") for f in found), name
    for name in adjectives().values():
        assert gazetteer.find(name), name
    assert abbreviations()["W.Va"] == ("West Virginia", "USA")
