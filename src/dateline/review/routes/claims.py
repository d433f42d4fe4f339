"""The queue, dispatches, commands and what they undo."""

from typing import Annotated

from fastapi import APIRouter, Query

from dateline.review import commands, dispatches, history, queue
from dateline.review.routes.access import (
    MISSING,
    REFUSED,
    STALE,
    Coder,
    Colleague,
    Reader,
    TheDesk,
    Version,
)
from dateline.review.schemas import claims as schemas
from dateline.review.schemas.incidents import SearchHit
from dateline.review.schemas.queries import (
    ClaimQuery,
    DocumentQuery,
    FailureQuery,
    HistoryQuery,
    Words,
)
from dateline.review.schemas.shared import Page

router = APIRouter(prefix="/api", tags=["claims"], responses=REFUSED)


@router.get("/queue", operation_id="queue")
def get_queue(
    wanted: Annotated[ClaimQuery, Query()], desk: TheDesk, caller: Reader
) -> Page[schemas.QueueItem]:
    """Claims to review, with facets state, type, status, country and publisher.

    The same as a file: /api/queue.csv, .jsonl and .geojson, with the same filters.
    """
    return queue.page(desk, wanted, caller)


@router.get("/claims/{claim}", operation_id="claim", responses=MISSING)
def get_claim(claim: str, desk: TheDesk, caller: Reader) -> schemas.ClaimPlace:
    """A claim by its id, also by one that it had before it was corrected or coded anew."""
    return dispatches.place(desk, claim, caller)


@router.get("/documents", operation_id="documents")
def get_documents(
    wanted: Annotated[DocumentQuery, Query()], desk: TheDesk, caller: Reader
) -> Page[schemas.DocumentRow]:
    """Dispatches, with facet publisher. The same as a file: /api/documents.csv and .jsonl."""
    return dispatches.page(desk, wanted, caller)


@router.get("/documents/{document}", operation_id="document", responses=MISSING)
def get_document(
    document: str,
    desk: TheDesk,
    caller: Reader,
    assignment: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> schemas.Document:
    """A dispatch with its claims; with `assignment`, as this private coding has them."""
    return dispatches.one(desk, document, caller, assignment)


@router.get("/search", operation_id="search")
def get_search(
    q: Annotated[Words, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001 (who calls has the right)
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[SearchHit]:
    """Dispatches that hold these words, with an excerpt."""
    return dispatches.search(desk, q, limit)


@router.post("/commands", operation_id="command", responses=STALE)
def post_command(
    sent: schemas.Command, desk: TheDesk, caller: Coder, version: Version
) -> schemas.Done:
    """Change a claim. `If-Match` is its version (for `add` none is needed).

    A stale version is answered with 409 and the dispatch as it is now; nothing is changed.
    """
    return commands.do(desk, sent, caller, version)


@router.post("/batch", operation_id="batch", responses=STALE)
def post_batch(sent: schemas.Batch, desk: TheDesk, caller: Coder) -> schemas.Done:
    """Change several claims at once, all or none; undone as one."""
    return commands.batch(desk, sent, caller)


@router.post("/undo", operation_id="undo", responses=STALE)
def post_undo(desk: TheDesk, caller: Coder) -> schemas.Done:
    """Take back one's own last command that is not undone; 409 if others built on it, or none."""
    return history.undo(desk, caller)


@router.post("/redo", operation_id="redo", responses=STALE)
def post_redo(desk: TheDesk, caller: Coder) -> schemas.Done:
    """Do again what one undid last; 409 if there is none, or others changed the same since."""
    return history.redo(desk, caller)


@router.get("/history", operation_id="history")
def get_history(
    wanted: Annotated[HistoryQuery, Query()], desk: TheDesk, caller: Colleague
) -> Page[schemas.HistoryEntry]:
    """Commands of everybody or (`mine`) one's own, newest first."""
    return history.page(desk, wanted, caller)


@router.get("/runs", operation_id="runs")
def get_runs(desk: TheDesk, caller: Reader) -> list[schemas.Run]:  # noqa: ARG001
    """All runs of the coder, newest first."""
    return dispatches.runs(desk)


@router.get("/failures", operation_id="failures")
def get_failures(
    wanted: Annotated[FailureQuery, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
) -> Page[schemas.Failure]:
    """What could not be coded, and why. The same as a file: /api/failures.csv and .jsonl."""
    return dispatches.failures(desk, wanted)
