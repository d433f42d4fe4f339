from pathlib import Path

import pytest

import codings
from dateline.model import STATUSES

ROOT = Path(__file__).parents[2] / "training"
TEXT = "Rebels attacked Gao on Monday. The attack killed 12 soldiers, the army said."
CODING = """\
ASSAULT firearms actual | attacked | attack #2   // told twice
a | Rebels | unidentified rebels | MLI | REB
r | 52-60 | Malian Armed Forces | MLI | MIL
p | Gao | Gao | MLI | town | 16.27,-0.04
w | Monday | 2022-08-15 | 2022-08-15
n | 12 soldiers | killed | soldiers | 12
s | the army | Malian Armed Forces | reports

RETREAT - planned | killed
w | - | 2022
"""


def coding(tmp_path: Path, lines: str) -> list[codings.Fields]:
    path = tmp_path / "a.code"
    path.write_text(lines, "utf-8")
    return codings.read(path, TEXT)


def test_each_line_fills_a_slot(tmp_path: Path) -> None:
    attack, retreat = coding(tmp_path, CODING)
    assert (attack["type"], attack["mode"], attack["status"]) == ("ASSAULT", "firearms", "actual")
    assert attack["trigger"] == {"text": "attacked", "start": 7, "end": 15}
    assert attack["mentions"] == [{"text": "attack", "start": 35, "end": 41}]
    assert attack["recipients"][0]["text"] == TEXT[52:60]
    assert attack["actors"][0]["sector"] == "REB"
    assert attack["places"][0]["lat"] == 16.27
    assert attack["time"] == {"text": "Monday", "start": "2022-08-15", "end": "2022-08-15"}
    assert (attack["counts"][0]["low"], attack["counts"][0]["high"]) == (12, 12)
    assert attack["sources"][0]["stance"] == "reports"
    assert retreat["mode"] is None
    assert retreat["time"] == {"start": "2022", "end": "2022"}


@pytest.mark.parametrize(
    "line",
    [
        "a | the navy | Navy | MLI | MIL",
        "a | Rebels | Rebels | Mali | REB",
        "p | Gao | Gao | MLI | village",
        "n | 12 soldiers | slain | soldiers | 12",
        "s | the army | Army | thinks",
        "x | the army",
    ],
)
def test_a_wrong_line_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(codings.CodingError, match=r"a\.code:2"):
        coding(tmp_path, f"ASSAULT - actual | attacked\n{line}\n")


def test_own_dispatches_are_whole() -> None:
    found = list(codings.own(ROOT / "dispatches"))
    assert len(found) == len(list((ROOT / "dispatches").glob("*.txt"))) > 200
    assert all(events for _, events in found)
    for document, events in found:
        for event in events:
            quoted = event["trigger"]
            assert document.text[quoted["start"] : quoted["end"]] == quoted["text"]


def test_texts_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "metadata.json").write_text("[]", "utf-8")
    (tmp_path / "state_press_releases.jsonl").write_text("", "utf-8")
    assert list(codings.others(ROOT / "open", tmp_path)) == []


def test_many_short_texts_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "b.code").write_text(
        "// about raids\n\n> 2024-05-15 | The raid failed.\nASSAULT - negated | raid\n\n"
        "> 2024-05-16 | He slept. \n",
        "utf-8",
    )
    (raid, events), (sleep, none) = codings.sentences(tmp_path)
    assert (raid.text, str(raid.published), len(events)) == ("The raid failed.", "2024-05-15", 1)
    assert events[0]["trigger"] == {"text": "raid", "start": 4, "end": 8}
    assert (sleep.text.strip(), none) == ("He slept.", [])
    (tmp_path / "c.code").write_text("> 2024-05-15 | Rest.\nASSAULT - actual | raid\n", "utf-8")
    with pytest.raises(codings.CodingError, match=r"c\.code:2"):
        list(codings.sentences(tmp_path))


def test_own_sentences_are_whole_and_not_those_of_the_scorecard() -> None:
    found = list(codings.sentences(ROOT / "sentences"))
    texts = {document.text for document, _ in found}
    assert len(texts) == len(found) >= 250
    assert {event["status"] for _, events in found for event in events} == set(STATUSES)
    golden = (ROOT.parent / "tests" / "golden" / "sentences.yaml").read_text("utf-8")
    assert not [text for text in texts if f'"{text}"' in golden]
