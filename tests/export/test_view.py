"""What exporters read of an incident, and incidents of one claim each."""

from datetime import date

import pytest
from tests.export.corpora import ARDA, BIRKO, corpus, records, view

from dateline.export import view as module
from dateline.export.singly import singly
from dateline.export.view import numbers, seconds, views
from dateline.model import Place
from dateline.model.incident import Corpus


def test_an_incident_knows_its_claims_and_dispatches() -> None:
    found = next(views(corpus()))
    assert [record.document.name for record in found.records] == ["first", "second"]
    assert found.words("recipients") == ("army convoy", "soldiers")
    assert found.sources() == ("army", "Hill Front")
    assert found.disputed == ("status",)
    assert found.event_id == f"XX-MLI-{found.number:012}"


def test_numbers_depend_on_the_id_alone() -> None:
    some, more = numbers(iter(["a", "b"])), numbers(iter(["c", "b", "a"]))
    assert {k: more[k] for k in some} == some
    assert len(set(more.values())) == len(more)


def test_numbers_that_collide_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_number", lambda name: len(name))
    assert numbers(iter(["b", "a"])) == {"a": 1, "b": 3}


def test_the_closest_place_decides() -> None:
    country, site = Place("Mali", "MLI", "country", 17, -4), Place("base", "MLI", "site")
    assert view(places=[country, site, ARDA, BIRKO]).place == BIRKO
    sea = Place("Gulf of Guinea", None, "sea", 1.0, 4.0)
    found = view(places=[sea, country])
    assert (found.place, found.country) == (sea, "MLI")
    assert view(places=[]).event_id.startswith("XX-INT-")


def test_without_linking_every_claim_is_an_incident() -> None:
    coded = records()
    found = singly(reversed(coded))
    assert [x.document.name for x in found.records] == ["first", "second", "third"]
    assert {x.id for x in found.incidents} == set(Corpus(coded).claims())
    told = [x.time.value.start or "" for x in found.incidents if x.time]
    assert told == sorted(told)
    first = found.incidents[0]
    assert first.type.tellings[0].publisher == "Arda Post"
    assert first.counts[0].tellings[0].sources[0].name == "army"
    assert len(found.origins) == len(coded)


def test_a_day_in_seconds() -> None:
    assert seconds(date(1970, 1, 2)) == 86_400
    assert seconds(None) is None
