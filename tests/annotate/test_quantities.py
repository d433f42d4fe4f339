from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.entities import Entities
from dateline.annotate.quantities import Quantities
from dateline.annotate.quantities_figures import LEXICON, Form
from dateline.knowledge import entries
from dateline.model import Annotated, Document, Quantity

FORMS = entries(LEXICON, Form)
STEP = Quantities()


@pytest.fixture
def counted(parsed: Any) -> Any:
    def run(text: Any) -> Any:
        doc = parsed(text, steps=[STEP])
        return [(q.who, q.low, q.best, q.high) for q in doc[Quantity]]

    return run


@pytest.mark.parametrize(
    ("name", "text", "bounds"),
    [(n, text, b) for n, form in FORMS.items() for text, b in form.examples.items()],
)
def test_examples_of_the_lexicon(counted: Any, name: Any, text: Any, bounds: Any) -> None:
    assert tuple(bounds) in [found[1:] for found in counted(text)], name


@pytest.mark.parametrize(
    "text", [text for form in FORMS.values() for text in form.counter_examples]
)
def test_counter_examples_of_the_lexicon(parsed: Any, text: Any) -> None:
    doc = parsed(text, steps=[STEP])
    assert not [q for q in doc[Quantity] if q.who != "people" or q.kind or q.low != 1]


def test_coordinated_counts_are_counted_apart(counted: Any) -> None:
    found = counted("The ambush killed four soldiers and two police officers.")
    assert found == [("soldiers", 4, 4, 4), ("police officers", 2, 2, 2)]


def test_a_part_is_counted_beside_the_whole(counted: Any) -> None:
    found = counted("Nine people, including three children, were killed.")
    assert found == [("people", 9, 9, 9), ("children", 3, 3, 3)]


def test_a_figure_without_a_noun_counts_people_who_suffer(counted: Any) -> None:
    assert counted("The mortar fire killed at least 42.") == [("people", 42, 42, None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The clash caused 42 deaths.", "killed"),
        ("The blast left 12 wounded and 300 dead.", "injured"),
        ("The deaths of 42 Malian soldiers shocked the country.", "killed"),
        ("Doctors counted 300 casualties.", None),
        ("About 900 displaced families live here.", "displaced"),
        ("Gunmen shot 12 guards.", "injured"),
        ("Gunmen shot and killed 12 guards.", "killed"),
        ("Gunmen shot two guards dead.", "killed"),
        ("Police shot dead three protesters in Gao.", "killed"),
        ("Three men were fatally shot in Gao.", "killed"),
        ("Two men were shot and wounded in Gao.", "injured"),
    ],
)
def test_kind_is_told_by_the_phrase(parsed: Any, text: Any, kind: Any) -> None:
    assert parsed(text, steps=[STEP])[Quantity][0].kind == kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two soldiers were wounded near Gao.", [(2, "injured")]),
        ("The ambush killed four soldiers and two civilians.", [(4, "killed"), (2, "killed")]),
        ("Nine people died, including three children.", [(9, "killed"), (3, "killed")]),
        ("Gunmen shot dead three traders.", [(3, "killed")]),
        ("The raid claimed the lives of 14 villagers.", [(14, "killed")]),
        ("Twelve nurses lost their lives.", [(12, "killed")]),
        ("The shells killed 20 and wounded another.", [(20, "killed"), (1, "injured")]),
        ("The blast killed eight and injured five more.", [(8, "killed"), (5, "injured")]),
        ("Raiders abducted 30 pupils.", [(30, "abducted")]),
        ("Police arrested 40 men.", [(40, "detained")]),
        ("The flood displaced 900 families.", [(900, "displaced")]),
        ("About 300 miners marched.", [(300, "participants")]),
        ("The state deployed 1,500 troops.", [(1500, "forces")]),
        ("The storm left 12 people dead.", [(12, "killed")]),
        ("No casualties were reported.", [(0, "injured"), (0, "killed")]),
        ("They found the bodies of six men.", [(6, "killed")]),
        ("Not a single soldier was killed.", [(0, "killed")]),
        ("On Friday 500 protesters came.", [(500, "participants")]),
        ("On Friday 500 protesters were arrested.", [(500, "detained")]),
        ("Police killed or wounded 40 protesters.", [(40, None)]),
        ("Four officials met 5 times on 3 May.", [(4, None)]),
        ("Two others were rushed to a hospital.", [(2, "injured")]),
        ("Two ministers were rushed to the airport.", [(2, None)]),
        ("A teenager was airlifted to the hospital.", [(1, "injured")]),
        ("Three guards sustained burns.", [(3, "injured")]),
        ("Three guards sustained the pressure.", [(3, None)]),
        ("The blast wounded a juvenile.", [(1, "injured")]),
        ("Gunmen killed a 22-year-old.", [(1, "killed")]),
        ("Gunmen stole a 20-year-old car.", []),
    ],
)
def test_kind_is_told_by_the_verb(parsed: Any, text: Any, told: Any) -> None:
    found = parsed(text, steps=[STEP])[Quantity]
    assert [(q.best, q.kind) for q in found] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Soldiers killed Achieng Barasa in Nairobi.", ("Achieng Barasa", 1, "killed")),
        ("The arrest of Achieng Barasa shocked many.", ("Achieng Barasa", 1, "detained")),
        ("We condemn the removal and arrest of Achieng Barasa.", ("Achieng Barasa", 1, "detained")),
        ("Police detained Achieng Barasa and John Keene.",
         ("Achieng Barasa and John Keene", 2, "detained")),
    ],
)  # fmt: skip
def test_victims_told_by_name_are_counted(parsed: Any, text: Any, told: Any) -> None:
    doc = parsed(text, steps=[Entities(), STEP])
    named = [q for q in doc[Quantity] if q.found_by == "quantities#named"]
    assert [(q.span.of(text), q.best, q.kind) for q in named] == [told]


def test_names_that_suffer_nothing_are_not_counted(parsed: Any) -> None:
    doc = parsed("Achieng Barasa met John Keene.", steps=[Entities(), STEP])
    assert doc[Quantity] == ()


def test_a_total_that_a_count_is_brought_up_to_is_exact(counted: Any) -> None:
    (found,) = counted("The raid brought the number of dead up to 104.")
    assert found[1:] == (104, 104, 104)


def test_years_are_no_range_of_people(counted: Any) -> None:
    assert counted("The 2025–2026 protests went on.") == []


@pytest.mark.parametrize("text", ["The death toll rose to 21.", "The raid brings the toll to 44."])
def test_a_rising_toll_is_a_count(counted: Any, text: Any) -> None:
    assert len(counted(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The 7th Brigade fired 40 rockets.",
        "A ten-year truce was signed on 12 May 2021 at 14:05.",
        "Rebels seized 60 kilometres of road and 5 percent of the fields.",
        "Ransoms of 3 million dollars were paid.",
        "Resolution 1325 has 18 articles.",
    ],
)
def test_other_figures_are_no_people(counted: Any, text: Any) -> None:
    assert counted(text) == []


def test_span_and_head_point_into_the_text(parsed: Any) -> None:
    text = "Officials said at least 12 unarmed villagers were killed."
    doc = parsed(text, published=date(2022, 8, 15), steps=[STEP])
    (found,) = doc[Quantity]
    assert found.span.of(text) == "at least 12 unarmed villagers"
    assert doc.parse.tokens[found.head].text == "villagers"
    assert found.found_by == "quantities#at-least"


def test_an_empty_document_has_none() -> None:
    assert list(STEP([Annotated(Document(""))])) == [[]]


@settings(max_examples=15, deadline=None)
@given(text=st.text(alphabet="0123456789 ,.-–to two and\U0001f600\x00\nsoldiers", max_size=80))
def test_odd_text_never_fails(parser: Any, text: Any) -> None:
    docs = list(parser([Annotated(Document(text))]))
    assert len(list(STEP(docs))) == 1
