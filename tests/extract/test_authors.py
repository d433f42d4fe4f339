"""Who vouches for a statement as a whole."""

from collections.abc import Callable

import pytest

from dateline.extract.authors import authored, vouched
from dateline.extract.triggers import Triggers
from dateline.knowledge.triggers import load as load_rules
from dateline.model import Annotated, Attribution
from dateline.pipeline import annotation_steps

SPOKEN = "Ada Lund, Department Spokesperson\n\n{}\n"
SIGNED = "Ada Lund, Minister of Defence\n\nChile condemns the raid. We mourn the dead.\n"
LIST = "The following is a joint statement by the Foreign Ministers of {}.\n\nPolice shot two men."
BEGIN = (
    "Release\n\nThe mayor fled in a statement of the king that he would follow. Police shot men."
)


def _authors(parsed: Callable[..., Annotated], text: str) -> list[str]:
    doc = parsed(text, steps=annotation_steps())
    found = vouched(doc[Attribution], authored(doc, Triggers(load_rules())(doc.parse)))
    whole = [
        a for a in found if a.source and sum(s.end - s.start for s in a.content) > len(text) / 2
    ]
    return [a.source.of(doc.text) for a in whole if a.source]


@pytest.mark.parametrize(
    "body",
    [
        "The Government of Chile condemns the raid. The rebels killed ten farmers.",
        "The raid was cruel and the rebels killed ten farmers. Chile is deeply worried by it.",
    ],
)
def test_a_spokesperson_speaks_for_a_body(parsed: Callable[..., Annotated], body: str) -> None:
    assert _authors(parsed, SPOKEN.format(body)) in (["Chile"], ["The Government of Chile"])


def test_a_minister_speaks_for_himself(parsed: Callable[..., Annotated]) -> None:
    assert _authors(parsed, SIGNED) == ["Ada Lund"]


def test_those_who_sign_what_follows_vouch_for_it(parsed: Callable[..., Annotated]) -> None:
    (source,) = _authors(parsed, LIST.format("Chile, Peru and Norway") + " Soldiers fled." * 8)
    assert source == "the Foreign Ministers of Chile, Peru and Norway"


def test_a_statement_told_of_is_not_what_follows(parsed: Callable[..., Annotated]) -> None:
    doc = parsed(BEGIN, steps=annotation_steps())
    assert authored(doc, Triggers(load_rules())(doc.parse)) == ()
