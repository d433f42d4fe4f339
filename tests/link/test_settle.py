"""A linked corpus under another policy."""

from dataclasses import replace

import pytest
from tests.link.claim_builders import record

from dateline.errors import ConfigError
from dateline.link import link
from dateline.link.settle import settle
from dateline.model import Record

EVENT = {"actor": "Hill Front", "place": "Birko", "time": "2021-05-03"}


def told() -> list[Record]:
    """A shelling, its toll told twice, and denied once."""
    return [
        record({**EVENT, "killed": 12}, text="Rebels shelled Birko.", published="2021-05-03",
               publisher="Arda Post"),
        record({**EVENT, "killed": 15}, text="They shelled the market of Birko.",
               published="2021-05-04", publisher="Hill Radio"),
        record({**EVENT, "denied": True, "source": "Hill Front"},
               text="The front did not say who shelled Birko.", published="2021-05-05",
               publisher="Coast Herald"),
    ]  # fmt: skip


@pytest.mark.parametrize("policy", ["informative", "latest-official", "ucdp", "conservative"])
def test_values_are_as_if_linked_by_that_policy(policy: str) -> None:
    corpus = link(told())
    again = settle(corpus, policy)
    assert again == link(told(), policy=policy)
    assert [x.id for x in again.incidents] == [x.id for x in corpus.incidents]


def test_policies_differ() -> None:
    corpus = link(told())
    values = {p: settle(corpus, p).incidents[0].status.value for p in ("informative", "ucdp")}
    assert corpus.incidents[0].status.value == "alleged"
    assert values["informative"] == "actual"


def test_what_is_not_wholly_there_stays() -> None:
    corpus = link(told())
    part = replace(corpus, records=corpus.records[:1])
    assert settle(part, "ucdp") == part


def test_an_unknown_policy_is_told() -> None:
    with pytest.raises(ConfigError, match="conservative, informative"):
        settle(link(told()), "boldest")
