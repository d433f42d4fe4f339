"""The checks: each rule's examples, and what they say of a whole dispatch."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.check import Checks
from dateline.check.rules import Rule, load
from dateline.model import Annotated, Finding
from dateline.pipeline import annotation_steps

DAY = date(2022, 8, 17)
RULES = sorted(load().items())
EXAMPLES = [(name, text) for name, rule in RULES for text in rule.examples]
COUNTER_EXAMPLES = [(name, text) for name, rule in RULES for text in rule.counter_examples]

type Find = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def find(parsed: Callable[..., Annotated]) -> Find:
    steps = annotation_steps()
    last = next(n for n, step in enumerate(steps, 1) if isinstance(step, Checks))

    def run(text: str, published: date | None = DAY) -> list[Finding]:
        return list(parsed(text, published, steps[:last])[Finding])

    return run


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_a_rule_finds_its_examples(name: str, text: str, find: Find) -> None:
    found = [x for x in find(text) if x.rule.endswith(f"#{name}")]
    assert found
    assert all(0 < x.score <= 1 and x.says for x in found)


@pytest.mark.parametrize(("name", "text"), COUNTER_EXAMPLES)
def test_a_rule_leaves_its_counter_examples_alone(name: str, text: str, find: Find) -> None:
    assert [x for x in find(text) if x.rule.endswith(f"#{name}")] == []


def told(text: str, find: Find, **day: date | None) -> list[tuple[str, str, list[str]]]:
    found = find(text, **day)
    return [(x.rule, x.says, [span.of(text) for span in x.words]) for x in found]


def test_a_finding_names_rule_words_and_reason(find: Find) -> None:
    text = "Timbuktu, 30 km from Bamako, was quiet on Monday, 16 August 2022."
    apart, weekday = told(text, find)
    assert apart == (
        "places#distance",
        "Timbuktu lies 707 km from Bamako, not 30",
        ["Timbuktu, 30 km from Bamako"],
    )
    assert weekday == (
        "times#weekday",
        "'Monday, 16 August 2022': 2022-08-16 is a Tuesday",
        ["Monday, 16 August 2022"],
    )


def test_a_toll_of_two_acts_names_both(find: Find) -> None:
    text = (
        "The depot at Kati was raided in June, leading to the deaths of 9 guards last week in Gao."
    )
    ((rule, says, words),) = told(text, find)
    assert rule == "tolls#fused-toll"
    assert says == "the toll of 9 is told of Kati (June) and of Gao (last week)"
    assert words == ["9 guards", "Kati", "June", "Gao", "last week"]


def test_a_road_may_be_longer_than_the_line(find: Find) -> None:
    for km, wrong in ((10, True), (40, True), (700, False), (1000, False), (3000, True)):
        text = f"Timbuktu, {km} kilometres from Bamako, was quiet."
        assert bool(find(text)) is wrong, km


def test_miles_are_not_kilometres(find: Find) -> None:
    assert find("Timbuktu, about 440 miles from Bamako, was quiet.") == []
    assert find("Timbuktu, about 1,800 miles from Bamako, was quiet.")


def test_a_namesake_that_fits_keeps_a_distance_silent(find: Find) -> None:
    assert find("Tripoli, 80 km from Beirut, was quiet.") == []
    assert find("Tripoli, 1,000 km from Benghazi, was quiet.") == []


def test_a_term_is_judged_by_the_day_of_the_dispatch(find: Find) -> None:
    text = "President Barack Obama called for calm."
    assert find(text, published=date(2014, 5, 1)) == []
    assert [x.rule for x in find(text, published=date(2021, 5, 1))] == ["actors#term"]
    assert find(text, published=None) == []


def test_a_date_without_a_year_may_be_of_a_year_the_dispatch_names(find: Find) -> None:
    assert find("In 2001 the towers fell. It was Tuesday, September 11.") == []
    (found,) = find("The towers fell. It was Wednesday, September 12.")
    assert found.score < load()["weekday"].score


def test_every_body_of_a_list_is_compared(find: Find) -> None:
    text = "News agencies, including Reuters, Amnesty International and AFP, wrote of it."
    assert [x.says for x in find(text)] == [
        "Amnesty International is no news agency: the actor base has it as NGO"
    ]


def test_a_rule_without_proof_is_refused() -> None:
    with pytest.raises(ValueError, match="counter_examples"):
        Rule(description="d", says="s", score=0.5, examples=("x",), counter_examples=())


VOCABULARY = (
    "Timbuktu Bamako 30 km north of from , : ( ) - 12 soldiers and civilians including 8 children "
    "killed Monday 16 August 2022 after the 2024 elections were lifted in July President Merkel "
    "capital city Niger is a news agency Reuters aged 310 man 99999999999999999999 \x00 🙂 İ ."
)
WORDS = VOCABULARY.split(" ")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(st.sampled_from(WORDS), max_size=40),
    day=st.sampled_from([None, date.min, DAY, date.max]),
)
def test_odd_text_is_checked_without_error(words: list[str], day: date | None, find: Find) -> None:
    text = " ".join(words)
    for found in find(text, published=day):
        assert all(0 <= x.start < x.end <= len(text) for x in found.words)
