"""The sample dispatches, coded by the pipeline and linked: the story they were written to tell."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from dateline.ingest import read
from dateline.knowledge import locate
from dateline.link import link
from dateline.model import Claim, Record
from dateline.model.incident import Agreement, Corpus, Incident, Outcome
from dateline.pipeline import Pipeline

CROSSING = {
    "2022-08-15_crossing_sahel_wire",
    "2022-08-15_crossing_savanna_herald",
    "2022-08-15_crossing_meridian",
    "2022-08-18_un_letter",
}
TESSIT = {"tessit-17", "tessit-21", "2022-08-11_tessit_42"}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return link(Pipeline().code(read([Path(str(locate("samples")))])))


def told(corpus: Corpus, name: str, word: str) -> tuple[Claim, Record]:
    """The claim of a sample that has this word for its trigger or a further mention."""
    for claim, record in corpus.claims().values():
        words = {s.of(record.document.text) for s in (claim.trigger, *claim.mentions)}
        if record.document.name == name and word in words:
            return claim, record
    raise AssertionError(f"{name} has no claim '{word}'")


def of(corpus: Corpus, claim: Claim) -> Incident:
    (found,) = [i for i in corpus.incidents if claim.id in i.claims]
    return found


def dispatches(corpus: Corpus, claims: Iterable[str]) -> set[str]:
    every = corpus.claims()
    return {every[claim][1].document.name for claim in claims}


def test_the_border_crossing_is_one_incident(corpus: Corpus) -> None:
    claim, _ = told(corpus, "2022-08-15_crossing_sahel_wire", "withdrew")
    incident = of(corpus, claim)
    assert dispatches(corpus, incident.claims) >= CROSSING
    assert incident.type.value == "RETREAT"
    assert incident.status.value == "actual"
    assert incident.time is not None
    assert (incident.time.value.start, incident.time.value.end) == ("2022-08-15", "2022-08-15")
    parts = {c for c in incident.claims if corpus.claims()[c][0].time}
    days = {corpus.claims()[c][0].time.value.start for c in parts}  # type: ignore[union-attr]
    assert days == {"2022-08-15"}  # the bases given up in April and June are other incidents


def test_its_outlets_are_grouped_by_independence(corpus: Corpus) -> None:
    names = {record.document.id: record.document.name for record in corpus.records}
    groups = [{names[d] for d in origin.documents} for origin in corpus.origins]
    copies = {"2022-08-15_crossing_sahel_wire", "2022-08-15_crossing_savanna_herald"}
    assert copies in groups
    assert [group for group in groups if len(group) > 1] == [copies]
    claim, _ = told(corpus, "2022-08-15_crossing_sahel_wire", "withdrew")
    incident = of(corpus, claim)
    outlets = {t.publisher for t in incident.type.tellings}
    assert 2 <= incident.voices < len(outlets)  # four of five go back to one staff's statement
    assert "2022-08-15_crossing_sahel_wire" in names[next(
        origin.id for origin in corpus.origins if len(origin.documents) > 1
    )]  # fmt: skip


def test_the_toll_of_tessit_is_a_series(corpus: Corpus) -> None:
    claim, _ = told(corpus, "tessit-21", "attacked")
    incident = of(corpus, claim)
    assert dispatches(corpus, incident.claims) >= TESSIT
    killed = next(c for c in incident.counts if c.value.kind == "killed")
    assert killed.agreement is Agreement.SERIES
    assert killed.value.best == 42
    figures = [t.value.best for t in killed.tellings]
    assert (figures[0], figures[-1]) == (21, 42)  # 17 soldiers and 4 civilians at first
    assert not any(c.slot == "killed" and c.incident == incident.id for c in corpus.conflicts)


def test_the_denial_of_moura_is_beside_the_allegation(corpus: Corpus) -> None:
    claim, _ = told(corpus, "2022-04-06_moura", "killed")
    incident = of(corpus, claim)
    assert "Moura" in {place.value.name for place in incident.places}
    (conflict,) = [c for c in corpus.conflicts if c.incident == incident.id and c.slot == "status"]
    assert "Human Rights Watch" in conflict.says[0]
    assert "Malian Armed Forces" in conflict.says[1]
    assert claim.id in conflict.sides[0]
    assert incident.status.agreement is Agreement.DISPUTED
    assert incident.status.value == "alleged"


def test_the_promise_of_february_is_fulfilled_in_time(corpus: Corpus) -> None:
    claim, _ = told(corpus, "2022-02-17_withdrawal_plan", "pull")
    (found,) = [c for c in corpus.commitments if c.promise == claim.id]
    assert found.outcome is Outcome.FULFILLED
    assert found.due == "2022-08-17"
    assert dispatches(corpus, found.evidence) >= CROSSING
    assert "in time" in found.says
    assert "2022-08-15" in found.says
    crossing, _ = told(corpus, "2022-08-15_crossing_sahel_wire", "withdrew")
    assert claim.id not in of(corpus, crossing).claims


def test_linking_again_changes_nothing(corpus: Corpus) -> None:
    again = link(reversed(corpus.records), known=corpus.incidents)
    assert again == corpus
