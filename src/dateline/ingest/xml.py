"""XML without entities, network or bombs."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from dateline.errors import InputError

_ENTITY = re.compile(rb"<!ENTITY|\+ADw-!|<\0!\0E\0N\0T\0I\0T\0Y|\0<\0!\0E\0N\0T\0I\0T\0Y")


def elements(file: Any, events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The events of a parse that streams; the caller clears what it has used.

    Raises:
        InputError: It is no sound XML, or declares entities of its own.
    """
    found = etree.iterparse(
        _Guarded(file),
        events=events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from found
    except etree.XMLSyntaxError as cause:
        raise InputError(f"no sound XML: {str(cause)[:200]}") from cause


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def markup(element: Any) -> str:
    """An element with all that is in it, as it is written."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def drop(element: Any) -> None:
    """Free an element that was used, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]


class _Guarded:
    """A file whose reading fails at the first declaration of an entity."""

    def __init__(self, file: Any) -> None:
        self._file, self._last = file, b""

    def read(self, size: int = 65_536) -> bytes:
        data = self._file.read(size)
        if _ENTITY.search(self._last + data):
            raise InputError("the XML declares entities of its own, as XML bombs do: not read")
        self._last = data[-32:]
        return bytes(data)
