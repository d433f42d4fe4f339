"""The same dispatch twice, or two of one name."""

from dataclasses import replace

from dateline.model import Document, Record


class Seen:
    """Tells what was read before."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._names: set[int] = set()

    def check(self, found: Document | Record, where: str) -> Document | Record:
        """`found`, or a refusal if the same dispatch was there before; noted if its name was."""
        if isinstance(found, Record):
            return found
        key = int(found.id, 16)
        if key in self._ids:
            reason = f"the same text was read before (document {found.id}): coded once"
            return Record(found, problem=f"{where}: {reason}", notes=found.notes)
        self._ids.add(key)
        name = hash(found.name)
        if name in self._names:
            note = f"another dispatch is called '{found.name}', too"
            found = replace(found, notes=(*found.notes, note))
        self._names.add(name)
        return found
