"""What has become of incidents since they were last told, as a stream of events in a file."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from dateline.errors import ExportError
from dateline.model.incident import Incident

Values = dict[str, Any]
ONE = ("type", "status", "mode", "time")
MANY = ("actors", "recipients", "places", "counts")
_START = b'{"event": '


def values_of(incident: Incident) -> Values:
    """What an incident tells now, as plain JSON values: settled values, without the tellings."""
    one = {slot: getattr(incident, slot) for slot in ONE}
    first, last = incident.first_reported, incident.last_reported
    return {
        **{slot: _plain(found.value) if found else None for slot, found in one.items()},
        **{slot: [_plain(x.value) for x in getattr(incident, slot)] for slot in MANY},
        "voices": incident.voices,
        "confidence": round(incident.confidence, 4),
        "first_reported": first.isoformat() if first else None,
        "last_reported": last.isoformat() if last else None,
        "claims": list(incident.claims),
    }


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def changes(told: Mapping[str, Values], incidents: Iterable[Incident]) -> Iterator[dict[str, Any]]:
    """What must be told so that one who knows `told` knows these incidents."""
    now = {x.id: values_of(x) for x in incidents}
    into = {old: x.id for x in incidents for old in x.merged}
    for name, values in now.items():
        if name not in told:
            yield {"kind": "added", "incident": name, "values": values}
            continue
        before = told[name]
        slots = {
            slot: {"old": before.get(slot), "new": value}
            for slot, value in values.items()
            if before.get(slot) != value
        }
        if slots:
            yield {"kind": "changed", "incident": name, "changes": slots}
    for name in told:
        if name in now:
            continue
        if name in into:
            yield {"kind": "merged", "incident": name, "into": into[name]}
        else:
            yield {"kind": "removed", "incident": name}


def follow(told: dict[str, Values], event: Mapping[str, Any]) -> None:
    """Bring what is known up to an event."""
    match event["kind"]:
        case "added":
            told[event["incident"]] = dict(event["values"])
        case "changed":
            told[event["incident"]].update({k: x["new"] for k, x in event["changes"].items()})
        case "merged" | "removed":
            del told[event["incident"]]
        case kind:
            raise ValueError(f"no kind of event: {kind!r}")


class Stream:
    """An event stream in a file: what was told is known from it alone, so it may go on any time.

    A last line that was cut short is taken away when the file is opened. Events are numbered from
    1; their times never go back, whatever the clock does.

    Raises:
        ExportError: The file holds something else, is in use, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number, self._at = 0, ""
        self.told: dict[str, Values] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] = path.open("a+b")
        except OSError as cause:
            raise self._failure(cause) from cause
        try:
            self._lock()
            self._end = self._read()
            self._file.truncate(self._end)
        except OSError as cause:
            self._file.close()
            raise self._failure(cause) from cause
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def tell(self, incidents: Iterable[Incident]) -> int:
        """Write what is new of these incidents, all that there are; how many events that is.

        Raises:
            ExportError: The file cannot be written; no event is there in part.
        """
        found = [*changes(self.told, tuple(incidents))]
        lines = [self._line(event) for event in found]
        if not lines:
            return 0
        data = b"".join(lines)
        try:
            self._file.write(data)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as cause:
            self._undo()
            raise self._failure(cause) from cause
        self._end += len(data)
        for event in found:
            follow(self.told, event)
        return len(found)

    def _line(self, event: Mapping[str, Any]) -> bytes:
        self._number += 1
        self._at = max(self._at, datetime.now(UTC).isoformat(timespec="seconds"))
        told = {"event": self._number, "at": self._at, **event}
        return json.dumps(told, ensure_ascii=True).encode("ascii") + b"\n"

    def _read(self) -> int:
        """Follow all events that are there; where the last whole one ends."""
        self._file.seek(0)
        end = 0
        for number, line in enumerate(self._file, 1):
            if not line.endswith(b"\n"):
                if _torn(line):
                    break
                raise self._foreign(number)
            try:
                event = json.loads(line)
                follow(self.told, event)
                if event["event"] != self._number + 1:
                    raise ValueError("out of order")
                self._number, self._at = event["event"], str(event["at"])
            except (ValueError, KeyError, TypeError, RecursionError) as cause:
                raise self._foreign(number) from cause
            end += len(line)
        return end

    def _undo(self) -> None:
        """Take away what was written in part; where even that fails, the next start does it."""
        try:
            os.truncate(self._path, self._end)
        except OSError:
            return

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # not on this system
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            raise ExportError(
                f"{self._path}: another 'dateline watch' writes there; name another file"
            ) from cause

    def _foreign(self, number: int) -> ExportError:
        return ExportError(
            f"{self._path}: line {number} is no event of this stream; name another file"
        )

    def _failure(self, cause: OSError) -> ExportError:
        return ExportError(f"{self._path}: cannot be written: {cause.strerror or cause}")


def _torn(line: bytes) -> bool:
    """Whether an unfinished line may be what a crash left of an event."""
    rest = line.rstrip(b"\0")
    return rest.startswith(_START) or _START.startswith(rest)
