"""Serving the desk: which store, on which address, with which safeguards."""

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.errors import ConfigError
from dateline.store import Store

if TYPE_CHECKING:
    from dateline.review.desk import Settings

PORT = 8417
_NEXT = 20  # ports tried after one that is taken


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk listens; `proxy` is the address (https://…) by which people reach it."""

    host: str = "127.0.0.1"
    port: int = PORT
    proxy: str | None = None


@contextmanager
def opened(where: str | None, default: str) -> Iterator[tuple[Store, bool]]:
    """The store to show, and whether it is one of the sample dispatches.

    Without a place, the default one; where there is none or it is empty, the package's own sample
    dispatches, in a store that lasts as long as the desk.

    Raises:
        StoreError: The one named is not there or cannot be read.
    """
    with ExitStack() as stack:
        if where is not None:
            store = stack.enter_context(Store.open(where, create=False))
            if not _empty(store):
                yield store, False
                return
        elif "://" in default or Path(default).exists():
            store = stack.enter_context(Store.open(default, create=False))
            if not _empty(store):
                yield store, False
                return
        folder = stack.enter_context(TemporaryDirectory(prefix="dateline-sample-"))
        yield stack.enter_context(sample(str(Path(folder) / "sample.db"))), True


@contextmanager
def sample(where: str) -> Iterator[Store]:
    """A new store with the package's own sample dispatches, coded and linked."""
    import dateline
    from dateline.config import UNSEEN, Config
    from dateline.corpus import conclude
    from dateline.ingest import read
    from dateline.pipeline import coded
    from dateline.store import this_coder

    chosen = Config(engine="local")
    with Store.open(where) as store:
        run = store.start_run(
            this_coder(dateline.__version__, chosen.model_dump(exclude=set(UNSEEN)))
        )
        found = read([str(files("dateline.knowledge") / "samples")])
        for _ in store.add_all(coded(found, chosen), run):
            continue
        store.finish_run(run)
        conclude(store)
        yield store


def settings(store: Store, place: Place, *, sample: bool = False) -> "Settings":
    """How a store may be served at a place: with accounts where it has some.

    Raises:
        ConfigError: Others could reach it, and there are no accounts or no proxy that speaks TLS.
    """
    from dateline.review.accounts import Accounts
    from dateline.review.desk import Settings

    team = Accounts(store.database).any()
    hosts = list(Settings().hosts)
    proxy = urlsplit(place.proxy) if place.proxy else None
    if proxy is not None and (proxy.scheme not in {"http", "https"} or not proxy.hostname):
        raise ConfigError(f"--proxy {place.proxy}: an address like https://desk.example.org")
    if not loopback(place.host):
        if not team:
            raise ConfigError(
                f"--host {place.host}: others could reach the desk, and it has no accounts; make "
                "the first with 'dateline invite STORE --role owner'"
            )
        if proxy is None or proxy.scheme != "https":
            raise ConfigError(
                f"--host {place.host}: passwords would travel readably; put a proxy that speaks "
                "TLS before it and name its address: --proxy https://desk.example.org"
            )
    if proxy is not None and not team:
        raise ConfigError("--proxy: the desk has no accounts; 'dateline invite' makes the first")
    if proxy is not None and proxy.hostname:
        hosts.append(proxy.hostname)
    secure = proxy is not None and proxy.scheme == "https"
    return Settings(team=team, hosts=tuple(hosts), secure=secure, sample=sample)


def loopback(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> loopback("127.0.0.1"), loopback("0.0.0.0")
    (True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(place: Place) -> socket.socket:
    """A socket at the port, or at the next that is free; who is early waits until it is served.

    Raises:
        ConfigError: None of them can be had.
    """
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    ports = [place.port] if place.port == 0 else range(place.port, place.port + _NEXT)
    told = ""
    for port in ports:
        found = socket.socket(family, socket.SOCK_STREAM)
        try:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((place.host, port))
            found.listen()
            return found
        except OSError as cause:
            found.close()
            told = str(cause)
    raise ConfigError(f"--port {place.port}: cannot be had on {place.host}: {told}")


def address(place: Place, port: int, chosen: "Settings") -> str:
    """What to open in the browser; without accounts it holds the launch token."""
    if chosen.team:
        return place.proxy or f"http://{_shown(place.host)}:{port}/"
    return f"http://{_shown(place.host)}:{port}/?token={chosen.token}"


def run(store: Store, found: socket.socket, chosen: "Settings", browse: str | None = None) -> None:
    """Serve until told to stop; open an address in the browser first, if told."""
    import uvicorn

    from dateline.review.app import application
    from dateline.review.desk import Desk

    app = application(Desk(store, chosen))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=chosen.team,
        forwarded_allow_ips="127.0.0.1",
        limit_concurrency=256,
        timeout_keep_alive=15,
    )
    if browse:
        timer = threading.Timer(0.6, webbrowser.open, [browse])
        timer.daemon = True
        timer.start()
    try:
        uvicorn.Server(config).run(sockets=[found])
    finally:
        found.close()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _empty(store: Store) -> bool:
    from dateline.store import desk_reads

    with store.database.read() as connection:
        return desk_reads.empty(connection)
