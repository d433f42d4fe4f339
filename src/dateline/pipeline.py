"""The order of the work: the one place that knows all the stages."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from threadpoolctl import ThreadpoolController

from dateline.annotate.attribution import Attributions
from dateline.annotate.cues import Cues
from dateline.annotate.entities import Entities
from dateline.annotate.places import Places
from dateline.annotate.quantities import Quantities
from dateline.annotate.times import DispatchDates, TimeDoubts, Times, time_notes, written
from dateline.annotate.tokens import Parser
from dateline.check import Checks
from dateline.config import Config
from dateline.engine import engine
from dateline.errors import PipelineError, StepError
from dateline.extract import Events, claims
from dateline.extract.encoder import load as load_encoder
from dateline.extract.judge import Judge
from dateline.extract.linear import load
from dateline.model import Annotated, Annotation, Document, Finding, Record, Sentence

_log = logging.getLogger(__name__)

CHARACTERS = 100_000  # of a batch, unless one dispatch is longer: they settle the memory it takes
MANY = 128  # dispatches; more of them are worth the start of several processes


class Step(Protocol):
    """Reads some layers of documents and returns one new layer for each."""

    @property
    def name(self) -> str:
        """What the step is called in logs and errors."""
        ...

    @property
    def reads(self) -> tuple[type[Annotation], ...]:
        """The layers it needs."""
        ...

    @property
    def writes(self) -> type[Annotation]:
        """The layer it returns."""
        ...

    def __call__(self, docs: Sequence[Annotated]) -> Iterable[Iterable[Annotation]]:
        """The annotations of each document, in the order of `docs`."""
        ...


def annotation_steps(config: Config | None = None) -> tuple[Step, ...]:
    """The steps that mark up a parsed dispatch, in order."""
    own = (config or Config()).gazetteer
    times = Times()
    dated = (DispatchDates(times), times, TimeDoubts())
    named = (Places((own,) if own else ()), Entities(), Quantities())
    return (*dated, *named, Checks(), Cues(), Attributions())


def default_steps(config: Config | None = None) -> tuple[Step, ...]:
    """The steps every dispatch goes through after the parse, in order."""
    judge = Judge(load(), load_encoder() if (config or Config()).encoder else None)
    return (*annotation_steps(config), Events(judge))


def check_order(steps: Sequence[Step]) -> None:
    """Fail early if a step needs a layer that no earlier step writes.

    Raises:
        PipelineError: Names the step and the layer.
    """
    written: set[type[Annotation]] = {Sentence}
    for step in steps:
        for layer in step.reads:
            if layer not in written:
                raise PipelineError(
                    f"step '{step.name}' reads {layer.__name__}, which no earlier step writes"
                )
        written.add(step.writes)


class Pipeline:
    """From documents to records: parse, annotate, extract; `config.batch` documents at a time."""

    def __init__(self, config: Config | None = None, steps: Sequence[Step] | None = None) -> None:
        self._config = config or Config()
        self._steps = tuple(default_steps(self._config) if steps is None else steps)
        check_order(self._steps)
        self._parser = Parser(self._config.parser)
        self._threads = ThreadpoolController()

    def annotate(self, documents: Iterable[Document | Record]) -> Iterator[Annotated | Record]:
        """Each document with its layers, in order; a `Record` with the problem where it failed.

        Records among the documents (inputs that were no dispatch) pass through in their place.
        """
        for batch in batches(documents, self._config.batch):
            # The matrices are small: more threads only wait for each other.
            with self._threads.limit(limits=1, user_api="blas"):
                done = iter(self._batch([item for item in batch if isinstance(item, Document)]))
            for item in batch:
                yield item if isinstance(item, Record) else next(done)

    def code(self, documents: Iterable[Document | Record]) -> Iterator[Record]:
        """The record of each document, in order; a failure is a record with its problem."""
        for found in self.annotate(documents):
            yield found if isinstance(found, Record) else record_of(found)

    def _batch(self, batch: Sequence[Document]) -> Sequence[Annotated | Record]:
        try:
            return self._annotate(batch)
        except Exception as cause:  # noqa: BLE001 (a step may wrap any model)
            _log.info("batch failed (%s); trying its documents one by one", cause)
            return [self._alone(document) for document in batch]

    def _annotate(self, batch: Sequence[Document]) -> list[Annotated]:
        docs = list(self._parser([Annotated(document) for document in batch]))
        for step in self._steps:
            layers = step(docs)
            docs = [d.with_layer(step.writes, x) for d, x in zip(docs, layers, strict=True)]
        return docs

    def _alone(self, document: Document) -> Annotated | Record:
        try:
            (doc,) = self._parser([Annotated(document)])
            for step in self._steps:
                doc = _apply(step, doc)
        except Exception as cause:  # noqa: BLE001 (kept as the record's problem)
            _log.warning("%s: %s", document.name or document.id, cause)
            problem = f"{type(cause).__name__}: {cause}"
            return Record(document, problem=problem, notes=document.notes)
        return doc


def _apply(step: Step, doc: Annotated) -> Annotated:
    try:
        (layer,) = step([doc])
        return doc.with_layer(step.writes, layer)
    except Exception as cause:
        raise StepError(f"step '{step.name}' on {doc.document.id}: {cause}") from cause


def record_of(doc: Annotated) -> Record:
    """The claims of an annotated document as a record, and what the checks found in it."""
    notes = (*doc.document.notes, *time_notes(doc))
    told = claims(doc)
    return Record(doc.document, told, None, notes, written(doc), doc[Finding])


def batches(
    found: Iterable[Document | Record], size: int, characters: int = CHARACTERS
) -> Iterator[tuple[Document | Record, ...]]:
    """Documents in batches of at most `size`, and of `characters` unless one is longer.

    A batch is handed on as soon as it is full; where one ends depends on nothing before its
    beginning.
    """
    batch: list[Document | Record] = []
    length = 0
    for item in found:
        more = len(item.text) if isinstance(item, Document) else 0
        if batch and length + more > characters:
            yield tuple(batch)
            batch, length = [], 0
        batch.append(item)
        length += more
        if len(batch) == size:
            yield tuple(batch)
            batch, length = [], 0
    if batch:
        yield tuple(batch)


@dataclass(frozen=True, slots=True)
class Coding:
    """What engines do with documents: each of their workers makes its own pipeline.

    `make` gives one that is at hand in this process; it does not travel to others.
    """

    config: Config
    make: Callable[[Config], Pipeline] | None = None

    def __reduce__(self) -> tuple[type["Coding"], tuple[Config]]:
        return Coding, (self.config,)

    def start(self) -> Callable[[Sequence[Document | Record]], Iterable[Record]]:
        """The function that codes a batch."""
        return (self.make or Pipeline)(self.config).code

    def lost(self, item: Document | Record, reason: str) -> Record:
        """The record of a dispatch that no process survives."""
        if isinstance(item, Record):
            return item
        return Record(item, problem=f"EngineError: {reason}", notes=item.notes)


def coded(
    documents: Iterable[Document | Record],
    config: Config | None = None,
    make: Callable[[Config], Pipeline] | None = None,
) -> Iterator[Record]:
    """The record of each document, in order, by the engine that the configuration names.

    The bytes are the same whichever it is. Nothing is loaded where there are no documents; `make`
    may give a pipeline that is at hand, for work in this process.

    Raises:
        ConfigError: The engine has no use for the address or the number of workers.
        EngineError: It is not there, or its workers do not stay alive.
    """
    chosen = config or Config()
    found = iter(documents)
    first = tuple(islice(found, MANY + 1)) if chosen.engine == "auto" else ()
    by = engine(chosen.engine, chosen.workers, chosen.address, many=len(first) > MANY)
    yield from by.map(Coding(chosen, make), batches(chain(first, found), chosen.batch))
