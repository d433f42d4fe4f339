"""A dispatch as it reached us."""

import hashlib
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """One dispatch, its text kept exactly as received.

    Every span in the system indexes this text, so nothing may rewrite it. `name` is what the user
    calls it (a file's stem, a line's id); `published` is None unless the input tells the date;
    `notes` tell what was odd about it when it was read (its encoding, a date that is none).

    >>> Document("Shelling went on.").id == Document("Shelling went on.", name="a").id
    True
    """

    text: str
    name: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    notes: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        key = "\x1f".join([self.publisher, self.url, self.text])
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "id", digest[:16])
