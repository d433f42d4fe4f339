"""What dispatches tell together."""

from typing import Annotated

from fastapi import APIRouter, Query

from dateline.review import actors, incidents, ledger, pairs, plans
from dateline.review.routes.access import (
    MISSING,
    REFUSED,
    STALE,
    Coder,
    Reader,
    Reviewer,
    TheDesk,
    Version,
)
from dateline.review.schemas import incidents as schemas
from dateline.review.schemas.claims import Done
from dateline.review.schemas.queries import (
    ActorQuery,
    IncidentQuery,
    LedgerQuery,
    PairQuery,
    PlanQuery,
    PointQuery,
)
from dateline.review.schemas.shared import Page

router = APIRouter(prefix="/api", tags=["incidents"], responses=REFUSED)


@router.get("/incidents", operation_id="incidents")
def get_incidents(
    wanted: Annotated[IncidentQuery, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001 (who calls has the right)
) -> Page[schemas.IncidentRow]:
    """Incidents, with facets type, status, country, disputed and level.

    The same as a file: /api/incidents.csv, .jsonl and .geojson, with the same filters.
    """
    return incidents.page(desk, wanted)


@router.post("/incidents/batch", operation_id="incidentBatch", responses=STALE)
def post_batch(sent: schemas.IncidentBatch, desk: TheDesk, caller: Reviewer) -> Done:
    """Accept, reject, merge or part incidents; undone as one."""
    return incidents.batch(desk, sent, caller)


@router.get("/incidents/{incident}", operation_id="incident", responses=MISSING)
def get_incident(incident: str, desk: TheDesk, caller: Reader) -> schemas.Incident:
    """An incident, also by an id that was merged into it."""
    return incidents.one(desk, incident, caller)


@router.get("/map", operation_id="map")
def get_map(
    wanted: Annotated[PointQuery, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
) -> schemas.Points:
    """Incidents as columns, for the map and the timeline; the newest if there are too many."""
    return incidents.points(desk, wanted)


@router.get("/pairs", operation_id="pairs")
def get_pairs(
    wanted: Annotated[PairQuery, Query()], desk: TheDesk, caller: Reader
) -> Page[schemas.Pair]:
    """Pairs of claims that may tell of the same, the most doubtful first; facet verdict.

    The same as a file: /api/pairs.csv and .jsonl.
    """
    return pairs.page(desk, wanted, caller)


@router.post("/pairs", operation_id="judge", responses=STALE)
def post_pair(sent: schemas.SentVerdict, desk: TheDesk, caller: Coder, version: Version) -> Done:
    """Say whether two claims tell of the same. `If-Match` is the version of the pair."""
    return pairs.judge(desk, sent, caller, version)


@router.get("/ledger", operation_id="ledger")
def get_ledger(
    wanted: Annotated[LedgerQuery, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
) -> Page[schemas.LedgerEntry]:
    """Which source says what, in which claim, with which figure, incident by incident.

    The same as a file, a line for each source: /api/ledger.csv and .jsonl.
    """
    return ledger.page(desk, wanted)


@router.get("/actors", operation_id="actors")
def get_actors(
    wanted: Annotated[ActorQuery, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
) -> Page[schemas.ActorRow]:
    """Named parties, with facets country and sector. As a file: /api/actors.csv and .jsonl."""
    return actors.page(desk, wanted)


@router.get("/actors/{actor}", operation_id="actor", responses=MISSING)
def get_actor(
    actor: str,
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
) -> schemas.Actor:
    """A named party: other names, what it did and what was done to it, with whom."""
    return actors.one(desk, actor)


@router.get("/network", operation_id="network")
def get_network(
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
    limit: Annotated[int, Query(ge=2, le=500)] = 80,
    around: Annotated[str, Query(max_length=400)] = "",
) -> schemas.Network:
    """The busiest parties (or those around one) and what ties them."""
    return actors.network(desk, limit, around)


@router.get("/plans", operation_id="plans")
def get_plans(
    wanted: Annotated[PlanQuery, Query()],
    desk: TheDesk,
    caller: Reader,  # noqa: ARG001
) -> Page[schemas.Plan]:
    """Announced acts and what became of them; facet outcome. As a file: /api/plans.csv, .jsonl."""
    return plans.page(desk, wanted)
