"""From a value back to its words and its rule."""

import pytest
from tests.made import record

from dateline.export import find_claim, trace
from dateline.export.acled import crosswalk
from dateline.export.explain import rule_text


def test_a_trace_shows_words_in_their_sentence() -> None:
    told = record()
    (found,) = trace(told, told.claims[0], "time")
    assert (found.value, found.basis, found.found_by) == ("2021-05-03", "stated", "made#hand")
    (quote,) = found.quotes
    assert quote.before == "BIRKO, 3 May - Hill Front rebels shelled the market of Birko"
    assert (quote.words, quote.after) == (
        "on Monday",
        ", killing at least 12 traders, the army said.",
    )


def test_all_slots_without_a_name() -> None:
    told = record()
    slots = [found.slot for found in trace(told, told.claims[1])]
    assert slots == ["type", "status", "actors", "actors", "places"]
    assert trace(told, told.claims[1], "counts") == ()


@pytest.mark.parametrize("wanted", ["birko#2", "ID#2", "CLAIM"])
def test_a_claim_is_found_by_id_and_by_number(wanted: str) -> None:
    told = record()
    wanted = wanted.replace("ID", told.document.id).replace("CLAIM", told.claims[1].id)
    assert find_claim([record(), told], wanted) == (record(), record().claims[1])


@pytest.mark.parametrize("wanted", ["birko#0", "birko#3", "birko", "#1", "other#1", ""])
def test_what_is_not_there_is_not_found(wanted: str) -> None:
    assert find_claim([record()], wanted) is None


def test_the_rule_is_shown_as_written() -> None:
    name = next(iter(crosswalk()))
    assert rule_text(f"acled#{name}").startswith(f"{name}:\n")
    assert rule_text(f"crosswalks/acled#{name}") == rule_text(f"acled#{name}")


@pytest.mark.parametrize("found_by", ["", "spacy/core 3.8", "acled#no-such", "cled#riots", "acled"])
def test_a_model_has_no_rule(found_by: str) -> None:
    assert rule_text(found_by) == ""
