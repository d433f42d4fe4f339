"""What is fuzzed: every reader, dates, the layers over any parse at all, and the codec."""

import io
import json
import random
import re
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import pairwise
from typing import Any

from tests.ingest import builders as make
from tests.ingest.test_archives import ALL
from tests.made import record

from dateline.errors import InputError
from dateline.ingest import dates, decoding, language, markdown
from dateline.ingest.draft import Draft
from dateline.ingest.entry import Entry, buffered
from dateline.ingest.formats import drafts
from dateline.ingest.limits import Limits, Run
from dateline.ingest.screening import admit
from dateline.model import Annotated, Document, Sentence
from dateline.model.codec import dump, load
from dateline.model.parse import NamedEntity, Parse, Token
from dateline.pipeline import Step, default_steps, record_of


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fuzz: `run` raises only where there is a fault."""

    name: str
    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


LIMITS = Limits(50_000, unchecked=2**20)
FILES: dict[str, bytes] = {
    **ALL,
    "o.tar.gz": make.tarred({"a.txt": b"Troops left.", "b.eml": ALL["g.eml"]}),
    "q.json": b'[{"text": "Troops left.", "date": "2022-08-15"}]',
    "r.md": b"---\ntitle: Truce\ndate: 2022-08-15\n---\nGuns fell silent.",
    "s.tar": make.tarred({"a.txt": b"Troops left."}, "w:"),
    "t.atom": b"<feed><title>Wire</title><entry><title>Out</title><content>Troops left."
    b"</content></entry></feed>",
}


def read(name: str, data: bytes) -> None:
    """Read a file: only the reader's own error may end it, and all it gives can be stored."""
    entry = Entry(name, name, buffered(io.BytesIO(data)), 0, len(data))
    with suppress(InputError):
        for found in drafts(entry, Run(LIMITS, confined=True)):
            if isinstance(found, Draft):
                admitted = admit(found, LIMITS.characters)
                told = admitted if isinstance(admitted, Document) else admitted.document
                told.text.encode()
                told.title.encode()


def tell(data: bytes) -> None:
    """Decode bytes, and take dates and front matter from them."""
    with suppress(InputError):
        decoding.decode(data, decoding.charset(data))
    text = data.decode("utf-8", "replace")
    with suppress(ValueError):
        dates.day(text)
    dates.in_url(text)
    markdown.split(text)
    language.foreign(text)


def decoded(data: bytes) -> None:
    """Read a record: what is taken is written again the same."""
    with suppress(InputError):
        found = load(data)
        assert load(dump(found)) == found


_WORD = re.compile(r"\w+|[^\w\s]")
_TAGS = (
    ("NOUN", "NN"), ("NOUN", "NNS"), ("PROPN", "NNP"), ("PROPN", "NNPS"), ("VERB", "VBD"),
    ("VERB", "VBN"), ("VERB", "VBZ"), ("AUX", "VBD"), ("ADP", "IN"), ("DET", "DT"), ("NUM", "CD"),
    ("ADJ", "JJ"), ("PRON", "PRP"), ("ADV", "RB"), ("PUNCT", ","), ("CCONJ", "CC"), ("PART", "TO"),
    ("SCONJ", "IN"), ("X", "FW"),
)  # fmt: skip
_DEPS = (
    "nsubj", "nsubjpass", "dobj", "agent", "prep", "pobj", "det", "amod", "nummod", "compound",
    "conj", "cc", "advcl", "ccomp", "xcomp", "relcl", "acl", "appos", "aux", "auxpass", "neg",
    "mark", "advmod", "npadvmod", "quantmod", "poss", "punct", "parataxis", "dative", "attr",
)  # fmt: skip
_ENTS = ("GPE", "ORG", "PERSON", "NORP", "DATE", "CARDINAL", "LOC", "FAC", "QUANTITY", "TIME")


def parsed(text: str, seed: int, published: date | None = None) -> Annotated:
    """A text with a parse drawn by chance: sound trees, any labels."""
    chance = random.Random(seed)
    words = [*_WORD.finditer(text)]
    bounds, at = [0], 0
    while at < len(words):
        at = min(at + chance.randint(1, 30), len(words))
        bounds.append(at)
    tokens: list[Token] = []
    sentences = [(first, end - 1) for first, end in pairwise(bounds)]
    for number, (first, last) in enumerate(sentences):
        heads = _tree(chance, first, last)
        for i in range(first, last + 1):
            word = words[i]
            pos, tag = chance.choice(_TAGS)
            dep = "ROOT" if heads[i] == i else chance.choice(_DEPS)
            tokens.append(
                Token(i, word.start(), word.end(), word[0], word[0].lower(), pos, tag, dep,
                      heads[i], number, "")
            )  # fmt: skip
    entities = [*_entities(chance, sentences)]
    for first, last, label in entities:
        for i in range(first, last + 1):
            tokens[i] = tokens[i]._replace(ent=label)
    parse = Parse("made", tuple(tokens), tuple(sentences), tuple(entities))
    layer = [Sentence(parse.span(a, b), "made", a, b) for a, b in sentences]
    doc = Annotated(Document(text, published=published), parse)
    return doc.with_layer(Sentence, layer)


def _tree(chance: random.Random, first: int, last: int) -> dict[int, int]:
    order = [*range(first, last + 1)]
    chance.shuffle(order)
    heads = {order[0]: order[0]}
    for i in order[1:]:
        heads[i] = chance.choice([*heads])
    return heads


def _entities(chance: random.Random, sentences: Iterable[tuple[int, int]]) -> Iterable[NamedEntity]:
    for first, last in sentences:
        at = first
        while at <= last:
            if chance.random() < 0.3:
                end = min(at + chance.randint(0, 3), last)
                yield NamedEntity(at, end, chance.choice(_ENTS))
                at = end
            at += 1


@cache
def steps() -> dict[str, Step]:
    """The steps of the pipeline by name, in order."""
    return {step.name: step for step in default_steps()}


def annotated(data: bytes) -> None:
    """Run all steps and code the claims; the layers lie within the text, the record is sound."""
    text = data.decode("utf-8", "replace")
    seed = zlib.crc32(data)
    doc = parsed(text, seed, date(2022, 8, 15) if seed % 3 else None)
    for step in steps().values():
        (layer,) = step([doc])
        doc = doc.with_layer(step.writes, layer)
        for found in doc[step.writes]:
            assert 0 <= found.span.start <= found.span.end <= len(text)
    coded = record_of(doc)
    assert load(dump(coded)) == coded


DISPATCHES = (
    b"At least 20 soldiers were killed on Monday near Gao, the army of Mali said on 15 August.",
    b"Some 1,200 people fled Ansongo between 3 and 5 May 2022; dozens, if not hundreds, were hurt.",
    "BAMAKO, Aug 15 (Wire) - \u201cNo one was hurt,\u201d a spokesman for the UN said.".encode(),
    b"Rebels plan to meet envoys next week in Kidal, 300 km north-east of Gao, officials denied.",
    b"The last French troops left the base in the morning, two days after the deal of June 2021.",
)
RECORD = dump(record()).encode()
CODED = (RECORD, json.dumps({"layout": 1}).encode(), b"{}", b"[]")


def targets() -> tuple[Target, ...]:
    """All of them: readers first."""
    readers = [
        Target(f"reader {name.partition('.')[2]}", partial(read, name.rpartition("/")[2]), (data,))
        for name, data in FILES.items()
    ]
    more: list[Any] = [
        Target("encodings, dates, front matter", tell, (b"2022-08-15", *DISPATCHES)),
        Target("codec", decoded, CODED),
        Target("all layers and claims", annotated, DISPATCHES),
    ]
    return (*readers, *more)
