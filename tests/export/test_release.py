"""Releases: what they hold, what changed, and that nothing half written is left."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.export.corpora import corpus, settled

from dateline.errors import ExportError
from dateline.export import formats as module
from dateline.export.formats import FORMATS, export
from dateline.export.release import Terms, compare, release
from dateline.export.singly import singly
from dateline.export.writing import File, put
from dateline.model import Basis, Claim, Count, Document, Party, Place, Reading, Record, Slots, Span
from dateline.model.incident import Corpus


def hashes(folder: Path) -> dict[str, str]:
    """The hash of every file in a folder."""
    return {x.name: sha256(x.read_bytes()).hexdigest() for x in folder.iterdir()}


def test_a_release_is_what_its_manifest_says(tmp_path: Path) -> None:
    told = release(corpus(), tmp_path / "r1", terms=Terms(tuple(FORMATS), "Birko", "CC0-1.0"))
    assert json.loads((tmp_path / "r1" / "release.json").read_text("utf-8")) == told
    found = hashes(tmp_path / "r1")
    listed = {x["path"]: x["sha256"] for x in told["files"]}
    about = {"release.json", "datapackage.json", "CITATION.cff"}
    assert {k: v for k, v in found.items() if k not in about} == listed
    cited = yaml.safe_load((tmp_path / "r1" / "CITATION.cff").read_text("utf-8"))
    assert (cited["version"], cited["title"]) == (told["id"], "Birko")
    assert told["counts"] == {
        "dispatches": 3, "not_coded": 0, "claims": 5, "incidents": 4, "origins": 3,
    }  # fmt: skip
    assert (told["licence"], told["title"], told["policies"]) == (
        "CC0-1.0",
        "Birko",
        ["informative"],
    )
    assert "not ACLED data" in told["notes"]["acled"]
    assert told["changes"]["added"] == 4


def test_the_data_package_describes_every_table(tmp_path: Path) -> None:
    release(corpus(), tmp_path / "r1")
    package = json.loads((tmp_path / "r1" / "datapackage.json").read_text("utf-8"))
    names = [x["name"] for x in package["resources"]]
    assert len(names) == len(set(names))
    for resource in package["resources"]:
        path = tmp_path / "r1" / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        if resource["format"] == "csv":
            with path.open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert [x["name"] for x in resource["schema"]["fields"]] == header
            assert all("description" in x for x in resource["schema"]["fields"])


def test_changes_are_told_since_the_release_before(tmp_path: Path) -> None:
    whole = corpus()
    ambush, seen, meeting, march = whole.incidents
    old = replace(ambush, id="i-old", merged=())
    before = Corpus(whole.records, (old, seen, meeting))
    after = Corpus(whole.records, (ambush, replace(meeting, voices=2), march))
    release(before, tmp_path / "r1")
    told = release(after, tmp_path / "r2", tmp_path / "r1")
    assert told["changes"] == {
        "added": 2, "changed": 1, "deleted": ["i-seen"], "merged": {"i-old": "i-ambush"},
    }  # fmt: skip
    with (tmp_path / "r2" / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(x.values()) for x in csv.DictReader(file)]
    assert rows == [
        ("i-ambush", "added", ""), ("i-march", "added", ""), ("i-meeting", "changed", ""),
        ("i-seen", "deleted", ""), ("i-old", "merged", "i-ambush"),
    ]  # fmt: skip


def test_nothing_changed_is_no_change() -> None:
    assert compare({"a": "1"}, {"a": "1"}, {}) == ((), (), (), {})


def test_the_same_corpus_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    export(corpus(), FORMATS, tmp_path / "one")
    later = time.time() + 86_400 * 400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    export(corpus(), FORMATS, tmp_path / "two")
    monkeypatch.undo()
    time.tzset()
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    one, two = (release(corpus(), tmp_path / x, terms=Terms(("csv",))) for x in ("r1", "r2"))
    assert one["id"] == two["id"]
    assert hashes(tmp_path / "r1") == hashes(tmp_path / "r2")


def test_a_redacted_release_holds_nothing_withheld(tmp_path: Path) -> None:
    told = release(corpus(), tmp_path / "r", terms=Terms(redaction="public"))
    assert told["redaction"] == "public"
    content = "".join(x.read_text("utf-8") for x in (tmp_path / "r").iterdir())
    assert "Orlo" not in content


def test_a_release_is_not_overwritten(tmp_path: Path) -> None:
    release(corpus(), tmp_path / "r1")
    before = hashes(tmp_path / "r1")
    with pytest.raises(ExportError, match="choose a new folder"):
        release(corpus(), tmp_path / "r1")
    assert hashes(tmp_path / "r1") == before


def test_a_release_that_fails_leaves_no_folder(tmp_path: Path, monkeypatch: Any) -> None:
    def broken(_: Corpus) -> Iterator[File]:
        yield File("good.csv", "a\n")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "FORMATS", {"csv": broken})
    with pytest.raises(ExportError, match="No space"):
        release(corpus(), tmp_path / "r", terms=Terms(("csv",)))
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_release_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no release: its index\.jsonl"):
        release(corpus(), tmp_path / "r", tmp_path)
    assert not (tmp_path / "r").exists()


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="geojsn: no format; one of csv, xlsx"):
        export(corpus(), ["csv", "geojsn"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_half_file_is_not_left(tmp_path: Path) -> None:
    def full() -> Iterator[str]:
        yield "a,b\n"
        raise OSError(28, "No space left on device")

    (tmp_path / "old.csv").write_text("kept", "utf-8")
    for name in ("new.csv", "old.csv"):
        with pytest.raises(ExportError, match="No space left on device; free some space"):
            put([File(name, full())], tmp_path)
    assert {x.name: x.read_text("utf-8") for x in tmp_path.iterdir()} == {"old.csv": "kept"}


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    with pytest.raises(ExportError, match=r"out: cannot be written: .*; a file stands where"):
        export(corpus(), ["csv"], tmp_path / "out")
    with pytest.raises(ExportError, match="a file stands where"):
        export(corpus(), ["csv"], tmp_path / "out" / "deeper")


def test_a_closed_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", closed)
    with pytest.raises(ExportError, match="Permission denied; choose a place you may write to"):
        export(corpus(), ["csv"], tmp_path / "closed")


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").mkdir()
    with pytest.raises(ExportError, match=r"incidents\.csv: cannot be written"):
        export(corpus(), ["csv"], tmp_path)
    assert [x.name for x in tmp_path.iterdir()] == ["incidents.csv"]


@pytest.mark.parametrize(
    "odd", ["\ud800", "a\x00\x1b[1m\tb\nc", "\u202eevil", "=1+1", "<&>\"'{}|[^1]"]
)
def test_odd_texts_break_no_format(odd: str, tmp_path: Path) -> None:
    whole = corpus()
    ambush = whole.incidents[0]
    party, place = Party(odd, "MLI", "REB"), Place(odd, "MLI", "town", 1.0, 2.0, odd)
    changed = replace(
        ambush,
        id=f"i-{odd}",
        mode=settled(odd),
        actors=(settled(party),),
        places=(settled(place),),
        counts=(settled(Count("killed", odd, 1, 1, 1, odd)),),
    )
    conflict = replace(whole.conflicts[0], says=(odd, odd))
    plan = replace(whole.commitments[0], due=odd, says=odd)
    made = Corpus(whole.records, (changed,), conflicts=(conflict,), commitments=(plan,))
    paths = export(made, FORMATS, tmp_path)
    assert len(paths) == len(set(paths))
    assert all(x.stat().st_size for x in paths if x.suffix != ".jsonl")


def test_dispatches_of_which_nothing_is_known_break_no_format(tmp_path: Path) -> None:
    bare = Document("Nothing.")
    failed = Record(Document("Broken.", "x"), problem="StepError: it failed")
    made = singly([failed, Record(bare, (Claim(bare.id, stated(bare.text), unsaid()),))])
    export(made, FORMATS, tmp_path)
    text = (tmp_path / "dossier.md").read_text("utf-8")
    assert "An unnamed party carried out an attack." in text
    assert "1 dispatch could not be coded" in text


def stated(text: str) -> Reading[str]:
    """A type that rests on a whole text."""
    return Reading("ASSAULT", Basis.STATED, (Span(0, len(text)),))


def unsaid() -> Slots:
    """Slots in which only the status is filled."""
    return Slots(Reading("actual", Basis.ASSUMED))
