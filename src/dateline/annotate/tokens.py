"""Tokens, tags and trees from spaCy, copied into our own layer. No other module imports spaCy."""

import hashlib
import importlib.util
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from dateline.annotate.tokens_labels import COMPONENTS, LABELS, Labeller
from dateline.errors import ModelError
from dateline.model import Annotated, NamedEntity, Parse, Sentence, Token

_log = logging.getLogger(__name__)

_AT_ONCE = 8  # documents parsed together: more take memory and are no faster


class Parser:
    """Parse documents with an installed spaCy pipeline.

    `name` is a package or path spaCy can load, or an importable package that carries a pipeline in
    `_model/`. The default one is checked against the digest in `knowledge/models/parsers.yaml`.
    """

    def __init__(self, name: str) -> None:
        self._nlp = _load(name)
        _use_numpy(self._nlp)
        known = name in _pinned() and Labeller.fits(self._nlp)
        self._labels = Labeller(self._nlp) if known else None
        self._disabled = [*COMPONENTS] if known else []
        meta = self._nlp.meta
        self.found_by = f"spacy/{meta['lang']}_{meta['name']} {meta['version']}"

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[Annotated]:
        """The same documents with a parse and a sentence layer, in order."""
        made = (self._tokenize(doc.document.text) for doc in docs)
        piped = self._nlp.pipe(made, batch_size=_AT_ONCE, disable=self._disabled)
        for doc, parsed in zip(docs, piped, strict=True):
            parse = _convert(parsed, self.found_by, self._labels)
            sentences = [
                Sentence(parse.span(first, last), self.found_by, first, last)
                for first, last in parse.sentences
            ]
            yield Annotated(doc.document, parse, doc.layers).with_layer(Sentence, sentences)

    def _tokenize(self, text: str) -> Any:
        """Tokens of the text, with a sentence begun after each line break that ends a paragraph.

        Left alone, the parser joins a heading or a by-line to the first sentence below it.
        """
        made = self._nlp.make_doc(_calm(text))
        breaks = {found.end() for found in _BREAK.finditer(text)}
        for token in made if breaks else ():
            if token.idx in breaks:
                token.is_sent_start = True
        return made


# A blank line, or a line break after a full stop or before what begins like a sentence or an item
# when the line is too short or too long to have been wrapped.
_BREAK = re.compile(
    r"""
      \s*\n\s*\n\s*
    | (?<=[.!?:"”’')\]]) [ \t]*\n\s*
    | (?<![^\n]{50}) [ \t]*\n\s* (?=(?:[•*–-]\s*)?["“‘'(]?[A-Z0-9])
    | (?<=[^\n]{110}) [ \t]*\n\s* (?=(?:[•*–-]\s*)?["“‘'(]?[A-Z0-9])
    """,
    re.VERBOSE,
)

# What the tagger stumbles over, replaced one code point for one so that offsets stay.
_PLAIN = {"\u2018\u2019`\u00b4": "'", "\u201c\u201d": '"', "\u2011\u00ad": "-", "\u00a0\u202f": " "}
_CALM = {ord(old): new for olds, new in _PLAIN.items() for old in olds}
_CALM |= dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF], " ")
_CALM |= dict.fromkeys(range(0x2066, 0x206A), " ")


def _calm(text: str) -> str:
    """`text` with typographic marks the models never saw made plain; the length never changes."""
    return text.translate(_CALM)


_NUMBERS = ("IDX", "HEAD", "SENT_START")


def _convert(parsed: Any, found_by: str, labels: Labeller | None = None) -> Parse:
    """The parse as our own values, column by column: much faster than token by token."""
    names = parsed.to_array(("ORTH", "ENT_TYPE")).T.tolist()
    names += parsed.to_array(LABELS).T.tolist() if labels is None else labels(parsed)
    starts, heads, opened = parsed.to_array(_NUMBERS).astype("int64").T.tolist()
    known = {key: parsed.vocab.strings[key] for column in names for key in set(column)}
    words, ents, tags, deps, pos, base = ([known[key] for key in column] for column in names)
    numbers = [max(n - 1, 0) for n in accumulate(int(mark == 1) for mark in opened)]
    ends = (start + len(word) for start, word in zip(starts, words, strict=True))
    above = (i + head for i, head in enumerate(heads))
    lower = (lemma.lower() for lemma in base)
    columns = (range(len(words)), starts, ends, words, lower, pos, tags, deps, above, numbers, ents)
    tokens = tuple(map(Token, *columns))
    sentences = tuple((sent.start, sent.end - 1) for sent in parsed.sents)
    entities = tuple(NamedEntity(e.start, e.end - 1, e.label_) for e in parsed.ents)
    return Parse(found_by, tokens, sentences, entities)


def _pinned() -> dict[str, dict[str, str]]:
    """What is known of the parsers that are pinned by digest, by name."""
    text = (files("dateline.knowledge") / "models/parsers.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


@lru_cache(maxsize=2)
def _load(name: str) -> Any:
    spacy = _spacy()
    path = _packaged(name)
    known = _pinned()
    if name in known and path is not None:
        _check(name, path, known[name]["sha256"])
        return _lean(spacy, path)
    try:
        return spacy.load(path or name)
    except (OSError, ImportError, ValueError) as cause:
        raise ModelError(
            f"parser '{name}' cannot be loaded: {cause}; install the package or name an installed "
            'English spaCy pipeline in the configuration (parser = "…")'
        ) from cause


def _spacy() -> Any:
    """spaCy, without the programs of its command line: they take a third of its import."""
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" not in sys.modules:
        for name in names:
            sys.modules[name] = ModuleType(name)
        sys.modules[names[1]].info = _info  # type: ignore[attr-defined]
        try:
            import spacy
        finally:
            for name in names:
                del sys.modules[name]  # whoever asks for them gets them
    import spacy

    return spacy


def _info(*args: Any, **options: Any) -> Any:
    """What `spacy.info` does."""
    from spacy.cli.info import info

    return info(*args, **options)


def _lean(spacy: Any, path: Path) -> Any:
    """A pipeline without the words of its vectors, of which none is needed to look a vector up.

    The 700,000 of the default one take half of the time of loading, and 120 MB.
    """
    nlp = spacy.load(path, exclude=["vocab"])
    nlp.vocab.from_disk(path / "vocab", exclude=["strings"])
    return nlp


def _use_numpy(nlp: Any) -> None:
    """Let NumPy multiply the matrices of a pipeline's models, not BLIS.

    The OpenBLAS of NumPy takes half of the time (`benchmarks/speed.py`); no label changes.
    """
    from thinc.api import Model, NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops


def _packaged(name: str) -> Path | None:
    if not name.isidentifier():
        return None
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "_model"
    return folder if folder.is_dir() else None


def _check(name: str, folder: Path, expected: str) -> None:
    if os.environ.get("DATELINE_SKIP_MODEL_CHECK"):
        _log.warning("digest of parser %s not checked: DATELINE_SKIP_MODEL_CHECK is set", name)
        return
    found = digest(folder)
    if found != expected:
        raise ModelError(
            f"parser '{name}': the files in {folder} have digest {found[:12]}…, pinned is "
            f"{expected[:12]}…; reinstall the locked package"
        )


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files below `folder`, in name order."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        total.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
