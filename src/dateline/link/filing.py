"""What linking compares, written down and read again."""

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.link.block import blocks
from dateline.link.facts import Facts, Point, When, Who, families
from dateline.link.prints import number
from dateline.link.tolls import Toll
from dateline.model import Claim, Record
from dateline.model.linkage import FiledClaim, FiledDocument

_SETS = (
    "areas",
    "lands",
    "divisions",
    "words",
    "full",
    "single",
    "known",
    "title",
    "heads",
    "lead",
)
_PLAIN = ("id", "document", "published", "type", "mode", "status", "denied", "trigger")


def filed(record: Record, found: Iterable[Facts], bands: tuple[int, ...]) -> FiledDocument:
    """A dispatch with the facts of its claims as it is kept."""
    kept = list(found)
    day = record.document.published.toordinal() if record.document.published else 0
    claims = tuple(
        FiledClaim(a.id, tuple(dict.fromkeys((*blocks(a), *acts(claim, day)))))
        for a, claim in zip(kept, record.claims, strict=True)
    )
    return FiledDocument(record.document.id, claims, packed(kept), bands)


def acts(claim: Claim, day: int) -> Iterator[tuple[int, int]]:
    """The blocks that a plan and what comes of it share."""
    kind = "plan" if claim.status.value == "planned" else "act"
    for family, land in follow_keys(claim):
        yield number(f"{kind}|{family}|{land}"), day


def follow_keys(claim: Claim) -> Iterator[tuple[str, str]]:
    """The kinds and countries by which a plan is compared with later acts."""
    lands = {p.value.country for p in claim.slots.actors if p.value.country} or {"?"}
    for family in families().get(claim.type.value, (claim.type.value,)):
        for land in sorted(lands):
            yield family, land


def packed(found: Iterable[Facts]) -> bytes:
    """Facts as bytes, without the origin, which may change."""
    told = json.dumps([_encoded(a) for a in found], separators=(",", ":"))
    return zlib.compress(told.encode("utf-8", "surrogatepass"), 1)


def unpacked(kept: bytes) -> list[Facts]:
    """The facts of `packed` bytes."""
    told = zlib.decompress(kept).decode("utf-8", "surrogatepass")
    return [_decoded(fields) for fields in json.loads(told)]


def _encoded(a: Facts) -> dict[str, Any]:
    return {
        **{name: getattr(a, name) for name in _PLAIN},
        **{name: sorted(getattr(a, name)) for name in _SETS},
        "when": a.when,
        "points": a.points,
        "actors": a.actors,
        "recipients": a.recipients,
        "tolls": [[*key, *toll] for key, toll in a.tolls.items()],
    }


def _decoded(fields: dict[str, Any]) -> Facts:
    when, tolls = fields["when"], fields["tolls"]
    plain: dict[str, Any] = {name: fields[name] for name in _PLAIN}
    sets: dict[str, Any] = {name: frozenset(fields.get(name, ())) for name in _SETS}
    return Facts(
        **plain,
        **sets,
        when=When(*when) if when else None,
        points=tuple(Point(*x) for x in fields["points"]),
        actors=tuple(Who(*x) for x in fields["actors"]),
        recipients=tuple(Who(*x) for x in fields["recipients"]),
        tolls={(kind, side): Toll(*toll) for kind, side, *toll in tolls},
    )
