"""What is new in a folder, in feed files and, if that is allowed, at addresses."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from dateline.errors import InputError
from dateline.ingest import read
from dateline.ingest.draft import refused
from dateline.ingest.fetch import Fetched, fetch
from dateline.ingest.sources import Source, walk
from dateline.model import Document, Record

Mark = tuple[int, int, int]
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_ODD = re.compile(r"[^\w.-]+")
_LONGEST = 2**20  # bytes of a feed list
_NOT_ALLOWED = "addresses are fetched only with --allow-fetch"


@dataclass(slots=True)
class _File:
    """How a file looked when it was last seen, and when it was last read."""

    seen: Mark
    read: Mark | None = None


class Following:
    """A folder, or a list of feed files and addresses, looked at again and again.

    A file is read once it has stayed the same between two looks (at once with `hasty`), and read
    anew when it has changed. A problem is told once, until it is another.
    """

    def __init__(
        self,
        place: Path,
        *,
        characters: int,
        fetching: Callable[[str], Fetched] | None = None,
    ) -> None:
        self._place, self._characters, self._fetching = place, characters, fetching
        self._files: dict[Path, _File] = {}
        self._told: set[tuple[str, str]] = set()
        self._known: dict[str, bytes] = {}
        if not place.exists():
            raise InputError(f"{place}: there is no such folder or feed list")

    @property
    def waiting(self) -> bool:
        """Whether a file is there that was not read as it looks now."""
        return any(x.read != x.seen for x in self._files.values())

    def new(self, *, hasty: bool = False) -> Iterator[Document | Record]:
        """The dispatches in what is new or has changed, and the problems not told before."""
        problems, files, addresses = self._look()
        yield from self._once(problems)
        ready = self._ready(files, hasty=hasty)
        yield from self._once(self._read(ready))
        if addresses:
            yield from self._once(self._fetched(addresses))

    def _look(self) -> tuple[list[Record], list[Path], list[str]]:
        if self._place.is_dir():
            found = [*walk([self._place])]
            problems = [x for x in found if isinstance(x, Record)]
            files = [x.path for x in found if isinstance(x, Source) and x.path is not None]
            return problems, files, []
        return self._listed()

    def _listed(self) -> tuple[list[Record], list[Path], list[str]]:
        """What a feed list names, one path or address a line, from the list's own folder."""
        where = str(self._place)
        try:
            if self._place.stat().st_size > _LONGEST:
                raise InputError(f"{where}: larger than {_LONGEST:,} bytes, no feed list")
            lines = self._place.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as cause:
            told = getattr(cause, "strerror", None) or "no text"
            return [refused(self._place.stem, where, f"cannot be read: {told}")], [], []
        problems, files, addresses = [], [], []
        for number, line in enumerate(map(str.strip, lines), 1):
            if not line or line.startswith("#"):
                continue
            if not _URL.match(line):
                path = self._place.parent / line
                if path.is_file():
                    files.append(path)
                else:
                    named = f"{where}, line {number}"
                    problems.append(refused(path.stem, named, f"{line}: there is no such file"))
            elif self._fetching is None:
                problems.append(refused(_name(line), f"{where}, line {number}", _NOT_ALLOWED))
            else:
                addresses.append(line)
        return problems, files, addresses

    def _ready(self, files: list[Path], *, hasty: bool) -> list[Path]:
        """The files that are to be read now; those that are gone are forgotten."""
        ready: list[Path] = []
        seen: dict[Path, _File] = {}
        for path in files:
            try:
                told = path.stat()
            except OSError:
                continue
            mark = (told.st_size, told.st_mtime_ns, told.st_ino)
            known = self._files.get(path)
            steady = hasty or (known is not None and known.seen == mark)
            if steady and (known is None or known.read != mark):
                ready.append(path)
            last = mark if steady else (known.read if known else None)
            seen[path] = _File(mark, last)
        self._files = seen
        return ready

    def _read(self, paths: list[Path]) -> Iterator[Document | Record]:
        there = [path for path in paths if path.exists()]
        if not there:
            return
        try:
            yield from read(there, max_characters=self._characters)
        except InputError as cause:
            for path in there:
                self._files.pop(path, None)
            yield refused(self._place.stem, str(self._place), str(cause))

    def _fetched(self, addresses: list[str]) -> Iterator[Document | Record]:
        """What addresses give, unless it is what they gave before."""
        assert self._fetching is not None  # noqa: S101 (for the type checker)
        for url in addresses:
            try:
                found = self._fetching(url)
            except InputError as cause:
                yield refused(_name(url), url, str(cause).removeprefix(f"{url}: "))
                continue
            if self._known.get(url) == found.content:
                continue
            self._known[url] = found.content
            with TemporaryDirectory() as folder:
                path = Path(folder) / f"{_name(url)}{found.suffix}"
                path.write_bytes(found.content)
                for item in read(path, max_characters=self._characters):
                    yield _from(item, found.url, f"{folder}/")

    def _once(
        self, found: Iterator[Document | Record] | list[Record]
    ) -> Iterator[Document | Record]:
        for item in found:
            if isinstance(item, Record):
                key = (item.document.name, str(item.problem))
                if key in self._told:
                    continue
                self._told.add(key)
            yield item


def by_address(url: str) -> Fetched:
    """Fetch under the default policy: public addresses only."""
    return fetch(url)


def _from(item: Document | Record, url: str, folder: str) -> Document | Record:
    """What was read from a fetched file, with its address where it tells none."""
    if isinstance(item, Document):
        return item if item.url else replace(item, url=url)
    return replace(item, problem=(item.problem or "").replace(folder, ""))


def _name(url: str) -> str:
    parts = urlsplit(url)
    return (
        _ODD.sub("-", f"{parts.netloc.rpartition('@')[2]}{parts.path}").strip("-.")[:80] or "feed"
    )
