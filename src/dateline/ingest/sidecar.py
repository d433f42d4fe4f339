"""Titles and dates told in a file beside the dispatches."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dateline.errors import InputError
from dateline.ingest.draft import Draft, fields, parse

NAMES = ("metadata.json", "TITLES.json")
_MAX_BYTES = 64 * 2**20


class Sidecar:
    """Title, date, publisher and url by dispatch id, as a folder's metadata file tells them."""

    def __init__(self, entries: Mapping[str, Mapping[str, object]] | None = None) -> None:
        self._entries = entries or {}

    def tell(self, draft: Draft, file: str) -> Draft:
        """The draft with what is told of it, by its name or its file's; that outranks its own."""
        entry = self._entries.get(draft.name) or self._entries.get(file)
        return replace(draft, told={**draft.told, **entry}) if entry else draft


def load(folder: Path) -> Sidecar:
    """What `metadata.json` or `TITLES.json` in a folder tells.

    Either file holds a list of objects with `id`, or a mapping from id to such an object or to a
    title. No file gives no entries.

    Raises:
        InputError: The file is there and cannot be used.
    """
    for name in NAMES:
        path = folder / name
        if path.is_file():
            return Sidecar(_entries(path))
    return Sidecar()


def _entries(path: Path) -> dict[str, dict[str, object]]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(f"{path}: larger than {_MAX_BYTES:,} bytes")
        content = parse(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as cause:
        raise InputError(f"{path}: {cause}; titles and dates are not known") from cause
    if isinstance(content, list):
        pairs = [(x.get("id"), x) for x in content if isinstance(x, dict)]
    elif isinstance(content, dict):
        pairs = list(content.items())
    else:
        raise InputError(f"{path}: a list of objects, or a mapping from id to object, is expected")
    return {str(key): _told(value) for key, value in pairs if key is not None}


def _told(value: object) -> dict[str, object]:
    return fields(value if isinstance(value, Mapping) else {"title": value})
