"""A web server that answers whatever a test wants, byte by byte if need be."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self

Answer = Callable[[bytes], Iterable[bytes | float]]  # bytes to send, seconds to wait


def plain(
    body: bytes = b"Troops left.", kind: str = "text/plain", *more: str, status: str = "200 OK"
) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


def to(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return plain(b"", "text/html", f"Location: {location}", status=status)


class Server:
    """Listens on a loopback address until it is closed; keeps what it was asked."""

    def __init__(self, answer: Answer, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[bytes] = []
        self.connections = 0
        self.over = threading.Event()
        self._answer, self._context = answer, context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.connections += 1
                threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if self._context is None:
                self._answered(connection)
                return
            with self._context.wrap_socket(connection, server_side=True) as stream:
                self._answered(stream)

    def _answered(self, stream: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            data = stream.recv(4096)
            if not data:
                return
            request += data
        self.asked.append(request)
        for piece in self._answer(request):
            if isinstance(piece, float):
                self.over.wait(piece)
            else:
                stream.sendall(piece)
            if self.over.is_set():
                return


def slow(head: bytes, step: bytes, pause: float) -> Iterable[bytes | float]:
    """An answer whose parts come one by one, without end."""
    yield head
    end = time.monotonic() + 20
    while time.monotonic() < end:
        yield step
        yield pause
