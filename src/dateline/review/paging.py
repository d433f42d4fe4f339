"""Some entries of a list, and how to get at the others."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import HTTPException

from dateline.review.schemas.queries import Paged
from dateline.review.schemas.shared import FacetValue

MOST_FACETS = 60
EVERYTHING = 100_000  # rows of a list as a file


def offset(wanted: Paged) -> int:
    """Where a page begins.

    Raises:
        HTTPException: The cursor is none that was given out.
    """
    if not wanted.cursor:
        return 0
    if not wanted.cursor.isascii() or not wanted.cursor.isdigit() or len(wanted.cursor) > 9:
        raise HTTPException(422, "cursor: not one of this list's")
    return int(wanted.cursor)


def page(
    wanted: Paged,
    items: Sequence[Any],
    total: int,
    facets: Mapping[str, Sequence[tuple[str, int]]] | None = None,
) -> dict[str, Any]:
    """The fields of a page whose entries begin at its cursor."""
    start = offset(wanted)
    after, before = start + wanted.limit, start - wanted.limit
    return {
        "items": list(items),
        "total": total,
        "next": str(after) if after < total else None,
        "previous": str(max(0, before)) if start > 0 else None,
        "facets": {
            name: [FacetValue(value=value, count=n) for value, n in found[:MOST_FACETS]]
            for name, found in (facets or {}).items()
        },
    }


def window[T](wanted: Paged, found: Sequence[T]) -> Sequence[T]:
    """The entries of a page, of all there are."""
    start = offset(wanted)
    return found[start : start + wanted.limit]
