"""The one place that opens a connection: one page or feed by its address, behind a guard."""

import http.client
import io
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from dateline.errors import InputError
from dateline.ingest.addresses import Address, public, resolved

_MB = 2**20
_PORTS = {"http": 80, "https": 443}
_MOVED = {301, 302, 303, 307, 308}
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_LONGEST = 2_000  # characters of an address
_STEP = 65_536
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched; the defaults allow the public net and nothing else.

    `seconds` bounds each wait, `whole` one fetch with all its redirects; `packed` and `unpacked`
    the bytes of a body as sent and as unpacked. `allowed` judges every address that a host has,
    `resolve` looks them up.
    """

    ports: frozenset[int] = frozenset(_PORTS.values())
    redirects: int = 5
    seconds: float = 15
    whole: float = 60
    packed: int = 16 * _MB
    unpacked: int = 64 * _MB
    allowed: Callable[[Address], bool] = public
    resolve: Callable[[str, int], list[Address]] = resolved
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave; `url` is where the redirects ended."""

    url: str
    content: bytes
    suffix: str


@dataclass(slots=True)
class _Clock:
    """The time that one fetch has left."""

    policy: Policy
    end: float = field(init=False)

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.policy.whole

    def left(self) -> float:
        """How long the next wait may be.

        Raises:
            InputError: The time is over.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise InputError(f"took longer than {self.policy.whole:g} seconds: given up")
        return min(left, self.policy.seconds)


def fetch(url: str, policy: Policy | None = None) -> Fetched:
    """Get a page or feed: nothing but public addresses, without cookies, proxies or credentials.

    A host is looked up once, all its addresses are judged, and the connection goes to one that was;
    so it is again at each redirect.

    Raises:
        InputError: Names the address and says why it was not fetched.
    """
    policy = policy or Policy()
    clock = _Clock(policy)
    where = url
    try:
        for _ in range(policy.redirects + 1):
            found = _asked(where, policy, clock)
            if isinstance(found, Fetched):
                return found
            where = _onward(where, found)
        raise InputError(f"redirects more than {policy.redirects} times")
    except InputError as cause:
        raise InputError(f"{_shown(where)}: {cause}") from cause
    except TimeoutError as cause:
        raise InputError(f"{_shown(where)}: no answer in time: given up") from cause
    except (OSError, http.client.HTTPException, ValueError) as cause:
        told = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        raise InputError(f"{_shown(where)}: cannot be fetched: {_short(told)}") from cause


def _asked(url: str, policy: Policy, clock: _Clock) -> "Fetched | str":
    """What an address gives, or where it leads on to."""
    parts, host, port = _checked(url, policy)
    connection = http.client.HTTPConnection(host, port)
    connection.auto_open = 0  # never to a place that was not judged
    with closing(_connected(parts.scheme, host, port, policy, clock)) as raw:
        connection.sock = _Stream(raw, clock)
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request("GET", target, headers=_headers(parts.scheme, host, port))
        answer = connection.getresponse()
        if answer.status in _MOVED and (onward := answer.getheader("Location")):
            return onward
        if answer.status != http.client.OK:
            raise InputError(f"answered {answer.status} {_short(answer.reason)}")
        suffix = _suffix(answer.getheader("Content-Type") or "")
        return Fetched(urlunsplit(parts._replace(fragment="")), _body(answer, policy), suffix)


def _checked(url: str, policy: Policy) -> tuple[SplitResult, str, int]:
    if len(url) > _LONGEST or _ODD.search(url) or not url.isascii():
        raise InputError("no address that can be fetched (it has characters that belong in none)")
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise InputError("only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise InputError("an address with a user or password is not fetched")
    host = parts.hostname or ""
    if not host or "%" in host:
        raise InputError("the address names no host")
    port = parts.port or _PORTS[parts.scheme]
    if port not in policy.ports:
        allowed = " and ".join(map(str, sorted(policy.ports)))
        raise InputError(f"port {port} is not asked, only {allowed}")
    return parts, host, port


def _connected(scheme: str, host: str, port: int, policy: Policy, clock: _Clock) -> socket.socket:
    """A connection to an address of the host that was judged, all of them being allowed."""
    found = _within(clock.left(), partial(policy.resolve, host, port))
    refused = [x for x in found if not policy.allowed(x)]
    if refused or not found:
        told = f"leads to {refused[0]}, which is" if refused else "has"
        raise InputError(f"{told} no public address: not fetched")
    raw = _first(found, port, clock)
    if scheme == "http":
        return raw
    try:
        raw.settimeout(clock.left())
        return policy.context().wrap_socket(raw, server_hostname=host)
    except BaseException:
        raw.close()
        raise


def _first(found: list[Address], port: int, clock: _Clock) -> socket.socket:
    """A connection to the first address that answers."""
    failure: OSError = OSError("no address")
    for address in found:
        try:
            raw = socket.create_connection((str(address), port), clock.left())
        except OSError as cause:
            failure = cause
            continue
        if ip_address(raw.getpeername()[0]) == address:
            return raw
        raw.close()
    raise failure


def _within[T](seconds: float, work: Callable[[], T]) -> T:
    """The outcome of work that has no time limit of its own."""
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as cause:  # noqa: BLE001 (handed on below)
            failed.append(cause)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


def _headers(scheme: str, host: str, port: int) -> dict[str, str]:
    named = f"[{host}]" if ":" in host else host
    return {
        "Host": named if port == _PORTS[scheme] else f"{named}:{port}",
        "User-Agent": "dateline",
        "Accept": ", ".join(SUFFIXES),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _onward(url: str, location: str) -> str:
    """Where a redirect leads; not from an encrypted to an open connection."""
    onward = urljoin(url, location.strip())
    if url.startswith("https:") and not onward.startswith("https:"):
        raise InputError("redirects from https to another scheme")
    return onward


def _suffix(told: str) -> str:
    kind = told.partition(";")[0].strip().lower()
    if kind not in SUFFIXES:
        raise InputError(f"content type '{_short(kind)}' is not read")
    return SUFFIXES[kind]


def _body(answer: http.client.HTTPResponse, policy: Policy) -> bytes:
    told = answer.getheader("Content-Length") or ""
    whole = int(told) if told.isascii() and told.isdigit() else None
    if whole is not None and whole > policy.packed:
        raise InputError(f"{whole:,} bytes, more than {policy.packed:,}: not fetched")
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise InputError(f"content encoding '{_short(coding)}' is not read")
    sent = _sent(answer, policy, whole)
    parts = sent if coding == "identity" else _unpacked(sent, policy)
    return b"".join(parts)


def _sent(answer: http.client.HTTPResponse, policy: Policy, whole: int | None) -> Iterator[bytes]:
    """The bytes of a body as they come."""
    count = 0
    while data := answer.read(_STEP):
        count += len(data)
        if count > policy.packed:
            raise InputError(f"more than {policy.packed:,} bytes: given up")
        yield data
    if whole is not None and count < whole:
        raise InputError(f"cut short: {count:,} of {whole:,} bytes came")


def _unpacked(sent: Iterator[bytes], policy: Policy) -> Iterator[bytes]:
    """The same unpacked, never more at a time than is allowed."""
    packer, count = zlib.decompressobj(wbits=31), 0
    for data in sent:
        rest = data
        while rest and not packer.eof:
            try:
                out = packer.decompress(rest, _STEP)
            except zlib.error as cause:
                raise InputError(f"broken gzip: {cause}") from cause
            rest = packer.unconsumed_tail
            count += len(out)
            if count > policy.unpacked:
                raise InputError(f"unpacks to more than {policy.unpacked:,} bytes: given up")
            yield out
    if not packer.eof:
        raise InputError("broken gzip: cut short")


class _Stream:
    """A socket whose every wait ends when the time of the fetch does."""

    def __init__(self, sock: socket.socket, clock: _Clock) -> None:
        self._sock, self._clock = sock, clock

    def makefile(self, _: str) -> io.BufferedReader:
        """What is read from it."""
        return io.BufferedReader(_Incoming(self._sock, self._clock))

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._sock.settimeout(self._clock.left())
        self._sock.sendall(data)

    def close(self) -> None:
        """Nothing: the answer is still read when the library is done with the request."""


class _Incoming(io.RawIOBase):
    def __init__(self, sock: socket.socket, clock: _Clock) -> None:
        self._sock, self._clock = sock, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._clock.left())
        return self._sock.recv_into(buffer)


def _shown(url: str) -> str:
    return _short(url, 200)


def _short(told: str, most: int = 80) -> str:
    plain = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(told.split()))
    return plain if len(plain) <= most else f"{plain[:most]}…"
