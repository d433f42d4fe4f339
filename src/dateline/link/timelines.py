"""What each party did and what was done to it, in the order of time."""

from collections.abc import Iterable, Sequence

from dateline.knowledge.geography import fold
from dateline.model import Party
from dateline.model.incident import Corpus, Incident, Settled, Timeline


def timelines(corpus: Corpus, name: str | None = None) -> tuple[Timeline, ...]:
    """The timeline of each named party, the busiest first; of one party, if named.

    Descriptions ("gunmen") have no timeline: they name nobody. A party is found by its own name,
    whatever the case and the accents.
    """
    found: dict[str, list[tuple[Incident, str, Party]]] = {}
    for incident in corpus.incidents:
        for key, (role, party) in _roles(incident).items():
            found.setdefault(key, []).append((incident, role, party))
    wanted = None if name is None else fold(name)
    lines = [_line(entries) for key, entries in found.items() if wanted is None or key == wanted]
    return tuple(sorted(lines, key=lambda x: (-len(x.incidents), x.party.name)))


def _roles(incident: Incident) -> dict[str, tuple[str, Party]]:
    out: dict[str, tuple[str, Party]] = {}
    for role, settled in (("actor", incident.actors), ("recipient", incident.recipients)):
        for party in _parties(settled):
            key = fold(party.name)
            before = out.get(key)
            out[key] = (role if before is None or before[0] == role else "both", party)
    return out


def _parties(settled: Iterable[Settled[Party]]) -> list[Party]:
    """The named parties that the tellings of a slot give."""
    told = {t.value.name: t.value for one in settled for t in one.tellings}
    return [party for name, party in sorted(told.items()) if name[:1].isupper()]


def _line(entries: Sequence[tuple[Incident, str, Party]]) -> Timeline:
    first = [i.first_reported for i, _, _ in entries if i.first_reported]
    last = [i.last_reported for i, _, _ in entries if i.last_reported]
    return Timeline(
        party=entries[0][2],
        incidents=tuple(incident.id for incident, _, _ in entries),
        roles=tuple(role for _, role, _ in entries),
        first_reported=min(first, default=None),
        last_reported=max(last, default=None),
    )
