"""Fetching by address, against a server that means ill."""

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.ingest.hostile import Answer, Server, plain, slow, to

from dateline.errors import InputError
from dateline.ingest import fetch as module
from dateline.ingest.addresses import Address, public
from dateline.ingest.fetch import Fetched, Policy, fetch

HERE = ip_address("127.0.0.1")
HTML = "text/html; charset=utf-8"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
PACKED = "Content-Encoding: gzip"
TLS = Path(__file__).parent / "tls"


def answering(*answers: bytes) -> Answer:
    """The same answer each time, or one after the other."""
    left = list(answers)

    def answer(_: bytes) -> Iterable[bytes | float]:
        return [left.pop(0) if len(left) > 1 else left[0]]

    return answer


@contextmanager
def served(answer: Answer, **other: Any) -> Iterator[tuple[str, Policy, Server]]:
    """A server that is `wire.example` for a policy which takes 127.0.0.1 for public."""
    with Server(answer, other.pop("tls", None)) as server:
        policy = Policy(
            ports=frozenset({server.port}),
            allowed=lambda x: x == HERE or public(x),
            resolve=lambda host, port: [HERE] if host == "wire.example" else _real(host, port),
            seconds=2,
            whole=4,
        )
        yield f"http://wire.example:{server.port}", replace(policy, **other), server


_real = Policy().resolve


@pytest.fixture
def isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection may be opened."""

    def refused(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.31.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.2.1", "198.18.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::",
        "2002:a9fe:a9fe::", "2001:0:7f00:1::", "2001:0:808:808:0:0:80ff:fffe", "fe80::1",
        "fe80::1%2", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
        "2606:4700::5efe:7f00:1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
     "2002:808:808::"],
)  # fmt: skip
def test_addresses_that_are_public(address: str) -> None:
    assert public(ip_address(address))


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/",
        "http://0x7f000001/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest/meta-data/", "http://0/",
    ],
)  # fmt: skip
def test_no_way_of_writing_it_leads_inside(url: str) -> None:
    with pytest.raises(InputError, match=r"no public address: not fetched|cannot be fetched"):
        fetch(url)


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://wire.example/", "only http and https"),
        ("//wire.example/", "only http and https"),
        ("http:///a", "names no host"),
        ("http://[fe80::1%25eth0]/", "names no host"),
        ("http://desk:secret@wire.example/", "user or password"),
        ("http://wire.example:22/", "port 22 is not asked, only 443 and 80|only 80 and 443"),
        ("http://wire.example:99999/", "cannot be fetched"),
        ("http://wire.example/a b", "characters that belong in none"),
        ("http://wire.example/\r\nHost: other", "characters that belong in none"),
        ("http://wire.example\\@other.example/", "characters that belong in none"),
        ("http://w\u0456re.example/", "characters that belong in none"),
        ("http://wire.example/" + "a" * 3000, "characters that belong in none"),
    ],
)
def test_odd_addresses_are_refused(url: str, said: str) -> None:
    policy = Policy(resolve=lambda _, __: [ip_address("93.184.216.34")])
    with pytest.raises(InputError, match=said) as told:
        fetch(url, policy)
    assert "\n" not in str(told.value)


@pytest.mark.usefixtures("isolated")
def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    both = [ip_address("93.184.216.34"), ip_address("10.0.0.8")]
    with pytest.raises(InputError, match=r"leads to 10\.0\.0\.8, which is no public address"):
        fetch("http://wire.example/", Policy(resolve=lambda _, __: both))
    with pytest.raises(InputError, match="has no public address"):
        fetch("http://wire.example/", Policy(resolve=lambda _, __: []))


def test_a_page_is_fetched_without_cookies_or_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    page = plain(b"<p>Troops left.</p>", HTML, "Set-Cookie: a=b")
    with served(answering(to("/a?b=c#d"), page)) as (url, policy, server):
        assert fetch(url, policy) == Fetched(f"{url}/a?b=c", b"<p>Troops left.</p>", ".html")
    first, second = (x.decode().splitlines() for x in server.asked)
    assert (first[0], second[0]) == ("GET / HTTP/1.1", "GET /a?b=c HTTP/1.1")
    assert f"Host: wire.example:{server.port}" in first
    named = {x.partition(":")[0] for x in second[1:] if x}
    assert named == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_what_was_judged_is_what_is_asked() -> None:
    """A name that leads elsewhere when looked up again (DNS rebinding) is looked up only once."""
    answers = [[HERE], [ip_address("127.0.0.2")]]

    def rebinding(_: str, __: int) -> list[Address]:
        return answers.pop(0)

    with served(answering(plain()), resolve=rebinding) as (url, policy, server):
        assert fetch(url, policy).content == b"Troops left."
        assert (len(answers), server.connections) == (1, 1)
        with pytest.raises(InputError, match=r"leads to 127\.0\.0\.2"):
            fetch(url, policy)
        assert server.connections == 1


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.2:{port}/", "http://[::1]:{port}/", "http://localhost:{port}/x",
     "//127.0.0.3:{port}/", "http://[::ffff:127.0.0.2]:{port}/"],
)  # fmt: skip
def test_a_redirect_does_not_lead_inside(inside: str) -> None:
    def answer(_: bytes) -> Iterable[bytes | float]:
        return [to(inside.format(port=server.port))]

    with served(answer, allowed=lambda x: x == HERE, resolve=_named) as (url, policy, server):
        with pytest.raises(InputError, match="no public address: not fetched"):
            fetch(url, policy)
        assert server.connections == 1


def _named(host: str, port: int) -> list[Address]:
    if host == "wire.example":
        return [HERE]
    return [x for x in _real(host, port) if x != HERE] or [ip_address("127.0.0.9")]


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://wire.example:6379/", "port 6379 is not asked"),
        ("http://a:b@wire.example/", "user or password"),
    ],
)
def test_a_redirect_keeps_to_the_rules(location: str, said: str) -> None:
    with served(answering(to(location))) as (url, policy, _), pytest.raises(InputError, match=said):
        fetch(url, policy)


def test_redirects_in_a_circle_end() -> None:
    with served(answering(to("/again"))) as (url, policy, server):
        with pytest.raises(InputError, match="redirects more than 5 times"):
            fetch(url, policy)
        assert server.connections == 6


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (plain(kind="application/octet-stream"), "content type 'application/octet-stream'"),
        (plain(kind="image/svg+xml"), "content type 'image/svg"),
        (b"HTTP/1.1 200 OK\r\n\r\nTroops left.", "content type '' is not read"),
        (plain(status="404 Not Found"), "answered 404 Not Found"),
        (plain(status="304 Not Modified"), "answered 304"),
        (plain(b"", "text/html", status="302 Found"), "answered 302"),
        (HEAD + b"Content-Length: 99\r\n\r\nTro", "cut short"),
        (plain(b"x", "text/plain", "Content-Encoding: br"), "content encoding 'br'"),
        (plain(b"x" * 9, "text/plain", PACKED), "broken gzip"),
        (plain(gzip.compress(b"x" * 99)[:-6], "text/plain", PACKED), "cut short"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200, "fetched: got more than 100 headers"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000, "cannot be fetched"),
        (b"\0\x01\x02 no server at all\r\n\r\n", "cannot be fetched"),
        (b"", "cannot be fetched"),
    ],
)  # fmt: skip
def test_answers_of_no_use_are_refused(answer: bytes, said: str) -> None:
    with served(answering(answer)) as (url, policy, _):
        with pytest.raises(InputError, match=said) as told:
            fetch(url, policy)
        assert str(told.value).startswith(f"{url}: ")
        assert str(told.value).isprintable()


def endless(head: bytes, step: bytes) -> Answer:
    return lambda _: slow(head, step, 0.0)


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answering(HEAD + b"Content-Length: 99999999999\r\n\r\n"), "more than 1,000,000: not"),
        (endless(HEAD + b"\r\n", b"x" * 50_000), "more than 1,000,000 bytes: given up"),
        (
            endless(CHUNKED, b"c350\r\n" + b"x" * 50_000 + b"\r\n"),
            "more than 1,000,000 bytes: given up",
        ),
    ],
)  # fmt: skip
def test_huge_bodies_end_early(answer: Answer, said: str) -> None:
    limits = {"packed": 1_000_000}
    with served(answer, **limits) as (url, policy, _), pytest.raises(InputError, match=said):
        fetch(url, policy)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(20_000_000), 1)
    assert len(bomb) < 200_000
    answer = plain(bomb, "text/html", PACKED)
    with (
        served(answering(answer), unpacked=2_000_000) as (url, policy, _),
        pytest.raises(InputError, match="unpacks to more than 2,000,000 bytes: given up"),
    ):
        fetch(url, policy)


def test_a_packed_body_is_unpacked() -> None:
    answer = plain(gzip.compress(b"Troops left."), "text/plain", PACKED)
    with served(answering(answer)) as (url, policy, _):
        assert fetch(url, policy).content == b"Troops left."


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: slow(b"", b"H", 0.05),  # a status line that never ends
        lambda _: slow(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", 0.05),
        lambda _: slow(HEAD + b"\r\n", b"x", 0.05),
        lambda _: slow(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        lambda _: [30.0],
    ],
)
def test_slow_answers_end_in_time(answer: Callable[[bytes], Any]) -> None:
    started = time.monotonic()
    with (
        served(answer, seconds=0.4, whole=0.6) as (url, policy, _),
        pytest.raises(InputError, match=r"longer than 0\.6 seconds|no answer in time"),
    ):
        fetch(url, policy)
    assert time.monotonic() - started < 4


def test_a_look_up_that_hangs_ends_in_time() -> None:
    def hanging(_: str, __: int) -> list[Address]:
        time.sleep(1)
        return [HERE]

    with pytest.raises(InputError, match="no answer in time"):
        fetch("http://wire.example/", Policy(resolve=hanging, seconds=0.1))


def test_a_host_that_is_not_there_is_told() -> None:
    with served(answering(plain())) as (url, policy, server):
        server.__exit__(None, None, None)
        gone = replace(policy, resolve=lambda _, __: [ip_address("127.0.0.1")])
        with pytest.raises(InputError, match=r"cannot be fetched|no answer"):
            fetch(url.replace(str(server.port), "9"), replace(gone, ports=frozenset({9})))


def test_the_certificate_is_checked_for_the_name_and_not_for_the_address() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "wire.example.pem", TLS / "key.pem")
    names: list[str | None] = []
    context.sni_callback = lambda _, name, __: names.append(name)
    trusting = lambda: ssl.create_default_context(cafile=str(TLS / "wire.example.pem"))  # noqa: E731
    with served(answering(plain()), tls=context, context=trusting) as (url, policy, server):
        url = url.replace("http:", "https:")
        assert fetch(url, policy).content == b"Troops left."
        assert names == ["wire.example"]
        other = replace(policy, resolve=lambda _, __: [HERE])
        with pytest.raises(InputError, match=r"cannot be fetched: .*certificate"):
            fetch(url.replace("wire", "other"), other)
        with pytest.raises(InputError, match="certificate"):
            fetch(url, replace(policy, context=ssl.create_default_context))
        assert len(server.asked) == 1


def test_it_does_not_lead_from_https_to_http() -> None:
    with pytest.raises(InputError, match="from https to another scheme"):
        module._onward("https://wire.example/", "http://wire.example/")
    assert module._onward("https://a.example/b/", "../c") == "https://a.example/c"
    assert module._onward("http://a.example/", "https://a.example/c") == "https://a.example/c"
