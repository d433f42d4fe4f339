"""The ledger, and the other tables of what is concluded."""

from dataclasses import replace
from datetime import date

from tests.export.corpora import FRONT, by_id, corpus, view
from tests.made import record

from dateline.export.conclusions import (
    DISPUTE_COLUMNS,
    PLAN_COLUMNS,
    TELLING_COLUMNS,
    TIMELINE_COLUMNS,
    dispute_rows,
    plan_rows,
    telling_rows,
    timeline_rows,
)
from dateline.export.corpus_html import corpus_fragment
from dateline.export.corpus_tables import frame
from dateline.export.ledger import LEDGER_COLUMNS, Line, ledger, ledger_row
from dateline.export.singly import singly
from dateline.model import Count, Sourcing
from dateline.model.incident import Corpus


def lines(whole: Corpus | None = None) -> list[Line]:
    return list(ledger(corpus() if whole is None else whole))


def test_disputed_incidents_come_first() -> None:
    whole = corpus()
    found = lines(replace(whole, incidents=whole.incidents[::-1]))
    assert [x.incident for x in found] == ["i-ambush", "i-ambush", "i-march", "i-meeting", "i-seen"]
    assert [x.disputed for x in found] == [("status",), ("status",), (), (), ()]


def test_a_line_tells_source_stance_figure_and_words() -> None:
    army, front = lines()[:2]
    assert (army.source, army.stance, army.status) == ("army", "reports", "actual")
    assert army.figure == "12 soldiers killed"
    assert army.words == ("12 soldiers",)
    assert "killing 12 soldiers, the army said." in army.sentence
    assert (army.publisher, army.published) == ("Arda Post", date(2021, 5, 4))
    assert (front.source, front.stance) == ("Hill Front", "denies")
    assert front.figure == ""  # who denies it gives no toll
    assert front.words == ("ambush",)


def test_a_claim_without_source_is_the_dispatchs_own() -> None:
    march = next(x for x in lines() if x.incident == "i-march")
    assert (march.source, march.stance) == ("", "reports")
    assert march.figure == "at least 300 people (participants)"


def test_a_party_that_speaks_of_its_own_act_is_partisan() -> None:
    whole = singly([record()])
    found = {x.source: x.partisan for x in lines(whole)}
    assert found == {"army": False, "Hill Front": True, "": False}


def test_who_gives_a_figure_of_its_own_has_a_line_of_its_own() -> None:
    made = record()
    shelling = made.claims[0]
    own = replace(
        shelling.counts[0], value=Count("killed", "traders", 3, 3, 3, source="the hospital")
    )
    counted = replace(shelling, slots=replace(shelling.slots, counts=(*shelling.counts, own)))
    found = {x.source: x.figure for x in lines(singly([replace(made, claims=(counted,))]))}
    assert found == {
        "army": "at least 12 traders killed",
        "Hill Front": "",
        "the hospital": "3 traders killed",
    }


def test_ledger_rows_are_keyed_by_their_columns() -> None:
    rows = [ledger_row(x) for x in lines()]
    assert all(tuple(row) == LEDGER_COLUMNS for row in rows)
    assert rows[1]["disputed"] == "status"
    assert rows[1]["figure"] is None


def test_every_telling_is_a_row_with_its_words() -> None:
    rows = list(telling_rows(view()))
    assert all(tuple(row) == TELLING_COLUMNS for row in rows)
    killed = [row for row in rows if row["slot"] == "killed"]
    assert [(x["told"], x["words"]) for x in killed] == [
        ("12 soldiers killed", "12 soldiers"),
        ("15 soldiers killed", "15 soldiers"),
    ]
    assert {x["agreement"] for x in killed} == {"series"}
    who = next(row for row in rows if row["slot"] == "actors")
    assert (who["settled"], who["words"]) == ("Hill Front (MLI REB)", "Hill Front rebels")


def test_a_telling_of_a_dispatch_that_is_not_there_has_no_words() -> None:
    found = replace(view(), claims=())
    assert {row["words"] for row in telling_rows(found)} == {None}


def test_a_denial_rests_on_the_words_that_name_who_denies() -> None:
    from dateline.export.conclusions import words
    from dateline.model.incident import Telling

    denied = corpus().records[1]
    telling = Telling("negated", denied.claims[0].id, (Sourcing("Hill Front", "denies"),))
    assert words("status", telling, denied.claims[0], denied) == ("The Hill Front",)


def test_each_side_of_a_dispute_is_a_row() -> None:
    rows = list(dispute_rows(corpus()))
    assert all(tuple(row) == DISPUTE_COLUMNS for row in rows)
    assert [(x["side"], x["says"], x["weight"]) for x in rows] == [
        (1, "army: yes", 0.7),
        (2, "Hill Front: no", 0.7),
    ]
    assert rows[0]["publishers"] == "Arda Post"


def test_a_plan_is_a_row_with_what_came_of_it() -> None:
    (row,) = plan_rows(corpus())
    assert tuple(row) == PLAN_COLUMNS
    assert (row["incident"], row["outcome"], row["due"]) == ("i-meeting", "fulfilled", "2021-06")
    assert row["sentence"] == "Officials plan to meet elders in June."
    assert list(plan_rows(replace(corpus(), records=()))) == []


def test_a_timeline_tells_the_part_of_the_party() -> None:
    rows = list(timeline_rows(corpus(), FRONT.name, {"i-ambush": "actor"}))
    assert [set(row) for row in rows] == [set(TIMELINE_COLUMNS)]
    assert by_id(rows)["i-ambush"]["role"] == "actor"


def test_frames_keep_whole_numbers_whole() -> None:
    found = frame(corpus(), "incident")
    assert str(found["killed_best"].dtype) == "Int64"
    assert found["killed_best"].isna().sum() == 3
    for per, number in {
        "claim": 5, "ledger": 5, "dispute": 2, "commitment": 1, "source": 3, "toll": 3,
    }.items():  # fmt: skip
        assert len(frame(corpus(), per)) == number, per
    assert len(frame(corpus(), "telling")) > 15
    assert list(frame(Corpus(()), "dispute").columns) == list(DISPUTE_COLUMNS)


def test_a_notebook_sees_incidents_and_disputes_and_no_markup_of_others() -> None:
    whole = corpus()
    odd = replace(whole.conflicts[0], says=("<script>x</script>", "no\x1b[31m"))
    html = corpus_fragment(replace(whole, conflicts=(odd,)))
    assert "3 dispatches, 4 incidents, 1 dispute, 1 plan" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\x1b" not in html
    assert html.count("<tr>") == 1 + 4 + 1 + 1
