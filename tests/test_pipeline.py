"""The pipeline: order, batches, and what happens to a document that fails."""

from collections.abc import Iterable, Sequence

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from dateline.annotate.cues import Cues
from dateline.config import Config
from dateline.errors import PipelineError
from dateline.extract import Events
from dateline.model import Annotated, Annotation, Cue, Document, Record
from dateline.pipeline import Pipeline, check_order

GOOD = Document("Rebels attacked the town of Gao on Monday. The army denied it.", "good")
BAD = Document("This one breaks a step.", "bad")
UNREADABLE = Record(Document("", "unreadable"), problem="empty")


class Fragile:
    """A step that fails on one text and finds nothing in the others."""

    name = "fragile"
    reads: tuple[type[Annotation], ...] = ()
    writes = Cue

    def __call__(self, docs: Sequence[Annotated]) -> Iterable[Iterable[Cue]]:
        if any(doc.document.name == "bad" for doc in docs):
            raise ValueError("cannot read this")
        return [[] for _ in docs]


class Counting(Fragile):
    """A step that keeps how many threads matrices may take while it runs."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def __call__(self, docs: Sequence[Annotated]) -> Iterable[Iterable[Cue]]:
        self.seen += threads()
        return [[] for _ in docs]


def threads() -> list[int]:
    """How many threads each library of matrices in this process may take."""
    return [found["num_threads"] for found in threadpool_info() if found["user_api"] == "blas"]


def test_a_step_that_reads_what_none_writes_is_told_at_once() -> None:
    with pytest.raises(PipelineError, match="step 'events' reads TimeExpression"):
        check_order([Cues(), Events()])


def test_a_document_that_fails_does_not_take_its_batch_along() -> None:
    records = list(Pipeline(steps=[Fragile()]).annotate([GOOD, BAD, GOOD]))
    assert [type(record) for record in records] == [Annotated, Record, Annotated]
    problem = records[1].problem if isinstance(records[1], Record) else None
    assert problem is not None
    assert problem.startswith("StepError: step 'fragile' on ")
    assert "cannot read this" in problem


def test_matrices_take_one_thread_while_dispatches_are_coded_and_no_longer() -> None:
    step = Counting()
    with threadpool_limits(limits=2, user_api="blas"):
        before = threads()
        list(Pipeline(steps=[step]).annotate([GOOD]))
        assert threads() == before
    assert step.seen
    assert set(step.seen) == {1}


def test_what_was_no_dispatch_keeps_its_place() -> None:
    pipeline = Pipeline(Config(batch=2), steps=[Fragile()])
    found = list(pipeline.annotate([UNREADABLE, GOOD, UNREADABLE, GOOD, UNREADABLE]))
    assert [item is UNREADABLE for item in found] == [True, False, True, False, True]


def test_the_size_of_a_batch_does_not_change_a_record() -> None:
    texts = [
        "Two soldiers were wounded near Gao on Monday, the army said.",
        "France will withdraw its troops from Mali within six months, Paris announced.",
        "Protesters marched in Port-au-Prince after police had killed three people.",
    ]
    documents = [Document(text, str(number)) for number, text in enumerate(texts)]
    one, many = (list(Pipeline(Config(batch=size)).code(documents)) for size in (1, 32))
    assert one == many
    assert all(record.claims for record in one)
