"""Reprints: dispatches that go back to one text and count as one source."""

from collections.abc import Iterable, Mapping, Sequence

from dateline.link.prints import Print, copied, print_of
from dateline.model import Record
from dateline.model.incident import Origin

Copy = tuple[str, str]  # two dispatches (ids) of which one copies the other, the smaller first


class Reprints:
    """Dispatches by the text they go back to; takes in one after the other."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._prints: dict[str, Print] = {}
        self._bands: dict[int, list[str]] = {}
        self._head: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._why: dict[Copy, str] = {}

    def restore(
        self, records: Iterable[Record], whys: Mapping[Copy, str], compared: Iterable[Record] = ()
    ) -> None:
        """Take in dispatches of which the copies are known; some may be `compared` with others."""
        for record in records:
            self._enter(record)
        for (one, other), why in whys.items():
            self._tie(one, other, why)
        for record in compared:
            self._file(record)

    def add(self, record: Record) -> list[str]:
        """Take in a dispatch; the ids of those that have another origin now, itself among them."""
        name = record.document.id
        self._enter(record)
        known = self._file(record)
        mine = self._prints.get(name)
        for other in known:
            why = copied(self._prints[other], mine) if mine else ""
            if why:
                self._tie(other, name, why)
        return list(self._members[self._head[name]])

    def origin(self, document: str) -> tuple[str, bool]:
        """The id of the original of a dispatch, and whether it has been reprinted at all."""
        group = self._members[self._head[document]]
        return min(group, key=self._rank), len(group) > 1

    def origins(self) -> tuple[Origin, ...]:
        """All origins, in the order of the originals' publication.

        A dispatch that copies none and is copied by none is an origin of its own.
        """
        groups = [sorted(group, key=self._rank) for group in self._members.values()]
        return tuple(self._told(group) for group in sorted(groups, key=lambda g: self._rank(g[0])))

    def copies(self) -> dict[Copy, str]:
        """Which dispatches copy each other, and why it is thought so."""
        return dict(self._why)

    def bands(self, document: str) -> tuple[int, ...]:
        """The numbers by which copies of a dispatch are found."""
        found = self._prints.get(document)
        return found.bands if found else ()

    def _enter(self, record: Record) -> None:
        name = record.document.id
        self._records[name] = record
        self._head[name] = name
        self._members[name] = [name]

    def _file(self, record: Record) -> list[str]:
        """File a dispatch by its bands; those filed earlier that share one."""
        name, found = record.document.id, print_of(record)
        if found is None:
            return []
        self._prints[name] = found
        near: dict[str, None] = {}
        for band in found.bands:
            block = self._bands.setdefault(band, [])
            near.update(dict.fromkeys(block))
            block.append(name)
        return list(near)

    def _tie(self, one: str, other: str, why: str) -> None:
        self._why[min(one, other), max(one, other)] = why
        keep, drop = self._head[one], self._head[other]
        if keep == drop:
            return
        for member in self._members[drop]:
            self._head[member] = keep
        self._members[keep].extend(self._members.pop(drop))

    def _rank(self, name: str) -> tuple[str, int, str]:
        """Which of a group is likely the original: the earliest, then the longest."""
        document = self._records[name].document
        day = document.published.isoformat() if document.published else "9999"
        return day, -len(document.text), document.id

    def _told(self, group: Sequence[str]) -> Origin:
        return Origin(tuple(group), tuple(self._reason(group, name) for name in group[1:]))

    def _reason(self, group: Sequence[str], name: str) -> str:
        """What ties a dispatch to its group, one sentence."""
        for other in group:
            why = self._why.get((min(other, name), max(other, name)))
            if why:
                document = self._records[other].document
                outlet = document.publisher or document.name or "another dispatch"
                return f"It goes back to the text of {outlet}: {why}."
        return "It goes back to a copy."
