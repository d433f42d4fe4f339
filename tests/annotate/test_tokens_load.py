"""The parser is loaded without what it does not need, and parses as if all were there."""

import subprocess
import sys
from typing import Any

from dateline.annotate import tokens
from dateline.annotate.tokens import Parser
from dateline.config import Config
from dateline.model import Annotated, Document

TEXTS = (
    "The army said on Monday that rebels had killed 12 civilians near Gao, in northern Mali.",
    "Port-au-Prince’s gangs weren’t disarmed; the U.N. mission’s 2,500 officers didn’t come.",
    "Zyxquo told Brmpf: “We’ll fight on!” – and left\u00a0Kherson with 3.5 million hryvnias.",
    "mistook undertook whilst colour labour organised, e-mail AT&T :-) http://x.org/a?b=1",
)


def test_a_parse_is_the_same_without_the_words_of_the_vectors(
    parser: Parser, monkeypatch: Any
) -> None:
    lean = list(parser([Annotated(Document(text)) for text in TEXTS]))
    monkeypatch.setattr(tokens, "_load", whole)
    full = Parser(Config().parser)
    assert len(full._nlp.vocab.strings) > 10 * len(parser._nlp.vocab.strings)
    assert list(full([Annotated(Document(text)) for text in TEXTS])) == lean


def whole(name: str) -> Any:
    path = tokens._packaged(name)
    return tokens._spacy().load(path)


SPACY = """
import sys
from dateline.annotate.tokens import _spacy
spacy = _spacy()
assert not [x for x in sys.modules if x.startswith("spacy.cli")], "loaded"
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
import spacy.cli
assert callable(spacy.cli.download)
"""


def test_the_command_line_of_spacy_is_there_for_who_asks() -> None:
    done = subprocess.run([sys.executable, "-c", SPACY], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
