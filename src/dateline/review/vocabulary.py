"""All codes and what they mean, from the codebook."""

from functools import cache
from typing import Any

from dateline.knowledge.loader import read, rows
from dateline.review.schemas.desk import TypeWords, Vocabulary, Word


@cache
def told() -> Vocabulary:
    """The vocabulary."""
    words = read("ontology/plover.yaml")
    return Vocabulary(
        types=[
            TypeWords(code=code, says=found["gloss"].strip(), modes=_words(found["modes"]))
            for code, found in words["types"].items()
        ],
        statuses=_words(words["statuses"]),
        stances=_words(words["stances"]),
        kinds=_words(words["counts"]),
        levels=_words(words["levels"]),
        sectors=_words(words["sectors"]),
        countries=_countries(),
    )


def _words(found: dict[str, Any]) -> list[Word]:
    return [Word(code=code, says=str(says).strip()) for code, says in found.items()]


def _countries() -> list[Word]:
    told = sorted((x["iso3"], x["name"]) for x in rows("gazetteer/countries.csv") if x["iso3"])
    return [Word(code=code, says=name) for code, name in told]
