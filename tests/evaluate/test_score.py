import copy

from tests.evaluate.gold_builders import event, events, gold

from dateline.evaluate import Tally, score


def test_gold_against_itself_is_perfect() -> None:
    result = score(gold(), {"orvel": events()})
    assert all(tally.f1 == 100.0 for tally in result.totals.values())
    assert result.slots["counts"] == Tally(1, 0, 0)
    assert result.details["party country"].of == 3
    assert [x.verdict for x in result.documents[0].outcomes] == ["found"] * 3


def test_a_document_without_predictions_has_no_events() -> None:
    result = score(gold(), {})
    assert result.totals["event"] == Tally(0, 3, 0)
    assert result.totals["record"] == Tally(0, 15, 0)
    assert result.slots == {}
    assert [x.verdict for x in result.documents[0].outcomes] == ["missed"] * 3


def test_each_kind_of_mistake_is_counted_where_it_belongs() -> None:
    found = events()
    found[0]["actors"][0] |= {"country": "XXX"}
    found[0]["sources"][0] |= {"stance": "denies"}
    found[0]["recipients"] = []
    found[1]["type"] = "ASSAULT"
    found[2]["status"] = "actual"
    found.append(event("AID", "convoy"))
    result = score(gold(), {"orvel": found})
    assert result.totals["detection"] == Tally(3, 0, 1)
    assert result.totals["event"] == Tally(2, 1, 2)
    assert result.totals["participants"] == Tally(1, 2, 3)
    assert result.slots["status"] == Tally(1, 1, 1)
    assert result.slots["recipients"] == Tally(0, 1, 0)
    assert result.details["party country"] == (0, 1)
    assert result.details["source stance"].percent == 0.0
    assert result.types["COERCE"] == Tally(0, 1, 0)
    assert result.types["ASSAULT"] == Tally(1, 0, 1)
    first, second, third = result.documents[0].outcomes
    assert (first.verdict, first.wrong) == ("found", ("recipients",))
    assert second.verdict == "mistyped"
    assert third.wrong == ("status",)
    assert len(result.documents[0].spurious) == 2


def test_the_record_leaves_out_what_an_exporter_derives() -> None:
    without = copy.deepcopy(events())
    without[0]["acled"] = None
    result = score(gold(), {"orvel": without})
    assert result.totals["record"] == Tally(15, 0, 0)
    assert result.slots["acled"] == Tally(0, 1, 0)


def test_the_table_names_every_figure() -> None:
    lines = list(score(gold(), {"orvel": events()}).lines())
    assert lines[0] == "detection      P 100.0  R 100.0  F1 100.0   (gold 3, found 3)"
    assert lines[4] == "on the events found:"
    assert "  source stance  accuracy 100.0   (of 1)" in lines
    types = list(score(gold(), {}).type_lines())
    assert types[0] == "  ASSAULT        P   0.0  R   0.0  F1   0.0   (gold 1, found 0)"
