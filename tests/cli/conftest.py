"""Run commands as a user does, with a pipeline that answers at once."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made import TEXT, record
from typer.testing import CliRunner, Result

import dateline.pipeline
from dateline.cli import app
from dateline.config import Config
from dateline.model import Document, Record


class Ready:
    """A pipeline that knows the made record and no other text."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config

    def code(self, documents: Iterable[Document | Record]) -> Iterator[Record]:
        """The made claims for the made text; a problem for a text with "fail" in it."""
        for document in documents:
            if isinstance(document, Record):
                yield document
            elif "fail" in document.text:
                yield Record(document, problem="StepError: it failed")
            elif document.text == TEXT:
                yield Record(document, made(document))
            else:
                yield Record(document)


def made(document: Document) -> Any:
    """The claims of the made record, told by this document."""
    from dataclasses import replace

    return tuple(replace(x, document_id=document.id) for x in record().claims)


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the pipeline."""
    monkeypatch.setattr(dateline.pipeline, "Pipeline", Ready)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `dateline` with arguments, its cache in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(x) for x in arguments], input=stdin)

    return call


@pytest.fixture
def dispatch(tmp_path: Path) -> Path:
    """A file with the made dispatch."""
    path = tmp_path / "birko.txt"
    path.write_text(TEXT, "utf-8")
    return path
