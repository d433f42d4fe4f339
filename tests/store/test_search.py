"""Words are found alike whatever their case, accents and punctuation."""

import pytest
from tests.made import record
from tests.store.store_builders import CODER

from dateline.model import Document, Record
from dateline.store import Query, Store
from dateline.store.search import fold, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ménaka’s FAMa-camp", "menaka s fama camp"),
        ("ﬁre STRASSE straße", "fire strasse strasse"),
        ("snake_case 1,200", "snake case 1 200"),
        ("قُصِف Київ 東京", "قصف киів 東京"),
        ("\x00 \ud800 ! ", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("wanted", "looked_for"),
    [
        ("Kati", '"kati"'),
        ("d'Ivoire", '"d ivoire"'),
        ('"Military Camp" Kati', '"military camp" "kati"'),
        ('an open "quote', '"an" "open" "quote"'),
        ('"" - !', ""),
        ("AND or NEAR(a)", '"and" "or" "near a"'),
    ],
)
def test_terms(wanted: str, looked_for: str) -> None:
    assert terms(wanted) == looked_for


def test_other_scripts_and_very_long_texts_are_found(store: Store) -> None:
    run = store.start_run(CODER)
    long = " ".join(f"word{n}" for n in range(100_000))
    for name, text in (("ar", "تم قصف السوق أمس."), ("long", f"Opening. {long}")):
        store.add(Record(Document(text, name)), run)
    store.add(record(), run)
    assert [x.document.name for x in store.records(Query(text="قصف السوق"))] == ["ar"]
    assert [x.document.name for x in store.records(Query(text="opening word777"))] == ["long"]
    assert [x.document.name for x in store.records(Query(text="BIRKO"))] == ["birko"]
