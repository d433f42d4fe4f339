import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.evaluate.gold_builders import TEXT, events, write_folder

from dateline.errors import GoldError
from dateline.evaluate import fingerprint, read_gold, read_predictions


def test_a_folder_is_read_with_its_metadata(tmp_path: Path) -> None:
    (doc,) = read_gold(write_folder(tmp_path / "gold"))
    assert (doc.name, doc.text) == ("orvel", TEXT)
    assert doc.document.published == date(2024, 3, 3)
    assert (doc.document.title, doc.document.publisher) == ("Shelling", "Desk")
    assert [x["type"] for x in doc.events] == ["ASSAULT", "COERCE", "RETREAT"]


def test_a_date_that_is_no_full_day_is_no_publication_date(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    record = {"document": "orvel", "published": "2024-03", "events": []}
    (folder / "orvel.json").write_text(json.dumps(record))
    assert read_gold(folder)[0].document.published is None


def _event(folder: Path, **changes: object) -> None:
    first = events()[0] | changes
    (folder / "orvel.json").write_text(json.dumps({"events": [first]}))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda f: (f / "orvel.txt").unlink(), r"orvel\.json: orvel\.txt is missing; add it"),
        (lambda f: (f / "more.txt").write_text("x"), r"more\.txt: more\.json is missing"),
        (lambda f: (f / "orvel.json").write_text("{"), r"orvel\.json: no readable JSON"),
        (lambda f: (f / "orvel.json").write_text("[]"), r"orvel\.json: an object with 'events'"),
        (lambda f: (f / "orvel.json").write_text("{}"), r"orvel\.json: 'events' must be a list"),
        (lambda f: (f / "orvel.txt").write_bytes(b"\xff"), r"orvel\.txt: cannot be read as UTF-8"),
        (lambda f: (f / "metadata.json").write_text("{}"), r"metadata\.json: a list of objects"),
        (lambda f: _event(f, type="ATTACK"), r"event shelled: type 'ATTACK' is none of AGREE"),
        (lambda f: _event(f, status="done"), r"status 'done' is none of actual"),
        (lambda f: _event(f, sources=[{"stance": "says"}]), r"stance 'says' is none of reports"),
        (lambda f: _event(f, trigger={"text": "shelled", "nth": 2}), r"'shelled' \(occurrence 2\)"),
        (lambda f: _event(f, trigger=None), r"its trigger \(none given\) is not in the text"),
        (lambda f: _event(f, actors=[{"text": "Troops"}]), r"actors: 'Troops' \(occurrence 1\)"),
    ],
)
def test_a_broken_folder_names_the_file_and_the_fault(
    tmp_path: Path, damage: Callable[[Path], object], told: str
) -> None:
    folder = write_folder(tmp_path / "gold")
    damage(folder)
    with pytest.raises(GoldError, match=told):
        read_gold(folder)


def test_missing_and_empty_folders_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no such folder"):
        read_gold(tmp_path / "none")
    with pytest.raises(GoldError, match="no gold records"):
        read_gold(tmp_path)


def test_predictions_are_read_by_name(tmp_path: Path) -> None:
    write_folder(tmp_path)
    found = read_predictions(tmp_path, ["orvel", "absent"])
    assert list(found) == ["orvel"]
    assert len(found["orvel"]) == 3
    with pytest.raises(GoldError, match="no such folder"):
        read_predictions(tmp_path / "none", [])


def test_the_fingerprint_changes_with_any_byte_or_name_but_not_with_the_place(
    tmp_path: Path,
) -> None:
    here = write_folder(tmp_path / "a" / "dev")
    there = write_folder(tmp_path / "b" / "dev")
    assert fingerprint([here]) == fingerprint([there])
    (there / "orvel.txt").write_text(TEXT + " ")
    assert fingerprint([here]) != fingerprint([there])
    write_folder(there)
    (there / "orvel.txt").rename(there / "other.txt")
    assert fingerprint([here]) != fingerprint([there])
