"""Who did what to whom as a network: GraphML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from dateline.export.phrases import one_line
from dateline.export.view import View
from dateline.model import Party

_NODE_KEYS = {"label": "string", "country": "string", "sector": "string", "incidents": "int"}
_EDGE_KEYS = {
    "type": "string",
    "status": "string",
    "weight": "int",
    "incidents": "string",
    "first": "string",
    "last": "string",
}


@dataclass
class _Edge:
    """What one party did to another, of one type and status."""

    incidents: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


def graphml_pieces(views: Iterable[View]) -> Iterator[str]:
    """A directed multigraph: parties are nodes, an edge joins actor and recipient for each type.

    An edge's `weight` is the number of incidents, `incidents` are their ids; its status tells
    events that happened from those planned or denied. Several actors of one incident that has no
    recipient are joined in both directions.
    """
    nodes: dict[Party, int] = {}
    edges: dict[tuple[Party, Party, str, str], _Edge] = {}
    for view in views:
        for party in dict.fromkeys((*view.actors, *view.recipients)):
            nodes[party] = nodes.get(party, 0) + 1
        for actor, recipient in _pairs(view):
            key = (actor, recipient, view.incident.type.value, view.incident.status.value)
            edge = edges.setdefault(key, _Edge())
            edge.incidents.append(view.incident.id)
            edge.days.extend([view.days.first.isoformat()] if view.days else [])
    names = {party: f"n{number}" for number, party in enumerate(nodes)}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for owner, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            ids = f'id="{owner}_{name}" for="{owner}"'
            yield f'<key {ids} attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="actors" edgedefault="directed">\n'
    for party, count in nodes.items():
        told = (party.name, party.country, party.sector, count)
        yield f'<node id="{names[party]}">{_data("node", _NODE_KEYS, told)}</node>\n'
    for number, ((actor, recipient, kind, status), edge) in enumerate(edges.items()):
        first, last = (min(edge.days), max(edge.days)) if edge.days else (None, None)
        values = (kind, status, len(edge.incidents), "; ".join(edge.incidents), first, last)
        ends = f"source={quoteattr(names[actor])} target={quoteattr(names[recipient])}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", _EDGE_KEYS, values)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _pairs(view: View) -> Iterator[tuple[Party, Party]]:
    if view.recipients:
        yield from ((a, b) for a in view.actors for b in view.recipients)
    else:
        yield from ((a, b) for a in view.actors for b in view.actors if a != b)


def _data(owner: str, keys: Iterable[str], values: Iterable[object]) -> str:
    told = zip(keys, values, strict=True)
    return "".join(
        f'<data key="{owner}_{name}">{escape(one_line(str(value)))}</data>'
        for name, value in told
        if value is not None
    )
