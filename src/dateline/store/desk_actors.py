"""Named parties, and what ties them, as the review desk lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.store.desk_lists import Condition, holding
from dateline.store.listing_tables import listed_actors, listed_incidents, listed_parties
from dateline.store.search import fold

_ACTORS = listed_actors.c
_BUSIEST = (_ACTORS.incidents.desc(), _ACTORS.name)
_SIDES = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties, and how many incidents have both, on one side or on opposite ones."""

    left: str
    right: str
    incidents: int
    against: int


def counts(connection: sa.Connection, words: str, **chosen: Sequence[str]) -> dict[str, Any]:
    """Per facet ("country", "sector") what each value would leave, and the "total"."""
    found: dict[str, Any] = {}
    for name in chosen:
        others = {x: values for x, values in chosen.items() if x != name}
        column = _ACTORS[name]
        where = (*_where(connection, words, others), column.is_not(None), column != "")
        wanted = sa.select(column, sa.func.count()).where(*where).group_by(column)
        found[name] = {row[0]: row[1] for row in connection.execute(wanted)}
    total = sa.select(sa.func.count()).select_from(listed_actors)
    total = total.where(*_where(connection, words, chosen))
    return found | {"total": connection.execute(total).scalar_one()}


def listed(
    connection: sa.Connection, words: str, window: tuple[int, int], **chosen: Sequence[str]
) -> Sequence[Any]:
    """Some parties, the busiest first."""
    wanted = sa.select(listed_actors).where(*_where(connection, words, chosen))
    start, limit = window
    return connection.execute(wanted.order_by(*_BUSIEST).offset(start).limit(limit)).all()


def named(connection: sa.Connection, names: Sequence[str]) -> dict[str, Any]:
    """Parties by their names."""
    wanted = sa.select(listed_actors).where(_ACTORS.name.in_(names))
    return {row.name: row for row in connection.execute(wanted)}


def latest(connection: sa.Connection, name: str, most: int) -> list[tuple[int, str]]:
    """The last incidents of a party (their keys, and on which side it is), in order of time."""
    party, incident = listed_parties.c, listed_incidents.c
    wanted = (
        sa.select(party.incident, party.role)
        .join(listed_incidents, incident.incident == party.incident)
        .where(party.name == name)
        .order_by(incident.start.desc().nulls_last(), party.incident.desc())
        .limit(most)
    )
    return [(row.incident, row.role) for row in connection.execute(wanted)][::-1]


def around(connection: sa.Connection, name: str) -> list[Tie]:
    """What ties a party to others, the closest first."""

    def where(a: Any, b: Any) -> list[Condition]:
        return [a.c.name == name, b.c.name != name]

    return _ties(connection, where)


def between(connection: sa.Connection, names: Sequence[str]) -> list[Tie]:
    """What ties these parties, the closest first."""

    def where(a: Any, b: Any) -> list[Condition]:
        # As an expression, for the others of an incident are few, and the names may be many.
        other = sa.func.coalesce(b.c.name, "")
        return [a.c.name.in_(names), other.in_(names), a.c.name < b.c.name]

    return _ties(connection, where)


def _ties(connection: sa.Connection, where: Any) -> list[Tie]:
    a, b = listed_parties.alias("a"), listed_parties.alias("b")
    opposed = sa.and_(a.c.role != b.c.role, a.c.role.in_(_SIDES), b.c.role.in_(_SIDES))
    wanted = (
        sa.select(a.c.name, b.c.name, sa.func.count(), sa.func.sum(sa.case((opposed, 1), else_=0)))
        .join(b, b.c.incident == a.c.incident)
        .where(*where(a, b))
        .group_by(a.c.name, b.c.name)
    )
    found = (Tie(min(row[:2]), max(row[:2]), row[2], row[3]) for row in connection.execute(wanted))
    return sorted(found, key=lambda x: (-x.incidents, x.left, x.right))


def _where(
    connection: sa.Connection, words: str, chosen: dict[str, Sequence[str]]
) -> list[Condition]:
    found: list[Condition] = [
        _ACTORS[name].in_(values) for name, values in chosen.items() if values
    ]
    return [*found, holding(connection, _ACTORS.name, words)] if fold(words) else found
