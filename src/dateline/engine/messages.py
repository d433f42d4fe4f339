"""What goes between a pool and its processes, and what a worker makes of it.

Messages are a length of eight bytes and a pickle. Both ends are this program, started by this user.
"""

import gc
import pickle
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any

READY, DONE, FAILED = "ready", "done", "failed"
HEAD = 8  # bytes that tell the length of a message


def started(work: Any) -> Callable[[Sequence[Any]], Iterable[Any]] | tuple[str, Any]:
    """The function that works on a batch; the answer that tells why there is none."""
    try:
        job: Callable[[Sequence[Any]], Iterable[Any]] = work.start()
    except Exception as cause:  # noqa: BLE001 (raised again by the parent)
        return FAILED, carried(cause)
    gc.collect()
    gc.freeze()  # what was loaded stays to the end
    return job


def answer(job: Callable[[Sequence[Any]], Iterable[Any]], batch: Sequence[Any]) -> tuple[str, Any]:
    """What a batch comes to: its results, or what the work raised."""
    try:
        return DONE, list(job(batch))
    except Exception as cause:  # noqa: BLE001 (raised again by the parent)
        return FAILED, carried(cause)


def carried(cause: Exception) -> Exception:
    """An error as it can be sent: itself, or its words where it cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(cause))  # noqa: S301 (our own bytes)
    except Exception:  # noqa: BLE001 (an error's class may do anything)
        return RuntimeError(f"{type(cause).__name__}: {cause}")
    return cause


def send(stream: IO[bytes], message: Any) -> None:
    """Write a message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(HEAD, "big"))
    stream.write(data)
    stream.flush()


def received(stream: IO[bytes]) -> Any:
    """Read a message.

    Raises:
        EOFError: There are no more.
    """
    size = int.from_bytes(_exactly(stream, HEAD), "big")
    return pickle.loads(_exactly(stream, size))  # noqa: S301 (from the parent process)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
