from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.evaluate.gold_builders import event, events, gold

from dateline.errors import GoldError
from dateline.evaluate import Event, Run, load_run, run_file, score


def run(found: Sequence[Event], corpus: str = "c") -> Run:
    return Run.of(corpus, score(gold(), {"orvel": found}))


def test_a_run_survives_writing_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run.json"
    made = run([*events()[:1], event("AID", "convoy")])
    made.save(path)
    assert load_run(path) == made
    assert [x.name for x in path.parent.iterdir()] == ["run.json"]


def test_gains_and_losses_are_told_record_by_record() -> None:
    before, after = events(), events()
    before[0]["time"] = None
    after[1]["mode"] = None
    earlier = run([before[0], before[1], event("AID", "convoy")])
    later = run([after[0], after[1], after[2], event("AID", "fuel")])
    told = [str(change) for change in later.since(earlier)]
    assert told == [
        "+ orvel: shelled ASSAULT “shelled” time fixed",
        "+ orvel: leave RETREAT “leave” found",
        "+ orvel: AID “convoy” at 126 no longer invented",
        "- orvel: detained COERCE “detained” mode broken",
        "- orvel: AID “fuel” at 121 invented",
    ]


def test_a_lost_event_tells_whether_another_type_was_found() -> None:
    mistyped = events()
    mistyped[2]["type"] = "MOBILIZE"
    changes = [str(x) for x in run(mistyped).since(run(events()))]
    assert "- orvel: leave RETREAT “leave” mistyped" in changes
    gone = [str(x) for x in run(events()[:2]).since(run(events()))]
    assert gone == ["- orvel: leave RETREAT “leave” missed"]


def test_equal_runs_have_no_changes() -> None:
    assert run(events()).since(run(events())) == []


def test_runs_on_different_gold_do_not_compare() -> None:
    with pytest.raises(GoldError, match="different gold records"):
        run([]).since(run([], corpus="d"))


def test_a_missing_run_is_none_and_a_broken_one_an_error(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    assert load_run(path) is None
    for broken in ("{", "[]", '{"layout": 0}', '{"layout": 1, "corpus": "c"}'):
        path.write_text(broken)
        with pytest.raises(GoldError, match=r"run\.json: no recorded run"):
            load_run(path)


def test_runs_are_kept_in_the_cache_folder_by_corpus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run_file("0123456789abcdef99") == tmp_path / "dateline/runs/0123456789abcdef.json"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert run_file("ab") == Path.home() / ".cache/dateline/runs/ab.json"
