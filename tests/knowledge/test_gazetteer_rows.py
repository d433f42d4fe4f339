import zipfile
from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.gazetteer_rows import OWN_WEIGHT, Entry, keep, load
from dateline.knowledge.geography import Feature, Gazetteer, supplement

HEADER = "name,country,lat,lon,aliases,level\n"


def line(**cells: object) -> str:
    """A line of a GeoNames dump."""
    told: dict[str, object] = {
        "id": 2457161, "name": "Gao", "ascii": "Gao", "others": "GAO,Gawgaw,گاو", "lat": 16.27,
        "lon": -0.04, "class": "P", "code": "PPLA", "country": "ML", "cc2": "", "admin1": "09",
        "admin2": "", "admin3": "", "admin4": "", "population": 86633, "elevation": "", "dem": 226,
        "timezone": "Africa/Bamako", "modified": "2018-10-05",
    }  # fmt: skip
    return "\t".join(map(str, {**told, **cells}.values())) + "\n"


def test_a_table_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADER}Tolokombe,ML,14.5,-3.9,Toloko;Tolo,\n", "utf-8")
    (entry,) = load(path).entries
    assert entry.names == ("Tolokombe", "Toloko", "Tolo")
    assert entry.feature == Feature("Tolokombe", "MLI", "town", 14.5, -3.9, OWN_WEIGHT)
    assert entry.source == "mine.csv"


@pytest.mark.parametrize(
    ("row", "problem", "remedy"),
    [
        ("Ber,MLI,131.5,2,,", "latitude 131.5", "swapped"),
        ("Ber,MLI,13,200,,", "longitude 200", "correct it"),
        ("Ber,MLI,north,2,,", "latitude 'north'", "plain number"),
        ("Ber,MLI,nan,2,,", "latitude nan", "correct it"),
        ("Ber,Utopia,1,2,,", "country 'Utopia'", "ISO 3166-1"),
        (",MLI,1,2,,", "no name", "give one"),
        ("Ber,MLI,1,2,,city", "level 'city'", "town, adm1"),
        ('Ber,"MLI', "cannot be split", "quotation mark"),
        ("Ber,MLI,1,2,,town,x", "7 columns", "quote values"),
        ("Ber", "no country", "ISO 3166-1"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_kept(
    tmp_path: Path, row: str, problem: str, remedy: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADER}Araouane,MLI,18.9,-3.5,,\n{row}\nTabankort,MLI,17,0,,\n", "utf-8")
    found = load(path)
    assert [e.feature.name for e in found.entries] == ["Araouane", "Tabankort"]
    ((number, said, advice),) = [(x.line, x.problem, x.remedy) for x in found.rejected]
    assert number == 3
    assert problem in said
    assert remedy in advice


def test_a_dump_is_read_with_its_divisions(tmp_path: Path) -> None:
    path = tmp_path / "ML.txt"
    division = line(id=1, name="Gao Region", **{"class": "A"}, code="ADM1")
    path.write_text(line() + division + line(id=2, **{"class": "H"}, code="WAD"), "utf-8")
    found = load(path)
    town, region = found.entries
    assert town.names == ("Gao", "GAO", "Gawgaw")
    assert town.feature == Feature("Gao", "MLI", "town", 16.27, -0.04, 86633, "Gao", 2457161)
    assert (region.feature.name, region.feature.level) == ("Gao", "adm1")
    assert (found.passed, found.rejected) == (1, [])


def test_a_dump_may_lie_in_its_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ML.zip", "w") as archive:
        archive.writestr("readme.txt", "a dump")
        archive.writestr("ML.txt", line())
    assert [e.feature.name for e in load(tmp_path / "ML.zip").entries] == ["Gao"]


def test_of_a_half_written_dump_the_whole_lines_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "ML.txt"
    path.write_bytes(line().encode() + b"3\tKid\xd9\n" + line(id=4, name="Kidal")[:30].encode())
    found = load(path)
    assert [e.feature.name for e in found.entries] == ["Gao"]
    assert [(x.line, x.problem) for x in found.rejected] == [
        (2, "is no UTF-8"),
        (3, "has 5 of 19 columns"),
    ]


@pytest.mark.parametrize("content", ["", "just words\n", "name,country\nBer,MLI\n"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(KnowledgeError, match=r"odd\.csv: neither a GeoNames dump"):
        load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.csv: cannot be read"):
        load(tmp_path / "none.csv")


def entry(name: str, lat: float, number: int | None = None, lon: float = 0.0) -> Entry:
    return Entry((name,), Feature(name, "MLI", "town", lat, lon, 10, None, number), "me")


def test_entries_are_added_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "places.csv"
    assert keep([entry("Ber", 16.8), entry("Gao", 16.2, 7)], path) == (2, 0)
    again = [entry("Ber", 16.9), entry("Gawgaw", 16.3, 7), entry("Ber", 12.0)]
    assert keep(again, path) == (1, 2)
    held = [(names, f.lat, f.geonames) for names, f in supplement(path)]
    assert held == [(("Ber",), 16.9, None), (("Gawgaw",), 16.3, 7), (("Ber",), 12.0, None)]
    assert "me\n" in path.read_text("utf-8")
    assert [p.name for p in path.parent.iterdir()] == ["places.csv"]


def test_ones_own_places_come_before_those_shipped(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    keep([entry("Kidal", 18.5, lon=1.4)], path)
    found = Gazetteer(extra=(str(path),)).find("Kidal")
    assert [f.lat for f in found if f.country == "MLI" and f.level == "town"] == [18.5]
    assert next(f.geonames for f in found if f.lat == 18.5) is not None


def test_a_broken_gazetteer_of_ones_own_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("name,aliases,level,country,lat,lon,admin1,weight\nBer,,town,MLI,x,1,,1\n")
    before = path.read_bytes()
    with pytest.raises(KnowledgeError, match="row 2"):
        keep([entry("Gao", 16.2)], path)
    assert path.read_bytes() == before
