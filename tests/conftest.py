"""Fixtures every test may use."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from dateline.annotate.tokens import Parser
from dateline.config import Config
from dateline.model import Annotated, Document


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser, loaded once."""
    return Parser(Config().parser)


@pytest.fixture(scope="session")
def parsed(parser: Parser) -> Callable[..., Annotated]:
    """Parse one text and run the given steps over it."""

    def run(text: str, published: date | None = None, steps: Sequence[Any] = ()) -> Annotated:
        (doc,) = parser([Annotated(Document(text, published=published))])
        for step in steps:
            (layer,) = step([doc])
            doc = doc.with_layer(step.writes, layer)
        return doc

    return run
