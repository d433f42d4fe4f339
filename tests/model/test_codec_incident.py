"""What is concluded across dispatches survives the way to JSON and back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.model.test_codec import records
from tests.store.store_builders import corpus, dispatch

from dateline.errors import InputError
from dateline.model import (
    KINDS,
    LEVELS,
    STANCES,
    STATUSES,
    TYPES,
    Count,
    Party,
    Period,
    Place,
    Sourcing,
)
from dateline.model import codec_incident as codec
from dateline.model.incident import (
    Agreement,
    Commitment,
    Conflict,
    Corpus,
    Incident,
    Judgement,
    Origin,
    Outcome,
    Reason,
    Settled,
    Telling,
    Verdict,
)

WORDS = st.text(max_size=8)
MAYBE = st.none() | WORDS
SHARE = st.floats(0, 1)
DAYS = st.none() | st.dates()
BOUND = st.none() | st.integers(0, 10**7)
IDS = st.lists(WORDS, max_size=3).map(tuple)


def settled(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Settled[Any]]:
    sources = st.lists(st.builds(Sourcing, WORDS, st.sampled_from(STANCES)), max_size=2).map(tuple)
    tellings = st.lists(
        st.builds(Telling, value, WORDS, sources, WORDS, DAYS, WORDS), max_size=2
    ).map(tuple)
    return st.builds(Settled, value, WORDS, st.sampled_from(Agreement), tellings)


def several(value: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(settled(value), max_size=2).map(tuple)


PARTIES = st.builds(Party, WORDS, MAYBE, MAYBE)
DEGREE = st.none() | st.floats(-90, 90)
INCIDENTS = st.builds(
    Incident,
    WORDS,
    IDS,
    settled(st.sampled_from(TYPES)),
    settled(st.sampled_from(STATUSES)),
    st.none() | settled(WORDS),
    several(PARTIES),
    several(PARTIES),
    several(st.builds(Place, WORDS, MAYBE, st.sampled_from(LEVELS), DEGREE, DEGREE, MAYBE, BOUND)),
    st.none() | settled(st.builds(Period, MAYBE, MAYBE)),
    several(st.builds(Count, st.sampled_from(KINDS), WORDS, BOUND, BOUND, BOUND, MAYBE)),
    st.integers(1, 99),
    SHARE,
    DAYS,
    DAYS,
    IDS,
)
PAIRS = st.tuples(WORDS, WORDS).filter(lambda x: x[0] != x[1]).map(sorted)
JUDGEMENTS = st.builds(
    lambda pair, *rest: Judgement(*pair, *rest),
    PAIRS,
    st.sampled_from(Verdict),
    WORDS,
    st.none() | SHARE,
    st.lists(st.builds(Reason, WORDS, st.floats(-9, 9), WORDS), max_size=2).map(tuple),
)
CONFLICTS = st.builds(
    Conflict, WORDS, WORDS, IDS, st.lists(IDS, max_size=2).map(tuple), SHARE, st.booleans()
)
COMMITMENTS = st.builds(Commitment, WORDS, st.sampled_from(Outcome), MAYBE, IDS, WORDS)
ORIGINS = st.builds(Origin, st.lists(WORDS, min_size=1, max_size=3).map(tuple), IDS)


def listed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=2).map(tuple)


CORPORA = st.builds(
    Corpus,
    st.lists(records(), max_size=1).map(tuple),
    listed(INCIDENTS),
    listed(ORIGINS),
    listed(JUDGEMENTS),
    listed(CONFLICTS),
    listed(COMMITMENTS),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(CORPORA)
def test_nothing_is_lost(found: Corpus) -> None:
    line = json.dumps(codec.encode_corpus(found), allow_nan=False)
    assert codec.decode_corpus(json.loads(line)) == found


MADE = corpus(*map(dispatch, range(3)))


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("layout",), 9, "corpus: no corpus: layout 9"),
        (("incidents",), 3, "corpus: no corpus"),
        (("incidents", 0, "type"), None, "shelling: no incident"),
        (("incidents", 0, "type", "agreement"), "loud", "shelling: no incident: 'loud'"),
        (("incidents", 0, "type", "value"), 7, "a string is expected, not 7"),
        (("incidents", 0, "places", 0, "value"), {"name": "x", "colour": 1}, "colour"),
        (("incidents", 0, "first_reported"), "Monday", "shelling: no incident"),
        (("incidents", 0, "claims"), "abc", "a list is expected, not 'abc'"),
        (("incidents", 0), None, "unnamed: no incident"),
        (("judgements", 0, "verdict"), "maybe", "no judgement: 'maybe'"),
        (("judgements", 0, "left"), "zzz", "claims out of order"),
        (("origins", 0, "documents"), [], "it has no documents"),
        (("conflicts", 0, "sides"), [1], "shelling: no conflict"),
        (("commitments", 0, "outcome"), "done", "no commitment: 'done'"),
        (("records", 0, "claims"), 7, "no record"),
    ],
)
def test_what_is_broken_is_refused(path: tuple[Any, ...], value: object, told: str) -> None:
    fields = json.loads(json.dumps(codec.encode_corpus(MADE)))
    inner = fields
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(InputError, match=told):
        codec.decode_corpus(fields)


@pytest.mark.parametrize(
    ("decode", "fields", "key"),
    [
        (codec.decode_incident, codec.encode_incident(MADE.incidents[0]), "voices"),
        (codec.decode_judgement, codec.encode_judgement(MADE.judgements[0]), "by"),
        (codec.decode_origin, codec.encode_origin(MADE.origins[0]), "why"),
        (codec.decode_conflict, codec.encode_conflict(MADE.conflicts[0]), "weight"),
        (codec.decode_commitment, codec.encode_commitment(MADE.commitments[0]), "says"),
        (codec.decode_corpus, codec.encode_corpus(MADE), "origins"),
    ],
)
def test_a_missing_field_is_named(
    decode: Callable[[Any], Any], fields: dict[str, Any], key: str
) -> None:
    decode(fields)
    del fields[key]
    with pytest.raises(InputError, match=f"'{key}' is missing"):
        decode(fields)
